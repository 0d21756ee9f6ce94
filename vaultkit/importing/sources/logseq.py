"""Logseq graphs: journals and pages, in Markdown or Org.

How to get it: the graph is a folder on your disk; name it, or a ZIP archive of it. It holds `journals`, `pages`,
`assets` and `logseq/config.edn`. Of a graph that is kept in Logseq's database: Export graph, Standard Markdown.

Knows which files are journals and pages and what they are called, and joins the pages of a graph: links to pages,
blocks and days lead to the notes of these. What stands within a page is known by `importing/logseq/`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind, Value
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.front_matter import read_front_matter
from vaultkit.importing.front_matter_values import as_text
from vaultkit.importing.logseq.block import Block, Outline, read_markdown, read_org
from vaultkit.importing.logseq.body import anchors, body
from vaultkit.importing.logseq.day import USUAL, read_day
from vaultkit.importing.logseq.graph import SUFFIXES, Graph, is_graph, is_journals, read_graph, roots
from vaultkit.importing.logseq.references import References, address, shown_text
from vaultkit.importing.page.site import PageImages, Site
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "logseq"
LABEL = "Logseq graph (journals and pages)"
NAME = "logseq"
EXTENSIONS = ".md .org"
KEPT = "the outline, page properties, aliases, tags, tasks, dates, links to pages, blocks and days, embeds, assets"
NOT_KEPT = "whiteboards, drawings, results of queries, colours and folding of blocks"

_NOT_PAGES = frozenset({"logseq", "assets", "bak", ".recycle", "whiteboards", "draws", "node_modules"})
_TITLES = ("title",)
_ALIASES = ("alias", "aliases", "roam_alias")
_TAGS = ("tags", "filetags", "tag")
_QUIET = frozenset({"id", "startup", "options"})


def identify(export: Export) -> Verdict:
    """A folder or archive with a graph in it."""
    if not export.is_folder:
        return declined("one file, and a graph is a folder")
    if is_journals(export):
        return declined("only its journals; name the graph's own folder")
    return (
        CLAIMED if is_graph(export) else declined("no folder in it has `logseq/config.edn`, or `journals` and `pages`")
    )


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each journal and each page with text, graph by graph."""
    for export in exports:
        for root in roots(export) if is_graph(export) else (PurePosixPath(),):
            yield from _Reader(export, read_graph(export, root)).read()


@dataclass(slots=True)
class _Page:
    """A file that has been read, before its references lead anywhere."""

    file: ExportFile
    key: str
    title: str
    day: dt.date | None
    outline: Outline
    images: PageImages
    properties: list[tuple[str, str]]


