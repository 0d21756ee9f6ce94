"""Daily notes whose name is a date, but not in the vault's own format: Obsidian takes them for other notes.

Knows names that are a date and nothing else; `2024-01-17 Landing` is an entry of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.daily import names_every_day
from vaultkit.vault.names import stem
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose: folder and format are the vault's own settings."""


VALUES = ("name", "date", "hint")
EDITS: frozenset[Part] = frozenset()

_LONGEST = 40


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding. Without a folder for daily notes only the top of the vault is looked at."""
    settings = context.settings
    if not note.path.startswith(f"{settings.daily_folder}/") if settings.daily_folder else "/" in note.path:
        return
    name = stem(note.path)
    if len(name) > _LONGEST or settings.daily_date(note.path):
        return
    if not names_every_day(settings.daily_format, or_weekday=True):
        return  # `17. Januar 2024` may be right as `D. MMMM YYYY`: the language is not known
    if day := _day_of(name):
        yield Finding(WHOLE_NOTE, {"name": name, "date": str(day), "hint": _hint(note, context, day)})


def _hint(note: Note, context: Context, day: dt.date) -> str:
    settings = context.settings
    if there := context.days.daily_note(day):
        return f" `{settings.daily_format}`; there is already `{there}`"
    if not names_every_day(settings.daily_format):
        return f" `{settings.daily_format}`"
    return f'; rename it: vaultkit mv "{note.path}" "{settings.daily_path(day)}"'


def _day_of(name: str) -> dt.date | None:
    """The day that the whole name is, in any form that leaves no doubt; None: it is something else, or has a time."""
    from vaultkit.dates.forms import Day, OpenDay
    from vaultkit.dates.heading import parse_heading

    found = parse_heading(name)
    if found is None or found.title or found.time:
        return None
    whens = [found.when.settled(order) for order in ("dmy", "mdy")] if isinstance(found.when, OpenDay) else [found.when]
    days = {when.date for when in whens if isinstance(when, Day)}
    if len(days) != 1:
        return None
    day = days.pop()
    return day if found.weekday in (None, day.weekday()) else None
