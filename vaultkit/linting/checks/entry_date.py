"""Diary entries whose day nobody can tell: neither the properties nor the name holds a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.dates.leading import any_date_of_name, date_in_value, iso_date_of_name
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding, Fix
from vaultkit.linting.entries import is_entry
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.names import stem
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """Which notes are entries."""

    folders: Annotated[
        tuple[str, ...], "patterns of paths; none: the daily notes' folder and that of diary imports"
    ] = ()
    sources: Annotated[tuple[str, ...], "sources whose entries count anywhere (`vaultkit-id: diary/…`)"] = ("diary",)
    properties: Annotated[tuple[str, ...], "properties that may hold the date"] = ("date", "created")


VALUES: tuple[str, ...] = ()
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: the note is an entry and has no date."""
    if not is_entry(note, context, options.folders, options.sources) or is_index(note):
        return
    name = stem(note.path)
    if iso_date_of_name(name) or context.settings.daily_date(note.path):
        return
    found = [note.find_property(key) for key in options.properties]
    if any(p and date_in_value(p.value) for p in found) or (note.front_matter and note.front_matter.error):
        return
    date = any_date_of_name(name)
    written = note.find_property("date")
    if written is not None and written.value is not None:
        yield Finding(WHOLE_NOTE)  # words that stand there are somebody's
    elif date:
        yield Finding(WHOLE_NOTE, {}, _fix(note, date))
    else:
        # the diary may be older than its repository
        first = context.first_commit(note.path) if context.first_commit else None
        yield Finding(WHOLE_NOTE, {}, _fix(note, first, safe=False) if first else None)


def _fix(note: Note, date: dt.date, safe: bool = True) -> Fix | None:
    from vaultkit.vault.edit_property import set_property  # a run that finds nothing does without

    edit = set_property(note, "date", date)
    return Fix((edit,), safe) if edit else None
