"""The records of a Movable Type export: lines `KEY: value`, then sections (`BODY:` …), each ended by `-----`, all of it
by `--------`.

Knows where a record and a section end although a text may hold such lines itself: the line after them decides, because
only a section or the next record can follow. Knows no key's meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

END, CUT = "--------", "-----"
SECTIONS = frozenset({"BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"})
_FIELD = re.compile(
    r"(AUTHOR|TITLE|BASENAME|STATUS|DATE|UNIQUE URL|ALLOW COMMENTS|ALLOW PINGS|CONVERT BREAKS|PRIMARY CATEGORY|CATEGORY"
    r"|TAGS|IMAGE|NO ENTRY):(?: |$)"
)
"""How a record begins."""
_ANY_FIELD = re.compile(r"([A-Z][A-Z ]{1,30}):(?: (.*))?$")
_PART = re.compile(r"(AUTHOR|EMAIL|IP|URL|DATE|TITLE|BLOG NAME|ID|PARENT ID):(?: (.*))?$")


class Section(NamedTuple):
    """A text of several lines. `fields`: of comments and pings what is said of them before their text."""

    name: str
    text: str
    line: int
    fields: dict[str, str]


@dataclass(slots=True)
class Record:
    """One post, or what stands in the place of one."""

    line: int
    text: str
    """All of it, as it is written."""
    fields: dict[str, list[str]] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    """Lines that are neither."""

    def get(self, name: str) -> str:
        """The first value of a field that is not blank, or ""."""
        return next((value for value in self.fields.get(name, ()) if value), "")

    def section(self, name: str) -> str:
        """The text of all sections of a name; "" when there is none."""
        return "\n\n".join(one.text for one in self.sections if one.name == name and one.text.strip())


def starts_record(line: str) -> bool:
    """Whether a record can begin with this line."""
    return _FIELD.match(line) is not None


def read_records(pieces: Iterable[str]) -> Iterator[Record]:
    """The records of a text, cut into `pieces` anywhere; those that hold nothing are left out."""
    held: list[str] = []
    first, ended = 1, -1  # the line in which the record begins, and how much of `held` is the record
    for number, line in enumerate(_lines(pieces), 1):
        bare = line.rstrip()
        if ended >= 0 and bare:
            if bare == END or starts_record(line):
                yield from _record(held[:ended], first)
                held, first = [], number
            ended = -1
        if bare == END:
            ended = len(held)
        held.append(line)
    yield from _record(held[:ended] if ended >= 0 else held, first)


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        yield from lines
    yield rest


def _record(lines: list[str], first: int) -> Iterator[Record]:
    """The record of these lines, the first of which may be the end of the one before."""
    start = next((i for i, line in enumerate(lines) if line.strip() and line.rstrip() != END), len(lines))
    if start == len(lines):
        return
    lines, first = lines[start:], first + start
    out = Record(first, "\n".join(lines).strip("\n"))
    at = _fields(lines, out)
    while at < len(lines):
        name = _opening(lines, at, out)
        if not name:
            if lines[at].strip() and lines[at].rstrip() != CUT:
                out.stray.append(lines[at])
            at += 1
            continue
        end = next((i for i in range(at + 1, len(lines)) if _is_cut(lines, i)), len(lines))
        out.sections.append(_section(name, lines[at + 1 : end], first + at))
        at = end + 1
    yield out


def _fields(lines: list[str], out: Record) -> int:
    """Read the lines `KEY: value`; where the sections begin."""
    last = ""
    for at, line in enumerate(lines):
        if line.rstrip() == CUT:
            return at + 1
        if _opening(lines, at, out):  # the line before it is missing
            return at
        if found := _ANY_FIELD.match(line):
            last = found[1]
            out.fields.setdefault(last, []).append((found[2] or "").strip())
        elif last == "TITLE" and line.strip():
            out.fields[last][-1] += f" {line.strip()}"
        elif line.strip():
            out.stray.append(line)
    return len(lines)


def _opening(lines: list[str], at: int, out: Record) -> str:
    """The name of the section that begins in a line, or "". A body may hold ` BODY:`, so with a blank before it that
    counts only where there is no body yet."""
    line = lines[at].strip()
    name = line[:-1] if line.endswith(":") else ""
    if name not in SECTIONS:
        return ""
    return "" if lines[at].startswith(" ") and any(one.name == name for one in out.sections) else name


def _is_cut(lines: list[str], at: int) -> bool:
    """Whether the line ends a section: a section follows, or nothing."""
    if lines[at].rstrip() != CUT:
        return False
    below = next((lines[i].rstrip() for i in range(at + 1, len(lines)) if lines[i].strip()), None)
    return below is None or (below.endswith(":") and below[:-1] in SECTIONS)


def _section(name: str, lines: list[str], line: int) -> Section:
    fields: dict[str, str] = {}
    at = 0
    if name in ("COMMENT", "PING"):
        while at < len(lines) and (found := _PART.match(lines[at].rstrip())) and found[1] not in fields:
            fields[found[1]] = (found[2] or "").strip()
            at += 1
    return Section(name, "\n".join(lines[at:]).strip("\n"), line, fields)
