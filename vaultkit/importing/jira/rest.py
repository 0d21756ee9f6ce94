"""Issues and comments of Jira's REST interface, version 2 (wiki markup) and 3 (Atlassian's document format).

Knows the records of both, of Server and Cloud, and how to tell them from other trackers' records. Which of the two a
text is tells its type. Knows nothing of files and pages.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from vaultkit.importing.entry import Notice, Value
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.issue.files import File
from vaultkit.importing.issue.model import Issue, Link
from vaultkit.importing.jira.note import resolution, scope_of, state
from vaultkit.importing.jira.ticket import Custom, Markup, Remark, Section, Text, Ticket

_KEY = re.compile(r"[A-Z][A-Z0-9_]+-[1-9][0-9]*")
_SELF = re.compile(r"(?P<site>https?://[^/\s]+(?:/[^/\s]+)*?)/rest/api/(?:2|3|latest)/issue/(?P<id>[0-9]+)")
_API = "//api.atlassian.com/"
"""A gateway for programs: nobody reads an issue there."""
_USERS = ("displayName", "name", "key", "accountId")
_FIELDS = {
    "status": ("status",),
    "state": ("status", "resolution"),
    "reason": ("resolution",),
    "type": ("issuetype",),
    "priority": ("priority",),
    "author": ("reporter", "creator"),
    "assignees": ("assignee",),
    "versions": ("fixVersions",),
    "labels": ("labels",),
    "created": ("created",),
    "updated": ("updated",),
    "closed": ("resolutiondate",),
    "due": ("duedate",),
    "parent": ("parent",),
    "links": ("issuelinks", "subtasks"),
    "body": ("description",),
    "components": ("components",),
    "affected-versions": ("versions",),
    "time-estimate": ("timeoriginalestimate",),
    "time-spent": ("timespent",),
}
"""What an attribute of an issue, or a property of its own, is called in the JSON."""
_QUIET = frozenset({"description", "comment", "Comment", "Link", "Attachment", "RemoteIssueLink", "WorklogId", "Rank"})
"""Changes in the history that say nothing, or nothing that fits on a line."""


def is_issue(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a record is an issue."""
    if not isinstance(value, dict) or not isinstance(value.get("fields"), dict):
        return False
    key = value.get("key")
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def is_comment(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a record is a comment; where it belongs, its address tells."""
    return isinstance(value, dict) and "body" in value and "created" in value and _self(value) is not None


def ticket(value: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> Ticket:
    """The issue in a record for which `is_issue` holds; fields that cannot be read become notices."""
    whole = Fields(value, origin, place, notices)
    inner = value["fields"]
    assert isinstance(inner, dict)
    read = Fields(inner, origin, whole.at("fields"), notices)
    key, id_ = whole.text("key"), str(whole.number("id") or "")
    site = _self(value)
    web = site["site"] if site and _API not in site["site"] else ""
    url = f"{web}/browse/{key}" if web else ""
    why = resolution(read.inner("resolution").text("name"))
    closed = _time(read, "resolutiondate")
    category = read.inner("status").inner("statusCategory")
    more: tuple[tuple[str, Value], ...] = (
        ("components", read.words("name", "components")),
        ("affected-versions", read.words("name", "versions")),
        ("time-estimate", hours(read.number("timeoriginalestimate"))),
        ("time-spent", hours(read.number("timespent"))),
    )
    unsaid = {name for name, of in _FIELDS.items() if not read.say(*of)}
    comments = read.inner("comment")
    remarks = [*_comments(comments), *_history(whole), *_work(read)]
    return Ticket(
        issue=Issue(
            key=id_ or key,
            number=key,
            title=" ".join(read.text("summary").split()),
            scope=scope_of(key),
            folder=scope_of(key),
            aliases=(key,),
            names=tuple(filter(None, (key, url))),
            url=url,
            state=state(category.text("key"), why, closed is not None),
            status=read.word("name", "status"),
            reason=why,
            type=read.word("name", "issuetype"),
            priority=read.word("name", "priority"),
            author=read.person("reporter", "creator", keys=_USERS, deleted=""),
            assignees=tuple(filter(None, (read.person("assignee", keys=_USERS, deleted=""),))),
            versions=read.words("name", "fixVersions"),
            labels=read.words("name", "labels"),
            created=_time(read, "created"),
            updated=_time(read, "updated"),
            closed=closed,
            due=read.date("duedate"),
            confidential=bool(read.inner("security").record),
            parent=read.inner("parent").text("key"),
            links=tuple(_links(read)),
            more=more,
            comment_count=comments.number("total") if comments.record else None,
            unsaid=frozenset(unsaid),
            origin=origin,
            place=place,
        ),
        sections=tuple(
            Section(title, text)
            for title, name in (("", "description"), ("Environment", "environment"))
            if (text := _text(inner.get(name))) is not None
        ),
        remarks=tuple(remarks),
        files=tuple(File(one.text("filename"), one.text("content")) for one in read.objects("attachment")),
        custom=tuple(_custom(inner)),
        people=dict(_people([value])),
    )


def comment(value: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> tuple[str, Remark]:
    """A comment for which `is_comment` holds, and the id of its issue."""
    address = _self(value)
    return address["id"] if address else "", _remark(Fields(value, origin, place, notices))


def people(value: Mapping[str, object]) -> dict[str, str]:
    """The users in a record: their shown names by the names and ids that texts call them by."""
    return dict(_people([value]))


def hours(seconds: int | None) -> str:
    """`3h 30m`; "" for none. Days are left to the reader: they have eight hours in some places."""
    minutes = round((seconds or 0) / 60)
    return " ".join(f"{number}{unit}" for number, unit in ((minutes // 60, "h"), (minutes % 60, "m")) if number)


def _time(read: Fields, name: str) -> dt.datetime | None:
    found = read.time(name)
    return found.replace(microsecond=0) if found else None


def _text(value: object) -> Text | None:
    if isinstance(value, str):
        return Text(value, Markup.WIKI) if value.strip() else None
    return Text(value, Markup.ADF) if isinstance(value, dict) else None


def _self(value: Mapping[str, object]) -> re.Match[str] | None:
    address = value.get("self")
    return _SELF.match(address) if isinstance(address, str) else None


def _links(read: Fields) -> Iterator[Link]:
    for one in read.objects("issuelinks"):
        for end, way in (("outwardIssue", "outward"), ("inwardIssue", "inward")):
            if key := one.inner(end).text("key"):
                yield Link(relation=one.inner("type").text(way, "name") or "relates to", target=key)
    for one in read.objects("subtasks"):
        if key := one.text("key"):
            yield Link(relation="subtask", target=key)


def _comments(comments: Fields) -> Iterator[Remark]:
    for one in comments.objects("comments"):
        yield _remark(one)


def _remark(one: Fields) -> Remark:
    body, created = _text(one.record.get("body")), _time(one, "created")
    author = one.person("author", keys=_USERS)
    return Remark(
        id=str(one.number("id") or "") or hashed_id(str(created), author),
        text=body or Text("", Markup.PLAIN),
        author=author,
        created=created,
        updated=_time(one, "updated"),
        origin=one.origin,
        place=one.place,
    )


def _history(whole: Fields) -> Iterator[Remark]:
    """What `expand=changelog` adds: who changed which field."""
    for one in whole.inner("changelog").objects("histories"):
        said = []
        for item in one.objects("items"):
            if (name := item.text("field")) and name not in _QUIET:
                before, after = (" ".join(item.text(key).split()) or "nothing" for key in ("fromString", "toString"))
                said.append(f"{name}: {before} → {after}")
        if said:
            yield _system(one, "history", "; ".join(said), "created")


def _work(read: Fields) -> Iterator[Remark]:
    """The entries of the work log."""
    for one in read.inner("worklog").objects("worklogs"):
        text = _text(one.record.get("comment"))
        yield _system(one, "work", text or "", "started", "created", said=f"{one.text('timeSpent')} of work")


def _system(one: Fields, kind: str, text: Text | str, *times: str, said: str = "") -> Remark:
    created = next(filter(None, (_time(one, name) for name in times)), None)
    content = Text(text, Markup.PLAIN) if isinstance(text, str) else text
    if said and isinstance(content.content, dict):
        first = {"type": "paragraph", "content": [{"type": "text", "text": f"{said}: "}]}
        inner = content.content.get("content")
        content = Text({"type": "doc", "content": [first, *(inner if isinstance(inner, list) else [])]}, Markup.ADF)
    elif said:
        content = Text(f"{said}: {content.content}".removesuffix(": "), content.markup)
    author = one.person("author", keys=_USERS)
    id_ = f"{kind}-{one.number('id') or hashed_id(str(created), author)}"
    return Remark(
        id=id_, text=content, author=author, created=created, is_system=True, origin=one.origin, place=one.place
    )


def _custom(inner: Mapping[str, object]) -> Iterator[Custom]:
    for name, value in inner.items():
        if name.startswith("customfield_") and value not in (None, "", [], {}):
            yield Custom(name, "", value, Markup.WIKI)


def _people(waiting: list[object]) -> Iterator[tuple[str, str]]:
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            shown = one.get("displayName")
            if isinstance(shown, str) and shown:
                for key in ("accountId", "name", "key"):
                    if isinstance(id_ := one.get(key), str):
                        yield id_, shown
            elif one.get("type") != "doc":
                waiting += one.values()
