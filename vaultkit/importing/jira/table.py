"""Issues of Jira's CSV: a row for each, a column for each value, so that columns of one name repeat.

Knows what stands in the cells: `09/Jan/24 3:54 PM;<who>;<text>` for a comment, `<when>;<who>;<name>;<address>` for an
attachment. What the columns are called, `headers` knows. Texts are wiki markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from vaultkit.importing.csv_rows import BrokenRow, Row, csv_rows
from vaultkit.importing.entry import Notice, Value
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import failed, without_host
from vaultkit.importing.issue.files import File
from vaultkit.importing.issue.instants import Instants
from vaultkit.importing.issue.local_time import in_english, order_of
from vaultkit.importing.issue.model import Issue, Link
from vaultkit.importing.jira.headers import Column, columns
from vaultkit.importing.jira.note import resolution, scope_of, state
from vaultkit.importing.jira.rest import hours
from vaultkit.importing.jira.ticket import Custom, Markup, Remark, Section, Text, Ticket
from vaultkit.importing.moment_text import Order, read_text

Pieces = Callable[[], Iterable[str]]
"""The text of a file from the start, cut anywhere."""

_KEY = re.compile(r"[A-Z][A-Z0-9_]+-[1-9][0-9]*")
_HEAD = re.compile(r"(?P<when>(?=[^;\n]*\d)[^;\n]{6,40});(?P<who>[^;\n]{0,200});(?P<text>.*)", re.DOTALL)
_SAID_BY = {
    "body": "body",
    "status": "status",
    "reason": "resolution",
    "type": "type",
    "priority": "priority",
    "author": "reporter",
    "assignees": "assignee",
    "versions": "version",
    "labels": "label",
    "created": "created",
    "updated": "updated",
    "closed": "closed",
    "due": "due",
    "components": "component",
    "affected-versions": "affected",
    "time-estimate": "estimate",
    "time-spent": "spent",
}
"""Attributes and properties of an issue, and the column that says them."""
_INVERSE = {
    "blocks": "is blocked by",
    "cloners": "is cloned by",
    "duplicate": "is duplicated by",
    "problem/incident": "is caused by",
    "relates": "relates to",
}
_FORWARD = {"cloners": "clones", "duplicate": "duplicates", "problem/incident": "causes", "relates": "relates to"}
_KNOWN = lru_cache(maxsize=16)(columns)


@dataclass(slots=True)
class _Whole:
    """What must be known of a file before its first row is read."""

    people: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of issues by their ids."""
    times: list[str] = field(default_factory=list)


def tickets(pieces: Pieces, origin: str, order: Order, instants: Instants) -> Iterator[Ticket | Notice]:
    """The issues of a file. `order`: how `03/04/2024` is meant; empty: as the file shows. Raises ExportError when it
    does not show it."""
    whole = _looked_over(pieces())
    instants.order = order or order_of(whole.times, origin)
    for row in csv_rows(pieces()):
        if isinstance(row, BrokenRow):
            yield failed(origin, row.place, row.why, row.text)
            continue
        cells = _Cells(row)
        if not _KEY.fullmatch(cells.get("key")) or row.surplus:
            why = "a cell is too many, a quote is missing" if row.surplus else "it has no key"
            yield failed(origin, row.place, f"is not read as an issue: {why}", "\n".join(filter(None, row.cells)))
            continue
        yield _ticket(cells, origin, whole, instants)


class _Cells:
    """The cells of a row that are not blank, by what their columns are."""

    def __init__(self, row: Row) -> None:
        self.place = row.place
        self.columns = _KNOWN(row.header)
        self.pairs = [
            (column, cell.strip()) for column, cell in zip(self.columns, row.cells, strict=False) if cell.strip()
        ]

    def all(self, field: str) -> tuple[str, ...]:
        return tuple(cell for column, cell in self.pairs if column.field == field)

    def get(self, field: str) -> str:
        return next(iter(self.all(field)), "")

    def of(self, *fields: str) -> Iterator[tuple[Column, str]]:
        return ((column, cell) for column, cell in self.pairs if column.field in fields)


def _looked_over(pieces: Iterable[str]) -> _Whole:
    whole = _Whole()
    for row in csv_rows(pieces):
        if isinstance(row, BrokenRow):
            continue
        cells = _Cells(row)
        for who in ("assignee", "reporter", "creator", "watcher"):
            whole.people.update(zip(cells.all(f"{who} id"), cells.all(who), strict=False))
        if id_ := cells.get("id"):
            whole.keys[id_] = cells.get("key")
        whole.times += [
            in_english(text) for name in ("created", "updated", "closed", "due") for text in cells.all(name)
        ]
    return whole


