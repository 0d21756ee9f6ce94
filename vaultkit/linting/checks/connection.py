"""Notes to which nothing leads, or which lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.entries import is_entry
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Note


class Direction(StrEnum):
    """What connects a note."""

    EITHER = "either"
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Options(NamedTuple):
    """What counts."""

    counts: Annotated[
        Direction,
        "what connects a note: another file that leads to it (`incoming`), a link to another one (`outgoing`), or"
        " `either`",
    ] = Direction.EITHER
    daily_notes: Annotated[bool, "look at daily notes and entries of a diary, too"] = False


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()
_PROBLEMS = {
    Direction.EITHER: "the note is alone: no other leads to it, and it leads to none",
    Direction.INCOMING: "no other note leads to this one",
    Direction.OUTGOING: "the note leads to no other one",
}
_CONNECTED = frozenset((Kind.NOTE, Kind.CANVAS, Kind.BASE))


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding."""
    if not options.daily_notes and (context.settings.daily_date(note.path) or is_entry(note, context, (), ("diary",))):
        return
    if options.counts is Direction.INCOMING and is_index(note):
        return  # where one begins
    if options.counts is not Direction.INCOMING and _leads_on(note, context):
        return
    if options.counts is not Direction.OUTGOING and context.is_reached(note.path):
        return
    yield Finding(WHOLE_NOTE, {"problem": _PROBLEMS[options.counts]})


def _leads_on(note: Note, context: Context) -> bool:
    """Whether it leads to another note, or to a canvas or base; a picture in it connects it with nothing."""
    return any(path != note.path and kind_of(path) in _CONNECTED for path in context.targets(note))
