"""A diary in one text: lines that are dates, and under each what was written that day.

How to get it: any app that exports or copies as text or Markdown (`.txt`, `.md`), a web diary saved as text, or a file
kept by hand. The dates may be written in most ways that people write them in English, Japanese, German and Korean.

Knows where the days begin and what their bodies are. What counts as a date is in `dates/` and `date_headings`, what its
numbers mean in `date_order`. The text of the days is kept; only blank lines and bullets are made Markdown's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from vaultkit.dates.forms import Day, DayNumber, NoSuchDay, Week, When, YearlessDay
from vaultkit.dates.heading import parse_year
from vaultkit.dates.words import WEEKDAY_NAMES
from vaultkit.errors import ExportError
from vaultkit.importing.date_headings import HeadingLine, heading_lines, years_above
from vaultkit.importing.date_order import carry_years, settle_order
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind, Value
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.jrnl.heads import is_journal
from vaultkit.importing.moment import Clock
from vaultkit.importing.plain_text import other_file, other_format, tidy
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "dated-text"
LABEL = "Diary as text or Markdown, under lines that are dates"
NAME = "diary"
EXTENSIONS = ".txt .md .text"
KEPT = "days, times, titles, the text above the first day as a note of its own"
NOT_KEPT = ""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=(?:[01]\d)?(?!\d))")  # also of 202401
_UNDERLINE = re.compile(r" {0,3}(?:={3,}+|-{3,}+)\s*+$")


def identify(export: Export) -> Verdict:
    """Ours is a text with two dates in the place of headings, or with one as its first line."""
    if export.is_folder:
        return declined("it is a folder, and a diary is one text")
    if why := other_file(export.first) or other_format(export.first.text):
        return declined(why)
    text = export.first.text
    if is_journal(text, export.first.path.suffix):
        return declined("it is a journal of jrnl")
    lines = text.split("\n")
    dates = [h for h in heading_lines(lines) if not isinstance(h.heading.when, NoSuchDay)]
    if not dates:
        return declined("no line is a date")
    if len(dates) == 1 and any(line.strip(" \t\u00a0\u3000-=*_") for line in lines[: dates[0].index]):
        return declined(f"only line {dates[0].number} is a date, and it is not the first")
    return CLAIMED


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each date and one for the text above the first, in the order of the text.

    Notices: impossible dates (their lines stay text), weekdays that do not fit, years that were guessed, and lines that
    are only a year. Raises ExportError when the file does not say which year, or day or month first.
    """
    for export in exports:
        yield from _read(export.first, options)


def _read(file: ExportFile, options: ReadOptions) -> Iterator[Entry | Notice]:
    name, lines = str(file.path), file.text.split("\n")
    found = settle_order(heading_lines(lines), options.date_order, name)
    found, year_lines, guess = _with_years(found, lines, file)
    yield from guess
    yield from _warnings(found, name)
    for i in sorted(year_lines):
        message = "only says the year; it is in the dates of the entries below it"
        yield Notice(NoticeKind.UNPLACED, f"{name}: line {i + 1}", message, lines[i])

    def body(start: int, end: int) -> str:
        return tidy([lines[i] for i in range(start, end) if i not in year_lines], infer_headings=options.infer_headings)

    headings = [h for h in found if not isinstance(h.heading.when, NoSuchDay)]
    ends = [*(h.index for h in headings), len(lines)]
    if preamble := body(0, ends[0]):
        yield Entry(
            kind=Kind.INDEX,
            key="index",
            body=preamble,
            place="line 1",
            origin=name,
            name=file.path.stem,
            properties=(("type", "index"),),
        )
    seen: Counter[str] = Counter()
    clock = Clock(options.zone, [])  # a time that was parsed is read, and what the wall's clock showed needs no zone
    for h, end in zip(headings, ends[1:], strict=True):
        yield _entry(h, body(_below(h, lines), end), name, seen, clock)


