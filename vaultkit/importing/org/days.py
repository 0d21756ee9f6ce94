"""Which parts of an Org file are days of a journal: the whole file, the headings of a datetree, or the outermost ones.

Knows headings and names; knows no text below them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.forms import Day
from vaultkit.dates.heading import parse_heading
from vaultkit.importing.markup.org_outline import Section

_CREATED = re.compile(r"(\d{4})(\d\d)(\d\d)")
_ANY_DATE = re.compile(r"\A(?:[^\W\d]{1,12}[,.]?\s++)?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:\s++|\Z)")
"""A date with its weekday, its numbers in whatever order."""
_YEAR = re.compile(r"\d{4}年?\Z")


class Found(NamedTuple):
    """A day: the place of its heading among the sections, and where the next begins that is not below it."""

    at: int
    end: int
    day: dt.date
    time: dt.time | None
    title: str
    """What stands behind the date."""


def day_of_title(title: str) -> tuple[dt.date, dt.time | None, str] | None:
    """The day, time and rest of a title that begins with a date; None: it is none."""
    heading = parse_heading(f"## {title}")
    if heading is None or not isinstance(heading.when, Day):
        return None
    return heading.when.date, heading.time.replace(tzinfo=None) if heading.time else None, heading.title


def days(sections: Sequence[Section]) -> list[Found]:
    """The days in a file that holds a journal, in order; none: it is no journal but a text in which days may be named.

    A journal is a datetree (a heading that is a year, with days below it), or has more days than other headings
    outermost.
    """
    first = min((section.level for section in sections if section.level), default=0)
    outer = [section for section in sections if section.level == first]
    in_tree = any(_YEAR.match(section.title) for section in sections if section.level)
    if not in_tree and sum(_day(section) is not None for section in outer) * 2 <= len(outer):
        return []
    found: list[Found] = []
    end = 0
    for i, section in enumerate(sections):
        when = _day(section) if section.level and i >= end and (in_tree or section.level == first) else None
        if when:
            end = next((n for n in range(i + 1, len(sections)) if sections[n].level <= section.level), len(sections))
            found.append(Found(i, end, *when))
    return found


def _day(section: Section) -> tuple[dt.date, dt.time | None, str] | None:
    if when := day_of_title(section.title):
        return when
    created = _CREATED.fullmatch(section.get("CREATED"))  # org-journal, whose headings may have any form
    day = calendar_date(*created.groups()) if created else None
    return (day, None, _ANY_DATE.sub("", section.title, count=1)) if day else None
