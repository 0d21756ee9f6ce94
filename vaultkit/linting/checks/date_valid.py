"""Properties that are meant as a date and name no day: `2024-02-30`, `2024-13-01`, `令和元年4月30日`.

Knows what looks like a date with a year; a year alone, a season or `<% tp.date.now() %>` is something else.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.dates.calendar import calendar_date
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What is looked at."""

    properties: Annotated[tuple[str, ...], "properties that hold a date, or a list of dates"] = (
        "date",
        "created",
        "updated",
        "modified",
        "published",
    )


VALUES = ("property", "date", "hint")
EDITS: frozenset[Part] = frozenset()

_NUMBERS = r"(\d{4})(?:(?P<s>[-/._])(\d{1,2})(?P=s)(\d{1,2})(?!(?P=s)?\d)|年 ?(\d{1,2})月 ?(\d{1,2})日)"
_LONGEST = 200


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each value that is no day."""
    if note.front_matter is None:
        return
    for key in options.properties:
        found = note.find_property(key)
        if found is None:
            continue
        for value in found.value if isinstance(found.value, list) else (found.value,):
            if isinstance(value, str | int) and not _begins_with_day(value) and (wrong := _no_day(str(value))):
                yield Finding(found.span, {"property": found.key, "date": wrong[0], "hint": wrong[1]})


def _begins_with_day(value: str | int) -> bool:
    """Whether it is `2024-01-31` or begins so: nearly all are, and this is fast."""
    if isinstance(value, str) and value[4:5] == "-":
        try:
            dt.date.fromisoformat(value[:10])
        except ValueError:
            return False
        return True
    return False


def _no_day(value: str) -> tuple[str, str] | None:
    """What is written for a day in `value` and is none, with what may have been meant; None: nothing."""
    if len(value) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", value).strip().removeprefix("[[")
    numbers = re.match(_NUMBERS, text)
    if numbers:
        year, month, day = (int(one) for one in numbers.group(1, 3, 4, 5, 6) if one)
        return None if calendar_date(year, month, day) else (numbers[0], _hint(year, month, day))
    if re.match(r"[A-Za-z]\d|\d{4}[-/._]\d", text):
        return None  # `R5.13.40`, `2024.13.01.2`: a day of an era or the number of a part, a version
    from vaultkit.dates.forms import NoSuchDay, form_at

    found = form_at(text, 0)
    return (text[: found[1]], "") if found and isinstance(found[0], NoSuchDay) else None


def _hint(year: int, month: int, day: int) -> str:
    """What the writer may have meant; which of two it is, only the writer knows."""
    if year == month == day == 0:
        return "; leave it out if nobody knows the day"
    if month > 12 and day and (swapped := calendar_date(year, day, month)):
        return f"; did you mean {swapped}?"
    if not 1 <= month <= 12:
        return "; there is no such month"
    if 29 <= day <= 31 and year:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return f"; did you mean {last} or {last + dt.timedelta(days=1)}?"
    return "; the month has no such day"
