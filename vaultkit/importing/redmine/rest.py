"""Issues of Redmine's REST interface: those of a list, and single ones with their journals.

Knows that a journal is a comment, a list of changes, or both, and that changes name statuses and people by numbers,
whose names stand elsewhere in the export.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from vaultkit.importing.entry import Notice, Value
from vaultkit.importing.issue.custom import is_long, plain_value, property_name
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.issue.files import File
from vaultkit.importing.issue.instants import Instants
from vaultkit.importing.issue.model import Comment, Issue, Link
from vaultkit.importing.redmine.note import SCOPE, Ticket, key, state

_FIELDS = {
    "body": "description",
    "status": "status",
    "state": "status",
    "type": "tracker",
    "priority": "priority",
    "author": "author",
    "assignees": "assigned_to",
    "milestone": "fixed_version",
    "created": "created_on",
    "updated": "updated_on",
    "closed": "closed_on",
    "due": "due_date",
    "parent": "parent",
    "links": "relations",
    "confidential": "is_private",
    "category": "category",
    "start": "start_date",
    "done": "done_ratio",
    "estimated-hours": "estimated_hours",
    "spent-hours": "spent_hours",
    "tags": "tags",
}
"""What an attribute of an issue, or a property of its own, is called in the JSON."""
_NAMED = ("status", "tracker", "priority", "author", "assigned_to", "category", "fixed_version", "project")
_SITE = re.compile(r"(https?://\S+?)/attachments/")
_UNTOLD = frozenset({"description"})
"""Changes too long to be told on a line; the text itself is in the note."""
_INVERSE = {
    "blocks": "blocked by",
    "duplicates": "duplicated by",
    "precedes": "follows",
    "copied_to": "copied from",
    "relates": "relates to",
}


@dataclass(slots=True)
class Words:
    """What numbers mean, as far as the records read so far say it: names by field and id."""

    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, value: Mapping[str, object]) -> None:
        """Take in the names in an issue."""
        for one in _NAMED:
            self._learn("author" if one == "assigned_to" else one, value.get(one))
        journals = value.get("journals")
        for journal in journals if isinstance(journals, list) else ():
            if isinstance(journal, dict):
                self._learn("author", journal.get("user"))
        custom = value.get("custom_fields")
        for found in custom if isinstance(custom, list) else ():
            self._learn("cf", found)

    def say(self, kind: str, id_: str) -> str:
        """The name of `id_`, else `id_` itself."""
        return self.names.get(("author" if kind == "assigned_to" else kind, id_), id_)

    def _learn(self, kind: str, value: object) -> None:
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            self.names[kind, str(value.get("id"))] = value["name"]


def is_issue(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a record is an issue of Redmine: it has a subject, and a tracker or the like with its id and name."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), int) or "subject" not in value:
        return False
    return any(isinstance(value.get(name), dict) for name in ("tracker", "project", "status"))


def ticket(
    value: Mapping[str, object], origin: str, place: str, words: Words, instants: Instants, notices: list[Notice]
) -> Ticket:
    """The issue in a record for which `is_issue` holds; fields that cannot be read become notices. `words` must know
    the whole file."""
    read = Fields(value, origin, place, notices)
    number = str(value["id"])
    files = tuple(File(one.text("filename"), one.text("content_url")) for one in read.objects("attachments"))
    site = next((found[1] for one in files if (found := _SITE.match(one.address))), "")
    url = f"{site}/issues/{number}" if site else ""
    status, closed = read.inner("status"), _time(read, "closed_on", instants)
    comments = tuple(_comments(read, url, words, instants))
    reopened = closed is not None and any(
        one.is_system and one.created and one.created > closed and "status: " in one.body for one in comments
    )
    is_closed = status.flag("is_closed") if status.say("is_closed") else None
    now = state(status.text("name"), is_closed, closed is not None and not reopened)
    whole, custom = read.say("journals"), read.objects("custom_fields")
    more: tuple[tuple[str, Value], ...] = (
        ("category", read.word("name", "category")),
        ("start", read.date("start_date")),
        ("done", read.number("done_ratio")),
        ("estimated-hours", _hours(value.get("estimated_hours"))),
        ("spent-hours", _hours(value.get("spent_hours"))),
        *_custom(custom),
    )
    return Ticket(
        Issue(
            key=key(number),
            number=number,
            title=" ".join(read.text("subject").split()),
            body=read.text("description"),
            scope=SCOPE,
            folder=read.word("name", "project"),
            aliases=(f"#{number}",),
            names=tuple(filter(None, (key(number), url))),
            url=url,
            state=now,
            status=status.text("name"),
            type=read.word("name", "tracker"),
            priority=read.word("name", "priority"),
            author=read.person("author", keys=("name",), deleted=""),
            assignees=tuple(filter(None, (read.person("assigned_to", keys=("name",), deleted=""),))),
            milestone=read.word("name", "fixed_version"),
            labels=read.words("name", "tags"),
            created=_time(read, "created_on", instants),
            updated=_time(read, "updated_on", instants),
            closed=closed if now == "closed" else None,
            due=read.date("due_date"),
            confidential=read.flag("is_private"),
            parent=f"#{parent}" if (parent := read.inner("parent").number("id")) else "",
            links=tuple(_links(read, number)),
            more=more,
            comments=comments,
            comment_count=sum(not one.is_system for one in comments) if whole else None,
            unsaid=frozenset(name for name, of in _FIELDS.items() if not read.say(of) and not (whole and of in _EMPTY)),
            origin=origin,
            place=place,
        ),
        files,
        tuple(_sections(custom)),
    )


_EMPTY = frozenset(("due_date", "assigned_to", "category", "fixed_version", "parent", "closed_on", "relations"))
"""What the answer for a single issue leaves out when it is empty."""


def _time(read: Fields, name: str, instants: Instants) -> dt.datetime | None:
    """Also `2011/12/08 10:51 +0100`, as old servers write it."""
    value = read.record.get(name)
    if isinstance(value, str) and "/" in value:
        return instants.time(value, f"{read.origin}: {read.at(name)}")
    found = read.time(name)
    return found.replace(microsecond=0) if found else None


def _hours(value: object) -> Value:
    """`0.5000000074505806` is half an hour."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return None
    short = round(value, 2)
    return int(short) if short == int(short) else short


