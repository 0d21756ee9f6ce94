"""Google Keep: the notes of a Takeout, each a JSON file beside its pictures.

How to get it: https://takeout.google.com, *Deselect all*, choose *Keep*, and download the archive. Give the `.zip` or
`.tgz` as it is, or the folder that it unpacks to; what Google calls the folders in your language does not matter. Of an
archive in several parts give all in one run.

Knows the fields of a note. Each note stands there twice: the JSON is read, the HTML beside it says the same. What lies
in Keep's archive or trash says so by a property, and the trash is a folder of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.diary.first_line import first_line_title
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import Fields, clean, failed
from vaultkit.importing.markup import markdown
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.pictures import link_target
from vaultkit.importing.markup.styles import mark_styles
from vaultkit.importing.media import Media
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.plain_text import tidy
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "google-keep"
LABEL = "Google Keep, from Google Takeout"
NAME = "keep"
EXTENSIONS = ".json .zip .tgz"
KEPT = "lists with their boxes, labels, colour, pinned, archived and trashed, pictures and sounds, links, dates"
NOT_KEPT = "with whom a note is shared, reminders"

_FIELDS = frozenset({"title", "textContent", "textContentHtml", "listContent", "attachments"})
_MARKS = (b'"userEditedTimestampUsec"', b'"createdTimestampUsec"', b'"isTrashed"', b'"isArchived"')
_TEXTS = (b'"textContent"', b'"listContent"', b'"attachments"', b'"title"')
_SIGN = re.compile(r"[\\\[\]`*_<>~=|&!#]")
"""What may be markup in the text of a link."""
_FORMATTED = re.compile(r"<(?:h[1-6]|b|i|u|s|strong|em|del|li)[\s>]")
_TRASH = "Keep/Trash"


def identify(export: Export) -> Verdict:
    """Ours is a JSON file with a note of Keep, or a folder or archive with such a file."""
    if any(file.path.suffix.lower() == ".json" and _is_note(file) for file in export.files):
        return CLAIMED
    return declined("no JSON file with the fields of a note of Keep (`isTrashed`, `userEditedTimestampUsec`)")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry of kind PAGE for each note. A file that is damaged fails alone; files of the export that are not
    in a folder with notes are left alone. A note of which there is only the HTML is named."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices)
    media = [Media(export) for export in exports]
    for export in exports:
        files = [file for file in export.files if file.path.suffix.lower() == ".json" or not export.is_folder]
        folders = {file.path.parent for file in files if not export.is_folder or _is_note(file)}
        for file in files:
            if file.path.parent in folders and (found := _read_file(file, notices)):
                yield _entry(found, exports, media, clock, notices)
            yield from drained(notices)
        yield from _without_json(export, folders)


def _is_note(file: ExportFile) -> bool:
    head = file.head.replace(b"\0", b"")
    return file.looks_like_json and any(mark in head for mark in _MARKS) and any(text in head for text in _TEXTS)


def _read_file(file: ExportFile, notices: list[Notice]) -> Fields | None:
    """The note in a file; None when there is none, or when it cannot be read, of which a notice tells."""
    origin = str(file.path)
    text = ""
    try:
        text = "".join(file.pieces())
        value = json.loads(text)
    except ExportError as e:
        notices.append(unreadable(file, e))
    except json.JSONDecodeError as e:
        notices.append(failed(origin, f"line {e.lineno}", f"is no JSON ({e.msg})", text))
    except (ValueError, RecursionError) as e:
        notices.append(failed(origin, "line 1", f"cannot be read ({e})", text))
    else:
        if isinstance(value, dict) and not value.keys().isdisjoint(_FIELDS):
            return Fields(value, origin, "line 1", notices)
        notices.append(failed(origin, "line 1", "is no note of Keep", text))
    return None


def _entry(note: Fields, exports: tuple[Export, ...], media: list[Media], clock: Clock, notices: list[Notice]) -> Entry:
    path = PurePosixPath(note.origin)
    created = _moment(note, "createdTimestampUsec", clock)
    updated = _moment(note, "userEditedTimestampUsec", clock)
    body = _body(note, notices)
    export, attachments = _attachments(note, exports, media, notices)
    links = "\n".join(_links(note, body))
    body = "\n\n".join(filter(None, [body, links, *(f"![[{one.name}]]" for one in attachments)]))
    title = " ".join(note.text("title").split())
    written = created or updated
    when = f"{written.day} {written.time:%H%M}" if written and written.time else ""
    raw = note.record.get("createdTimestampUsec")
    color = note.text("color")
    properties: tuple[tuple[str, Value], ...] = (
        ("title", title),
        ("created", created.stamp if created else None),
        ("updated", updated.stamp if updated else None),
        ("color", color.lower() if color != "DEFAULT" else ""),
        ("pinned", note.flag("isPinned") or None),
        ("archived", note.flag("isArchived") or None),
        ("trashed", note.flag("isTrashed") or None),
    )
    return Entry(
        kind=Kind.PAGE,
        key=str(raw) if created and isinstance(raw, int | str) else path.stem,
        is_key_unique=created is not None,
        body=body,
        place=note.place,
        origin=note.origin,
        export=export,
        title=title,
        name=title or first_line_title(body) or when or path.stem,
        folder=_TRASH if note.flag("isTrashed") else "Keep",
        date=written.day if written else None,
        time=written.time if written else None,
        labels=note.words("name", "labels"),
        properties=tuple((name, value) for name, value in properties if value not in ("", None)),
        attachments=attachments,
    )


def _moment(note: Fields, name: str, clock: Clock) -> Moment | None:
    return clock.read(note.record.get(name), f"{note.origin}: {note.at(name)}", unit="us")


def _body(note: Fields, notices: list[Notice]) -> str:
    """The text, and below it the list. What is plain stays to the letter; what was formatted becomes Markdown."""
    html = mark_styles(note.text("textContentHtml"))
    if _FORMATTED.search(html):
        converted = from_html(html)
        text = converted.text
        if converted.lost:
            place = f"{note.origin}: {note.at('textContentHtml')}"
            notices.append(Notice(NoticeKind.UNPLACED, place, "has no place in a note", "\n".join(converted.lost)))
    else:
        text = tidy((note.text("textContent") or (from_html(html).text if html else "")).split("\n"))
    items = []
    for one in note.objects("listContent"):
        words = "\n".join(line.strip() for line in one.text("text").split("\n") if line.strip())
        if words:
            items.append(markdown.item("-", f"[{'x' if one.flag('isChecked') else ' '}] {words}"))
    return "\n\n".join(filter(None, [text.strip("\n"), "\n".join(items)]))


def _links(note: Fields, body: str) -> Iterator[str]:
    """The pages that Keep shows below a note, unless its text names them; with what it says of them."""
    for one in note.objects("annotations"):
        url = one.text("url").strip()
        title = " ".join(one.text("title").split())
        named = re.search(rf"{re.escape(url)}(?![\w/?#&=%-])", body)  # a longer address is another page
        if not re.match(r"https?://", url, re.IGNORECASE) or named:
            continue
        label = _SIGN.sub(r"\\\g<0>", title)
        link = f"[{label}]({link_target(url)})" if title else f"<{link_target(url)}>"
        description = " ".join(one.text("description").split())
        yield f"- {link}{f': {markdown.escape(description)}' if description else ''}"


def _attachments(
    note: Fields, exports: tuple[Export, ...], media: list[Media], notices: list[Notice]
) -> tuple[str, tuple[Attachment, ...]]:
    """The files of a note, and the export that holds them: they may lie in another part of the archive."""
    found: dict[Attachment, None] = {}
    where = ""
    near = str(PurePosixPath(note.origin).parent)
    for one in note.objects("attachments"):
        name = clean(one.text("filePath"))
        for export, there in zip(exports, media, strict=True):
            if where in ("", export.name) and name and (file := there.find(name, near=near)):
                found[file] = None
                where = export.name
                break
        else:
            message = f"the file `{name}` is not in the export; the note is imported without it"
            notices.append(Notice(NoticeKind.WARNING, f"{one.origin}: {one.place}", message))
    return where, tuple(found)


def _without_json(export: Export, folders: set[PurePosixPath]) -> Iterator[Notice]:
    """The HTML of notes whose JSON is not there."""
    there = {file.path.with_suffix("") for file in export.files if file.path.suffix.lower() == ".json"}
    for file in export.files:
        if (
            file.path.suffix.lower() == ".html"
            and file.path.parent in folders
            and file.path.with_suffix("") not in there
        ):
            message = "the JSON of this note is not in the export, and only that is read"
            try:
                yield Notice(NoticeKind.UNPLACED, str(file.path), message, from_html("".join(file.pieces())).text)
            except ExportError as e:
                yield unreadable(file, e)
