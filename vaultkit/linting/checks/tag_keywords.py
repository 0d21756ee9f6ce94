"""Notes that speak of something without bearing its tag, by a list of words of the owner's.

Knows what a word is: ASCII letters stand alone (`ant` is not in `want`), Japanese is found anywhere. Words are
looked for in prose, in `title` and in the note's name, not in code, math, comments, tags or addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.tag_set import check_tag
from vaultkit.vault.hidden import NOT_PROSE
from vaultkit.vault.names import stem
from vaultkit.vault.note import LinkKind, Note, RegionKind, Span
from vaultkit.vault.spans import Spans
from vaultkit.vault.tags import is_valid_tag, known_level


def _word(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text.strip()


class Options(NamedTuple):
    """Which words ask for which tag."""

    keywords: Annotated[
        Mapping[Annotated[str, check_tag], tuple[Annotated[str, _word], ...]],
        "`tag: [words]` lines; a note with one of the words should have the tag or one below it",
    ] = {}


VALUES = ("tag", "word")
EDITS: frozenset[Part] = frozenset()
_OUTSIDE = NOT_PROSE | {RegionKind.COMMENT}
_NO_LETTER_BEFORE = rb"(?<![0-9a-z_])(?<![\xc3-\xc9][\x80-\xbf])"
_NO_LETTER_AFTER = rb"(?![0-9a-z_\xc3-\xc9])"
"""The bytes with which accented Latin letters begin are letters, too: `na` is not in `naïve`."""


class _Word(NamedTuple):
    shown: str
    needle: bytes
    """What stands in every text that holds it, in lower case."""
    pattern: re.Pattern[bytes]


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each tag that the note should have, at the first of its words; each carries the fix for all."""
    if not options.keywords:
        return
    name = stem(note.path).encode().lower()
    text = note.data.lower()
    found, prose = [], _Prose(note, text, name)
    for tag, words in _words(tuple(options.keywords.items())):
        for word in words:
            if (word.needle in text or word.needle in name) and not _has(note, tag):
                place = prose.find(word.pattern)
                if place is not None:
                    found.append((place, tag, word.shown))
                    break
    if found:
        fix = _fix(note, [tag for _, tag, _ in found])
        for place, tag, shown in found:
            yield Finding(place, {"tag": tag, "word": shown}, fix)


@lru_cache(maxsize=64)
def _words(keywords: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[_Word, ...]], ...]:
    return tuple((tag, tuple(_compiled(word) for word in words)) for tag, words in keywords)


def _compiled(word: str) -> _Word:
    parts = [part.encode().lower() for part in word.split()]
    pattern = rb"[ \t\r\n]+".join(re.escape(part) for part in parts)
    before = _NO_LETTER_BEFORE if word[0].isascii() and word[0].isalnum() else b""
    after = _NO_LETTER_AFTER if word[-1].isascii() and word[-1].isalnum() else b""
    return _Word(word, max(parts, key=len), re.compile(before + pattern + after))


class _Prose:
    """Where words can be found in a note; what hides them is looked for with the first."""

    def __init__(self, note: Note, text: bytes, name: bytes) -> None:
        self.note, self.text, self.name = note, text, name
        self.hidden: Spans | None = None

    def find(self, pattern: re.Pattern[bytes]) -> Span | None:
        """The first place of the word; that of `title`, or the whole note when it is in its name."""
        for match in pattern.finditer(self.text, self.note.body):
            self.hidden = self.hidden or _hidden(self.note)
            if not self.hidden.hold(match.start()):
                return Span(*match.span())
        title = self.note.find_property("title")
        if title and isinstance(title.value, str) and pattern.search(title.value.encode("utf-8", "replace").lower()):
            return title.span
        return WHOLE_NOTE if pattern.search(self.name) else None


def _hidden(note: Note) -> Spans:
    spans = [region.span for region in note.regions if region.kind in _OUTSIDE]
    spans += [link.target_span for link in note.links if link.kind not in (LinkKind.WIKI, LinkKind.PROPERTY)]
    spans += [tag.span for tag in note.text.tags]
    return Spans(spans)


def _has(note: Note, tag: str) -> bool:
    known = {tag.lower()}
    return any(known_level(other.name, known) for other in note.tags)


def _fix(note: Note, tags: list[str]) -> Fix | None:
    """The tags added to `tags`; None when that holds a text that is no tag and so may be several."""
    from vaultkit.vault.edit_list import add_to_list  # a run that finds nothing does without

    old = note.find_property("tags")
    if old and isinstance(old.value, str) and not is_valid_tag(old.value.strip().removeprefix("#")):
        return None
    edit = add_to_list(note, "tags", tags)
    return Fix((edit,), safe=False) if edit else None
