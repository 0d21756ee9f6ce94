"""Notes about papers, kept as issues of a tracker and published as one page of text per topic.

How to get them: open the page of a topic, select all, copy, and save as a text file. A note then reads

    [Paper Note] Title, Author+, Venue'26, 2026.01
    Paper/Blog Link My Issue
    #Tag #Another Tag Issue Date: 2026-01-12 GPT Summary- one line Comment
    the comment, one line per paragraph

Summary and comment may be missing.

Knows where a note begins and what its lines mean. A note begins on the line before the two links, and the comment runs
to the next note: its own headings (`# Results`) do not end it. The links' addresses are lost in such a text. A note
that stands on several pages is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from vaultkit.errors import ExportError
from vaultkit.importing.citation import Citation, parse_citation
from vaultkit.importing.digest.note import COMMENT, SUMMARY, Keys, body, civil, demoted
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind, Value
from vaultkit.importing.export import Export
from vaultkit.importing.plain_text import other_file
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "issue-digest"
LABEL = "Paper notes kept as issues, as a page of text"
NAME = "papers"
EXTENSIONS = ".txt"
KEPT = "tags, dates, summaries, comments, authors and venues from the titles"
NOT_KEPT = "addresses of the links, which such a text does not hold"

_LINKS = "Paper/Blog Link My Issue"
_DATE = re.compile(r"Issue Date: *+([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_SUMMARY = f"{SUMMARY}-"

_DEMOTED_BY = 2
"""A comment's `#` becomes `###`, below the `## Comment` of the note."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a note begins: indexes of lines. `title` is None when the line before the links is not free."""

    title: int | None
    links: int
    meta: int

    @property
    def start(self) -> int:
        return self.links if self.title is None else self.title


@dataclass(frozen=True, slots=True)
class _Note:
    """One note as it stands in the text; `line` is where it begins, counted from 1."""

    line: int = field(compare=False)
    title_line: str
    tags: tuple[str, ...]
    issue_date: str
    summary: str
    comment: str


def identify(export: Export) -> Verdict:
    """Claims a text in which a line with the two links is followed by one with an issue's date."""
    if export.is_folder:
        return declined("a folder; give the text file itself")
    if why := other_file(export.first):
        return declined(why)
    data = export.first.data
    if _LINKS.encode() not in data and b"\0" not in data[:4096]:  # UTF-16 is full of NULs
        return declined(f"no line reads {_LINKS!r}")
    try:
        found = _heads(export.first.text.split("\n"))
    except ExportError as e:
        return declined(str(e))
    return CLAIMED if found else declined(f"no line {_LINKS!r} is followed by one with `Issue Date: YYYY-MM-DD`")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All notes of all exports in order. Text before the first note of a file is UNPLACED.

    A note on several pages is one entry; where its copies differ the first counts and the other is UNPLACED.
    Raises ExportError for a file that is not text.
    """
    read_before: dict[str, _Note] = {}
    for export in exports:
        origin = str(export.first.path)
        lines = export.first.text.split("\n")
        heads = _heads(lines)
        ends = [head.start for head in heads] + [len(lines)]
        if preamble := "\n".join(lines[: ends[0]]).strip():
            yield Notice(NoticeKind.UNPLACED, f"{origin}: line 1", "text before the first note", preamble)
        keys = Keys()
        for head, (start, end) in zip(heads, pairwise(ends), strict=True):
            note = _note(lines, head, end)
            place, citation = f"line {note.line}", parse_citation(note.title_line)
            key = keys.take(note.issue_date, citation)
            if key not in read_before:
                read_before[key] = note
                yield from _doubts(note, f"{origin}: {place}")
                yield _entry(note, citation, key, origin, place)
            elif note != read_before[key]:
                message = (
                    "this note differs from the one of the same title and date on an earlier page, which is imported"
                )
                yield Notice(NoticeKind.UNPLACED, f"{origin}: {place}", message, "\n".join(lines[start:end]).strip())


def _heads(lines: list[str]) -> list[_Head]:
    """Where notes begin. Blank lines between the lines of a head do not matter."""
    filled = [-1, *(i for i, line in enumerate(lines) if line.strip())]
    heads: list[_Head] = []
    for before, links, meta in zip(filled, filled[1:], filled[2:], strict=False):
        if lines[links].strip() != _LINKS or not _is_meta(lines[meta]):
            continue
        last = heads[-1].meta if heads else -1
        heads.append(_Head(before if before > last else None, links, meta))
    return heads


def _is_meta(line: str) -> bool:
    date = _DATE.search(line)
    return date is not None and (line.lstrip().startswith("#") or not line[: date.start()].strip())


def _note(lines: list[str], head: _Head, end: int) -> _Note:
    meta = lines[head.meta]
    date = _DATE.search(meta)
    assert date is not None  # _heads looked
    rest = meta[date.end() :].strip()
    if rest == COMMENT or rest.endswith(f" {COMMENT}"):
        rest = rest.removesuffix(COMMENT)
    stray, _, summary = rest.partition(_SUMMARY)
    comment = [stray.strip(), *lines[head.meta + 1 : end]]
    return _Note(
        line=head.start + 1,
        title_line="" if head.title is None else lines[head.title].strip(),
        tags=_tags(meta[: date.start()]),
        issue_date=date[1],
        summary=summary.strip(),
        comment="\n".join(demoted(comment, _DEMOTED_BY)).strip(),
    )


def _tags(text: str) -> tuple[str, ...]:
    """`#NLP #Selected Papers/Blogs` is two tags: a tag runs to the next word that begins with `#`."""
    tags: list[list[str]] = []
    for word in text.split():
        if word.startswith("#") or not tags:
            tags.append([word.removeprefix("#")])
        else:
            tags[-1].append(word)
    return tuple(tag for words in tags if (tag := " ".join(words).strip()))


def _doubts(note: _Note, place: str) -> Iterator[Notice]:
    if not note.title_line:
        yield Notice(NoticeKind.WARNING, place, "the note has no title line")
    if civil(note.issue_date) is None:
        message = "the issue date is no day of the calendar; imported without a date"
        yield Notice(NoticeKind.WARNING, place, message, note.issue_date)


def _entry(note: _Note, citation: Citation, key: str, origin: str, place: str) -> Entry:
    sections = ((SUMMARY, note.summary), (COMMENT, note.comment))
    properties: tuple[tuple[str, Value], ...] = (
        ("title", citation.title),
        ("authors", citation.authors),
        ("et-al", citation.et_al),
        ("venue", citation.venue),
        ("published", citation.published),
    )
    original = (note.title_line,) if note.title_line else ()
    return Entry(
        kind=Kind.PAPER,
        key=key,
        body=body(sections),
        place=place,
        origin=origin,
        title=citation.title,
        name=citation.title or "Untitled",
        date=civil(note.issue_date),
        labels=note.tags,
        aliases=original,
        names=original,
        properties=tuple((name, value) for name, value in properties if value),
    )
