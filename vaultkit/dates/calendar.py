"""Which numbers are a day: the calendar, and no spelling."""

from __future__ import annotations

import datetime as dt


def calendar_date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    """The date with these numbers, or None when the calendar has none."""
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
