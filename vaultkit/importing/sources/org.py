"""Org journals and notes: datetrees, org-journal, org-roam with its dailies.

How to get it: the files are on your disk, in `org-directory`, `org-journal-dir` or `org-roam-directory`. Name the
folder, so that links and pictures are found, or one file. Files ending in `.gpg` have to be decrypted first.

Knows which files and headings are days and become daily notes, and what an Org file says about itself; all other files
become pages. The markup is known by `importing/markup/from_org`, links between files by `importing/org/`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultkit.errors import ExportError
from vaultkit.importing.day_name import day_of_name
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.logseq.graph import is_graph, is_journals
from vaultkit.importing.markup.from_org import convert_sections
from vaultkit.importing.markup.org_inline import when
from vaultkit.importing.markup.org_outline import Outline, Section, read_outline
from vaultkit.importing.moment import Clock, Moment
from vaultkit.importing.org.addresses import Addresses, address, with_attachments
from vaultkit.importing.org.days import Found, day_of_title, days
from vaultkit.importing.page.site import PageImages, Site
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, unreadable

FORMAT = "org"
LABEL = "Org files (datetrees, org-journal, org-roam dailies)"
NAME = "org"
EXTENSIONS = ".org"
KEPT = (
    "headings, tags, states of tasks, dates, properties, aliases, links by id and file, tables, code, footnotes, files"
)
NOT_KEPT = "options of export, comments, formulas of tables"

_HEAD = re.compile(r"(?:^\*+ [^\n]*\n(?:[ \t]*\S[^\n]*\n)?|\A\s*)[ \t]*:PROPERTIES:|^#\+title:", re.IGNORECASE | re.M)
_QUOTED = re.compile(r'"([^"]+)"|(\S+)')
_FILE_KEYS = frozenset({"title", "filetags", "roam_tags", "roam_alias", "roam_key", "date", "created"})
_SETTINGS = frozenset(
    "startup options todo seq_todo typ_todo property setupfile language latex_header latex_class html_head archive"
    " columns link macro bind select_tags exclude_tags export_file_name bibliography cite_export constants priorities"
    " hugo_base_dir hugo_section".split()
)
"""Keywords that tell Org what to do and say nothing of the text."""
_OWN = frozenset("id custom_id roam_aliases roam_tags roam_refs created tags aliases visibility attach_dir".split())


def identify(export: Export) -> Verdict:
    """An Org file, one that is written as such, or a folder with Org files in it, more than of Markdown."""
    if not export.is_folder:
        suffix = export.first.path.suffix.lower()
        if suffix == ".org":
            return CLAIMED
        if suffix:
            return declined("its name does not end in .org")
        head = export.first.head.decode("utf-8", "replace")
        return CLAIMED if _HEAD.search(head) else declined("neither `.org` nor `:PROPERTIES:` nor `#+title:`")
    if is_graph(export):
        return declined("a Logseq graph")
    if is_journals(export):
        return declined("it looks like the journals of a Logseq graph; name the graph's own folder")
    endings = Counter(file.path.suffix.lower() for file in export.files)
    if not endings[".org"]:
        return declined("the folder holds no .org files")
    if endings[".md"] + endings[".markdown"] > endings[".org"]:
        return declined("the folder holds more Markdown than Org")
    return CLAIMED


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """An entry for each day, and for each file that is no journal, in the order of the files.

    A page is known by its `:ID:`, a day by its file and date: a heading gets its id the first time something links to
    it, and would be another one then.
    """
    notices: list[Notice] = []
    clock = Clock(options.zone, notices, order=options.date_order)
    for export in exports:
        for item in _Reader(export, clock).read():
            yield item
            yield from drained(notices)


@dataclass(slots=True)
class _File:
    file: ExportFile
    path: str
    outline: Outline

    @property
    def top(self) -> Section:
        return self.outline.sections[0]

    @property
    def title(self) -> str:
        return next(iter(self.outline.all("title")), "")

    @property
    def key(self) -> str:
        return self.path.removesuffix(".org")


@dataclass(slots=True)
class _Reader:
    """One export."""

    export: Export
    clock: Clock
    addresses: Addresses = field(default_factory=Addresses)
    settings: Counter[str] = field(default_factory=Counter)
    """Lines that only tell Org what to do."""

    def read(self) -> Iterator[Entry | Notice]:
        files = []
        for file in self.export.files:
            path = str(file.path)
            if path.endswith((".org.gpg", ".org.age")):
                yield Notice(NoticeKind.FAILED, path, "is encrypted; decrypt it and import it again")
            if self.export.is_folder and file.path.suffix.lower() != ".org" and not _is_bare_day(file):
                continue
            try:
                text = file.text
            except ExportError as e:
                yield unreadable(file, e)
                continue
            one = _File(file, path, read_outline(text))
            self.addresses.add(path, text, one.title or file.path.stem, one.outline.sections)
            files.append(one)
        for one in files:
            self.settings.update(f"#+{key}: {value}" for key, value in one.outline.keywords if key in _SETTINGS)
            yield from self._file(one)
        if self.settings:
            message = "what only tells Org what to do has no place in a note"
            lines = (f"{line}  (in {n} files)" if n > 1 else line for line, n in sorted(self.settings.items()))
            yield Notice(NoticeKind.UNPLACED, self.export.name, message, "\n".join(lines))

    def _file(self, file: _File) -> Iterator[Entry | Notice]:
        titled = day_of_title(file.title) if file.title else None
        day = day_of_name(file.file.path.stem) or (titled[0] if titled and not titled[2] else None)
        sections = file.outline.sections
        found = days(sections)
        if day and all(one.day == day for one in found):  # org-journal names a whole week by its first day
            if len(found) == 1 and found[0].end == len(sections) and found[0].at == 1:
                yield from self._day(file, found[0], file.key, above=sections[0])
            else:
                yield from self._whole(file, Moment(day, None, day))
            return
        seen: Counter[str] = Counter()
        taken: set[int] = set()
        for one in found:
            taken.update(range(one.at, one.end))
            key = f"{file.key}:{one.day.isoformat()}"
            seen[key] += 1
            yield from self._day(file, one, key if seen[key] == 1 else f"{key}/{seen[key]}")
        rest = tuple(section for i, section in enumerate(sections) if i not in taken)
        if taken:
            rest = _without_tree(rest)
            if not any(section.title or "".join(section.lines).strip() for section in rest):
                return
        yield from self._whole(file, None, rest)

    def _day(self, file: _File, one: Found, key: str, above: Section | None = None) -> Iterator[Entry | Notice]:
        """A day under a heading of its own; `above`: what stands above it in a file that is nothing but this day."""
        heading = file.outline.sections[one.at]
        inside = file.outline.sections[one.at + 1 : one.end]
        lines = (above.lines if above else ()) + heading.lines
        said = {**dict(above.properties if above else ()), **dict(heading.properties)}
        own = heading._replace(level=0, lines=lines, properties=tuple(said.items()))
        place = f"{file.path}: line {heading.line}"
        moment = self.clock.read(f"{one.day} {one.time}", place) if one.time else None
        yield from self._entry(
            file, (own, *inside), heading.level - 1, key, moment or Moment(one.day, None, one.day), one.title
        )

    def _whole(
        self, file: _File, when_: Moment | None, sections: tuple[Section, ...] | None = None
    ) -> Iterator[Entry | Notice]:
        """A file as one entry, or what is left of it when its days are taken out."""
        titled = day_of_title(file.title) if file.title else None
        title = (titled[2] if titled else file.title) if when_ else file.title or file.file.path.stem
        yield from self._entry(file, sections or file.outline.sections, -1, file.key, when_, title)

    def _entry(
        self, file: _File, sections: tuple[Section, ...], raised: int, key: str, when_: Moment | None, title: str
    ) -> Iterator[Entry | Notice]:
        top, whole = sections[0], key == file.key
        ids = tuple(id_ for section in sections if (id_ := section.get("ID")))
        images = PageImages(Site(self.export, "", "", {}), file.file.path)
        done = convert_sections(
            (top._replace(properties=(), tags=(), todo="", title=""), *sections[1:]),
            with_attachments(images, ids),
            lambda target, text: self.addresses.lead(file.path, target, text),
            raised,
            are_tags=True,
        )
        place = f"{file.path}: line {top.line}"
        if done.lost:
            yield Notice(NoticeKind.UNPLACED, place, "has no place in a note", "\n".join(done.lost))
        properties = self._properties(file, top, whole=whole)
        created = self._created(file, top, place, whole=whole)
        is_day = when_ is not None
        if when_ and not created and when_.time:
            created = when_
        when_ = when_ or created
        if title and is_day:
            properties = (("title", title), *properties)
        if created and created.stamp != (when_ and when_.day):
            properties = (*properties, ("created", created.stamp))
        keywords = file.outline if whole else Outline((), ())
        tags = [tag for value in file.outline.all("filetags") for tag in re.split(r"[:\s]+", value) if tag]
        tags += [one for value in keywords.all("roam_tags") for one in _words(value)]
        tags += _words(top.get("ROAM_TAGS")) + _words(top.get("TAGS"))
        aliases = [one for value in keywords.all("roam_alias") for one in _words(value)] + _words(top.get("ALIASES"))
        names = [address(file.path)] if whole else []
        yield Entry(
            kind=Kind.DIARY if is_day else Kind.PAGE,
            key=key if is_day else top.get("ID") or key,
            body=done.text,
            place=f"line {top.line}",
            origin=file.path,
            export=self.export.name,
            title=title,
            folder="" if is_day else str(file.file.path.parent).strip("."),
            date=when_.day if when_ else None,
            time=when_.time if when_ else None,
            labels=tuple(dict.fromkeys([*tags, *top.tags])),
            aliases=tuple(dict.fromkeys([*aliases, *_words(top.get("ROAM_ALIASES"))])),
            properties=properties,
            names=(*names, *((f"id:{top.get('ID')}",) if top.get("ID") else ())),
            anchors=self.addresses.anchors(file.path, sections),
            meant=("tags",),
            attachments=done.attachments,
        )

    def _properties(self, file: _File, top: Section, *, whole: bool) -> tuple[tuple[str, Value], ...]:
        found: dict[str, Value] = {}
        if not whole and file.title:
            found["journal"] = file.title
        if top.todo:
            found["state"] = top.todo
        if top.priority:
            found["priority"] = top.priority
        for key, value in file.outline.keywords if whole else ():
            if value and key not in _FILE_KEYS | _SETTINGS:
                found[key] = value
        refs = _words(top.get("ROAM_REFS")) + (file.outline.all("roam_key") if whole else [])
        if refs:
            found["refs"] = tuple(refs)
        for key, value in top.properties:
            if value and key.lower() not in _OWN:
                found[key.lower()] = value
        return tuple(found.items())

    def _created(self, file: _File, top: Section, place: str, *, whole: bool) -> Moment | None:
        """When the file or heading was made, as it says itself."""
        said = [top.get("CREATED"), *((*file.outline.all("date"), *file.outline.all("created")) if whole else ())]
        text = next((one for one in said if one), "")
        stamp = re.match(r"(\d{4}-\d\d-\d\d)(?: [^\d\s]+)?(?: (\d\d?:\d\d))?", when(text))
        if stamp:
            return self.clock.read(" ".join(filter(None, stamp.groups())), place)
        return self.clock.read(text, place) if text else None


def _is_bare_day(file: ExportFile) -> bool:
    """org-journal's own files: `20240131`, without an ending."""
    return not file.path.suffix and day_of_name(file.path.stem) is not None


def _without_tree(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """What is left of a journal, without the years and months of its datetree that have no text of their own."""
    left = []
    for section in sections:
        is_branch = re.match(r"\d{4}(?:年|-\d\d)?(?:\s\S+)?\Z", section.title)
        if not is_branch or "".join(section.lines).strip():
            left.append(section)
    return tuple(left) if left and not left[0].level else (Section(0, 1), *left)


def _words(value: str) -> list[str]:
    """`"two words" one` as `two words` and `one`."""
    return [found[1] or found[2] for found in _QUOTED.finditer(value)]
