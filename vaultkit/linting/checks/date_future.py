"""Diary entries of a day that is still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.dates.leading import any_date_of_name, date_in_value, is_universal_time
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.entries import is_entry
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.names import stem
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """Which notes are entries, and where their date stands."""

    folders: Annotated[
        tuple[str, ...], "patterns of paths; none: the daily notes' folder and that of diary imports"
    ] = ()
    sources: Annotated[tuple[str, ...], "sources whose entries count anywhere (`vaultkit-id: diary/…`)"] = ("diary",)
    properties: Annotated[tuple[str, ...], "properties that hold a date"] = ("date", "created")


VALUES = ("where", "date")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for the name and for each property. A moment with an offset may be a day ahead of the day here."""
    if not is_entry(note, context, options.folders, options.sources) or is_index(note):
        return
    named = context.settings.daily_date(note.path) or any_date_of_name(stem(note.path))
    if named and context.days.is_future(named):
        yield Finding(WHOLE_NOTE, {"where": "the file name", "date": str(named)})
    for key in options.properties:
        found = note.find_property(key)
        day = date_in_value(found.value) if found else None
        if found and day and day != named and context.days.is_future(_earliest(day, found.value)):
            yield Finding(found.span, {"where": f"`{found.key}`", "date": str(day)})


def _earliest(day: dt.date, value: object) -> dt.date:
    return day - dt.timedelta(days=1) if is_universal_time(value) and day > dt.date.min else day
