"""Apple Journal: its export, a folder of HTML pages with their photos.

How to get it: in Journal on the iPhone, *… → Export*, on the Mac *File → Export*. Give the folder `AppleJournalEntries`
or its zip, with `Entries` and `Resources` in it, so that the photos are found.

Knows how pages become entries; the page itself and its cards are known by `apple_journal/`. The date stands there in
the words of the device's language; where those are not known, the file's name says it (`2024-11-03.html`). An entry has
no time of day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterator

from vaultkit.dates.leading import iso_date_of_name
from vaultkit.dates.long import parse_long_date
from vaultkit.errors import ExportError
from vaultkit.importing.apple_journal.assets import read_assets
from vaultkit.importing.apple_journal.page import Page, read_page
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind, Value
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.markup import markdown
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.styles import mark_styles
from vaultkit.importing.media import Media
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "apple-journal"
LABEL = "Apple Journal's export"
NAME = "apple-journal"
EXTENSIONS = ".html .zip"
KEPT = "titles, questions, photos, videos, sounds, maps, state of mind, people, places, activities, media"
NOT_KEPT = "the time of day, which the export does not say; icons, covers and faces on its cards"

_MARKS = (b"pageContainer", b"pageHeader")
_SUFFIXES = (".html", ".htm")


def identify(export: Export) -> Verdict:
    """Ours is an HTML page with the parts of an entry, or a folder or archive with such a page."""
    if any(_is_entry(file) for file in export.files if file.path.suffix.lower() in _SUFFIXES):
        return CLAIMED
    return declined("no HTML page has the parts of an entry of Apple Journal (`pageContainer`, `pageHeader`)")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """A diary entry for each page beside which others of Apple Journal lie. One that is none fails alone."""
    del options  # an entry has neither time nor zone
    for export in exports:
        media = Media(export)
        pages = [file for file in export.files if file.path.suffix.lower() in _SUFFIXES]
        folders = {file.path.parent for file in pages if _is_entry(file)}
        for file in pages:
            if file.path.parent not in folders or (file.path.stem == "index" and not _is_entry(file)):
                continue
            place = f"{file.path}: line 1"
            try:
                html = "".join(file.pieces())
            except ExportError as e:
                yield unreadable(file, e)
                continue
            page = read_page(html)
            if page is None:
                message = "is no entry of Apple Journal: neither a date nor a text is in it"
                yield Notice(NoticeKind.FAILED, place, message, from_html(html).text)
            else:
                yield from _entry(export, file, page, html, media)


def _is_entry(file: ExportFile) -> bool:
    head = file.head.replace(b"\0", b"")
    return any(mark in head for mark in _MARKS) and (b"bodyText" in head or b"assetGrid" in head or _MARKS[1] in head)


def _entry(export: Export, file: ExportFile, page: Page, html: str, media: Media) -> Iterator[Entry | Notice]:
    origin, place = str(file.path), f"{file.path}: line 1"
    date = yield from _date(page.date, file.path.stem, place)
    body = from_html(mark_styles(page.body, html), media.picture)
    assets = read_assets(page.cards, export, media, str(file.path.parent))
    attachments = dict.fromkeys([*assets.attachments, *body.attachments])
    if assets.missing:
        message = f"{len(assets.missing)} files of the entry are not in the export; it is imported without them"
        yield Notice(NoticeKind.WARNING, place, message, "\n".join(assets.missing))
    if page.rest or body.lost:
        message = "stands on the page, but in no part of the entry"
        yield Notice(NoticeKind.UNPLACED, place, message, "\n".join(filter(None, [page.rest, *body.lost])))
    parts = [
        markdown.quote(markdown.escape_lines(markdown.escape(page.prompt))) if page.prompt else "",
        body.text,
        *(markdown.escape_lines(markdown.escape(line)) for line in assets.lines),
        *(f"![[{one.name}]]" for one in assets.attachments),
    ]
    properties: list[tuple[str, Value]] = [("title", page.title)] if page.title else []
    yield Entry(
        kind=Kind.DIARY,
        key=file.path.stem,
        body="\n\n".join(filter(None, parts)),
        place="line 1",
        origin=origin,
        export=export.name,
        title=page.title,
        name="" if date else page.title or file.path.stem,
        date=date,
        properties=(*properties, *assets.properties()),
        attachments=tuple(attachments),
    )


def _date(text: str, stem: str, place: str) -> Generator[Notice, None, dt.date | None]:
    """The day of an entry, by the words on its page, else by the name of its file. Returned, with notices yielded."""
    found: dt.date | None = parse_long_date(text) if text else None
    if found is None:
        found = iso_date_of_name(stem)
        if text:
            how = f"the file's name was taken, {found}" if found else "imported without it"
            yield Notice(
                NoticeKind.WARNING, place, f"`{text[:80]}` is no date in a language that is known; {how}", text
            )
    return found
