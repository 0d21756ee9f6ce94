"""Names of notes as they stand in texts: the titles (file names) and aliases of a vault, all looked for at once.

Knows which names count, where words begin and end, and who bears a name; knows no note's text and no rule.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from vaultkit.vault.daily import parse_daily
from vaultkit.vault.names import Kind, kind_of, link_problems, normalize_path, stem
from vaultkit.vault.settings import Settings
from vaultkit.vault.spans import Spans

NARROWEST = 3
"""A name that is no wider (`width`) never counts: one kanji, two letters."""
_LONGEST = 250
"""No file name is longer; an alias that is one is no name."""
_JOINERS = frozenset("-_./\\@&+~=・＝")
"""Between two words they make one of them: `obsidian-git`, `git.example`, `ジョン・レノン`."""
_BRACKETS = frozenset("[]|")
"""No link can show them."""
_PLAIN = frozenset(["", *" \t\n\r,;:!?()\"'。、「」（）"])
"""Beside a word they are no part of it: what most names stand between."""
_UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Burmese
    ("\u1780", "\u17ff"),  # Khmer
    ("\u3005", "\u3007"),
    ("\u3041", "\u309f"),  # hiragana
    ("\u3400", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)


class Occurrence(NamedTuple):
    """A name that stands as a word in a text, in characters. `title`: the name as `fold` gives it."""

    start: int
    end: int
    title: str


class Titles:
    """The titles and aliases of one vault. Each way to look them up is prepared when it is first asked for."""

    def __init__(self, files: Iterable[str], settings: Settings, aliases: Iterable[tuple[str, Sequence[str]]]) -> None:
        """`aliases`: in lower case, with the paths of the notes that bear them; read when a name is asked for."""
        self._files = files
        self._settings = settings
        self._aliases = aliases
        self._finders: dict[tuple[int, frozenset[str]], Finder] = {}

    def bearers(self, title: str) -> tuple[str, ...]:
        """Paths of the notes of which `title` is the title or an alias, each once."""
        return tuple(dict.fromkeys((*self._named.get(title, ()), *self._aliased.get(title, ()))))

    def find(self, text: str, shortest: int, never: frozenset[str]) -> list[Occurrence]:
        """The names in `text`, in any case, that are as wide as `shortest` and, folded, not in `never`."""
        finder = self._finders.get((shortest, never))
        if finder is None:
            names = {*self._named, *self._aliased} - never
            finder = self._finders[shortest, never] = Finder(name for name in names if width(name) >= shortest)
        return finder.find(text)

    @cached_property
    def _named(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = {}
        for path in self._files:
            if title := title_of(path, self._settings):
                out.setdefault(title, []).append(path)
        return out

    @cached_property
    def _aliased(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = {}
        for alias, paths in self._aliases:
            if counts(alias, self._settings):
                kept = [path for path in paths if not _is_aside(path, self._settings)]
                out.setdefault(fold(alias), []).extend(kept)
        return {title: paths for title, paths in out.items() if paths}


class Finder:
    """Some names, looked for in one pass over a text, however many they are."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names`: as `fold` gives them."""
        from ahocorasick_rs import AhoCorasick  # only who asks for names pays for it

        self._names = sorted(names)
        self._search = AhoCorasick(self._names)

    def find(self, text: str) -> list[Occurrence]:
        """Where they stand as words; some may overlap."""
        folded = fold(text)
        names = self._names
        return [
            Occurrence(start, end, names[at])
            for at, start, end in self._search.find_matches_as_indexes(folded, overlapping=True)
            if (text[start - 1 : start] in _PLAIN and text[end : end + 1] in _PLAIN) or _is_word(text, start, end)
        ]


def longest(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Those of `found` that no longer one overlaps (of two as long the first counts), in order."""
    taken = Spans()
    by_length = sorted(found, key=lambda one: (one.start - one.end, one.start))
    return sorted(one for one in by_length if taken.add(one.start, one.end))


def fold(text: str) -> str:
    """`text` in lower case with as many characters as before (`İ` would become two)."""
    return (text if text.isascii() else text.replace("İ", "I")).lower()


def title_of(path: str, settings: Settings) -> str:
    """The folded name of the note at `path`; empty: it is none, or its name does not count."""
    if kind_of(path) is not Kind.NOTE or _is_aside(path, settings):
        return ""
    name = normalize_path(stem(path))
    return fold(name) if counts(name, settings) and not link_problems(name) else ""


def counts(name: str, settings: Settings) -> bool:
    """Whether `name` is one that may be meant in a sentence: no number, no date as daily notes have it."""
    return (
        len(name) <= _LONGEST
        and name == name.strip()
        and any(char.isalpha() for char in name)
        and width(name) >= NARROWEST
        and _BRACKETS.isdisjoint(name)
        and (name.isalpha() or parse_daily(name, settings.daily_format) is None)
    )


def width(title: str) -> int:
    """How many columns `title` takes: a Chinese, Japanese or Korean character counts as two."""
    if title.isascii():
        return len(title)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in title)


def names_of(paths: Collection[str], aliases: Iterable[str], settings: Settings) -> set[str]:
    """The names that the files at `paths` and these `aliases` give to notes."""
    named = {title_of(path, settings) for path in paths} - {""}
    return named | {fold(alias) for alias in aliases if counts(alias, settings)}


def _is_aside(path: str, settings: Settings) -> bool:
    """Whether nobody wants links to the note: a template, or one that the owner hides."""
    folder = settings.templates_folder
    return (bool(folder) and path.startswith(f"{folder}/")) or (bool(settings.ignore) and settings.ignored(path))


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` is not a part of a longer word.

    Languages without spaces between words have no such borders. Yet katakana are: `バス` is not meant in
    `バスケット`; and a Korean word may have particles behind it.
    """
    for border in (start, end):
        if border and (around := text[border - 1 : border + 1]).isascii() and len(around) == 2 and around.isalnum():
            return False
    before, after = _script(text[start - 1 : start]), _script(text[end : end + 1])
    if before and before != "u" and before == _script(text[start]):
        return False
    if after and after in "lk" and after == _script(text[end - 1]):
        return False
    return not (
        (start > 1 and text[start - 1] in _JOINERS and _script(text[start - 2]))
        or (end + 1 < len(text) and text[end] in _JOINERS and _script(text[end + 1]))
    )


def _script(char: str) -> str:
    """How words are written with `char`: `l` letters between spaces, `k` katakana, `h` Hangul, `u` without spaces;
    empty: it is in no word, or there is none."""
    if not char or char < "\u0300":
        return "l" if char.isalnum() or char == "_" else ""
    if "\u30a1" <= char <= "\u30fa" or char in "ーヽヾ" or "\uff66" <= char <= "\uff9f":
        return "k"
    if "\uac00" <= char <= "\ud7af" or "\u1100" <= char <= "\u11ff":
        return "h"
    if any(first <= char <= last for first, last in _UNSPACED):
        return "u"
    return "l" if char.isalnum() or unicodedata.combining(char) else ""