@dataclass(slots=True)
class _Reader:
    """One graph."""

    export: Export
    graph: Graph
    empty: list[str] = field(default_factory=list)
    own: Counter[str] = field(default_factory=Counter)
    """Lines that only say how Logseq shows a block."""

    def read(self) -> Iterator[Entry | Notice]:
        references = References(self.graph.title_format)
        pages = []
        for item in self._pages():
            if isinstance(item, Notice):
                yield item
            else:
                pages.append(item)
        for page in pages:
            names = (page.title, *self._said(page, _ALIASES))
            for name in names:
                references.pages.setdefault(name.lower(), page.title)
            for block in page.outline.blocks:
                if block.id:
                    references.blocks.setdefault(block.id, shown_text(block.text))
        days: Counter[dt.date] = Counter()
        for page in pages:
            yield from self._entry(page, references, days)
        yield from self._told(references)

    def _pages(self) -> Iterator[_Page | Notice]:
        left: dict[str, list[str]] = {}
        for file in self.export.files:
            path = self.graph.inside(file)
            if path is None:
                continue
            folder = path.parts[0] if path.parts[0] in ("whiteboards", "draws") else ""
            if folder and file.path.suffix in (".edn", ".excalidraw"):
                left.setdefault("whiteboards and drawings, which no note can show", []).append(str(file.path))
            if path.suffix.lower() not in SUFFIXES or _NOT_PAGES.intersection(path.parts[:-1]):
                continue
            if self.graph.is_hidden(path):
                left.setdefault("pages that the graph's configuration hides", []).append(str(file.path))
                continue
            try:
                page = self._page(file, path)
            except ExportError as e:
                yield unreadable(file, e)
                continue
            if page is None:
                self.empty.append(str(file.path))
            else:
                yield page
        for what, paths in left.items():
            place = f"{self.export.name}: {len(paths)} files"
            yield Notice(NoticeKind.UNPLACED, place, f"{what}; they were not read", "\n".join(paths))

    def _page(self, file: ExportFile, path: PurePosixPath) -> _Page | None:
        """None: there is nothing in it but an empty bullet."""
        images = PageImages(Site(self.export, "", "", {}), file.path)
        text, properties = file.text, []
        if path.suffix.lower() == ".org":
            outline = read_org(text, images)
        else:
            front = read_front_matter(text)
            if front:
                properties = [(key.lower(), as_text(value)) for key, value in front.fields.items()]
                text = front.body
            outline = read_markdown(text)
        properties += outline.properties
        said = dict(properties)
        if not properties and all(block.is_empty for block in outline.blocks):
            return None
        day = None
        title = said.get("title") or self.graph.title(path)
        if self.graph.is_journal(path):
            day = read_day(path.stem, (self.graph.file_format, *USUAL)) or read_day(title, (self.graph.title_format,))
            outline.blocks = _without_title(outline.blocks, day, self.graph.title_format)
        key = day.isoformat() if day else str(path.with_suffix(""))
        return _Page(file, key, title, day, outline, images, properties)

    def _said(self, page: _Page, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The names in the properties `keys`, which stand in brackets or between commas."""
        found: list[str] = []
        for key, value in page.properties:
            if key in keys:
                text = value.replace("[[", "").replace("]]", "").strip("[]")
                cut = ":" if key == "filetags" and ":" in text else "、" if "、" in text else ","
                found += [one.strip().strip("\"'").lstrip("#") for one in text.split(cut)]
        return tuple(one for one in dict.fromkeys(found) if one)

    def _entry(self, page: _Page, references: References, days: Counter[dt.date]) -> Iterator[Entry | Notice]:
        origin = str(page.file.path)
        own = "" if page.day else address(page.title)
        text, files, left = references.write(body(page.outline.blocks), page.images, own, page.day)
        own_lines = [*page.outline.own, *(pair for block in page.outline.blocks for pair in block.own)]
        self.own.update(f"{key}:: {value}" for key, value in own_lines)
        if left:
            message = f"{len(left)} files are not in the graph; their embeds stay as they are"
            yield Notice(NoticeKind.WARNING, origin, message, "\n".join(dict.fromkeys(left)))
        if page.outline.lost:
            message = "what has no place in a note was left out"
            yield Notice(NoticeKind.UNPLACED, origin, message, "\n".join(page.outline.lost))
        path = self.graph.inside(page.file)
        if page.day is None and path and self.graph.is_journal(path):
            message = f"the file's name is no day in the form {self.graph.file_format}; imported as a page"
            yield Notice(NoticeKind.WARNING, origin, message)
        key = page.key
        if page.day:
            days[page.day] += 1
            key = key if days[page.day] == 1 else f"{key}/{days[page.day]}"
        folder, _, name = page.title.rpartition("/")
        titled = "" if page.day and references.day(page.title) == page.day else page.title
        titled = "" if page.day and titled == self.graph.title(page.file.path) else titled
        block_anchors = anchors(page.outline.blocks)
        page_id = next((value.lower() for key_, value in page.properties if key_ == "id" and value), "")
        yield Entry(
            kind=Kind.DIARY if page.day else Kind.PAGE,
            key=key,
            body=text,
            place="line 1",
            origin=origin,
            export=self.export.name,
            title=titled,
            name="" if page.day else name,
            folder="" if page.day else folder,
            date=page.day,
            labels=self._said(page, _TAGS),
            aliases=self._said(page, _ALIASES),
            properties=self._properties(page, references),
            names=(*([own] if own else ()), *([f"id:{page_id}"] if page_id else ())),
            anchors=block_anchors,
            meant=("links", "tags"),
            attachments=_once((*page.outline.attachments, *files)),
        )

    def _properties(self, page: _Page, references: References) -> tuple[tuple[str, Value], ...]:
        found: dict[str, Value] = {}
        for key, value in page.properties:
            if key in _TITLES + _ALIASES + _TAGS or key in _QUIET or not value:
                continue
            found[key] = references.plain(value)
        return tuple(found.items())

    def _told(self, references: References) -> Iterator[Notice]:
        place = self.export.name
        if self.empty:
            message = f"{len(self.empty)} journals and pages have nothing in them and were skipped"
            yield Notice(NoticeKind.WARNING, place, message, "\n".join(self.empty))
        if references.missing:
            message = f"{len(references.missing)} pages are linked and were never written; the links are kept"
            yield Notice(NoticeKind.WARNING, place, message, "\n".join(sorted(references.missing)))
        if references.lost_blocks:
            message = f"{len(references.lost_blocks)} blocks are linked and are not in the graph; it stays text"
            yield Notice(NoticeKind.WARNING, place, message, "\n".join(references.lost_blocks))
        if self.own:
            message = "how Logseq shows blocks, and when they were made, has no place in a note"
            lines = (f"{line}  (in {n} blocks)" if n > 1 else line for line, n in sorted(self.own.items()))
            yield Notice(NoticeKind.UNPLACED, place, message, "\n".join(lines))


def _without_title(blocks: list[Block], day: dt.date | None, form: str) -> list[Block]:
    """The blocks of a journal without the one that only says its day, in which old journals have all others."""
    first = next((i for i, block in enumerate(blocks) if not block.is_empty), None)
    if day is None or first is None or blocks[first].id or blocks[first].properties:
        return blocks
    if read_day(blocks[first].text.lstrip("# "), (form, *USUAL)) != day:
        return blocks
    rest = blocks[first + 1 :]
    if rest and all(block.depth > blocks[first].depth for block in rest):
        for block in rest:
            block.depth -= 1
    return rest


def _once(files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    return tuple(dict.fromkeys(files))
