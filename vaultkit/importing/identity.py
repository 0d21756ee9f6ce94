"""Which note an entry is: ids, where a source's own key is not unique in the world.

An issue has its number and a paper its date and title, but a diary entry's key is its day and a page's its path: two
diaries, or two sites, share keys. Such a file is known by its texts: when most of what it shares keys with reads
otherwise, it is another diary, and its ids bear its name. Decides nothing about what is written (`plan`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from vaultkit.importing.bodies import body_of
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.ledger import Record
from vaultkit.vault.names import safe_name

_DESTINATION = re.compile(r"\[\[[^\[\]|\n]*+\||\]\([^()\n]*+\)")
"""Importing makes links, and where they lead may depend on what else was imported."""
_NO_TEXT = re.compile(r"[\s\[\]|\\-]+")
_ORDINAL = re.compile(r"(.+?)(?:/(\d+))?\Z", re.S)
_LIKE = 0.66
"""Two texts that share so much of the shorter one are one text at two times."""
_LIKE_SAME_FILE = 0.25
"""So little is enough when both came from a file of one name."""
_MANY = 64
"""Entries of one day or title; of more each is compared with the text that stood in its place, and with equal ones."""
_NEAR = 64
"""Entries between two of one key; one that comes again farther on is in the same file twice."""
_SHORT = 40
"""Characters; a text so short may change wholly and still be the same entry of the same file."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands under an id already: the text, read when it is asked for, and the name of the file it came from."""

    text: Callable[[], str]
    origin: str


@dataclass(frozen=True, slots=True)
class _File:
    """The entries of one file of an export, under the name that tells it from others."""

    entries: tuple[Entry, ...]
    name: str


def assign_ids(
    prefix: str, entries: Sequence[Entry], records: Mapping[str, Record], base: Callable[[Record], str]
) -> dict[str, Entry]:
    """Entries by id, in their order; those that stand there twice with the same text once.

    `records` by id, as they were; `base(record)` is the text that was imported last, empty when it is lost.
    """
    known = {
        id_: Known(lambda record=record: base(record), record.origin)  # type: ignore[misc]
        for id_, record in records.items()
        if id_.startswith(f"{prefix}/")
    }
    here = dict(known)
    variants: dict[str, set[str]] = {}  # bare id → what follows it in the ids of other files
    for id_ in known:
        _note_variant(variants, id_)
    out: dict[str, Entry] = {}
    for file in _files(entries):
        if is_unique(file.entries[0]):
            for entry in file.entries:
                _put(out, f"{prefix}/{entry.key}", entry, file.name)
            continue
        suffix = _suffix(prefix, file, here, variants)
        for entry in _ordered(prefix, file.entries, suffix, known):
            taken = _put(out, f"{prefix}/{entry.key}{suffix}", entry, file.name)
            here[taken] = Known(lambda entry=entry: body_of(entry), entry.origin)  # type: ignore[misc]
            _note_variant(variants, taken)
    return out


def _note_variant(variants: dict[str, set[str]], id_: str) -> None:
    bare, at, name = id_.partition("@")
    if at:
        variants.setdefault(bare, set()).add(at + name)


def is_unique(entry: Entry) -> bool:
    """Whether the source's key is one in the whole world: it says so, or is that of a paper, or of an issue of a named
    repository (`owner/repo`). Jira counts the issues of each site from 10000 on, and Redmine from 1."""
    return entry.is_key_unique or entry.kind is Kind.PAPER or (entry.kind is Kind.ISSUE and "/" in entry.scope)


def _put(out: dict[str, Entry], id_: str, entry: Entry, name: str) -> str:
    """Take an entry in under a free id, and say which; that of the same text when it stands there already."""
    tried, number = id_, 1
    while other := out.get(tried):
        if body_of(other) == body_of(entry) and other.title == entry.title:
            return tried
        number += 1
        tried = f"{id_}@{name}" if number == 2 and "@" not in id_ else f"{id_}@{name}-{number}"
    out[tried] = entry
    return tried


def _files(entries: Sequence[Entry]) -> list[_File]:
    """The entries by the file they came from; a key that comes again begins another file of the same name. Each page is
    a file of its own."""
    groups: list[list[Entry]] = []
    current: dict[str, int] = {}
    seen: dict[tuple[int, str], int] = {}
    for entry in entries:
        at = current.get(entry.origin, -1)
        before = seen.get((at, entry.key))
        if at < 0 or entry.kind is Kind.PAGE or (before is not None and len(groups[at]) - before <= _NEAR):
            current[entry.origin] = at = len(groups)
            groups.append([])
        seen[at, entry.key] = len(groups[at])
        groups[at].append(entry)
    return [_File(tuple(group), _name(group[0])) for group in groups]


def _name(entry: Entry) -> str:
    return safe_name((entry.title if entry.kind is Kind.PAGE else "") or PurePosixPath(entry.origin).stem)


def _suffix(prefix: str, file: _File, known: Mapping[str, Known], variants: Mapping[str, set[str]]) -> str:
    """What the ids of `file` end with: nothing, or `@name` when the bare ids are those of other texts."""
    bare = _votes(prefix, file, "", known)
    others = {suffix for entry in file.entries for suffix in variants.get(f"{prefix}/{entry.key}", ())}
    best = max(sorted(others), key=lambda s: _votes(prefix, file, s, known)[1], default="")
    if best and _votes(prefix, file, best, known)[1] > bare[1] and _agrees(_votes(prefix, file, best, known)):
        return best
    if bare[0] == 0 or _agrees(bare):
        return ""
    suffix, number = f"@{file.name}", 1
    while _votes(prefix, file, suffix, known)[0] and not _agrees(_votes(prefix, file, suffix, known)):
        number += 1
        suffix = f"@{file.name}-{number}"
    return suffix


