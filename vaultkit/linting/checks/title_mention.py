"""Titles and aliases of other notes that stand in prose and are no link.

Knows which of the places may be meant: not a name that several notes bear, not the note's own, not what a plugin reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Span

if TYPE_CHECKING:
    from vaultkit.linting.titles import Occurrence


def _width(value: int) -> int:
    if value < 3:
        raise ValueError("must be 3 or more")
    return value


class Options(NamedTuple):
    """Which names count, and where."""

    shortest: Annotated[
        int,
        _width,
        "how wide a name is at least; a Chinese, Japanese or Korean character counts as two, any other as one",
    ] = 4
    never: Annotated[tuple[str, ...], "names that are ordinary words, in any case: `[index, home]`"] = ()
    first: Annotated[
        bool, "whether only the first mention in a note is told, and none when the note links there already"
    ] = True
    case: Annotated[bool, "whether the case of letters counts"] = True


VALUES = ("text", "link")
EDITS = frozenset({Part.LINKS})
_STRAY = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, as Python reads them: in no name."""
_BEFORE = frozenset("#@^{<\\")
_BEHIND = re.compile(r"[}>\]]|[\w \t-]{0,100}+::")
"""A template's field, or the key of a field (`Works with:: x`)."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each mention."""
    written = note.data[note.body :].decode("utf-8", "surrogateescape")
    text = written if written.isascii() else _STRAY.sub("\ufffd", written)
    found = context.titles_in(text, options.shortest, _folded(options.never))
    if not found:
        return
    bearers = {title: context.titled(title) for title in {one.title for one in found}}
    meant = {paths[0] for paths in bearers.values() if len(paths) == 1} - {note.path}
    meant -= _linked(note, context) if options.first and meant else set()
    if meant and options.case:
        names = {(text[one.start : one.end], one.title) for one in found}
        other = {name for name, title in names if not _is_spelled(name, bearers[title], context)}
        found = [one for one in found if text[one.start : one.end] not in other]
        meant.intersection_update([path for one in found for path in bearers[one.title]])
    if not meant:  # where text is prose takes long to say
        return
    from vaultkit.linting.linkable import Linkable, link_there
    from vaultkit.linting.titles import longest

    prose = Linkable(note)
    places = _places(found, written, note.body)
    starts = {start for start in {one.start for one in found} if prose.holds(places[start])}
    free = [one for one in found if one.start in starts and not _is_read(text, one)]
    for one in longest(free):
        path, *others = bearers[one.title]
        if others or path not in meant:
            continue
        if options.first:
            meant.remove(path)
        edit = link_there(note, Span(places[one.start], places[one.end]), context, path)
        values = {"text": text[one.start : one.end], "link": edit.text.decode()}
        yield Finding(edit.span, values, Fix((edit,), safe=False))


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    from vaultkit.linting.titles import fold

    return frozenset(map(fold, names))


def _is_spelled(name: str, bearers: Iterable[str], context: Context) -> bool:
    return any(context.notes.is_spelled(path, name) for path in bearers)


def _places(found: Iterable[Occurrence], written: str, offset: int) -> dict[int, int]:
    """Offsets in bytes of where the names begin and end, by those in characters; the text begins at `offset`."""
    out, chars = {}, 0
    for at in sorted({at for one in found for at in (one.start, one.end)}):
        offset += len(written[chars:at].encode("utf-8", "surrogateescape"))
        chars = at
        out[at] = offset
    return out


def _is_read(text: str, one: Occurrence) -> bool:
    """Whether what stands around the name makes it something for a program."""
    return text[one.start - 1 : one.start] in _BEFORE or _BEHIND.match(text, one.end) is not None


def _linked(note: Note, context: Context) -> set[str]:
    """Paths of the files to which the note links."""
    return {path for link in note.links if (path := context.path_of(link, note.path))}
