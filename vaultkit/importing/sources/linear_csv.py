"""Issues of Linear, from its CSV.

How to get it: in Linear open the menu of a view, *Export issues as CSV*, or, for the whole workspace, *Settings →
Administration → Import/Export → Export CSV*.

Knows the columns, whose number grew over the years, and that their order is not to be relied upon. Texts are Markdown.
There are no comments in such an export. An issue may stand in several files: the copy updated last counts. Older
exports have no UUID; a note made from one goes on under the UUID, and then older exports change nothing in it. An
export is never complete for sure, so absence means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vaultkit.errors import ExportError
from vaultkit.importing.csv_rows import BrokenRow, Row, csv_header, csv_rows
from vaultkit.importing.entry import Entry, Notice, NoticeKind, Value, drained
from vaultkit.importing.export import Export
from vaultkit.importing.issue import note
from vaultkit.importing.issue.copies import completed, is_older
from vaultkit.importing.issue.fields import failed, without_host
from vaultkit.importing.issue.instants import Instants
from vaultkit.importing.issue.model import Issue, Link
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "linear-csv"
LABEL = "Linear issues as CSV"
NAME = "linear"
EXTENSIONS = ".csv"
KEPT = "status, priority, estimate, labels, project, cycle, milestone, people, dates, parent and relations"
NOT_KEPT = "pictures on Linear's servers (their addresses are kept), service levels"

_NEEDED = frozenset({"id", "team", "title", "status"})
_OWN = frozenset({"estimate", "cycle number", "cycle name", "triaged", "canceled", "parent issue", "project milestone"})
"""Columns of which an export of another tracker has hardly one."""
_KEY = re.compile(r"[A-Z][A-Z0-9_]*-[1-9][0-9]*")
_ADDRESS = re.compile(r"https://linear\.app/[\w.-]+/issue/([A-Z][A-Z0-9_]*-[1-9][0-9]*)(?:/[\w%-]*+)?", re.ASCII)
_CLOSED = frozenset({"done", "completed", "canceled", "cancelled", "duplicate"})
_NO_PRIORITY = "no priority"
_RELATIONS = ("Related to", "Blocked by", "Duplicate of")
_SAID_BY = {
    "body": "description",
    "priority": "priority",
    "author": "creator",
    "assignees": "assignee",
    "milestone": "project milestone",
    "labels": "labels",
    "created": "created",
    "updated": "updated",
    "due": "due date",
    "parent": "parent issue",
    "estimate": "estimate",
    "project": "project",
    "cycle": "cycle name",
    "initiatives": "initiatives",
    "started": "started",
    "archived": "archived",
}
"""Attributes and properties of an issue, and the column that says them."""


def identify(export: Export) -> Verdict:
    """Claims a CSV file with Linear's columns."""
    if export.is_folder:
        return declined("a folder; give the CSV files themselves")
    if export.first.start[:1] in (b"<", b"{", b"["):
        return declined("not CSV")
    try:
        header = {name.casefold() for name in csv_header(export.first.beginning())}
    except ExportError as e:
        return declined(str(e))
    if header >= _NEEDED and len(_OWN & header) >= 2:
        return CLAIMED
    return declined("no CSV whose columns are Linear's (ID, Team, Title, Status, Cycle Name …)")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All issues of all exports, each once, in the order of their first appearance."""
    notices: list[Notice] = []
    instants = Instants(options.zone, notices)
    issues: dict[str, Issue] = {}
    places: dict[str, str] = {}
    """Where an issue is in `issues`, by UUID and by ID: older exports have no UUID."""
    addresses: dict[str, dict[str, None]] = {}
    """By which addresses texts link to an issue: its own is in no column."""
    for export in exports:
        origin = str(export.first.path)
        for row in csv_rows(export.first.pieces()):
            if isinstance(row, BrokenRow):
                yield failed(origin, row.place, row.why, row.text)
            elif row.surplus or not _KEY.fullmatch(row.get("ID")):
                why = "a cell is too many, a quote is missing" if row.surplus else "it has no ID"
                yield failed(origin, row.place, f"is not read as an issue: {why}", "\n".join(filter(None, row.cells)))
            else:
                new = _issue(row, origin, instants)
                for found in _ADDRESS.finditer(new.body):
                    addresses.setdefault(found[1], {})[found[0]] = None
                at = places.get(new.key) or places.get(new.number) or new.key
                joined, told = _joined(new, issues.get(at))
                issues[at] = joined
                places |= {new.key: at, new.number: at}
                yield from told
            yield from drained(notices)
    for issue in issues.values():
        yield note.entry(replace(issue, names=(*issue.names, *addresses.get(issue.number, ()))))


def _issue(row: Row, origin: str, instants: Instants) -> Issue:
    number = row.get("ID")
    place = f"{origin}: {row.place}"
    has = {name.casefold() for name in row.header}
    done, canceled = (instants.time(row.get(name), f"{place}: {name}") for name in ("Completed", "Canceled"))
    is_closed = bool(done or canceled) or row.get("Status").casefold() in _CLOSED
    cycle = row.get("Cycle Name") or row.get("Cycle Number")
    priority = row.get("Priority")
    more: tuple[tuple[str, Value], ...] = (
        ("estimate", _number(row.get("Estimate"))),
        ("team", row.get("Team")),
        ("project", row.get("Project")),
        ("cycle", cycle),
        ("initiatives", _words(row.get("Initiatives", "Roadmaps"))),
        ("started", instants.time(row.get("Started"), f"{place}: Started")),
        ("archived", instants.time(row.get("Archived"), f"{place}: Archived")),
    )
    return Issue(
        key=row.get("UUID") or number,
        formerly=(f"/{number}",) if row.get("UUID") else (),
        detail=1 if row.get("UUID") else 0,
        number=number,
        title=" ".join(row.get("Title").split()),
        body=row.get("Description"),
        scope=number.rpartition("-")[0],
        folder=number.rpartition("-")[0],
        aliases=(number,),
        names=(number,),
        state="closed" if is_closed else "open",
        status=row.get("Status"),
        reason="canceled" if canceled and not done else "",
        priority="" if priority.casefold() == _NO_PRIORITY else priority,
        author=without_host(row.get("Creator")),
        assignees=(without_host(row.get("Assignee")),) if row.get("Assignee") else (),
        milestone=row.get("Project Milestone"),
        labels=_words(row.get("Labels")),
        created=instants.time(row.get("Created"), f"{place}: Created"),
        updated=instants.time(row.get("Updated"), f"{place}: Updated"),
        closed=done or canceled,
        due=instants.day(row.get("Due Date"), f"{place}: Due Date"),
        parent=row.get("Parent issue"),
        links=tuple(Link(relation=name.casefold(), target=one) for name in _RELATIONS for one in _words(row.get(name))),
        more=more,
        unsaid=frozenset(
            {
                "url",
                *(name for name, column in _SAID_BY.items() if column not in has),
                *(["closed", "reason"] if has.isdisjoint({"completed", "canceled"}) else []),
                *(["links"] if has.isdisjoint(name.casefold() for name in _RELATIONS) else []),
            }
        ),
        origin=origin,
        place=row.place,
    )


def _joined(new: Issue, old: Issue | None) -> tuple[Issue, list[Notice]]:
    """One issue of two copies, and what of the older one is left out."""
    if old is None:
        return new, []
    winner, loser = (old, new) if is_older(new.updated, old.updated) else (new, old)
    told = []
    if "body" not in winner.unsaid | loser.unsaid and winner.body != loser.body:
        message = f"an older copy of {loser.number} was left out; a newer one is imported"
        told.append(Notice(NoticeKind.WARNING, f"{loser.origin}: {loser.place}", message, loser.body))
    key = next((one.key for one in (winner, loser) if one.key != one.number), winner.key)
    return replace(completed(winner, loser), key=key), told


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in cell.split(","))))


def _number(text: str) -> Value:
    return int(text) if text.isdecimal() and len(text) < 10 else text
