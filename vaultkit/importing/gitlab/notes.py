"""What is said on an issue of GitLab, by people and by GitLab itself: its notes, and what an export calls events.

Knows notes of REST, alone or in discussions, and those inside the issues of a project's export.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeGuard

from vaultkit.importing.entry import Notice
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.issue.model import Comment
from vaultkit.importing.markup.markdown import code_span

PERSON = ("username", "name")
_EVENTS = ("resource_state_events", "resource_label_events", "resource_milestone_events")
_VERBS = {"add": "added", "remove": "removed"}


@dataclass(frozen=True, slots=True)
class Said:
    """A note or an event. `by`: the number of who wrote it, None when unknown or not needed."""

    comment: Comment
    by: int | None = None


@dataclass(frozen=True, slots=True)
class LooseNote:
    """A note that came apart from its issue, and all it says of which that is."""

    comment: Comment
    mark: str
    on_id: int | None
    """The issue's number in the whole installation."""
    on_number: int | None
    project_id: int | None
    origin: str
    place: str


def is_note(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is a note: it says what kind of thing it is on."""
    return isinstance(value, dict) and "noteable_type" in value and ("body" in value or "note" in value)


def is_discussion(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is a discussion of REST: notes, and whether it is just one."""
    return isinstance(value, dict) and isinstance(value.get("notes"), list) and "individual_note" in value


def loose_note(record: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> LooseNote:
    """A note for which `is_note` holds. What cannot be read is appended to `notices` and left out."""
    fields = Fields(record, origin, place, notices)
    mark = {"issue": "#", "workitem": "#", "mergerequest": "!"}.get(fields.text("noteable_type").lower(), "")
    said = _note(fields)
    where = (fields.number("noteable_id"), fields.number("noteable_iid"), fields.number("project_id"))
    return LooseNote(said.comment, mark, *where, origin, place)


def in_issue(fields: Fields) -> tuple[Said, ...]:
    """What is said inside an issue's own record, each under an id of its own."""
    if not isinstance(fields.record.get("notes"), list):
        return ()
    found: dict[str, Said] = {}
    for one in (*map(_note, fields.objects("notes")), *_events(fields)):
        known = found.get(one.comment.id)
        if known and known.comment.body != one.comment.body:
            # Exports of newer versions have no numbers, and two of one second share their hash.
            again = hashed_id(one.comment.id, one.comment.body)
            one = replace(one, comment=one.comment._replace(id=again))
        found[one.comment.id] = one
    return tuple(found.values())


def _note(fields: Fields) -> Said:
    author, by = fields.person("author", keys=PERSON), fields.number("author_id")
    created, number = fields.time("created_at"), fields.number("id")
    body = fields.text("body", "note")
    if path := fields.inner("position").text("new_path") or fields.inner("position").text("old_path"):
        body = f"On {code_span(path)}:\n\n{body}"
    if attached := fields.inner("attachment").text("url"):
        body = f"{body}\n\n[attachment]({attached})"
    id_ = str(number) if number else hashed_id(str(created), str(by or author))
    is_system = fields.flag("system")
    if is_system:
        id_ = _in_order(fields, id_)
    return Said(Comment(id=id_, body=body, author=author, created=created, is_system=is_system), by)


def _in_order(fields: Fields, id_: str) -> str:
    """An id by which what GitLab did within one second stays in order: nobody sees it."""
    return f"{fields.text('created_at'):<32} {id_:>20}"


def _events(fields: Fields) -> Iterator[Said]:
    """What newer versions note of labels, milestones and states elsewhere than in notes."""
    for name in _EVENTS:
        for event in fields.objects(name):
            what = _changed(event)
            created, by = event.time("created_at"), event.number("user_id")
            if what:
                id_ = _in_order(event, hashed_id(what))
                yield Said(Comment(id=id_, body=what, created=created, is_system=True), by)


def _changed(event: Fields) -> str:
    verb, state = event.text("action"), event.text("state")
    for noun in ("label", "milestone"):
        if title := event.inner(noun).text("title"):
            return f"{_VERBS.get(verb, verb)} the {noun} {title}"
    return state if "milestone" not in event.record and "label" not in event.record else ""
