"""Which lines of a text begin a new day: the layout around a date decides where the date alone does not.

Knows lines and their neighbours; leaves open what the dates mean (`date_order` settles it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vaultkit.dates.forms import DayNumber, NoSuchDay, OpenDay, ShortDay, When
from vaultkit.dates.heading import DateHeading, parse_heading, parse_year
from vaultkit.importing.plain_text import fenced


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line of a text that is a date."""

    index: int
    """Of the line, from 0."""
    text: str
    heading: DateHeading

    @property
    def number(self) -> int:
        """Of the line, from 1, for people."""
        return self.index + 1

    def meaning(self, when: When) -> HeadingLine:
        """The same line with the date `when`."""
        return self if when == self.heading.when else replace(self, heading=replace(self.heading, when=when))


def heading_lines(lines: Sequence[str]) -> tuple[HeadingLine, ...]:
    """The lines that are dates in the place of a heading, in order; impossible dates (NoSuchDay) are among them.

    Nothing in a code block is. A date with a title needs a blank line above it, unless it is marked as a heading.
    Dates in a list, six digits, `Day 12` and bare `1/31` count only in the company of their like.
    """
    parsed = [None if code else parse_heading(line) for line, code in zip(lines, fenced(lines), strict=True)]
    found = [
        HeadingLine(i, lines[i], heading)
        for i, heading in enumerate(parsed)
        if heading and (not heading.title or heading.marked or _opens_paragraph(lines, parsed, i, heading.title))
    ]
    if any(not h.heading.bullet and not isinstance(h.heading.when, NoSuchDay) for h in found):
        found = [h for h in found if not h.heading.bullet]
    return tuple(_in_company(found, lines))


def _opens_paragraph(lines: Sequence[str], parsed: Sequence[DateHeading | None], i: int, title: str) -> bool:
    """Above is a blank, a rule or a date; and a small letter, as in `May 3, 2024 we met`, needs a blank below."""
    above = lines[i - 1] if i else ""
    if above.strip(" \t\u00a0\u3000-=*_") and parsed[i - 1] is None:
        return False
    if i + 1 == len(lines):
        return True
    below, next_date = lines[i + 1], parsed[i + 1]
    if next_date and next_date.title and not next_date.marked:
        return False  # a list of dates, or a log
    return not title[0].islower() or not below.strip() or below[0].isspace()


def _in_company(found: Sequence[HeadingLine], lines: Sequence[str]) -> list[HeadingLine]:
    """Without those that are dates only among their like, where they are not."""
    short = [(h.index, h.heading.when.date.toordinal()) for h in found if isinstance(h.heading.when, ShortDay)]
    counted = [(h.index, h.heading.when.number) for h in found if isinstance(h.heading.when, DayNumber)]
    alike = [h for h in found if isinstance(h.heading.when, OpenDay) and h.heading.when.year is None]
    fractions = [h.index for h in alike if h.heading.weekday is None and not h.heading.marked]
    below_blank = [i for i in fractions if i == 0 or not lines[i - 1].strip()]
    if len(alike) == 1 and any(line.strip() for line in lines[: alike[0].index]):
        below_blank = []  # alone, and not at the top of the text: `1/2` may be a fraction

    dropped = {i for i, _ in short} - _in_runs(short) | set(fractions) - set(below_blank)
    kept = [h for h in found if h.index not in dropped]
    # in a diary with dates, `Day 2` is a heading below a date
    days = _in_runs(counted) if len(kept) == len(counted) else set()
    return [h for h in kept if h.index in days or not isinstance(h.heading.when, DayNumber)]


def _in_runs(places: Sequence[tuple[int, int]]) -> set[int]:
    """Of (line, value): the lines in a run of three or more whose values rise or fall."""
    lines: set[int] = set()
    for direction in (1, -1):
        run: list[tuple[int, int]] = []
        for place in places:
            if run and (place[1] - run[-1][1]) * direction < 0:
                run = []
            run.append(place)
            if len(run) >= 3:
                lines.update(line for line, _ in run[-3:])
    return lines


def years_above(lines: Sequence[str], headings: Sequence[HeadingLine]) -> tuple[dict[int, int], frozenset[int]]:
    """The years that stand right above a date, blanks aside, on a line of their own (`# 2024`, `2024年1月`).

    The year of each such date by its position in `headings`, and the indexes of the lines that say no more than that.
    """
    years: dict[int, int] = {}
    used: set[int] = set()
    for position, h in enumerate(headings):
        for i in range(h.index - 1, -1, -1):
            if not lines[i].strip():
                continue
            if (year := parse_year(lines[i])) is None:
                break
            years.setdefault(position, year)
            used.add(i)
    return years, frozenset(used)
