"""Diarium: a diary as JSON, with the photos and sounds of each entry in a folder.

How to get it: in Diarium, *Settings → Export → JSON*, with files. Give the `.zip` as it is, so that the photos are
found, or the folder that it unpacks to, or one `.json`. (The backup `.diary` is for Diarium alone.)

Knows the fields of an entry, and that its files lie in a folder called after the moment it was written, to the
millisecond. That moment, the clock's on the wall, is all that an entry is known by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.diary.circumstances import coordinates, location
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import Fields, clean, failed
from vaultkit.importing.json_stream import BrokenLine, Record, records
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.media import Media, embed_name
from vaultkit.importing.moment import Clock
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "diarium"
LABEL = "Diarium diaries (JSON)"
NAME = "diarium"
EXTENSIONS = ".json .zip"
KEPT = "titles, tags, people, ratings, places, weather, sun and moon, trackers, photos, videos, sounds, times"
NOT_KEPT = ""

_LOOKED_AT = 5
"""So many records are looked at to tell what a file is."""
_SMALL = 60_000
"""Bytes."""
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?")
_FOLDER = re.compile(r"(?P<second>\d{4}-\d\d-\d\d_\d{6})\d{3}")


def identify(export: Export) -> Verdict:
    """Ours is JSON whose records have a `date` and `html`, or a folder or archive with such a file."""
    if any(_is_ours(file) for file in _files(export)):
        return CLAIMED
    return declined("no JSON whose records have the fields `date` and `html`, and `heading` or `tags`")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """A diary entry for each record. A record that is damaged, or has no date, fails alone; files that belong to no
    entry are named."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices)
    for export in exports:
        reading = _Reading(export, Media(export), clock, notices)
        folders = {file.path.parent for file in _files(export) if not export.is_folder or _is_ours(file)}
        for file in _files(export):
            if file.path.parent in folders:
                yield from _read_file(file, reading)
        if unused := [str(path) for paths in reading.folders.values() for path in paths]:
            message = f"{len(unused)} files belong to no entry of the export; they were not copied"
            yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(unused))


@dataclass(slots=True)
class _Reading:
    """What the records of one export are read with."""

    export: Export
    media: Media
    clock: Clock
    notices: list[Notice]
    seen: Counter[str] = field(default_factory=Counter)
    folders: dict[str, list[PurePosixPath]] = field(default_factory=dict)
    """The files of each moment, by the name of their folder."""

    def __post_init__(self) -> None:
        for file in self.export.files:
            if _FOLDER.fullmatch(file.path.parent.name):
                self.folders.setdefault(file.path.parent.name, []).append(file.path)

    def files(self, found: re.Match[str]) -> list[PurePosixPath]:
        """The files of the entry written then, each given once. The folder's name may be cut off or rounded."""
        second = f"{found[1]}_{found[2]}{found[3]}{found[4]}"
        exact = f"{second}{(found[5] or '')[:3]:0<3}"
        names = [name for name in self.folders if name == exact] or [
            name for name in self.folders if name.startswith(second)
        ]
        return [path for name in names[:1] for path in self.folders.pop(name)]


def _files(export: Export) -> Iterator[ExportFile]:
    return (file for file in export.files if file.path.suffix.lower() == ".json" or not export.is_folder)


def _is_ours(file: ExportFile) -> bool:
    head = file.head.replace(b"\0", b"")
    if not file.looks_like_json or b'"date"' not in head or b'"html"' not in head:
        return False
    try:
        found = islice(records(file.beginning(), str(file.path)), _LOOKED_AT)
        return any(isinstance(one, Record) and _is_entry(one.value) for one in found)
    except ExportError:
        return False


def _is_entry(value: object) -> bool:
    if not isinstance(value, dict) or not {"date", "html"} <= value.keys():
        return False
    return not value.keys().isdisjoint({"heading", "tags", "rating", "people"})


