"""Journey: an archive with a JSON file for each entry, and the photos, films and sounds beside them.

How to get it: in Journey, *Settings → Export* (Android, iOS) or *Account → Export* (web and desktop), as ZIP (JSON).
Give the `.zip` as it is, so that the photos are found; also the folder that it unpacks to, or single entries of it.

Knows the fields of an entry. The text is HTML in newer entries and Markdown or plain text in older ones. An entry has
no title: its first line is taken for one where it reads so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.diary.circumstances import coordinates, location, music, weather
from vaultkit.importing.diary.first_line import first_line_title
from vaultkit.importing.diary.record import diary_entry
from vaultkit.importing.entry import Attachment, Entry, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import Fields, failed
from vaultkit.importing.json_stream import BrokenLine, Record, records
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.pictures import Picture
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "journey"
LABEL = "Journey diaries (JSON)"
NAME = "journey"
EXTENSIONS = ".json .zip"
KEPT = "photos, videos, audio, tags, dates in the zone of the entry, favourites, mood, places, weather, music"
NOT_KEPT = "where the weather was measured, and its icon"

_DATE = b'"date_journal"'
_HTML = re.compile(r"\s*+<(?:p|div|h[1-6]|ul|ol|blockquote|br|span|table)\b", re.IGNORECASE)
_MEDIA = frozenset("jpeg jpg png gif heic webp mp4 mov avi mkv 3gp mp3 m4a aac wav ogg amr sticker".split())


def identify(export: Export) -> Verdict:
    """Ours is JSON with a `date_journal`, and a folder or archive that holds such files."""
    if any(_is_ours(file) for file in export.files):
        return CLAIMED
    return declined("no JSON with a `date_journal` in it")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each record, in the order of the files' names. A file that is damaged is FAILED; photos that no
    entry names, and other JSON files, are named."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, options.date_order)
    for export in exports:
        used: set[PurePosixPath] = set()
        others: list[str] = []
        for file in export.files:
            if export.is_folder and file.path.suffix.lower() != ".json":
                continue
            if not _is_ours(file):
                others.append(str(file.path))
                continue
            for fields in _records(file, notices):
                made = _entry(fields, file, export, clock, notices)
                used |= {PurePosixPath(one.path) for one in made.attachments}
                yield from drained(notices)
                yield made
            yield from drained(notices)
        yield from _left(export, used, others)


def _is_ours(file: ExportFile) -> bool:
    """Whether a file is an entry; the field may come after a long text."""
    if not file.looks_like_json:
        return False
    head = file.head.replace(b"\0", b"")
    if _DATE in head:
        return True
    return b'"text"' in head and _DATE.decode() in "".join(file.beginning())


def _records(file: ExportFile, notices: list[Notice]) -> Iterator[Fields]:
    origin = str(file.path)
    try:
        for one in records(file.pieces(), origin):
            if isinstance(one, Record) and isinstance(one.value, dict) and "date_journal" in one.value:
                yield Fields(one.value, origin, one.place, notices)
            elif isinstance(one, BrokenLine):
                notices.append(failed(origin, one.place, one.why, one.text))
            else:
                notices.append(failed(origin, one.place, "is not an entry: it has no `date_journal`", one.value))
    except ExportError as e:
        why = str(e).removeprefix(f"{origin}: ").removeprefix("line 1: ")
        notices.append(Notice(NoticeKind.FAILED, f"{origin}: line 1", why, file.told))


def _entry(fields: Fields, file: ExportFile, export: Export, clock: Clock, notices: list[Notice]) -> Entry:
    folder = file.path.parent
    media = {name: Attachment(PurePosixPath(name).name, str(folder / name)) for name in fields.words("name", "photos")}
    converted = _text(fields, media)
    if converted.lost:
        message = "stands in the HTML of the entry and has no place in a note"
        place = f"{fields.origin}: {fields.at('text')}"
        notices.append(Notice(NoticeKind.UNPLACED, place, message, "\n".join(converted.lost)))
    left = [one for one in media.values() if one not in converted.attachments]
    body = "\n\n".join(filter(None, (converted.text, *(f"![[{one.name}]]" for one in left))))
    zone = fields.text("timezone")
    written = _moment(fields, "date_journal", zone, clock)
    title = first_line_title(converted.text)
    return diary_entry(
        fields,
        fields.text("id") or file.path.stem,
        body,
        title,
        written,
        labels=fields.words("name", "tags"),
        properties=_properties(fields, title, written, zone, clock),
        attachments=tuple(media.values()),
        export=export.name,
    )


def _text(fields: Fields, media: dict[str, Attachment]) -> Converted:
    """The text as Markdown: by its `type`, which older entries leave out."""
    text, kind = fields.text("text"), fields.text("type").lower()
    if kind == "html" or (not kind and _HTML.match(text)):

        def resolve(src: str) -> Picture | None:
            found = media.get(src.rpartition("/")[2])
            return Picture(found) if found else None

        return from_html(text, resolve)
    return Converted(text.strip("\n").rstrip())


def _moment(fields: Fields, name: str, zone: str, clock: Clock) -> Moment | None:
    return clock.read(fields.record.get(name), f"{fields.origin}: {fields.at(name)}", zone=zone, unit="ms")


def _properties(
    fields: Fields, title: str, written: Moment | None, zone: str, clock: Clock
) -> Iterator[tuple[str, Value]]:
    updated = _moment(fields, "date_modified", zone, clock)
    sky = fields.inner("weather")
    yield "title", title
    yield "created", written.stamp if written else None
    yield "updated", updated.stamp if updated else None
    yield "starred", fields.flag("favourite") or None
    yield "mood", _number(fields.record.get("mood"))
    yield "sentiment", _number(fields.record.get("sentiment"))
    yield "folder", fields.text("folder")
    yield "label", fields.text("label")
    yield "location", location(fields.text("address"))
    yield "coordinates", coordinates(fields.record.get("lat"), fields.record.get("lon"))
    yield "weather", weather(sky.text("description"), sky.record.get("degree_c") if sky.text("description") else None)
    yield "music", music(fields.text("music_artist"), fields.text("music_title"))


def _number(value: object) -> int | float | None:
    """A mood: 0 and what is no number say nothing."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1000 else None


def _left(export: Export, used: set[PurePosixPath], others: list[str]) -> Iterator[Notice]:
    """What of a folder or archive is in no entry."""
    files = [file.path for file in export.files if file.path.suffix.lower().lstrip(".") in _MEDIA]
    unused = [str(path) for path in files if path not in used] if export.is_folder else []
    if unused:
        message = f"{len(unused)} of its photos, videos and sounds are in no entry; they were not copied"
        yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(unused))
    if others:
        message = f"{len(others)} JSON files are no entries of Journey; they were not read"
        yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(others))
