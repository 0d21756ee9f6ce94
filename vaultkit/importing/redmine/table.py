"""Issues of Redmine's CSV: a row for each, in the encoding and with the words of the exporting person's language.

Knows what stands in the cells. What the columns are called, `headers` knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from vaultkit.importing.csv_rows import BrokenRow, Row, csv_rows
from vaultkit.importing.entry import Notice, Value
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.custom import is_long, plain_value, property_name
from vaultkit.importing.issue.fields import failed, without_host
from vaultkit.importing.issue.files import File
from vaultkit.importing.issue.instants import Instants
from vaultkit.importing.issue.local_time import in_english, order_of
from vaultkit.importing.issue.model import Comment, Issue, Link
from vaultkit.importing.moment_text import Order
from vaultkit.importing.redmine.headers import NUMBER, OTHER, fields
from vaultkit.importing.redmine.note import SCOPE, Ticket, key, state

Pieces = Callable[[], Iterable[str]]
"""The text of a file from the start, cut anywhere."""

_RELATED = re.compile(r"(?:^|,)(?P<relation>[^#,]*+)#(?P<number>\d{1,9})(?:\s*+\([^()]*+\))?(?=\s*+(?:,|$))")
_YES = frozenset("yes はい ja oui sí si 1 true".split())
_SAID_BY = {
    "body": "body",
    "status": "status",
    "state": "status",
    "type": "type",
    "priority": "priority",
    "author": "author",
    "assignees": "assignee",
    "milestone": "version",
    "created": "created",
    "updated": "updated",
    "closed": "closed",
    "due": "due",
    "parent": "parent",
    "links": "related",
    "confidential": "private",
    "category": "category",
    "start": "start",
    "done": "done",
    "estimated-hours": "estimate",
    "spent-hours": "spent",
}
"""Attributes and properties of an issue, and the column that says them."""
_TIMES = ("created", "updated", "closed", "start", "due")


def tickets(pieces: Pieces, origin: str, order: Order, instants: Instants) -> Iterator[Ticket | Notice]:
    """The issues of a file. `order`: how `03/04/2024` is meant; empty: as the file shows. Raises ExportError when it
    does not show it."""
    known: tuple[str, ...] = ()
    times = []
    for row in csv_rows(pieces()):
        if isinstance(row, Row):
            known = known or fields(row.header)
            times += [in_english(cell) for field, cell in zip(known, row.cells, strict=False) if field in _TIMES]
    instants.order = order or order_of(times, origin)
    for row in csv_rows(pieces()):
        if isinstance(row, BrokenRow):
            yield failed(origin, row.place, row.why, row.text)
        elif row.surplus or not row.cells[0].strip().isdecimal() or len(row.cells[0]) > 12:
            why = "a cell is too many, a quote is missing" if row.surplus else "it begins with no number"
            yield failed(origin, row.place, f"is not read as an issue: {why}", "\n".join(filter(None, row.cells)))
        else:
            yield _ticket(row, known, origin, instants)


def _ticket(row: Row, known: tuple[str, ...], origin: str, instants: Instants) -> Ticket:
    cells = {field: cell.strip() for field, cell in zip(known, row.cells, strict=False) if cell.strip()}
    place = f"{origin}: {row.place}"

    def get(field: str) -> str:
        return cells.get(field, "")

    number = str(int(cells[NUMBER]))
    closed = instants.time(in_english(get("closed")), f"{place}: Closed")
    now = state(get("status"), None, closed is not None)
    start = instants.day(in_english(get("start")), f"{place}: Start date")
    more: tuple[tuple[str, Value], ...] = (
        ("category", get("category")),
        ("start", start),
        ("done", _number(get("done").removesuffix("%"))),
        ("estimated-hours", _number(get("estimate")) or None),
        ("spent-hours", _number(get("spent")) or None),
    )
    own = [
        (name, cell.strip())
        for name, field, cell in zip(row.header, known, row.cells, strict=False)
        if field == OTHER and cell.strip() and property_name(name)
    ]
    note = get("note")
    parent = re.search(r"\d{1,9}", get("parent"))
    return Ticket(
        Issue(
            key=key(number),
            number=number,
            title=" ".join(get("title").split()),
            body=get("body"),
            scope=SCOPE,
            folder=get("project"),
            aliases=(f"#{number}",),
            names=(key(number),),
            state=now,
            status=get("status"),
            type=get("type"),
            priority=get("priority"),
            author=without_host(get("author")),
            assignees=(without_host(get("assignee")),) if get("assignee") else (),
            milestone=get("version"),
            created=instants.time(in_english(get("created")), f"{place}: Created"),
            updated=instants.time(in_english(get("updated")), f"{place}: Updated"),
            closed=closed if now == "closed" else None,
            due=instants.day(in_english(get("due")), f"{place}: Due date"),
            confidential=get("private").casefold() in _YES,
            parent=f"#{int(parent[0])}" if parent else "",
            links=tuple(_links(get("related"))),
            more=(*more, *((property_name(name), plain_value(text)) for name, text in own if not is_long(text))),
            comments=(Comment(id=hashed_id(note), body=note),) if note else (),
            unsaid=frozenset({"url", "labels", *(name for name, field in _SAID_BY.items() if field not in known)}),
            origin=origin,
            place=row.place,
        ),
        tuple(File(name.strip(), "") for name in re.split(r"[\n,]", get("files")) if name.strip()),
        tuple((name, text) for name, text in own if is_long(text)),
    )


def _links(cell: str) -> Iterator[Link]:
    """`blocks #12, 関連している #13`."""
    for found in _RELATED.finditer(cell.replace("\n", " ")):
        yield Link(relation=found["relation"].strip().casefold() or "relates to", target=f"#{found['number']}")


def _number(text: str) -> Value:
    """A number as one, also `1,5`; what is none stands as it is."""
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", plain):
        return text
    return int(float(plain)) if float(plain).is_integer() else float(plain)