def _comments(read: Fields, url: str, words: Words, instants: Instants) -> Iterator[Comment]:
    for number, one in enumerate(read.objects("journals"), start=1):
        id_ = str(one.number("id") or number)
        author = one.person("user", keys=("name",))
        created = _time(one, "created_on", instants)
        if (text := one.text("notes")).strip():
            address = f"{url}#note-{number}" if url else ""
            yield Comment(id=id_, body=text, author=author, created=created, url=address)
        said = "; ".join(filter(None, (_change(detail, words) for detail in one.objects("details"))))
        if said:
            yield Comment(id=f"change-{id_}", body=said, author=author, created=created, is_system=True)
    for one in read.objects("changesets"):
        body = f"revision {one.text('revision')}: {one.text('comments')}"
        author, created = one.person("user", keys=("name",)), _time(one, "committed_on", instants)
        yield Comment(id=f"revision-{one.text('revision')}", body=body, author=author, created=created, is_system=True)


def _change(detail: Fields, words: Words) -> str:
    """`status: New → Closed`; of a description that it changed."""
    kind, name = detail.text("property"), detail.text("name")
    plain = name.removesuffix("_id") if kind == "attr" else name
    if plain in _UNTOLD:
        return f"{plain} changed"
    before, after = (detail.record.get(end) for end in ("old_value", "new_value"))
    if kind == "attachment":
        return f"file {after or before} {'added' if after else 'removed'}"
    if kind == "relation":
        return f"{plain.replace('_', ' ')} #{after or before}{'' if after else ' removed'}"
    shown = words.say("cf", name) if kind == "cf" else plain.replace("_", " ")
    told = (" ".join(words.say(plain, str(value)).split()) if value else "nothing" for value in (before, after))
    return f"{shown}: {' → '.join(told)}"


def _links(read: Fields, number: str) -> Iterator[Link]:
    for one in read.objects("relations"):
        kind, first, second = one.text("relation_type"), one.number("issue_id"), one.number("issue_to_id")
        if str(first) == number and second:
            yield Link(relation="relates to" if kind == "relates" else kind.replace("_", " "), target=f"#{second}")
        elif first:
            yield Link(relation=_INVERSE.get(kind, f"{kind} (from)"), target=f"#{first}")
    for one in read.objects("children"):
        if child := one.number("id"):
            yield Link(relation="subtask", target=f"#{child}")


def _custom(custom: tuple[Fields, ...]) -> Iterator[tuple[str, Value]]:
    for one in custom:
        name, value = property_name(one.text("name")), one.record.get("value")
        if isinstance(value, list):
            words = tuple(text.strip() for text in value if isinstance(text, str) and text.strip())
            if name and words:
                yield name, words
        elif name and isinstance(value, str) and value.strip() and not is_long(value.strip()):
            yield name, plain_value(value.strip())


def _sections(custom: tuple[Fields, ...]) -> Iterator[tuple[str, str]]:
    for one in custom:
        value = one.record.get("value")
        if isinstance(value, str) and is_long(value.strip()):
            yield one.text("name"), value.strip()
