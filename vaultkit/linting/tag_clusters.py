"""Tags of a vault that are one tag in several spellings: `machine-learning`, `Machine_Learning`, `機械_学習`, `books`.

Pure over a count of tags. What is put together differs in case, width, hyphens, empty levels, an English plural or the
long vowel at the end of a katakana word, and in nothing else: `os` and `oss`, `2023` and `2024`, `re-sign` and
`resign`, `new` and `news` stay apart. Every tag is looked up, none compared with all others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_SEPARATORS = re.compile("[-_・]+")
_KATAKANA = re.compile("[ァ-ヺー]+")
_DEEPEST = 50
_SHORTEST = 4
"""Letters that an English word must have to lose an `s` or a hyphen: `as` is no plural, `to-do` is not `todo`."""
_OTHER_WORDS = frozenset(
    "contents customs forces glasses goods grounds looks manners means minutes odds pandas quarters rails sales savings"
    " scales series species spirits stairs states teams thanks times windows woods words works".split()
)
"""They look like plurals, and mean something else than the word without `s`."""
_ICS = frozenset("clinics comics critics fabrics lyrics metrics topics".split())
"""Other words in `-ics` are names of fields: `physics`."""


class Cluster(NamedTuple):
    """Spellings of what is one tag to its writer. `preferred` is on most notes, `others` follow by their number."""

    preferred: str
    others: tuple[str, ...]

    @property
    def only_case(self) -> bool:
        """Whether they are one tag to Obsidian, too, which shows the spelling it met first."""
        return len({name.lower() for name in (self.preferred, *self.others)}) == 1


def clusters(notes: Mapping[str, int]) -> list[Cluster]:
    """The clusters among tags, each given with the number of its notes, sorted; tags without a second spelling are in
    none. Spellings that differ in case count together when the preferred tag is chosen."""
    groups: dict[str, list[str]] = {}
    for tag, key in _keys(notes).items():
        groups.setdefault(key, []).append(tag)
    return sorted(_cluster(tags, notes) for tags in groups.values() if len(tags) > 1)


@lru_cache(maxsize=65536)
def bucket(tag: str) -> str:
    """What all spellings in one cluster share. Tags of one bucket need not be in one cluster; to find that of a tag it
    is enough to ask `clusters` about its bucket."""
    levels = (_SEPARATORS.sub("", _folded(level)).rstrip("ー").rstrip("eisy") for level in _levels(tag))
    return "/".join(levels)


def _cluster(tags: list[str], notes: Mapping[str, int]) -> Cluster:
    same: dict[str, int] = {}
    for tag in tags:
        same[tag.lower()] = same.get(tag.lower(), 0) + notes[tag]
    first = min(tags, key=lambda tag: (-same[tag.lower()], -notes[tag], tag != _narrow(tag), len(tag), tag))
    return Cluster(first, tuple(sorted((tag for tag in tags if tag != first), key=lambda tag: (-notes[tag], tag))))


def _keys(notes: Mapping[str, int]) -> dict[str, str]:
    """What each tag is the same as, built level by level: a plural is its singular where that stands beside it."""
    levels = {tag: [_plain(level) for level in _levels(tag)] for tag in notes}
    keys = dict.fromkeys(notes, "")
    left, depth = list(notes), 0
    while left:
        beside = {(keys[tag], levels[tag][depth]) for tag in left}
        for tag, (above, level) in [(tag, (keys[tag], levels[tag][depth])) for tag in left]:
            keys[tag] = f"{above}/{next((one for one in _singulars(level) if (above, one) in beside), level)}"
        depth += 1
        left = [tag for tag in left if len(levels[tag]) > depth]
    return keys


def _levels(tag: str) -> list[str]:
    """The levels that are not empty; those far down as one. The tag itself when there is none."""
    return [level for level in tag.split("/", _DEEPEST) if level] or [tag]


@lru_cache(maxsize=65536)
def _plain(level: str) -> str:
    """The level without case, width and the separators between words that are the same when written as one."""
    text = _folded(level)
    words = [word for word in _SEPARATORS.split(text) if word]
    out = "".join(words[:1])
    for left, right in pairwise(words):
        joined = _is_long(left) and (_is_long(right) or right.isdigit())
        out += right if joined else f"-{right}"
    return out or text


def _is_long(word: str) -> bool:
    return word.isalpha() and (len(word) >= _SHORTEST or not word.isascii())


def _folded(text: str) -> str:
    return _narrow(text).lower()


def _narrow(text: str) -> str:
    """Full-width letters and half-width kana as the others: `ＡＩ` is `AI`, `ｶﾞ` is `ガ`. `²` is no `2`."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(_narrow_letter(letter) for letter in text))


@lru_cache(maxsize=4096)
def _narrow_letter(letter: str) -> str:
    kind, _, code = unicodedata.decomposition(letter).partition(" ")
    return chr(int(code, 16)) if kind in ("<wide>", "<narrow>") else letter


def _singulars(level: str) -> Iterator[str]:
    """What the level may be the plural or the longer spelling of, judged by its last word."""
    head, dash, word = level.rpartition("-")
    if word.endswith("ー") and len(word) >= _SHORTEST and _KATAKANA.fullmatch(word):
        yield head + dash + word[:-1]
    if not (word.endswith("s") and word.isascii() and word.isalpha()) or word.endswith(("ss", "us", "is")):
        return
    if word in _OTHER_WORDS or (word.endswith("ics") and word not in _ICS):
        return
    stems = [word[:-1]]
    if word.endswith("ies"):
        stems.append(word[:-3] + "y")
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        stems.append(word[:-2])
    for stem in stems:
        if len(stem) >= _SHORTEST:
            yield head + dash + stem