def _agrees(votes: tuple[int, int]) -> bool:
    return votes[1] * 2 >= votes[0] > 0


def _votes(prefix: str, file: _File, suffix: str, known: Mapping[str, Known]) -> tuple[int, int]:
    """How many entries of `file` meet a known text under their key, and how many of these are like it, or like another
    one of their day: ordinals are given out later."""
    met = like = 0
    days: dict[str, list[Entry]] = {}
    for entry in file.entries:
        days.setdefault(_day(entry), []).append(entry)
    for entries in days.values():
        others = [known.get(f"{prefix}/{entry.key}{suffix}") for entry in entries]
        if not any(others):
            continue
        texts = [_Text(body_of(entry)) for entry in entries]
        plain = {text.plain for text in texts}
        for at, other in enumerate(others):
            if other is not None:
                met += 1
                text = _Text(other.text())
                near = range(len(entries)) if len(entries) <= _MANY else (at,)
                like += text.plain in plain or any(_is_like(entries[n], texts[n], text, other.origin) for n in near)
    return met, like


def _day(entry: Entry) -> str:
    """The key without the ordinal that tells entries of one day or title apart."""
    match = _ORDINAL.match(entry.key) if entry.kind is not Kind.PAGE else None
    return match[1] if match else entry.key


def is_like(entry: Entry, other: Known) -> bool:
    """Whether `entry` can be the known text at a later time."""
    return _is_like(entry, _Text(body_of(entry)), _Text(other.text()), other.origin)


def _is_like(entry: Entry, body: _Text, text: _Text, origin: str) -> bool:
    """The same with its `body`, and what is known: a `text` and what the file was called that it came from."""
    if text.is_blank or body.is_blank:
        return True
    share = _likeness(text, body)
    if entry.kind is not Kind.PAGE and origin == entry.origin:
        return share >= _LIKE_SAME_FILE or min(len(text.text), len(body.text)) < _SHORT
    return share >= _LIKE


def _ordered(prefix: str, entries: Sequence[Entry], suffix: str, known: Mapping[str, Known]) -> list[Entry]:
    """Entries that share a day or title (`…`, `…/2`) under the ordinals of the texts they are like: one that was put
    above the others must not take their ids."""
    out = list(entries)
    if entries[0].kind is Kind.PAGE:
        return out
    shared: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        shared.setdefault(_day(entry), []).append(at)
    for key, places in shared.items():
        ids = [key, *(f"{key}/{n}" for n in range(2, len(places) + 8))]
        taken = (
            {k: _Text(known[f"{prefix}/{k}{suffix}"].text()) for k in ids if f"{prefix}/{k}{suffix}" in known}
            if len(places) > 1
            else {}
        )
        if taken:
            for at, new in _matched([(at, _Text(body_of(entries[at]))) for at in places], taken, ids).items():
                out[at] = replace(entries[at], key=new)
    return out


def _matched(bodies: Sequence[tuple[int, _Text]], taken: Mapping[str, _Text], ids: Sequence[str]) -> dict[int, str]:
    """A key for each body: that of the same text, else of the one it is most like, the rest in order among the free
    ones.

    Of a text and a longer one that holds it, each goes to its own: both are wholly like both.
    """
    same: dict[str, list[str]] = {}
    for key, text in reversed([*taken.items()]):
        same.setdefault(text.plain, []).append(key)
    out = {at: keys.pop() for at, body in bodies if (keys := same.get(body.plain))}
    left = {key: taken[key] for keys in same.values() for key in keys}
    rest = [(at, body) for at, body in bodies if at not in out]
    if len(left) * len(rest) <= _MANY**2:
        order = {key: n for n, key in enumerate(ids)}
        pairs = sorted(
            (-_likeness(text, body), -_sameness(text, body), at, order[key], key)
            for at, body in rest
            for key, text in left.items()
        )
        for minus_share, _, at, _, key in pairs:
            if -minus_share > _LIKE_SAME_FILE and at not in out and key in left:
                out[at] = key
                del left[key]
    used = set(out.values())
    spare = len(bodies) <= len(taken)  # nothing was added: what reads otherwise was rewritten
    free = iter([key for key in ids if key not in used and (spare or key not in taken)])
    return out | {at: next(free) for at, _ in rest if at not in out}


class _Text:
    """A text to compare with others; what is compared of it is made once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @cached_property
    def plain(self) -> str:
        """The beginning of it, without links and escapes."""
        return _NO_TEXT.sub("", _DESTINATION.sub("", self.text[:40_000]))[:20_000]

    @cached_property
    def runs(self) -> set[str]:
        return {self.plain[i : i + 4] for i in range(max(1, len(self.plain) - 3))}


def likeness(one: str, other: str) -> float:
    """How much of the shorter text's runs of four characters stand in the other, 0 to 1.

    Links and escapes do not count.
    """
    return _likeness(_Text(one), _Text(other))


def _likeness(one: _Text, other: _Text) -> float:
    return len(one.runs & other.runs) / min(len(one.runs), len(other.runs))


def _sameness(one: _Text, other: _Text) -> float:
    return len(one.runs & other.runs) / len(one.runs | other.runs)
