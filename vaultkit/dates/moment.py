"""The moment that the value of a property names, as exactly as it is written, and which of two is surely the later one.

Knows days, times to the minute or second, and offsets; of a time without offset it is unknown where on earth it was.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from vaultkit.dates.leading import date_in_value
from vaultkit.dates.offset import read_offset

_TIME = (
    r"\s*(?:\[\[)?[0-9/.-]{8,10}(?:T|,? {1,3})([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?\s*\Z"
)
_WEST, _EAST = dt.timedelta(hours=12), dt.timedelta(hours=14)
"""How far the clocks on earth are behind UTC and ahead of it."""


class Moment(NamedTuple):
    """What is written. `time` None: only the day is."""

    day: dt.date
    time: dt.time | None = None
    """With its offset, if it has one."""
    to_seconds: bool = False

    @property
    def has_offset(self) -> bool:
        """Whether the same moment can be named anywhere."""
        return self.time is not None and self.time.tzinfo is not None


def read_moment(value: object) -> Moment | None:
    """The moment that `value` names (`2024-01-31`, `2024-01-31T08:30`, `2024/1/31 08:30:15 +09:00`), or None.

    Only the day when what follows it is no time of day.
    """
    day = date_in_value(value)
    if day is None or not isinstance(value, str):
        return None
    found = re.match(_TIME, value)
    if not found:
        return Moment(day)
    try:
        time = dt.time(int(found[1]), int(found[2]), int(found[3] or 0), tzinfo=read_offset(found[4] or ""))
    except ValueError:
        return Moment(day)
    return Moment(day, time, found[3] is not None)


def is_surely_after(one: Moment, other: Moment) -> bool:
    """Whether `one` is later than `other` whatever was left out: hours, seconds or the offset of either."""
    if one.time is None or other.time is None:
        unknown = (one.has_offset or other.has_offset) and one.day != other.day
        return (one.day - other.day).days > (1 if unknown else 0)
    first, second = _at(one, one.time), _at(other, other.time)
    if not (one.to_seconds and other.to_seconds):
        first, second = (first.replace(second=0), second.replace(second=0))
    if one.has_offset == other.has_offset:
        return first > second
    if other.has_offset:
        return _later(first.replace(tzinfo=dt.UTC), -_EAST) > second
    return first > _later(second.replace(tzinfo=dt.UTC), _WEST)


def _at(moment: Moment, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(moment.day, time)


def _later(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """`moment` moved, as far as the calendar goes."""
    try:
        return moment + by
    except OverflowError:
        return moment
