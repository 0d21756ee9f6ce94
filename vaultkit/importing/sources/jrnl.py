"""jrnl: the journal itself, a text, one file or a folder of days; or its export as JSON.

How to get it: give the journal file, which `jrnl --list` names (`journal.txt`), or the folder of a journal that has
one; or export it:

    jrnl --format json --file journal.json

An encrypted journal has to be decrypted first: `jrnl --decrypt`, or the export above.

Knows how entries follow each other in a journal. Where one begins is known by `jrnl/heads`, what it is in a note by
`jrnl/note`. jrnl keeps neither ids nor zones: an entry is known again by its minute, and by its text among those of the
same minute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import Fields, failed
from vaultkit.importing.jrnl import note
from vaultkit.importing.jrnl.heads import SUFFIXES, heads, is_journal
from vaultkit.importing.json_stream import BrokenLine, Field, Record, listed
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.plain_text import other_file
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "jrnl"
LABEL = "jrnl journals (text, folder or JSON)"
NAME = "jrnl"
EXTENSIONS = ".journal .jrnl .txt .json"
KEPT = "titles, times, tags, stars"
NOT_KEPT = ""

_ENCRYPTED = b"gAAAA"
"""How what jrnl encrypts begins: the version and the high bytes of the time of a Fernet token, in base 64."""
_ENTRIES = ("entries",)
_RECORD = {"title", "body", "date"}
_LOOKED_AT = 20
_DAYS = (".txt", *SUFFIXES)


def identify(export: Export) -> Verdict:
    """Ours is a text that begins with an entry, a folder of such texts, and JSON with a list of entries."""
    if export.is_folder:
        first = next(filter(_is_text, _texts(export)), None)
        if first and is_journal(first.text, first.path.suffix):
            return CLAIMED
        return declined("a folder in which the first .txt file does not begin with `[date and time] title`")
    file = export.first
    if file.looks_like_json:
        return CLAIMED if _is_export(file) else declined("JSON, but without `entries` of a title, a body and a date")
    if why := other_file(file):
        return declined(why)
    if _is_encrypted(file) or is_journal(file.text, file.path.suffix):
        return CLAIMED
    return declined("the first line is not `[date and time] title`")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each entry, in the order of the files; the text above the first one of a file is a note of its own.

    A date that cannot be read is a notice, and its line is text of the entry above. Raises ExportError for an encrypted
    journal, and when nothing tells day from month.
    """
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, options.date_order)
    for export in exports:
        seen: Counter[str] = Counter()
        for file in _texts(export) if export.is_folder else [export.first]:
            if _is_encrypted(file):
                raise ExportError(f"{file.path}: is encrypted; run `jrnl --decrypt` first, or export it as JSON")
            try:
                _ = file.text
            except ExportError as e:
                if not export.is_folder:
                    raise
                yield unreadable(file, e)
                continue
            items = _from_json(file, clock, notices) if file.looks_like_json else _from_text(file, options, clock)
            for item in items:
                if isinstance(item, Entry) and item.kind is Kind.DIARY:
                    seen[item.key] += 1
                    yield _numbered(item, seen[item.key])
                else:
                    yield item
                yield from drained(notices)
        others = [str(file.path) for file in export.files if file.path.suffix.lower() not in _DAYS]
        if export.is_folder and others:
            message = f"{len(others)} files are no texts of a journal; they were not read"
            yield Notice(NoticeKind.WARNING, export.name, message, "\n".join(others))


def _numbered(item: Entry, number: int) -> Entry:
    return replace(item, key=f"{item.key}/{number}") if number > 1 else item


def _texts(export: Export) -> list[ExportFile]:
    return [file for file in export.files if file.path.suffix.lower() in _DAYS]


def _is_text(file: ExportFile) -> bool:
    try:
        return bool(file.text)
    except ExportError:
        return False


def _is_encrypted(file: ExportFile) -> bool:
    return file.head.startswith(_ENCRYPTED) and not any(char in file.head for char in b" [")


def _is_export(file: ExportFile) -> bool:
    try:
        return any(
            isinstance(one, Record) and isinstance(one.value, dict) and one.value.keys() >= _RECORD
            for one in islice(listed(file.beginning(), str(file.path), _ENTRIES), _LOOKED_AT)
            if one.place.startswith("entries[")
        )
    except ExportError:
        return False


def _from_text(file: ExportFile, options: ReadOptions, clock: Clock) -> Iterator[Entry | Notice]:
    origin, lines = str(file.path), file.text.split("\n")
    found = heads(lines, options.date_order)
    if found.is_ambiguous and not found.found:
        line = found.unreadable[0]
        raise ExportError(
            f"{origin}: line {line + 1}: `{lines[line][:40]}` does not say which is the month, nor does any other "
            "date; say --date-order dmy or mdy"
        )
    for i in found.unreadable:
        message = "begins like an entry, but the date cannot be read; it is kept as text"
        yield Notice(NoticeKind.WARNING, f"{origin}: line {i + 1}", message, lines[i])
    if not found.found:
        yield Notice(NoticeKind.WARNING, f"{origin}: line 1", "no line begins with a date that can be read")
    ends = [*(head.index for head in found.found), len(lines)]
    if above := "\n".join(lines[: ends[0]]).strip("\n"):
        yield Entry(
            kind=Kind.INDEX,
            key=f"index-{'-'.join(file.path.with_suffix('').parts)}".replace(" ", "-"),
            body=above,
            place="line 1",
            origin=origin,
            name=" ".join(file.path.with_suffix("").parts),
            properties=(("type", "index"),),
        )
    for head, end in zip(found.found, ends[1:], strict=True):
        place = f"line {head.index + 1}"
        moment = clock.read(head.moment, f"{origin}: {place}")
        assert moment is not None  # it was read already
        first, starred = note.split_star(head.title)
        text = "\n".join([first, *lines[head.index + 1 : end]])
        yield note.entry(moment, text, key=note.key_of(moment), origin=origin, place=place, starred=starred)


def _from_json(file: ExportFile, clock: Clock, notices: list[Notice]) -> Iterator[Entry | Notice]:
    origin = str(file.path)
    for one in listed(file.pieces(), origin, _ENTRIES):
        if isinstance(one, Field):
            continue
        if isinstance(one, BrokenLine):
            yield failed(origin, one.place, one.why, one.text)
        elif not isinstance(one.value, dict):
            yield failed(origin, one.place, "is not an entry", one.value)
        elif made := _from_record(Fields(one.value, origin, one.place, notices), clock):
            yield made
        else:
            yield failed(origin, one.place, "has no date that can be read; not imported", one.value)


def _from_record(fields: Fields, clock: Clock) -> Entry | None:
    moment = _moment(fields, clock)
    if moment is None:
        return None
    text = "\n".join(filter(None, (fields.text("title"), fields.text("body"))))
    tags = tuple(tag.lstrip("@#+%&$!~^*") for tag in fields.words("name", "tags"))
    key = fields.text("uuid") or note.key_of(moment)
    return note.entry(
        moment, text, key=key, origin=fields.origin, place=fields.place, starred=fields.flag("starred"), tags=tags
    )


def _moment(fields: Fields, clock: Clock) -> Moment | None:
    written = " ".join(filter(None, (fields.text("date"), fields.text("time"))))
    return clock.read(written, f"{fields.origin}: {fields.at('date')}")
