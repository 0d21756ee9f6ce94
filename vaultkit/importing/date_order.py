"""What the dates of a file mean together: day or month first, and the year of `1月31日`.

Knows the dates of one file in their order; knows no lines of text. It never changes what is written: an order that
nothing decides, and a year that stands nowhere, are refused with the words that settle them.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

from vaultkit.dates.forms import Day, NoSuchDay, OpenDay, ShortDay, When, YearlessDay, day_of
from vaultkit.errors import ExportError
from vaultkit.importing.date_headings import HeadingLine

_ORDERS = ("dmy", "mdy")
_SLACK = dt.timedelta(days=31)
"""An entry may stand this far out of order before it counts as a new year."""


def settle_order(headings: Sequence[HeadingLine], chosen: str, name: str) -> tuple[HeadingLine, ...]:
    """`headings` with `31/01/2024` and `240131` as days: in the order `chosen`, or `""` for the one the file shows.

    Decided by a number above 12, then by the weekdays, then by the dates rising or falling. Dates without a year are
    month first unless shown otherwise. Raises ExportError with the line when nothing decides.
    """
    order = chosen or _shown_order(headings, name)
    return tuple(h.meaning(_settled(h.heading.when, order)) for h in headings)


def _settled(when: When, order: str) -> When:
    if isinstance(when, OpenDay):
        return when.settled(order)
    return Day(when.date) if isinstance(when, ShortDay) else when


def _shown_order(headings: Sequence[HeadingLine], name: str) -> str:
    opened = [(h, h.heading.when) for h in headings if isinstance(h.heading.when, OpenDay)]
    full = [(h, when) for h, when in opened if when.year is not None]
    judged = full or opened
    day_first = next((h for h, when in judged if when.first > 12), None)
    month_first = next((h for h, when in judged if when.second > 12), None)
    if bool(day_first) != bool(month_first):
        return "dmy" if day_first else "mdy"
    if all(when.first == when.second for _, when in full):  # also: none at all
        return "mdy"
    if day_first and month_first:
        raise ExportError(
            f"{name}: line {day_first.number} has the day first and line {month_first.number} the month; "
            "say which is right with --date-order dmy|mdy, the other lines stay text"
        )
    for fits in (_agrees_with_weekdays, _runs_one_way):
        fitting = [order for order in _ORDERS if fits(headings, order)]
        if len(fitting) == 1:
            return fitting[0]
    first = next(h for h, when in full if when.first != when.second)
    raise ExportError(
        f"{name}: line {first.number}: in `{first.text.strip()}` the day or the month may stand first, "
        "and nothing in the file decides; say which with --date-order dmy|mdy"
    )


def _agrees_with_weekdays(headings: Sequence[HeadingLine], order: str) -> bool:
    days = [(_settled(h.heading.when, order), h.heading.weekday) for h in headings]
    return all(weekday in (None, day.date.weekday()) for day, weekday in days if isinstance(day, Day))


def _runs_one_way(headings: Sequence[HeadingLine], order: str) -> bool:
    days = [day.date for h in headings if isinstance(day := _settled(h.heading.when, order), Day)]
    return days in (sorted(days), sorted(days, reverse=True))


def carry_years(whens: Sequence[When], years: Mapping[int, int]) -> tuple[When, ...]:
    """`whens` with each YearlessDay as the Day it is, the year taken from its neighbours.

    `years` gives the year that stands above a date, by its position. A date without a year follows the date before it
    in the direction in which the file runs: 1月1日 after 12月31日 is in the next year, 12月31日 after 1月1日 in the
    year before. Those above the first date with a year are counted back from it. Where no date has
    one, none is filled in.
    """
    direction = _direction(whens)
    known = [_with_year(when, years.get(i)) for i, when in enumerate(whens)]
    anchor = next((i for i, when in enumerate(known) if isinstance(when, Day)), 0)
    upward = _follow(known[anchor::-1], -direction)
    return (*upward[:0:-1], *_follow(known[anchor:], direction))


def _with_year(when: When, year: int | None) -> When:
    return day_of(year, when.month, when.day) if isinstance(when, YearlessDay) and year is not None else when


def _direction(whens: Sequence[When]) -> int:
    """1 when most dates come after the one before them, -1 when most come before it, 0 when neither."""
    pairs = [pair for when in whens if (pair := _month_and_day(when))]
    places = [dt.date(2024, *pair).toordinal() for pair in pairs]  # a leap year has all of them
    steps = [(b - a + 183) % 366 - 183 for a, b in itertools.pairwise(places)]
    balance = sum((step > 0) - (step < 0) for step in steps)
    return (balance > 0) - (balance < 0)


def _month_and_day(when: When) -> tuple[int, int] | None:
    if isinstance(when, Day):
        return when.date.month, when.date.day
    return (when.month, when.day) if isinstance(when, YearlessDay) else None


def _follow(whens: Sequence[When], direction: int) -> list[When]:
    """`whens`, the first of which is a Day, with the years filled in one after the other."""
    followed: list[When] = []
    previous: dt.date | None = None
    for when in whens:
        filled = _next(when, previous, direction) if isinstance(when, YearlessDay) and previous else when
        previous = filled.date if isinstance(filled, Day) else previous
        followed.append(filled)
    return followed


def _next(when: YearlessDay, previous: dt.date, direction: int) -> When:
    """The day that follows `previous` most closely; with no direction, the one nearest to it."""
    around = (day_of(previous.year + n, when.month, when.day) for n in range(-8, 9))  # a leap year is never further
    days = [day.date for day in around if isinstance(day, Day)]
    later = [day for day in days if (day - previous) * direction >= -_SLACK]
    return Day(min(later, key=lambda day: abs(day - previous))) if later else NoSuchDay()