def _ticket(cells: _Cells, origin: str, whole: _Whole, instants: Instants) -> Ticket:
    key, id_ = cells.get("key"), cells.get("id")
    place = f"{origin}: {cells.place}"
    why = resolution(cells.get("resolution"))
    closed = instants.time(in_english(cells.get("closed")), f"{place}: Resolved")
    has = {column.field for column in cells.columns}
    says_state = not has.isdisjoint({"category", "resolution", "closed"})
    more: tuple[tuple[str, Value], ...] = (
        ("components", cells.all("component")),
        ("affected-versions", cells.all("affected")),
        ("time-estimate", _duration(cells.get("estimate"))),
        ("time-spent", _duration(cells.get("spent"))),
    )
    remarks = [_remark(cell, origin, cells.place, instants) for cell in cells.all("comment")]
    remarks += [_work(cell, origin, cells.place, instants) for cell in cells.all("work")]
    return Ticket(
        issue=Issue(
            key=id_ if id_.isdecimal() else key,
            number=key,
            title=" ".join(cells.get("title").split()),
            scope=scope_of(key),
            folder=scope_of(key),
            aliases=(key,),
            names=(key,),
            state=state(cells.get("category") if says_state else cells.get("status"), why, closed is not None),
            status=cells.get("status"),
            reason=why,
            type=cells.get("type"),
            priority=cells.get("priority"),
            author=without_host(cells.get("reporter") or cells.get("creator")),
            assignees=tuple(map(without_host, cells.all("assignee")[:1])),
            versions=cells.all("version"),
            labels=cells.all("label"),
            created=instants.time(in_english(cells.get("created")), f"{place}: Created"),
            updated=instants.time(in_english(cells.get("updated")), f"{place}: Updated"),
            closed=closed,
            due=instants.day(in_english(cells.get("due")), f"{place}: Due date"),
            parent=_parent(cells, whole.keys),
            links=tuple(_links(cells)),
            more=more,
            comment_count=len(cells.all("comment")) if "comment" in has else None,
            unsaid=frozenset(
                {
                    "url",
                    "confidential",
                    *(name for name, column in _SAID_BY.items() if column not in has),
                    *([] if says_state else ["state"]),
                    *(["parent"] if has.isdisjoint({"parent", "parent id", "epic"}) else []),
                    *(["links"] if has.isdisjoint({"link in", "link out"}) else []),
                }
            ),
            says_own_fields=not has.isdisjoint({"custom", "other"}),
            origin=origin,
            place=cells.place,
        ),
        sections=tuple(
            Section(title, Text(text, Markup.WIKI))
            for title, name in (("", "body"), ("Environment", "environment"))
            if (text := cells.get(name))
        ),
        remarks=tuple(remarks),
        files=tuple(_file(cell) for cell in cells.all("file")),
        custom=tuple(_custom(cells)),
        people=whole.people,
    )


def _remark(cell: str, origin: str, place: str, instants: Instants) -> Remark:
    """`09/Jan/24 3:54 PM;<who>;<text>`; the text may have semicolons and lines of its own."""
    found = _HEAD.fullmatch(cell)
    if not found:
        return Remark(id=hashed_id(cell), text=Text(cell, Markup.WIKI), origin=origin, place=place)
    return Remark(
        id=hashed_id(found["when"], found["who"]) if found["who"] else hashed_id(cell),
        text=Text(found["text"].strip(), Markup.WIKI),
        author=found["who"],
        created=instants.time(in_english(found["when"]), f"{origin}: {place}: Comment"),
        origin=origin,
        place=place,
    )


def _work(cell: str, origin: str, place: str, instants: Instants) -> Remark:
    """`<text>;<when>;<who>;<seconds>`."""
    *text, when, who, seconds = ["", "", "", *cell.split(";")] if cell.count(";") < 3 else cell.split(";")
    said = f"{_duration(seconds)} of work: {';'.join(text).strip()}".removesuffix(": ")
    is_known = cell.count(";") >= 3 and seconds.strip().isdecimal()
    return Remark(
        id=f"work-{hashed_id(cell)}",
        text=Text(said if is_known else cell, Markup.WIKI),
        author=who if is_known else "",
        created=instants.time(in_english(when), f"{origin}: {place}: Log Work") if is_known else None,
        is_system=True,
        origin=origin,
        place=place,
    )


def _file(cell: str) -> File:
    """`<when>;<who>;<name>;<address>`, or the address alone."""
    head, at, address = cell.rpartition(";")
    parts = head.split(";", 2)
    if at and "://" in address and len(parts) == 3:
        return File(parts[2].strip(), address.strip())
    return (
        File(cell.rpartition("/")[2] or cell, cell) if "://" in cell and not re.search(r"\s", cell) else File(cell, "")
    )


def _parent(cells: _Cells, keys: Mapping[str, str]) -> str:
    for text in (cells.get("parent"), cells.get("parent id"), cells.get("epic")):
        key = keys.get(text, text)
        if _KEY.fullmatch(key):
            return key
    return ""


def _links(cells: _Cells) -> Iterator[Link]:
    for column, cell in cells.of("link in", "link out"):
        name = column.name.casefold()
        if column.field == "link in":
            yield Link(relation=_INVERSE.get(name, f"{name} (from)"), target=cell)
        else:
            yield Link(relation=_FORWARD.get(name, name), target=cell)


def _custom(cells: _Cells) -> Iterator[Custom]:
    found: dict[str, list[str]] = {}
    for column, cell in cells.of("custom", "other", "sprint"):
        found.setdefault(column.name or "Sprint", []).append(cell)
    for name, values in found.items():
        yield Custom(name, name, values if len(values) > 1 else _typed(values[0]), Markup.WIKI)


def _typed(text: str) -> object:
    """A number as one; `09/Jan/24 12:00 AM`, which is how a day without a time is written, as the day."""
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?", text):
        return float(text)
    english = in_english(text)
    if found := re.fullmatch(r"(\d{1,2})/([A-Z][a-z]{2})/(\d{2}) 12:00 AM", english):
        try:
            return str(read_text(f"{found[1]}/{found[2]}/{found[3]}"))
        except ValueError:
            return text
    return text


def _duration(text: str) -> str:
    """Seconds as hours and minutes; what is none as it stands."""
    return hours(int(text)) if text.isdecimal() and len(text) < 12 else text
