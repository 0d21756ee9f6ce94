"""Pages of a Jekyll or Hugo site: Markdown files that start with front matter.

How to get the export: there is nothing to export, the site's own folder is it (clone its repository). Name the whole
folder, so that images and links between pages are found, or one page. In a folder every Markdown file with front
matter is a page: `_posts/2024-05-01-title.md`, `_drafts/`, collections such as `_diary/`, Hugo's `content/`.

Knows the keys of the front matter and what becomes of them; the markup of the text is known by `importing/markup/`.
Does not run the site: layouts, includes and variables stay as they are written and are named in the report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from vaultkit.dates.zone import read_zone
from vaultkit.errors import ExportError
from vaultkit.importing.day_files.folder import why_not
from vaultkit.importing.digest import shape
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.front_matter import FrontMatter, read_front_matter
from vaultkit.importing.front_matter_values import as_text
from vaultkit.importing.logseq.graph import is_graph
from vaultkit.importing.markup.shield import Shield
from vaultkit.importing.page.body import Body
from vaultkit.importing.page.config import read_config, with_defaults
from vaultkit.importing.page.fields import PageFields, read_fields, words_of_name
from vaultkit.importing.page.headings import fragments, headings, link_inside
from vaultkit.importing.page.links import known_pages, resolve_links
from vaultkit.importing.page.permalink import Published, collection_of, folder_categories, post_names, published_at
from vaultkit.importing.page.site import PageImages, Site, bare_path
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "markdown-page"
LABEL = "Jekyll or Hugo pages (Markdown with front matter)"
NAME = "pages"
EXTENSIONS = ".md .markdown"
KEPT = "front matter, tags, categories, dates, links between pages, images"
NOT_KEPT = "layouts, includes and what else the site computes"

PAGE_SUFFIXES = (".md", ".markdown", ".mkd", ".mkdn", ".mdown")
HTML_SUFFIXES = (".html", ".htm")
ENGINE_FOLDERS = frozenset(
    {"_site", "_includes", "_layouts", "_templates", "archetypes", "layouts", "themes", "vendor"}
)
ENGINE_FOLDERS |= {"node_modules"}

_NAMED = 3
"""So many pages are called by name in a message."""
_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
"""Of files that begin with an object but no text follows; they may be too large to look."""


def identify(export: Export) -> Verdict:
    """A file that starts with front matter, or a folder with a Markdown file that does."""
    if any(map(shape.is_page, export.files)):
        return declined("pages of notes about papers, in the shape of paper-pages")
    if not export.is_folder:
        file = export.first
        if file.path.suffix.lower() in HTML_SUFFIXES:
            return declined("an HTML page; only Markdown pages are read")
        if _starts_page(file):
            return CLAIMED
        return declined("the text does not start with front matter (`---`, `+++` or a JSON object, then the text)")
    if is_graph(export):
        return declined("a Logseq graph")
    if not why_not(export):
        return declined("a diary of one file a day")
    for file in export.files:
        if file.path.suffix.lower() in PAGE_SUFFIXES and not _engine_folder(file) and _starts_page(file):
            return CLAIMED
    return declined("the folder holds no Markdown file with front matter")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry of kind PAGE for each page. What its markup loses is named, file by file; what the front matter does,
    for all together: every page of a site has its `layout`."""
    seen: set[tuple[Path | None, PurePosixPath]] = set()
    left: dict[str, list[str]] = {}
    entries: dict[Path | None, list[Entry]] = {}
    for export in exports:
        site = Site.of(export, options.site_url, read_config(export))
        zone = _zone(site, options)
        skipped: dict[str, list[str]] = {}
        for file in export.files:
            suffix = file.path.suffix.lower()
            if export.is_folder and suffix not in PAGE_SUFFIXES + HTML_SUFFIXES:
                continue
            if export.is_folder and (folder := _engine_folder(file)):
                skipped.setdefault(folder, []).append(str(file.path))
                continue
            try:
                for item in _read_file(site, file, seen, left, zone, drafts=options.drafts == "include"):
                    if isinstance(item, Notice):
                        yield item
                    else:
                        entries.setdefault(export.root if export.is_site else None, []).append(item)
            except ExportError as e:
                yield unreadable(file, e)
        for folder, paths in skipped.items():
            message = f"{len(paths)} files in `{folder}` belong to the site's engine and were not read"
            yield Notice(NoticeKind.UNPLACED, f"{export.name}: {folder}", message, "\n".join(paths))
    for root, of_site in entries.items():
        yield from _linked(of_site) if root else of_site
    if left:
        yield _without_place(left)


def _zone(site: Site, options: ReadOptions) -> dt.tzinfo | None:
    """Where the pages of the site were written, as it says itself or the owner does; None: nobody does."""
    stated = as_text(site.config.get("timezone", "")).strip()
    if stated:
        with suppress(ValueError):
            return read_zone(stated)
    return read_zone(options.zone.name) if options.zone.is_given else None


def _linked(entries: list[Entry]) -> Iterator[Entry]:
    """The pages of one site, with their relative links to each other under names that they have, and their headings
    that other pages link to."""
    pages = known_pages({f"/{entry.origin}": entry.names for entry in entries})
    wanted = fragments(entry.body for entry in entries)
    for entry in entries:
        addresses = tuple(name for name in entry.names if name.startswith("/"))
        body = resolve_links(entry.body, PurePosixPath(entry.origin), addresses, pages)
        own = headings(body, wanted)
        web = tuple(name for name in entry.names if name.startswith(("/", "http")))
        anchors = tuple((f"{address}#{id_}", f"#{text}") for id_, text in own.items() for address in web)
        yield replace(entry, body=link_inside(body, own), anchors=anchors)


