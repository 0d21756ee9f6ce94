"""The spellings of a date, each with what it means: `2024/01/31`, `令和6年1月31日`, `Jan 31, 2024`, `2024-W05`.

Knows the date alone, not the line around it (`heading` does), and only what the spelling says: whether `03/04/2024` is
in March or April, and which year `1月31日` is in, stays open (`importing.date_order` decides).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.words import ERAS, KANJI_NUMERALS, MONTHS, number, one_of


@dataclass(frozen=True, slots=True)
class Day:
    """A full date, in any spelling."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class ShortDay:
    """`240131`: a date only among its like, else a number."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class OpenDay:
    """`03/04/2024` or, with `year` None, `3/4`: the day may stand first or second."""

    first: int
    second: int
    year: int | None

    def settled(self, order: str) -> Day | YearlessDay | NoSuchDay:
        """The day that this is when read in `order`, `dmy` or `mdy`."""
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return yearless(month, day) if self.year is None else day_of(self.year, month, day)


@dataclass(frozen=True, slots=True)
class YearlessDay:
    """`1月31日`: a day of a year that stands elsewhere."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Week:
    """`2024-W05`: a week by ISO 8601, no day in it."""

    year: int
    week: int


@dataclass(frozen=True, slots=True)
class DayNumber:
    """`Day 12`: counted from a day that nobody wrote down."""

    number: int


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """Written as a date, but not in the calendar: `2024-02-30`, `令和元年4月30日` (a day before the era)."""


When = Day | ShortDay | OpenDay | YearlessDay | Week | DayNumber | NoSuchDay


def day_of(year: int, month: int, day: int) -> Day | NoSuchDay:
    """The day with these numbers, or NoSuchDay when the calendar has none."""
    date = calendar_date(year, month, day)
    return NoSuchDay() if date is None else Day(date)


def yearless(month: int, day: int) -> YearlessDay | NoSuchDay:
    """The day with these numbers in some year, or NoSuchDay when no year has it."""
    in_leap_year = day_of(2024, month, day)
    return YearlessDay(month, day) if isinstance(in_leap_year, Day) else NoSuchDay()


def _of_numbers(m: re.Match[str]) -> When:
    return day_of(number(m["y"]), number(m["m"]), number(m["d"]))


def _of_era(m: re.Match[str]) -> When:
    start = ERAS[m["era"].upper()]
    day = day_of(start.year + number(m["y"]) - 1, number(m["m"]), number(m["d"]))
    return NoSuchDay() if isinstance(day, Day) and day.date < start else day


def _of_month_name(m: re.Match[str]) -> When:
    month, day = MONTHS[m["month"].casefold()], int(m["d"])
    return day_of(int(m["y"]), month, day) if m["y"] else yearless(month, day)


def _of_eight_digits(m: re.Match[str]) -> When | None:
    month, day = int(m["m"]), int(m["d"])
    # 20240230 was meant as a date, 20249999 is a number
    return _of_numbers(m) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _of_six_digits(m: re.Match[str]) -> When | None:
    year = int(m["y"])
    day = day_of(year + (1900 if year >= 70 else 2000), int(m["m"]), int(m["d"]))
    return ShortDay(day.date) if isinstance(day, Day) else None


def _of_week(m: re.Match[str]) -> When:
    year, week = int(m["y"]), int(m["w"])
    try:
        monday_or_day = dt.date.fromisocalendar(year, week, int(m["d"] or 1))
    except ValueError:
        return NoSuchDay()
    return Day(monday_or_day) if m["d"] else Week(year, week)


def _of_open_numbers(m: re.Match[str]) -> When | None:
    first, second, year = int(m["a"]), int(m["b"]), m["y"]
    found = OpenDay(first, second, int(year) if year else None)
    if any(not isinstance(found.settled(order), NoSuchDay) for order in ("dmy", "mdy")):
        return found
    return NoSuchDay() if year else None  # a lone 50/50 is no date at all


NUMERAL = rf"(?:\d{{1,4}}|[{KANJI_NUMERALS}]{{1,7}})"
ERA = r"(?P<era>令和|平成|昭和|[RHS])\s?"
MONTH = rf"(?P<month>{one_of(MONTHS)})"
_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], When | None]]


def _forms(*forms: tuple[str, Callable[[re.Match[str]], When | None]]) -> tuple[_Form, ...]:
    return tuple((re.compile(pattern, re.I), build) for pattern, build in forms)


_NUMBERS_FIRST = _forms(
    (r"(?P<y>[12]\d{3})(?P<s>[-/._])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)", _of_numbers),
    (r"(?P<y>[12]\d{3})年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日", _of_numbers),
    (r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)", _of_eight_digits),
    (r"(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日", lambda m: yearless(int(m["m"]), int(m["d"]))),
    (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/])(?P<y>)", _of_open_numbers),
    (r"(?P<a>\d\d)-(?P<b>\d\d)(?![\d-])(?P<y>)", _of_open_numbers),
    (r"(?P<a>\d{1,2})(?P<s>[/-])(?P<b>\d{1,2})(?P=s)(?P<y>[12]\d{3})(?!\d)", _of_open_numbers),
    (r"(?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)", _of_six_digits),
    (r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>[12]\d{3})(?!\d)", _of_numbers),
    (r"(?P<y>[12]\d{3})\.\s(?P<m>\d{1,2})\.\s(?P<d>\d{1,2})(?!\d)\.?", _of_numbers),
    (r"(?P<y>[12]\d{3})년\s?(?P<m>\d{1,2})월\s?(?P<d>\d{1,2})일", _of_numbers),
    (r"(?P<m>\d{1,2})월\s?(?P<d>\d{1,2})일", lambda m: yearless(int(m["m"]), int(m["d"]))),
    (r"(?P<y>[12]\d{3})-?W(?P<w>\d\d)(?:-?(?P<d>[1-7]))?(?!\w)", _of_week),
    (
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\sof)?[\s-]?{MONTH}[.]?(?:,?[\s-](?P<y>[12]\d{{3}})(?![\d:]))?",
        _of_month_name,
    ),
)
_WORDS_FIRST = _forms(
    (rf"(?P<y>[{KANJI_NUMERALS}]{{4,7}})年\s?(?P<m>{NUMERAL})月\s?(?P<d>{NUMERAL})日", _of_numbers),
    (rf"(?P<m>{NUMERAL})月\s?(?P<d>{NUMERAL})日", lambda m: yearless(number(m["m"]), number(m["d"]))),
    (rf"{ERA}(?P<y>元|{NUMERAL})年\s?(?P<m>{NUMERAL})月\s?(?P<d>{NUMERAL})日", _of_era),
    (rf"{ERA}(?P<y>元|\d{{1,2}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!\d)", _of_era),
    (
        rf"{MONTH}[.]?[\s-](?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?[\s-](?P<y>[12]\d{{3}})(?![\d:]))?",
        _of_month_name,
    ),
    (r"Day\s(?P<n>\d{1,4})(?!\d)", lambda m: DayNumber(int(m["n"]))),
)


def form_at(text: str, start: int) -> tuple[When, int] | None:
    """The date that begins at `start` of `text` (in compatibility form, NFKC) and where it ends, or None."""
    for pattern, build in _NUMBERS_FIRST if text[start : start + 1].isdecimal() else _WORDS_FIRST:
        m = pattern.match(text, start)
        if m and (when := build(m)) is not None:
            return when, m.end()
    return None