def _entry(h: HeadingLine, body: str, origin: str, seen: Counter[str], clock: Clock) -> Entry:
    heading, when = h.heading, h.heading.when
    properties: list[tuple[str, Value]] = []
    if heading.title:
        properties.append(("title", heading.title))
    title, date = heading.title, None
    if isinstance(when, Week):  # a week is no day, and which of its days was meant is not said
        key = f"{when.year}-W{when.week:02}"
        title = f"{key} {title}".rstrip()
    elif isinstance(when, DayNumber):
        key = f"day-{when.number}"
        title = f"Day {when.number} {title}".rstrip()
    else:
        assert isinstance(when, Day)  # nothing else is left open by now
        key, date = when.date.isoformat(), when.date
    if heading.time:
        created = dt.datetime.combine(date, heading.time) if date else None
        said = clock.read(created, origin) if created and created.tzinfo is None else None
        stamp = said.stamp if said else created
        properties.append(("created", stamp) if stamp else ("time", heading.time.isoformat()))
    seen[key] += 1
    return Entry(
        kind=Kind.DIARY,
        key=key if seen[key] == 1 else f"{key}/{seen[key]}",
        body=body,
        place=f"line {h.number}",
        origin=origin,
        title=title,
        date=date,
        time=heading.time.replace(tzinfo=None) if heading.time else None,
        properties=tuple(properties),
    )


def _below(h: HeadingLine, lines: Sequence[str]) -> int:
    """The line where the body begins; a Markdown underline still belongs to the heading."""
    start = h.index + 1
    return start + 1 if start < len(lines) and _UNDERLINE.match(lines[start]) else start


def _warnings(found: Sequence[HeadingLine], name: str) -> Iterator[Notice]:
    for h in found:
        place, text, when = f"{name}: line {h.number}", h.text.strip(), h.heading.when
        if isinstance(when, NoSuchDay):
            message = f"`{text}` is not a day of the calendar; the line stays text"
            yield Notice(NoticeKind.WARNING, place, message)
        elif isinstance(when, Day) and h.heading.weekday not in (None, when.date.weekday()):
            message = f"`{text}`: {when.date} is a {WEEKDAY_NAMES[when.date.weekday()]}; the date was kept"
            yield Notice(NoticeKind.WARNING, place, message)


def _with_years(
    found: tuple[HeadingLine, ...], lines: Sequence[str], file: ExportFile
) -> tuple[tuple[HeadingLine, ...], frozenset[int], tuple[Notice, ...]]:
    """`found` with no year missing, the lines that are only a year, and a warning when the year was guessed."""
    if not any(_is_yearless(h.heading.when) for h in found):
        return found, frozenset(), ()
    years, year_lines = years_above(lines, found)
    whens = carry_years([h.heading.when for h in found], years)
    guess: tuple[Notice, ...] = ()
    left = next((i for i, when in enumerate(whens) if _is_yearless(when)), None)
    if left is not None:
        year, where = _year_nearby(file, lines[: found[0].index])
        first = found[left]
        place = f"{file.path}: line {first.number}"
        if year is None:
            raise ExportError(
                f"{place}: `{first.text.strip()}` has no year, and neither has any other date of the file; "
                "write the year above it on a line of its own (2024), or into the file's name"
            )
        whens = carry_years(whens, {left: year})
        guess = (
            Notice(NoticeKind.WARNING, place, f"no date has a year; it was counted from {year}, found in {where}"),
        )
    filled = tuple(h.meaning(when) for h, when in zip(found, whens, strict=True))
    return filled, year_lines, guess


def _is_yearless(when: When) -> bool:
    return isinstance(when, YearlessDay)


def _year_nearby(file: ExportFile, preamble: Sequence[str]) -> tuple[int | None, str]:
    """The one year in the file's name, or in the text above the first date, and the words for where it was."""
    for texts, where in (([file.path.stem], "the file's name"), (preamble, "the text above the first date")):
        years = {int(year) for text in texts for year in _YEAR.findall(text)}
        years |= {year for text in texts if (year := parse_year(text))}
        if len(years) == 1:
            return years.pop(), where
    return None, ""
