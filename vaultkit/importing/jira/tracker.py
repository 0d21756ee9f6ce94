"""The issues of one run over all its files: copies of an issue become one, comments come to their issues.

Knows when two records are the same issue: they have one id, and one key or one moment in which they were made. An issue
that moved to another project changes its key; two sites have the same ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.issue.copies import is_older
from vaultkit.importing.jira.note import Notes
from vaultkit.importing.jira.ticket import Remark, Text, Ticket


class Tracker:
    """Gathers; `entries` gives everything out, once. `notices` are the caller's."""

    def __init__(self, notices: list[Notice]) -> None:
        self._notices = notices
        self._tickets: list[Ticket] = []
        self._remarks: list[dict[str, Remark]] = []
        self._places: dict[str, list[int]] = {}
        """Where in the lists the issues of an id or a key are."""
        self._loose: list[tuple[str, Remark]] = []
        """Comments of files of their own, with the ids of their issues."""
        self._names: dict[str, str] = {}
        self._people: dict[str, str] = {}

    def learn(self, names: object) -> None:
        """What custom fields are called, as an export says it: an object of JSON; anything else says nothing."""
        if isinstance(names, dict):
            self._names |= {id_: name for id_, name in names.items() if isinstance(name, str)}

    def take(self, new: Ticket) -> None:
        """One more issue, or another copy of one. The copy updated last counts, completed by the other."""
        self._people |= new.people
        at = self._place_of(new)
        if at is None:
            at = len(self._tickets)
            self._tickets.append(replace(new, remarks=()))
            self._remarks.append({})
        else:
            self._merge(at, new)
        for name in {self._tickets[at].issue.key, new.issue.number}:
            if at not in self._places.setdefault(name, []):
                self._places[name].append(at)
        for one in new.remarks:
            self._put(at, one)

    def take_comment(self, id_: str, remark: Remark, people: Mapping[str, str]) -> None:
        """A comment of the issue with this id, which may be read later."""
        self._people |= people
        self._loose.append((id_, remark))

    def entries(self) -> Iterator[Entry]:
        """The notes of all issues, in the order of their first appearance. What belongs to none becomes a notice."""
        homeless = []
        for id_, one in self._loose:
            places = self._places.get(id_)
            if places:
                self._put(places[0], one)
            else:
                homeless.append((id_, one))
        notes = Notes(self._people, self._names, self._notices)
        for ticket, remarks in zip(self._tickets, self._remarks, strict=True):
            self._count(ticket, remarks)
            yield notes.entry(ticket, remarks.values())
        for id_, one in homeless:
            by = f" by {notes.person(one.author)}" if one.author else ""
            message = f"a comment{by} is on the issue with the id {id_}, which is not in this run"
            place = f"{one.origin}: {one.place}"
            self._notices.append(Notice(NoticeKind.UNPLACED, place, message, notes.markdown(None, one.text, place)))
        if notes.nameless:
            message = (
                f"{len(notes.nameless)} custom fields have values and no names, and were left out; export with"
                " expand=names to have them"
            )
            text = "\n".join(f"{id_} of {value}" for id_, value in notes.nameless.items())
            self._notices.append(Notice(NoticeKind.UNPLACED, "custom fields", message, text))

    def _place_of(self, new: Ticket) -> int | None:
        id_, key, made = new.issue.key, new.issue.number, _minute(new.issue.created)
        for at in [*self._places.get(id_, []), *self._places.get(key, [])]:
            old = self._tickets[at].issue
            if old.key != id_ and old.key.isdecimal() and id_.isdecimal():
                continue
            if old.number == key or (old.key == id_ and made is not None and _minute(old.created) == made):
                return at
        return None

    def _merge(self, at: int, new: Ticket) -> None:
        old = self._tickets[at]
        winner, loser = (old, new) if is_older(new.issue.updated, old.issue.updated) else (new, old)
        whole = replace(winner, remarks=()).completed(loser)
        key = next((one for one in (winner.issue.key, loser.issue.key) if one.isdecimal()), winner.issue.key)
        self._tickets[at] = replace(whole, issue=replace(whole.issue, key=key))
        before, now = _said(loser), _said(winner)
        if before and now and before.markup is now.markup and before.content != now.content:
            self._left_out(loser.issue.number, before, f"{loser.issue.origin}: {loser.issue.place}")

    def _put(self, at: int, new: Remark) -> None:
        old = self._remarks[at].get(new.id)
        if old is not None and is_older(new.updated, old.updated):
            old, new = new, old
        self._remarks[at][new.id] = new
        if old is not None and old.text.markup is new.text.markup and old.text.content != new.text.content:
            what = f"comment {new.id} on {self._tickets[at].issue.number}"
            self._left_out(what, old.text, f"{old.origin}: {old.place}")

    def _left_out(self, what: str, text: Text, place: str) -> None:
        message = f"an older copy of {what} was left out; a newer one is imported"
        self._notices.append(Notice(NoticeKind.WARNING, place, message, str(text.content)))

    def _count(self, ticket: Ticket, remarks: Mapping[str, Remark]) -> None:
        here, said = sum(not one.is_system for one in remarks.values()), ticket.issue.comment_count or 0
        if said > here:
            key = ticket.issue.number
            message = f"{key} has {said} comments and {here} of them are here; get /issue/{key}/comment as well"
            self._notices.append(Notice(NoticeKind.WARNING, f"{ticket.issue.origin}: {ticket.issue.place}", message))


def _said(ticket: Ticket) -> Text | None:
    return next((one.text for one in ticket.sections if not one.title), None)


def _minute(time: dt.datetime | None) -> dt.datetime | None:
    return time.astimezone(dt.UTC).replace(second=0, microsecond=0) if time else None
