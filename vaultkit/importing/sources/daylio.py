"""Daylio: moods and notes as a CSV file.

How to get it: in Daylio, *More → Export Entries → CSV*. Give the `.csv` that it sends. (The backup `.daylio` is for
Daylio alone.)

Knows the columns, those of older versions too. A row has no identity: it is known by its day and time, and those of one
minute by their order. The time is the clock's on the wall.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from vaultkit.dates.long import parse_long_date
from vaultkit.errors import ExportError
from vaultkit.importing.csv_rows import BrokenRow, Row, csv_header, csv_rows
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.plain_text import tidy
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "daylio"
LABEL = "Daylio's moods and notes (CSV)"
NAME = "daylio"
EXTENSIONS = ".csv"
KEPT = "days and times, moods, activities as tags, scales, titles, notes with their formatting"
NOT_KEPT = "photos and sounds, which are not in the CSV; goals"

_COLUMNS = frozenset({"mood", "activities"})
_DATES = frozenset({"full_date", "year"})
_HTML = re.compile(
    r"</?(?:br|p|div|span|font|b|i|u|s|em|strong|strike|del|ul|ol|li|h[1-6]|a|blockquote)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|apos|\#\d{1,6});", re.IGNORECASE)
_TIME = re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})")
_AFTERNOON = re.compile(r"p\.?\s?m|午後|下午|晚上|오후", re.IGNORECASE)
_MORNING = re.compile(r"a\.?\s?m|午前|上午|早上|오전", re.IGNORECASE)


def identify(export: Export) -> Verdict:
    """Ours is a CSV file with Daylio's columns, or a folder or archive with such a file."""
    if any(_is_ours(file) for file in _files(export)):
        return CLAIMED
    return declined("no CSV with the columns full_date, mood and activities")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """A diary entry for each row. A row that is damaged, or whose date is none, fails alone."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, options.date_order)
    seen: Counter[str] = Counter()
    for export in exports:
        for file in _files(export):
            if export.is_folder and not _is_ours(file):
                continue
            for row in csv_rows(file.pieces()):
                place = f"{file.path}: {row.place}"
                if isinstance(row, BrokenRow):
                    yield Notice(NoticeKind.FAILED, place, f"the row cannot be read: {row.why}", row.text)
                    continue
                written = _written(row, place, clock, notices)
                if written is None:
                    notices.clear()  # the row says the same
                    message = f"the row has no date that can be read (`{row.get('full_date', 'date')[:40]}`)"
                    yield Notice(NoticeKind.FAILED, place, message, ",".join(row.cells))
                    continue
                yield from _entry(row, written, file, seen)
                yield from drained(notices)
        seen.clear()  # the same export given twice has the same rows


def _files(export: Export) -> Iterator[ExportFile]:
    return (file for file in export.files if file.path.suffix.lower() == ".csv" or not export.is_folder)


def _is_ours(file: ExportFile) -> bool:
    if file.looks_like_json or b"activities" not in file.head.replace(b"\0", b"")[:2000].lower():
        return False
    try:
        header = {name.casefold() for name in csv_header(file.beginning())}
    except ExportError:
        return False
    return header >= _COLUMNS and not header.isdisjoint(_DATES)


def _written(row: Row, place: str, clock: Clock, notices: list[Notice]) -> Moment | None:
    """The moment of a row. Older exports have no full date: `2019,December 31,…`."""
    day = row.get("full_date")
    if not day and (found := parse_long_date(f"{row.get('date')} {row.get('year')}")):
        day = found.isoformat()
    time = row.get("time")
    found_time = _TIME.search(time)
    if time and not found_time:
        message = f"`{time[:40]}` is no time that can be read; imported without it"
        notices.append(Notice(NoticeKind.WARNING, f"{place}: time", message, time))
    if not (day and found_time):
        return clock.read(day, f"{place}: full_date")
    hour = int(found_time["hour"])
    if _AFTERNOON.search(time) or _MORNING.search(time):
        hour = hour % 12 + (12 if _AFTERNOON.search(time) else 0)
    return clock.read(f"{day} {hour:02d}:{found_time['minute']}", f"{place}: full_date")


def _entry(row: Row, written: Moment, file: ExportFile, seen: Counter[str]) -> Iterator[Entry | Notice]:
    origin, place = str(file.path), f"{file.path}: {row.place}"
    key = f"{written.day}T{written.time:%H%M}" if written.time else f"{written.day}"
    seen[key] += 1
    note = row.get("note")
    converted = from_html(note, line_breaks=True) if _HTML.search(note) else None
    title = _plain(row.get("note_title"))
    lost = [*(converted.lost if converted else ()), *row.surplus]
    if lost:
        yield Notice(NoticeKind.UNPLACED, place, "stands in the row, but has no place in a note", "\n".join(lost))
    known: tuple[tuple[str, Value], ...] = (
        ("title", title),
        ("created", written.stamp if written.time else None),
        ("mood", row.get("mood")),
        ("scales", _parts(row.get("scales"))),
    )
    yield Entry(
        kind=Kind.DIARY,
        key=f"{key}/{seen[key]}" if seen[key] > 1 else key,
        body=converted.text if converted else tidy(_unescaped(note).split("\n")),
        place=row.place,
        origin=origin,
        title=title,
        date=written.day,
        time=written.time,
        labels=_parts(row.get("activities")),
        properties=tuple((name, value) for name, value in known if value),
    )


def _plain(text: str) -> str:
    """A title on one line and without its markup."""
    return " ".join((from_html(text).text if _HTML.search(text) else _unescaped(text)).split())


def _unescaped(text: str) -> str:
    """Plain text with its signs: of `?a&copy=1`, an address, nothing is an entity."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text)


def _parts(text: str) -> tuple[str, ...]:
    """`walk | read a book`: what stands between the bars."""
    return tuple(part.strip() for part in text.split(" | ") if part.strip(" |"))
