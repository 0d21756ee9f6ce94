"""Diaries of one Markdown file a day, in a folder or archive.

How to get it: name the folder, or a ZIP archive of it. The names of the files, or of the folders with them, are the
days: `2024-01-31.md`, `2024_01_31.md`, `20240131.md`, `2024年1月31日.md`, `2024-01-31 A title.md`, `2024/01/31.md`.
Markdown files that are no days become pages. An Obsidian vault is only read when the format is named.

Knows what the files of such a folder become; the text is Markdown already and stays as it is. Which folders are diaries
and how their files lead to each other is known by `importing/day_files/`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultkit.dates.forms import Day
from vaultkit.dates.heading import parse_heading
from vaultkit.errors import ExportError
from vaultkit.importing.day_files.fields import Fields, read_fields
from vaultkit.importing.day_files.folder import SUFFIXES, day_of, is_markdown, why_not
from vaultkit.importing.day_files.links import Links, address
from vaultkit.importing.entry import Attachment, Entry, Kind, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.front_matter import FrontMatter, read_front_matter
from vaultkit.importing.markup.figures import convert_figures
from vaultkit.importing.markup.pictures import convert_pictures
from vaultkit.importing.moment import Clock
from vaultkit.importing.page.site import PageImages, Site, bare_path
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "day-files"
LABEL = "Folder of Markdown files whose names are days"
NAME = "files"
EXTENSIONS = ".md .markdown"
KEPT = "front matter, tags, links between the files, images and other files beside them"
NOT_KEPT = ""

_TITLE = re.compile(r"\s*+#{1,2}[ \t]++(?P<text>[^\n]*?)[ \t#]*(?:\n|\Z)")


def identify(export: Export) -> Verdict:
    """A folder in which the names of half of the Markdown files or more are days."""
    why = why_not(export)
    return declined(why) if why else CLAIMED


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each file with text, in the order of their paths."""
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, order=options.date_order)
    for export in exports:
        for item in _Reader(export, clock).read():
            yield item
            yield from drained(notices)


@dataclass(slots=True)
class _Text:
    """One file, read."""

    file: ExportFile
    front: FrontMatter | None
    fields: Fields
    day: dt.date | None
    title: str
    body: str
    attachments: tuple[Attachment, ...] = ()

    @property
    def path(self) -> str:
        return str(self.file.path)


