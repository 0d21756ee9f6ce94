"""Days without a note between two daily notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What counts as a gap."""

    longest: Annotated[int, "so many days without a note are no gap"] = 0


VALUES = ("days", "date", "next")
EDITS: frozenset[Part] = frozenset()
_DAY = dt.timedelta(days=1)


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding, at the daily note before the gap; the last one of all has none behind it."""
    day = context.settings.daily_date(note.path)
    following = context.days.next_daily(day) if day else None
    missing = (following - day).days - 1 if day and following else 0
    if day and missing > options.longest:
        days = f"there is no daily note of {day + _DAY}"
        if missing > 1:
            days = f"there are no daily notes of the {missing} days after {day}"
        yield Finding(WHOLE_NOTE, {"days": days, "date": str(day), "next": str(following)})
