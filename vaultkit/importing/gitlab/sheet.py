"""Issues and merge requests as GitLab's CSV has them: a row each, without comments.

Knows the columns of all versions by their names; their order has changed. Times are in UTC, as the columns say.
"""

from __future__ import annotations

import datetime as dt
import re

from vaultkit.importing.csv_rows import Row
from vaultkit.importing.entry import Notice, Value
from vaultkit.importing.gitlab.project import address
from vaultkit.importing.gitlab.records import Found, duration
from vaultkit.importing.issue.fields import clean, failed, without_host
from vaultkit.importing.issue.model import Issue
from vaultkit.importing.moment import Clock

_NUMBER = ("Issue ID", "MR IID", "IID")
_COLUMNS = {
    "body": ("Description",),
    "state": ("State",),
    "author": ("Author Username", "Author"),
    "assignees": ("Assignee Username", "Assignee Usernames", "Assignee(s)", "Assignee", "Assignees"),
    "confidential": ("Confidential",),
    "locked": ("Locked",),
    "due": ("Due Date",),
    "created": ("Created At (UTC)", "Created At"),
    "updated": ("Updated At (UTC)", "Updated At"),
    "closed": ("Closed At (UTC)", "Closed At"),
    "milestone": ("Milestone",),
    "labels": ("Labels",),
    "weight": ("Weight",),
    "epic": ("Epic Title", "Epic ID"),
    "iteration": ("Iteration",),
    "time-estimate": ("Time Estimate",),
    "time-spent": ("Time Spent",),
}
_YES = frozenset({"yes", "true", "1"})
_STATES = {"open": "open", "opened": "open", "closed": "closed", "merged": "closed", "locked": "open"}
_LIST = re.compile(r"\s*+,\s*+")


def is_sheet(header: tuple[str, ...]) -> bool:
    """Whether these columns are those of GitLab's."""
    known = {name.casefold() for name in header}
    return {"title", "url", "state"} <= known and any(name.casefold() in known for name in _NUMBER)


def issue(row: Row, origin: str, clock: Clock, notices: list[Notice]) -> Found | None:
    """The issue of a row; None, with a notice, when it has no number or no title."""
    url, title = row.get("URL"), clean(row.get("Title"))
    home, number = address(url), row.get(*_NUMBER)
    if home is None and not (number.isdecimal() and len(number) < 19):
        problem = "is not an issue: neither its number nor its address can be read"
        notices.append(failed(origin, row.place, problem, "\n".join(filter(None, row.cells))))
        return None
    if row.surplus:
        notices.append(
            failed(origin, row.place, "has more cells than columns; a quote is missing", "\n".join(row.surplus))
        )
    header = {name.casefold() for name in row.header}
    is_merge = home.mark == "!" if home else "mr iid" in header
    count = str(home.number) if home else str(int(number))
    state = row.get("State").lower()
    type_ = row.get("Type", "Issue Type").lower()
    return Found(
        project=home.project if home else None,
        issue=Issue(
            key=f"{'!' if is_merge else '#'}{count}",
            number=count,
            title=title or count,
            body=_body(row),
            url=url,
            state=_STATES.get(state, "open" if state else ""),
            status="merged" if state == "merged" else "",
            type="merge-request" if is_merge else "" if type_ == "issue" else type_,
            author=without_host(row.get(*_COLUMNS["author"])),
            assignees=tuple(map(without_host, _words(row.get(*_COLUMNS["assignees"])))),
            milestone=row.get("Milestone"),
            labels=_words(row.get("Labels")),
            created=_time(row, "created", origin, clock),
            updated=_time(row, "updated", origin, clock),
            closed=_time(row, "closed", origin, clock),
            due=_day(row, origin, clock),
            confidential=row.get("Confidential").lower() in _YES,
            locked=row.get("Locked").lower() in _YES,
            more=_more(row),
            unsaid=frozenset(
                name for name, of in _COLUMNS.items() if header.isdisjoint(column.casefold() for column in of)
            ),
            origin=origin,
            place=row.place,
        ),
    )


def _body(row: Row) -> str:
    """To the letter: blanks at its start may be code."""
    at = next((i for i, name in enumerate(row.header) if name.casefold() == "description"), -1)
    return clean(row.cells[at]) if 0 <= at < len(row.cells) else ""


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, _LIST.split(cell)))


def _time(row: Row, name: str, origin: str, clock: Clock) -> dt.datetime | None:
    found = clock.read(row.get(*_COLUMNS[name]), f"{origin}: {row.place}: {name}", zone="UTC")
    return found.stamp if found and isinstance(found.stamp, dt.datetime) else None


def _day(row: Row, origin: str, clock: Clock) -> dt.date | None:
    found = clock.read(row.get("Due Date"), f"{origin}: {row.place}: due", zone="UTC")
    return found.day if found else None


def _more(row: Row) -> tuple[tuple[str, Value], ...]:
    weight = row.get("Weight")
    return (
        ("weight", int(weight) if weight.isdecimal() and len(weight) < 10 else weight),
        ("epic", row.get("Epic Title")),
        ("iteration", row.get("Iteration")),
        *((name.lower().replace(" ", "-"), _spent(row.get(name))) for name in ("Time Estimate", "Time Spent")),
    )


def _spent(cell: str) -> str:
    """Seconds, or words as they stand."""
    return duration(int(cell)) if cell.isdecimal() and len(cell) < 12 else cell
