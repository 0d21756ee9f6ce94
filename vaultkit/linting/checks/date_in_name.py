"""Notes whose `date` property names another day than their file name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.dates.leading import any_date_of_name, date_in_value, is_universal_time
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.names import stem
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What is compared."""

    property: Annotated[str, "the property that holds the day"] = "date"


VALUES = ("property", "date", "name")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: they differ. A moment with an offset may be a day off: its day depends on the place."""
    found = note.find_property(options.property)
    date = date_in_value(found.value) if found else None
    if not found or not date:
        return
    name = context.settings.daily_date(note.path) or _named(stem(note.path))
    if name and abs((date - name).days) > (1 if is_universal_time(found.value) else 0):
        yield Finding(found.span, {"property": found.key, "date": str(date), "name": str(name)})


def _named(name: str) -> dt.date | None:
    """The date that a name begins with; `2024.1.3` may be the version of a program."""
    return any_date_of_name(name) if name[4:5] != "." else None
