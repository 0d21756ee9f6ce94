"""Issues and merge requests as GitLab has them, read from single JSON records of REST or of a project's export.

Knows how to tell them from other records of GitLab and from other trackers' issues. Where REST has names, an export has
numbers of people; it never says which project it is of. Knows nothing of files, pages or notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from vaultkit.importing.entry import Notice, Value
from vaultkit.importing.gitlab.notes import PERSON, Said, in_issue
from vaultkit.importing.gitlab.project import Project, address
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.issue.model import Issue

_OF_ISSUES = frozenset(
    "author author_id assignees description issue_type label_links labels notes source_branch web_url".split()
)
_OF_MERGE_REQUESTS = frozenset({"source_branch", "target_branch"})
_KEYS = {
    "body": ("description",),
    "state": ("state",),
    "due": ("due_date",),
    "created": ("created_at",),
    "updated": ("updated_at",),
    "closed": ("closed_at",),
    "confidential": ("confidential",),
    "locked": ("discussion_locked",),
    "author": ("author",),
    "assignees": ("assignees", "assignee"),
    "labels": ("labels",),
    "milestone": ("milestone",),
    "weight": ("weight",),
    "epic": ("epic",),
    "iteration": ("iteration",),
    "severity": ("severity",),
    "time-estimate": ("time_stats",),
    "time-spent": ("time_stats",),
}
"""What REST calls a field of `Issue` and of its `more`; a record that lacks the key does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An issue or merge request whose project may not be known yet, nor who the people are that have only numbers.

    The key of `issue` is `#12` or `!12`, its addresses and names are not filled in, and its texts are GitLab's own.
    """

    issue: Issue
    id: int | None = None
    """GitLab's number of it in the whole installation."""
    project: Project | None = None
    project_id: int | None = None
    author_id: int | None = None
    assignee_ids: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()
    uploads: str = ""
    """What tells the files of its export from those of others: where they lie. Empty: there are none."""


def is_issue(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is an issue or a merge request: it has a number, a title, and what no milestone has."""
    if not isinstance(value, dict) or not isinstance(value.get("title"), str):
        return False
    number = value.get("iid")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1 or "start_date" in value:
        return False
    return not _OF_ISSUES.isdisjoint(value)


def is_beside(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is a milestone or a label of a project, which issues name themselves."""
    if not isinstance(value, dict) or not isinstance(value.get("title") or value.get("name"), str):
        return False
    if "start_date" in value:
        return "iid" in value
    return "color" in value and not {"group_id", "project_id", "template"}.isdisjoint(value)


def issue(record: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> Found:
    """The issue of a record for which `is_issue` holds. What cannot be read is appended to `notices` and left out."""
    fields = Fields(record, origin, place, notices)
    url = fields.text("web_url")
    home = address(url)
    is_merge = (home.mark == "!") if home else not _OF_MERGE_REQUESTS.isdisjoint(record)
    number = home.number if home else fields.number("iid") or 0
    is_exported = "author_id" in record and "author" not in record
    state, merged = fields.text("state").lower(), fields.time("merged_at") or fields.inner("metrics").time("merged_at")
    said = in_issue(fields)
    read = Issue(
        key=f"{'!' if is_merge else '#'}{number}",
        number=str(number),
        title=fields.text("title"),
        body=fields.text("description"),
        url=url,
        state="closed" if state in ("closed", "merged") else "open" if state else "",
        status="merged" if state == "merged" and not merged else "",
        type="merge-request" if is_merge else _type(fields),
        author=fields.person("author", keys=PERSON),
        assignees=_assignees(fields),
        milestone=fields.word("title", "milestone"),
        labels=_exported_labels(fields) if is_exported else fields.words(("name", "title"), "labels"),
        created=fields.time("created_at"),
        updated=fields.time("updated_at"),
        closed=fields.time("closed_at"),
        merged=merged,
        due=fields.date("due_date"),
        draft=fields.flag("draft", "work_in_progress"),
        locked=fields.flag("discussion_locked"),
        confidential=fields.flag("confidential"),
        more=_more(fields),
        comment_count=_count(fields, said),
        unsaid=frozenset() if is_exported else _unsaid(fields, is_merge=is_merge),
        origin=origin,
        place=place,
    )
    exported = ("issue_assignees", "merge_request_assignees")
    return Found(
        issue=read,
        id=fields.number("id"),
        project=home.project if home else None,
        project_id=fields.number("project_id", "target_project_id"),
        author_id=fields.number("author_id"),
        assignee_ids=tuple(id_ for one in fields.objects(*exported) if (id_ := one.number("user_id"))),
        said=said,
    )


def _unsaid(fields: Fields, *, is_merge: bool) -> frozenset[str]:
    unsaid = {name for name, keys in _KEYS.items() if not fields.say(*keys)}
    if is_merge:
        unsaid |= {name for name in ("merged", "draft") if not fields.say(f"{name}_at", name, "work_in_progress")}
    return frozenset(unsaid)


def _count(fields: Fields, said: tuple[Said, ...]) -> int | None:
    """How many comments of people there are by the record; None when it does not say."""
    if isinstance(fields.record.get("notes"), list):
        return sum(not one.comment.is_system for one in said)
    return fields.number("user_notes_count")


def _type(fields: Fields) -> str:
    """`incident`, `task`; nothing for what is just an issue."""
    base = fields.inner("work_item_type").record.get("base_type")
    found = base if isinstance(base, str) else fields.record.get("issue_type") or fields.record.get("type")
    return found.lower() if isinstance(found, str) and found.lower() != "issue" else ""


def _assignees(fields: Fields) -> tuple[str, ...]:
    if fields.record.get("assignees"):
        return fields.people("assignees", keys=PERSON)
    one = fields.person("assignee", keys=PERSON, deleted="")
    return (one,) if one else ()


def _exported_labels(fields: Fields) -> tuple[str, ...]:
    return tuple(title for one in fields.objects("label_links") if (title := one.inner("label").text("title")))


def _more(fields: Fields) -> tuple[tuple[str, Value], ...]:
    stats, severity = fields.inner("time_stats"), fields.word("name", "severity").lower()
    estimate = fields.number("time_estimate") or stats.number("time_estimate") or 0
    spent = sum(one.number("time_spent") or 0 for one in fields.objects("timelogs"))
    return (
        ("weight", fields.number("weight")),
        ("epic", fields.inner("epic").text("title")),
        ("iteration", fields.inner("iteration").text("title")),
        ("severity", "" if severity == "unknown" else severity),
        ("time-estimate", duration(estimate)),
        ("time-spent", duration(spent or stats.number("total_time_spent") or 0)),
    )


def duration(seconds: int) -> str:
    """`1h 30m`, as trackers write it; "" for none."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(filter(None, (f"{hours}h" if hours else "", f"{minutes}m" if minutes else "")))