def _read_file(
    site: Site,
    file: ExportFile,
    seen: set[tuple[Path | None, PurePosixPath]],
    left: dict[str, list[str]],
    zone: dt.tzinfo | None,
    *,
    drafts: bool,
) -> Iterator[Entry | Notice]:
    origin = str(file.path)
    is_html = file.path.suffix.lower() in HTML_SUFFIXES
    if is_html and not _may_start_page(file):
        return
    front = read_front_matter(file.text)
    if front is None or (is_html and not _is_content(file.path)):
        message = "an HTML page of no collection" if is_html else "no front matter: not a page of the site"
        yield Notice(NoticeKind.UNPLACED, origin, message, file.text)
        return
    if (site.export.root, file.path) in seen:
        yield Notice(NoticeKind.WARNING, origin, "was given twice; it was read once")
        return
    seen.add((site.export.root, file.path))
    front = replace(front, fields=with_defaults(front.fields, file.path, site.config))
    around = folder_categories(file.path, site.config) if site.export.is_site else ()
    fields = read_fields(front.fields, file.path, site.address, around, zone)
    if fields.is_draft and not drafts:
        yield Notice(NoticeKind.WARNING, origin, "a draft; it was skipped, as asked")
        return
    body = Body.of(front, site, PageImages(site, file.path, fields.address), is_html=is_html)
    title = fields.title or _first_heading(body.text) or words_of_name(file.path.stem)
    for line in (*fields.dropped, *([front.leftover] if front.leftover else ())):
        left.setdefault(line, []).append(origin)
    yield from _front_matter_notices(origin, front, fields)
    yield from body.notices(origin)
    yield Entry(
        kind=Kind.PAGE,
        key=bare_path(site.export, file.path, PAGE_SUFFIXES),
        body=body.text,
        place=f"line {front.line}",
        origin=origin,
        export=site.export.name,
        title=title,
        name=title,
        date=fields.date,
        time=fields.time,
        labels=fields.labels,
        aliases=fields.aliases,
        properties=fields.properties,
        names=_names(title, front, fields, site, file),
        attachments=body.attachments,
    )


def _front_matter_notices(origin: str, front: FrontMatter, fields: PageFields) -> Iterator[Notice]:
    for problem in front.problems:
        yield Notice(NoticeKind.WARNING, f"{origin}: line {problem.line}", problem.message, problem.text)
    for date in fields.undated:
        yield Notice(NoticeKind.WARNING, origin, "not a date that can be read; a day is written 2024-01-31", date)


def _without_place(left: dict[str, list[str]]) -> Notice:
    """What of the front matter is in no note: each line once, with the pages that have it."""
    pages = dict.fromkeys(page for of_line in left.values() for page in of_line)
    message = "keys and comments that have no place in a note"
    if len(pages) == 1:
        return Notice(NoticeKind.UNPLACED, f"{next(iter(pages))}: front matter", message, "\n".join(left))
    lines = (
        f"{line}  (in {', '.join(of_line) if len(of_line) <= _NAMED else f'{len(of_line)} pages'})"
        for line, of_line in left.items()
    )
    return Notice(NoticeKind.UNPLACED, f"front matter of {len(pages)} pages", message, "\n".join(lines))


def _may_start_page(file: ExportFile) -> bool:
    """Whether the file begins like front matter, by its first bytes."""
    first = file.start[:16].replace(b"\0", b"")
    return first.startswith((b"---", b"+++", b"{")) and file.path.suffix.lower() not in _JSON_SUFFIXES


def _starts_page(file: ExportFile) -> bool:
    """Whether the file is text with front matter. Looks at the first bytes before it decodes the whole file."""
    try:
        return _may_start_page(file) and read_front_matter(file.text) is not None
    except ExportError:
        return False


def _engine_folder(file: ExportFile) -> str:
    """The folder of the site's engine that the file lies in; empty: none."""
    return next((part for part in file.path.parts[:-1] if part in ENGINE_FOLDERS), "")


def _is_content(path: PurePosixPath) -> bool:
    """Whether a page in HTML is a text and no part of the site's frame: it lies in a collection, or Hugo's content."""
    return bool(collection_of(path)) or path.parts[0] == "content"


def _names(title: str, front: FrontMatter, fields: PageFields, site: Site, file: ExportFile) -> tuple[str, ...]:
    """The title, every address of the page, and its path, to which `{% link %}` and `{% post_url %}` lead.

    Of a page without its site the place there is unknown, and with it the address that the site's rules give it.
    """
    addresses = [address for address in (fields.address, *fields.addresses) if address]
    if site.export.is_site and not fields.address:
        rule = as_text(front.fields.get("permalink", ""))
        page = Published(
            path=file.path,
            date=fields.date,
            title=title,
            slug=as_text(front.fields.get("slug", "")),
            categories=fields.categories,
            rule=rule,
        )
        addresses += published_at(page, site.config)
    below = [address for address in addresses if address.startswith("/")]
    full = [start + site.base + address for start in ("", site.origin) for address in below]
    path = [f"/{file.path}", *post_names(file.path)] if site.export.is_site else []
    return tuple(dict.fromkeys([title, *addresses, *full, *path]))


def _first_heading(text: str) -> str:
    """The text of the first `# heading` outside code, links flattened. Empty when there is none."""
    shield = Shield(text)
    for match in re.finditer(r"^# ++([^\n]++)$", text, re.MULTILINE):
        if not shield.hit(match.start(), match.start() + 1):
            return re.sub(r"!?\[([^\[\]]*+)\]\([^()\n]*+\)", r"\1", match[1]).rstrip("# ").strip()
    return ""
