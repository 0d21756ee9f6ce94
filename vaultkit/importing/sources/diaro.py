"""Diaro: the backup of a diary, one XML file beside the photos.

How to get it: in Diaro, *Settings → Data → Backup & restore → Back up to a file*, without encryption. Give the `.zip`
as it is, so that the photos are found, or `DiaroBackup.xml` beside the folder `media`.

Knows the tables of the file and how they hang together. It is read twice, as a stream: the names of folders, tags,
places and moods, and which photo belongs to which entry, stand in other tables than the entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.diary.circumstances import coordinates, location, weather
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.media import Media
from vaultkit.importing.moment import Clock
from vaultkit.importing.plain_text import tidy
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable
from vaultkit.importing.xml_stream import BrokenXml, Element, xml_records

FORMAT = "diaro"
LABEL = "Diaro's backup"
NAME = "diaro"
EXTENSIONS = ".xml .zip"
KEPT = "titles, folders, tags, moods, places, weather, photos, times in the zone of the entry"
NOT_KEPT = "colours and icons, templates (their text is reported)"

_MARK = b'name="diaro_'


def identify(export: Export) -> Verdict:
    """Ours is XML with a table of Diaro, or a folder or archive with such a file."""
    if any(_backups(export)):
        return CLAIMED
    return declined('no XML with a table of Diaro (`<table name="diaro_entries">`)')


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """A diary entry for each entry of each backup. A record that is no XML fails alone, with its text."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices)
    for export in exports:
        for file in _backups(export):
            try:
                yield from _read_file(export, file, clock, notices)
            except ExportError as e:
                yield unreadable(file, e)
            yield from drained(notices)


@dataclass(slots=True)
class _Tables:
    """What entries refer to, by uid."""

    folders: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    moods: dict[str, str] = field(default_factory=dict)
    places: dict[str, Element] = field(default_factory=dict)
    files: dict[str, list[Element]] = field(default_factory=dict)
    """The attachments of each entry."""


def _backups(export: Export) -> Iterator[ExportFile]:
    for file in export.files:
        if file.path.suffix.lower() == ".xml" or not export.is_folder:
            head = file.head.replace(b"\0", b"")
            if _MARK in head and b"<table" in head:
                yield file


def _read_file(export: Export, file: ExportFile, clock: Clock, notices: list[Notice]) -> Iterator[Entry | Notice]:
    tables = _Tables()
    templates: list[str] = []
    origin = str(file.path)
    for one in xml_records(file.pieces(), ("r",)):
        if isinstance(one, BrokenXml):
            yield Notice(NoticeKind.FAILED, f"{origin}: {one.place}", f"a record is damaged: {one.why}", one.text)
        elif one.element.child("date_created"):
            templates.append("\n".join(filter(None, map(one.element.get, ("name", "title", "text")))))
        elif not _is_entry(one.element):
            _note(one.element, tables)
    media = Media(export)
    for one in xml_records(file.pieces(), ("r",)):
        if isinstance(one, BrokenXml) or not _is_entry(one.element):
            continue
        if not one.element.get("uid"):
            message = "the entry has no uid, by which it would be known again; not imported"
            yield Notice(NoticeKind.FAILED, f"{origin}: {one.place}", message, one.element.text.strip())
            continue
        yield _entry(one.element, one.place, origin, export, tables, media, clock, notices)
        yield from drained(notices)
    if left := [one for many in tables.files.values() for one in many]:
        names = "\n".join(one.get("filename") for one in left)
        yield Notice(NoticeKind.WARNING, origin, f"{len(left)} photos belong to no entry; they were not copied", names)
    if templates:
        message = f"{len(templates)} templates for entries have no place in a vault"
        yield Notice(NoticeKind.UNPLACED, origin, message, "\n\n".join(templates))


def _is_entry(record: Element) -> bool:
    return record.child("date") is not None and record.child("entry_uid") is None


def _note(record: Element, tables: _Tables) -> None:
    """Take up a record that entries refer to. Which table it stands in is told by its fields."""
    uid, title = record.get("uid"), record.get("title")
    if entry := record.get("entry_uid"):
        tables.files.setdefault(entry, []).append(record)
    elif record.child("lat") or record.child("address"):
        tables.places[uid] = record
    elif record.child("icon") or record.child("weight"):
        tables.moods[uid] = title
    elif record.child("pattern") or record.child("color"):
        tables.folders[uid] = title
    else:
        tables.tags[uid] = title


def _entry(
    record: Element,
    place: str,
    origin: str,
    export: Export,
    tables: _Tables,
    media: Media,
    clock: Clock,
    notices: list[Notice],
) -> Entry:
    written = clock.read(record.get("date"), f"{origin}: {place}: date", unit="ms", zone=record.get("tz_offset"))
    attachments = tuple(_attachments(record, place, origin, tables, media, notices))
    text = record.child("text")
    body = tidy(text.text.split("\n")) if text else ""
    title = " ".join(record.get("title").split())
    known = (
        ("title", title),
        ("created", written.stamp if written else None),
        ("folder", _named(record, "folder_uid", tables.folders)),
        ("mood", _named(record, "mood", tables.moods)),
        *_where(tables.places.get(record.get("location_uid"))),
        ("weather", _weather(record)),
        ("archived", record.get("archived") == "1" or None),
    )
    properties: tuple[tuple[str, Value], ...] = tuple((name, value) for name, value in known if value)
    tags = filter(None, (one.strip() for one in record.get("tags").split(",")))
    uid = record.get("uid")
    return Entry(
        kind=Kind.DIARY,
        key=uid,
        is_key_unique=True,
        body="\n\n".join(filter(None, [body, *(f"![[{one.name}]]" for one in attachments)])),
        place=place,
        origin=origin,
        export=export.name,
        title=title,
        name="" if written else title or uid,
        date=written.day if written else None,
        time=written.time if written else None,
        labels=tuple(tables.tags.get(tag, tag) for tag in tags),
        properties=properties,
        attachments=attachments,
    )


def _attachments(
    record: Element, place: str, origin: str, tables: _Tables, media: Media, notices: list[Notice]
) -> Iterator[Attachment]:
    """The files of an entry, in their order; one that is not there is told."""
    files = tables.files.pop(record.get("uid"), [])
    for one in sorted(files, key=lambda one: (len(one.get("position")), one.get("position"))):
        path = PurePosixPath("media", one.get("type") or "photo", one.get("filename") or one.get("uid"))
        if found := media.find(str(path)):
            yield found
        else:
            message = f"the file {path} is not in the export; the entry is imported without it"
            notices.append(Notice(NoticeKind.WARNING, f"{origin}: {place}", message))


def _named(record: Element, tag: str, names: dict[str, str]) -> str:
    """What the uid in the field `tag` is called; itself when no table says that. Mood 0 is none."""
    uid = record.get(tag)
    return names.get(uid, uid) if uid not in ("", "0") else ""


def _where(found: Element | None) -> Iterator[tuple[str, str]]:
    if found is not None:
        yield "location", location(found.get("title"), found.get("address"))
        yield "coordinates", coordinates(found.get("lat"), found.get("lng"))


def _weather(record: Element) -> str:
    """`scattered clouds, 28.6 °C`. An entry without weather has the temperature 0, too."""
    description, degrees = record.get("weather_description"), record.get("weather_temperature")
    said = description or record.get("weather_icon") or degrees.strip("0.")
    return weather(description, degrees) if said else ""
