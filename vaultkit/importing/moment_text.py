"""Texts that name a moment, as programs write them.

Knows ISO 8601 and its neighbours (`2024-01-31T08:30:00.1234567Z`, `2024/01/31 08:30 +0900`, `20240131T083000Z`), RFC
2822, what JavaScript prints, and dates with slashes or the name of a month (`31/Jan/24 3:54 PM`). Dates as people write
them in prose and headings are those of `dates/`. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

Order = Literal["", "dmy", "mdy"]
"""How `03/04/2024` is meant; empty: not known, so that it is read only where one of the two is no month."""

Unit = Literal["", "s", "ms", "us"]
"""What a number counts since 1970; empty: told by its size."""

_PER_SECOND = {"s": 1, "ms": 1_000, "us": 1_000_000}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_OFFSET = r"(?:UTC|GMT)?(?P<sign>[+-])(?P<oh>\d{1,2}):?(?P<om>\d{2})?"
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,]\d{1,9}\d*+)?"
    r"(?:[ \u202f]?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_REST = rf"(?: ?(?P<offset>Z|UTC|GMT|{_OFFSET}))?(?: \([^()]{{1,60}}\))?\Z"
_WHEN = rf"(?:(?:[Tt]|,? |/|-(?=\d))\s*+{_CLOCK}{_REST})?\Z"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})(?P<cut>[-/.])(?P<month>\d{{1,2}})(?P=cut)(?P<day>\d{{1,2}}){_WHEN}")
_COMPACT = re.compile(
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:[Tt](?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<half>){_REST})?\Z"
)
_NUMBERS = re.compile(rf"(?P<one>\d{{1,2}})(?P<cut>[-/.])(?P<two>\d{{1,2}})(?P=cut)(?P<year>\d{{4}}|\d{{2}}){_WHEN}")
_NAMED = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(?P<day>\d{1,2})[-/ ](?P<name>[A-Za-z]{3})[a-z]{0,6}\.?[-/, ] ?(?P<year>\d{4}|\d{2})" + _WHEN
)
_NAME_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(?P<name>[A-Za-z]{3})[a-z]{0,6}\.? (?P<day>\d{1,2}),? (?P<year>\d{4})" + _WHEN
)
_USUAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_NEVER = re.compile(r"0{4}-00-00|0001-01-01[T ]00:00:00")
_EPOCH = re.compile(r"-?\d{9,16}(?:\.\d{1,9})?\Z")


def read_text(text: str, order: Order = "") -> dt.date | dt.datetime | None:
    """The day, or the time to the second with its offset if one is written; None for a blank and `0000-00-00 …`.

    Raises ValueError, with the reason in a few words, for what is none of it.
    """
    if _USUAL.fullmatch(text) and not _NEVER.match(text):
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:  # 24:00:00, a leap second, the year 0: those know the forms below
            pass
    text = text.strip()
    if not text or _NEVER.match(text):
        return None
    if len(text) > 100:
        raise ValueError("it is too long for one")
    if _EPOCH.match(text):
        return since_1970(float(text))
    for form in (_YEAR_FIRST, _COMPACT, _NAMED, _NAME_FIRST):
        if found := form.match(text):
            parts = found.groupdict()
            month = int(parts["month"]) if "month" in parts else _month(parts["name"])
            return _when(found, _year(parts["year"]), month, int(parts["day"]))
    if found := _NUMBERS.match(text):
        day, month = _ordered(int(found["one"]), int(found["two"]), order or ("dmy" if found["cut"] == "." else ""))
        return _when(found, _year(found["year"]), month, day)
    raise ValueError("its form is not known")


def since_1970(number: float, unit: Unit = "") -> dt.datetime | None:
    """The instant, to the second; None for 0, which means never. Raises ValueError and OverflowError."""
    if number == 0:
        return None
    size = abs(number)
    if not size <= 1e18:  # nor is "not a number" less than anything
        raise ValueError("the number is out of range")
    seconds = number / _PER_SECOND[unit or ("s" if size < 1e11 else "ms" if size < 1e14 else "us")]
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds // 1)


def _when(found: re.Match[str], year: int, month: int, day: int) -> dt.date | dt.datetime:
    date = dt.date(year, month, day)
    if found["hour"] is None:
        return date
    hour, second = int(found["hour"]), min(int(found["second"] or 0), 59)  # a leap second
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no clock shows that hour")
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    zone = None
    if found["offset"]:
        zone = _offset(found) if found["sign"] else dt.UTC
    if hour == 24 and found["minute"] == "00":
        return dt.datetime.combine(date, dt.time(0, 0, second, tzinfo=zone)) + dt.timedelta(days=1)
    return dt.datetime.combine(date, dt.time(hour, int(found["minute"]), second, tzinfo=zone))


def _offset(found: re.Match[str]) -> dt.timezone:
    minutes = int(found["oh"]) * 60 + int(found["om"] or 0)
    if minutes > 18 * 60:
        raise ValueError("no place on earth has that offset")
    return dt.timezone(dt.timedelta(minutes=-minutes if found["sign"] == "-" else minutes)) if minutes else dt.UTC


def _ordered(one: int, two: int, order: Order) -> tuple[int, int]:
    """Day and month."""
    if order:
        return (one, two) if order == "dmy" else (two, one)
    if one > 12 or two > 12 or one == two:
        return (one, two) if one > 12 else (two, one)
    raise ValueError("it does not say which is the month; say --date-order dmy or mdy")


def _month(name: str) -> int:
    try:
        return _MONTHS.index(name.lower()) + 1
    except ValueError as e:
        raise ValueError(f"`{name}` is no month") from e


def _year(text: str) -> int:
    """`24` is 2024 and `99` 1999, as POSIX has it."""
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 69 else 1900)