@dataclass(slots=True)
class _Reader:
    export: Export
    clock: Clock
    links: Links = field(default_factory=Links)

    def read(self) -> Iterator[Entry | Notice]:
        texts = []
        empty = []
        for file in filter(is_markdown, self.export.files):
            try:
                one = _read(file)
            except ExportError as e:
                yield unreadable(file, e)
                continue
            if not one.body.strip() and not one.front:
                empty.append(one.path)
                continue
            self.links.add(one.path, one.body)
            texts.append(one)
        self.links.files = {f.path.name.lower(): str(f.path) for f in self.export.files if not is_markdown(f)}
        for one in texts:
            yield from self._write(one)
        yield from self._beside(texts)
        crowds = Counter(one.day for one in texts)
        for one in texts:
            yield from self._entry(one, is_alone=crowds[one.day] == 1)
        if empty:
            message = f"{len(empty)} files have nothing in them and were skipped"
            yield Notice(NoticeKind.WARNING, self.export.name, message, "\n".join(empty))

    def _write(self, one: _Text) -> Iterator[Notice]:
        images = PageImages(Site(self.export, "", "", {}), one.file.path)
        pictures = convert_pictures(one.body, images)
        figures = convert_figures(pictures.text, images) if "<img" in pictures.text else None
        shown = (*pictures.attachments, *(figures.attachments if figures else ()))
        text = figures.text if figures else pictures.text
        text, files = self.links.write(text, one.path, one.day, images, frozenset(file.name for file in shown))
        found = (*shown, *files)
        one.body, one.attachments = text, tuple(dict.fromkeys(found))
        if left := (*pictures.left, *(figures.left if figures else ())):
            message = f"{len(left)} images are not in the folder, or where no embed works; they stay as they are"
            yield Notice(NoticeKind.WARNING, one.path, message, "\n".join(dict.fromkeys(left)))
        if figures and figures.removed:
            yield Notice(NoticeKind.WARNING, one.path, "markup was taken out", "\n".join(figures.removed))

    def _beside(self, texts: list[_Text]) -> Iterator[Notice]:
        """Files that no text embeds: those called like a day (`2024-01-31.jpg`, `2024-01-31_2.jpg`) go to the end of
        its text, the others are told."""
        embedded = {file.path for one in texts for file in one.attachments}
        by_stem = {str(one.file.path.with_suffix("")): one for one in reversed(texts)}
        left = []
        for file in self.export.files:
            path = str(file.path)
            if is_markdown(file) or path in embedded:
                continue
            stem = str(file.path.with_suffix(""))
            owner = by_stem.get(stem) or by_stem.get(re.sub(r"[-_ ]\(?\d{1,3}\)?\Z", "", stem))
            owner = owner or by_stem.get(str(file.path.parent))
            if owner is None or owner.day is None:
                left.append(path)
                continue
            name = file.path.name
            taken = {one.name for one in owner.attachments}
            attachment = Attachment(name if name not in taken else path.replace("/", "-"), path)
            owner.attachments = (*owner.attachments, attachment)
            owner.body = f"{owner.body.rstrip()}\n\n![[{attachment.name}]]".lstrip()
        if left:
            message = "are neither Markdown nor embedded by any; they were not copied"
            yield Notice(NoticeKind.UNPLACED, f"{self.export.name}: {len(left)} files", message, "\n".join(left))

    def _entry(self, one: _Text, *, is_alone: bool) -> Iterator[Entry | Notice]:
        if one.front:
            for problem in one.front.problems:
                yield Notice(NoticeKind.WARNING, f"{one.path}: line {problem.line}", problem.message, problem.text)
            left = [*one.fields.left, *([one.front.leftover] if one.front.leftover else [])]
            if left:
                message = "what has no place in the properties of a note"
                yield Notice(NoticeKind.UNPLACED, f"{one.path}: front matter", message, "\n".join(left))
        properties: list[tuple[str, Value]] = []
        title = one.title or one.fields.title
        if one.day and title:
            properties.append(("title", title))
        elif one.day and not is_alone:  # several folders have a file of this day
            title = next((part for part in reversed(one.file.path.parts[:-1]) if not part.isdecimal()), "")
        created = self.clock.read(one.fields.created, f"{one.path}: front matter") if one.fields.created else None
        if created and created.stamp != one.day and (one.day or created.time):
            properties.append(("created", created.stamp))
        properties += [pair for pair in one.fields.properties if pair[0] not in dict(properties)]
        yield Entry(
            kind=Kind.DIARY if one.day else Kind.PAGE,
            key=self._key(one.file),
            body=one.body.strip("\n"),
            place=f"line {one.front.line if one.front else 1}",
            origin=one.path,
            export=self.export.name,
            title=title if one.day else title or one.file.path.stem,
            folder="" if one.day else str(one.file.path.parent).strip("."),
            date=one.day or (created.day if created else None),
            time=created.time if created and one.day in (None, created.day) else None,
            labels=one.fields.labels,
            aliases=one.fields.aliases,
            properties=tuple(properties),
            names=(address(one.path),),
            anchors=self.links.anchors(one.path),
            meant=("links", "tags"),
            attachments=one.attachments,
        )

    def _key(self, file: ExportFile) -> str:
        path = bare_path(self.export, file.path, SUFFIXES)
        return path.replace("/", ":") if day_of(file.path) else path  # what stands behind a slash is a number


def _read(file: ExportFile) -> _Text:
    """A file. A heading at its top that only repeats the day goes, of one with a title the title is kept."""
    text = file.text
    front = read_front_matter(text)
    body = front.body if front else text
    fields = read_fields(front.fields if front else {})
    found = day_of(file.path)
    day, title = found or (None, "")
    heading = _TITLE.match(body)
    if day and heading:
        said = parse_heading(f"## {heading['text']}")
        if said and isinstance(said.when, Day) and said.when.date == day and (not title or said.title in ("", title)):
            title, body = title or said.title, body[heading.end() :]
    if day and fields.title:
        said = parse_heading(f"## {fields.title}")
        if said and isinstance(said.when, Day) and said.when.date == day and not said.title:
            fields = fields._replace(title="")
    body = re.sub(r"\A(?:[ \t]*+\n)++", "", body).rstrip()
    return _Text(file, front, fields, day, title, body)
