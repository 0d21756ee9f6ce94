"""Day One 2: the JSON of one or several journals, with their photos, films, sounds and PDFs.

How to get it: in Day One, *File → Export → JSON* (macOS), or *Settings → Import/Export → Export Day One JSON* (iOS,
Android), of one journal or of all. Give the `.zip` as it is, so that the photos are found; also the folder that it
unpacks to, or one `.json` beside its folders `photos`, `videos`, `audios` and `pdfs`.

Knows which files are journals, and how the records of all of them come together: a photo may be listed in another entry
than the one that shows it, and an entry may stand in several exports; the copy modified last counts. What a record says
is known by `dayone/`. The journals are read twice, as streams: only names and identifiers are held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.dayone.media import Media
from vaultkit.importing.dayone.note import Reading, entry, key_of, text_of
from vaultkit.importing.entry import Entry, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import Fields, failed
from vaultkit.importing.json_stream import BrokenLine, Field, Record, listed
from vaultkit.importing.moment import Clock
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "dayone"
LABEL = "Day One journals (JSON)"
NAME = "dayone"
EXTENSIONS = ".json .zip"
KEPT = (
    "photos, videos, audio, PDFs, tags, dates in the zone of the entry, starred and pinned, places, weather, music, "
    "links between entries"
)
NOT_KEPT = "devices, camera data of photos, sun and moon, how long was written"

_ENTRIES = ("entries",)
_LOOKED_AT = 20
"""So many records are looked at to tell what a file is."""


@dataclass(slots=True)
class _Copy:
    """Of an entry that stands there several times, the copy that counts so far."""

    number: int
    is_whole: bool
    modified: str
    text: str


@dataclass(slots=True)
class _Journals:
    """What is known of all journals before their entries are made."""

    media: dict[tuple[str, PurePosixPath], Media] = field(default_factory=dict)
    """By export and folder."""
    seen: set[str] = field(default_factory=set)
    several: dict[str, _Copy | None] = field(default_factory=dict)
    """The keys that come more than once."""


def identify(export: Export) -> Verdict:
    """Claims JSON that holds a list `entries` with a record of Day One, and a folder or archive with such a file."""
    if not export.is_folder and not export.first.looks_like_json:
        return declined("not JSON, nor an archive that holds any")
    if next(_journals(export), None):
        return CLAIMED
    return declined("no JSON with a list `entries` in which something has a `uuid` and a `creationDate`")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """The entries of all journals, in the order of the files, each once.

    A record that is damaged is FAILED; a file that breaks off gives what stands before. Files of the export that no
    entry shows, and files that are no journals, are named.
    """
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, options.date_order)
    journals = _Journals()
    files = [(export, file) for export in exports for file in _journals(export)]
    for export, file in files:
        media = journals.media.setdefault((export.name, file.path.parent), Media(export, file.path.parent))
        for _, fields in _records(file, []):
            media.add(fields.record)
            key = key_of(fields, file.path.stem)
            if key in journals.seen:
                journals.several[key] = None
            journals.seen.add(key)
    journals.seen.clear()
    if journals.several:
        _choose(files, journals.several)
    number = 0
    for export, file in files:
        media = journals.media[export.name, file.path.parent]
        reading = Reading(file.path.stem, export.name, media, clock, notices)
        for position, fields in _records(file, notices):
            yield from drained(notices)
            if made := _entry(fields, number + position, reading, journals.several):
                yield made
            yield from drained(notices)
        yield from drained(notices)
        number += _MOST
    for export in exports:
        yield from _left(export, [file for e, file in files if e is export], journals)


_MOST = 1 << 40
"""More records than any file has: the numbers of those of the next file begin there."""


def _journals(export: Export) -> Iterator[ExportFile]:
    """The files that are journals: of a folder those at its top or in folders of it."""
    for file in export.files:
        if export.is_folder and (file.path.suffix.lower() != ".json" or len(file.path.parts) > 2):
            continue
        if file.looks_like_json and _is_journal(file):
            yield file


def _is_journal(file: ExportFile) -> bool:
    head = file.head.replace(b"\0", b"")
    if b'"entries"' not in head and b'"metadata"' not in head:
        return False
    try:
        for one in islice(listed(file.beginning(), str(file.path), _ENTRIES), _LOOKED_AT):
            if isinstance(one, Record) and one.place.startswith("entries[") and isinstance(one.value, dict):
                if {"uuid", "creationDate"} <= one.value.keys():
                    return True
            elif isinstance(one, Field) and one.name == "metadata" and _is_empty(head):
                return True
    except ExportError:
        return False
    return False


def _is_empty(head: bytes) -> bool:
    """Whether a file is that of a journal without entries."""
    return b'"entries":[]' in b"".join(head.split()) and b'"version"' in head


def _records(file: ExportFile, notices: list[Notice]) -> Iterator[tuple[int, Fields]]:
    """The records of a journal that are objects, each with its number in the file."""
    origin = str(file.path)
    number = 0
    try:
        for one in listed(file.pieces(), origin, _ENTRIES):
            if isinstance(one, Field):
                continue
            number += 1
            if isinstance(one, BrokenLine):
                notices.append(failed(origin, one.place, one.why, one.text))
            elif isinstance(one.value, dict):
                yield number, Fields(one.value, origin, one.place, notices)
            else:
                notices.append(failed(origin, one.place, "is not an entry", one.value))
    except ExportError as e:
        notices.append(Notice(NoticeKind.FAILED, f"{origin}: after entries[{number - 1}]", str(e)))


def _entry(fields: Fields, number: int, reading: Reading, several: dict[str, _Copy | None]) -> Entry | None:
    """The entry of a record; None when it has no identity, or another copy of it counts, with a notice."""
    key = key_of(fields, reading.journal)
    if not key:
        message = "has neither a uuid nor a creationDate; not imported"
        reading.notices.append(failed(fields.origin, fields.place, message, fields.record))
        return None
    counts = several.get(key)
    if counts is None or counts.number == number:
        return entry(fields, key, reading)
    text = text_of(fields)
    if text != counts.text:
        message = f"an older or damaged copy of the entry {key} was left out; another one is imported"
        reading.notices.append(Notice(NoticeKind.WARNING, f"{fields.origin}: {fields.place}", message, text))
    return None


def _choose(files: list[tuple[Export, ExportFile]], several: dict[str, _Copy | None]) -> None:
    """Of each entry that comes several times, the copy that counts: one with a text, modified last, first in order."""
    start = 0
    for _, file in files:
        for position, fields in _records(file, []):
            key = key_of(fields, file.path.stem)
            if key not in several:
                continue
            modified = fields.record.get("modifiedDate")
            new = _Copy(
                start + position,
                isinstance(fields.record.get("text", ""), str),
                modified if isinstance(modified, str) else "",
                text_of(fields),
            )
            old = several[key]
            if old is None or (new.is_whole, new.modified) > (old.is_whole, old.modified):
                several[key] = new
        start += _MOST


def _left(export: Export, files: list[ExportFile], journals: _Journals) -> Iterator[Notice]:
    """What of a folder or archive no entry shows."""
    if not export.is_folder:
        return
    folders = dict.fromkeys(file.path.parent for file in files)
    unused = [str(path) for folder in folders for path in journals.media[export.name, folder].unused()]
    if unused:
        message = f"{len(unused)} of its photos, videos, sounds and PDFs are in no entry; they were not copied"
        yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(unused))
    read_ = {file.path for file in files}
    others = [str(f.path) for f in export.files if f.path.suffix.lower() == ".json" and f.path not in read_]
    if others:
        message = f"{len(others)} files are no journals of Day One; they were not read"
        yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(others))
