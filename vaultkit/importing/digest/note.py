"""A note about a paper as an `Entry`, and the names by which forms that know less of it call it.

Knows the order of its properties and sections, for all forms alike, so that the note of one form is merged with that of
another. Knows nothing of how the forms are written.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vaultkit.importing.citation import Citation, parse_citation
from vaultkit.importing.entry import Entry, Kind, Value
from vaultkit.importing.github.records import address
from vaultkit.importing.issue.references import scope_of

SUMMARY = "GPT Summary"
COMMENT = "Comment"

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SLUG_BYTES = 120
_PAPER = Kind.PAPER.value
_NOT_IN_SLUGS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The issue that a note is, by its address."""

    key: str
    """`owner/repo#12`; of another host than github.com `host/owner/repo#12`."""
    url: str

    @property
    def scope(self) -> str:
        """`owner/repo`: where `#12` leads."""
        return scope_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A note as a page with links has it. Empty texts are what the page does not say."""

    issue: Numbered
    title_line: str
    day: str
    """`2026-01-12`."""
    labels: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    """In Markdown, in the order in which they are to stand; the ones without text are left out."""
    authors: tuple[str, ...] = ()
    """All of them."""
    source: str = ""
    """The address of the paper, or of what else the note is about."""
    summary_by: str = ""
    """What wrote the summary: `gpt-4o-mini`."""
    detail: int
    """As `Entry.detail`."""
    is_excerpt: bool = False
    version: str = ""
    """The day on which the page was made."""
    origin: str
    place: str


def numbered(url: str) -> Numbered | None:
    """The issue at `url`; None: it is no address of an issue."""
    found = address(url)
    return Numbered(f"{found.repo}#{found.number}", f"{found.web}/issues/{found.number}") if found else None


def entry(note: Published) -> Entry:
    """The entry of a note whose number is known."""
    citation = parse_citation(note.title_line)
    day = civil(note.day)
    short = "/".join(note.issue.key.split("/")[-2:])
    properties: tuple[tuple[str, Value], ...] = (
        ("title", citation.title),
        ("authors", note.authors or citation.authors),
        ("et-al", citation.et_al and not note.authors),
        ("venue", citation.venue),
        ("published", citation.published),
        ("url", note.issue.url),
        ("source", note.source),
        ("summary-by", note.summary_by),
    )
    return Entry(
        kind=Kind.PAPER,
        key=note.issue.key,
        body=body(note.sections),
        place=note.place,
        origin=note.origin,
        title=citation.title,
        name=citation.title or "Untitled",
        date=day,
        labels=note.labels,
        aliases=(note.title_line,) if note.title_line else (),
        properties=tuple((name, value) for name, value in properties if value),
        names=tuple(dict.fromkeys(filter(None, (note.title_line, note.issue.key, short, note.issue.url)))),
        scope=note.issue.scope,
        formerly=former_names(note.title_line, [day]),
        detail=note.detail,
        missing=("rest",) if note.is_excerpt else (),
    )


def demoted(lines: Iterable[str], by: int) -> Iterator[str]:
    """`lines` with every heading `by` levels deeper, at most 6; lines of code are no headings."""
    fence = ""
    for line in lines:
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif not fence and (heading := _HEADING.match(line)):
            at, level = heading.start(1), len(heading[1])
            line = line[:at] + "#" * (min(level + by, 6) - level) + line[at:]
        yield line


def body(sections: Iterable[tuple[str, str]]) -> str:
    """The sections that have a text, each below its heading; one without a heading as it is."""
    return "\n\n".join(f"## {heading}\n\n{text}" if heading else text for heading, text in sections if text)


def former_names(title_line: str, days: Iterable[dt.date | None]) -> tuple[str, ...]:
    """By what a page of text, which has no numbers, calls the note (`Entry.formerly`), the surest first. `days`: those
    that may be its date there."""
    citation = parse_citation(title_line)
    title = slug(citation.title)
    bases = [f"{_PAPER}/{day.isoformat()}/{title}" for day in dict.fromkeys(days) if day]
    apart = [slug(part) for part in (citation.venue, citation.published) if part]
    return (*(f"{base}/{part}" for base in bases for part in apart), *bases)


def slug(text: str) -> str:
    """`text` in lower case, its letters and digits of any script kept, all else a `-`; at most 120 bytes."""
    plain = _NOT_IN_SLUGS.sub("-", unicodedata.normalize("NFC", text).lower()).strip("-")
    short = plain.encode()[:_SLUG_BYTES].decode(errors="ignore")
    return short.rstrip("-") or "untitled"


def civil(text: str) -> dt.date | None:
    """The day `2026-01-12`; None when it is none of the calendar."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


class Keys:
    """The keys of one page of text. Notes of one title and date are told apart by the venue, the month, or a count."""

    def __init__(self) -> None:
        self._taken: dict[str, Citation] = {}
        self._counts: dict[str, int] = {}

    def take(self, issue_date: str, citation: Citation) -> str:
        """A key that no other note of the page has. It is the same as long as the notes above keep their titles."""
        base = key = f"{issue_date}/{slug(citation.title)}"
        if first := self._taken.get(base):
            apart = ((citation.venue, first.venue), (citation.published, first.published))
            key = next((f"{base}/{slug(mine)}" for mine, its in apart if mine and mine != its), base)
        while key in self._taken:
            count = self._counts[base] = self._counts.get(base, 1) + 1
            key = f"{base}/{count}"
        self._taken[key] = citation
        return key