def _read_file(file: ExportFile, reading: _Reading) -> Iterator[Entry | Notice]:
    origin, notices = str(file.path), reading.notices
    try:
        for one in records(file.pieces(), origin):
            place = f"entries{one.place}" if one.place.startswith("[") else one.place
            if isinstance(one, BrokenLine):
                notices.append(failed(origin, place, one.why, one.text))
            elif not (isinstance(one.value, dict) and ("html" in one.value or "heading" in one.value)):
                notices.append(failed(origin, place, "is not an entry of Diarium", one.value))
            elif entry := _entry(Fields(one.value, origin, place, notices), reading):
                yield entry
            yield from drained(notices)
    except ExportError as e:
        yield unreadable(file, e, file.told if _is_small(file) else "")


def _is_small(file: ExportFile) -> bool:
    """Whether a file is that of one entry, so that its text fits into a notice."""
    return 0 < len(file.head) < _SMALL


def _entry(fields: Fields, reading: _Reading) -> Entry | None:
    """The entry of a record; None, with a notice, when nothing says of which day it is."""
    date = fields.record.get("date")
    found = _DATE.match(date) if isinstance(date, str) else None
    written = reading.clock.read(date, f"{fields.origin}: {fields.at('date')}") if found else None
    if found is None or written is None:
        message = "has no date that can be read, and is known by nothing else"
        reading.notices.append(failed(fields.origin, fields.place, message, fields.record))
        return None
    converted = from_html(fields.text("html"), reading.media.picture)
    if converted.lost:
        place = f"{fields.origin}: {fields.at('html')}"
        reading.notices.append(Notice(NoticeKind.UNPLACED, place, "has no place in a note", "\n".join(converted.lost)))
    attachments = dict.fromkeys(converted.attachments)
    below: dict[Attachment, None] = dict.fromkeys(
        Attachment(embed_name(path.name), str(path)) for path in reading.files(found)
    )
    left = [f"![[{one.name}]]" for one in below if one not in attachments]
    title = " ".join(fields.text("heading").split())
    key = found[0].replace(":", "")
    reading.seen[key] += 1
    return Entry(
        kind=Kind.DIARY,
        key=f"{key}/{reading.seen[key]}" if reading.seen[key] > 1 else key,
        is_key_unique=(found[5] or "").strip("0") != "" and reading.seen[key] == 1,
        body="\n\n".join(filter(None, [converted.text, *left])),
        place=fields.place,
        origin=fields.origin,
        export=reading.export.name,
        title=title,
        date=written.day,
        time=written.time,
        labels=_words(fields, "tags"),
        properties=(
            *((("title", title),) if title else ()),
            ("created", written.stamp),
            *_properties(fields),
        ),
        attachments=tuple(attachments | below),
    )


def _properties(fields: Fields) -> Iterator[tuple[str, Value]]:
    """What a record says beside its text; only what says something."""
    rating, where = fields.record.get("rating"), fields.record.get("location")
    if isinstance(rating, int | float) and rating > 0:
        yield "rating", rating
    if people := _words(fields, "people"):
        yield "people", people
    if isinstance(where, list) and len(where) == 2:
        if point := coordinates(*where):
            yield "coordinates", point
    elif isinstance(where, str) and where.strip():
        yield "location", location(clean(where))
    for name, wanted in (("weather", "weather"), ("sun", "sun"), ("lunar", "moon")):
        if text := " ".join(_text(fields.record.get(name)).split()):
            yield wanted, text
    if trackers := _words(fields, "tracker") or _words(fields, "trackers"):
        yield "trackers", trackers


def _words(fields: Fields, name: str) -> tuple[str, ...]:
    """The items of a list, each as one text; of a text its parts between commas."""
    value = fields.record.get(name)
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(dict.fromkeys(text for item in items if (text := " ".join(_text(item).split()))))


def _text(value: object) -> str:
    """A text or number as it is, an object as `name: value` or what it says; nothing for anything else."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return ": ".join(filter(None, map(_text, value.values())))
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else ""
