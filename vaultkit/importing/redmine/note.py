"""The notes of Redmine's issues, and what Redmine means by its words.

A ticket's texts are as their people wrote them; whether that is Textile or Markdown, a setting of the whole server, is
seen from all texts together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.issue import note
from vaultkit.importing.issue.files import File, resolver, section
from vaultkit.importing.issue.model import Issue
from vaultkit.importing.markup.from_textile import from_textile, looks_like_textile
from vaultkit.importing.markup.markdown import escape
from vaultkit.importing.markup.pictures import Resolve, convert_pictures

SCOPE = "issues"
"""Redmine counts the issues of all its projects together: `#12` is one issue, wherever it is mentioned."""

_CLOSED = frozenset(
    "closed rejected done 終了 却下 完了 クローズ geschlossen abgewiesen erledigt fermé fermée rejeté rejetée cerrada"
    " cerrado rechazada rechazado 已关闭 已拒绝".split()
)
_LOOKED_AT = 2_000_000
"""So many characters are looked at to tell which markup the texts have."""
_WIKI = re.compile(r"\{\{>?(?:toc|child_pages)\}\}")


@dataclass(frozen=True, slots=True)
class Ticket:
    """An issue whose body and comments are not Markdown yet, and the files it has."""

    issue: Issue
    files: tuple[File, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()
    """Texts of its own fields, with what they are called."""


def key(number: int | str) -> str:
    """The key of an issue: `issues#12`."""
    return f"{SCOPE}#{number}"


def state(status: str, is_closed: bool | None, has_closed: bool) -> str:
    """`open` or `closed`. `is_closed`: what newer servers say; None: nothing. Of others the usual names of statuses
    tell, and for a name that is no usual one `has_closed`: that it was closed and not opened again."""
    if is_closed is None:
        is_closed = status.strip().casefold() in _CLOSED or has_closed
    return "closed" if is_closed else "open"


def is_textile(tickets: Iterable[Ticket]) -> bool:
    """Whether the texts of all these are Textile rather than Markdown."""
    size = 0
    texts: list[str] = []
    for text in _texts(tickets):
        texts.append(text)
        size += len(text)
        if size > _LOOKED_AT:
            break
    return looks_like_textile("\n\n".join(texts).replace("\r\n", "\n"))


def entry(ticket: Ticket, *, textile: bool, notices: list[Notice]) -> Entry:
    """The note of `ticket`. What had no place in it becomes a notice."""
    resolve = resolver(ticket.files)
    issue, place = ticket.issue, f"{ticket.issue.origin}: {ticket.issue.place}"
    body = _markdown(issue.body, resolve, textile, place, notices)
    comments = tuple(
        one
        if one.is_system
        else one._replace(body=_markdown(one.body, resolve, textile, f"{place}: note {one.id}", notices))
        for one in issue.comments
    )
    parts = [body]
    for title, text in ticket.sections:
        parts.append(f"## {escape(title)}\n\n{_markdown(text, resolve, textile, place, notices)}")
    parts.append(section(ticket.files, "\n".join([*parts, *(one.body for one in comments)])))
    folder = issue.folder.replace("/", "-")  # the name of one project
    return note.entry(replace(issue, body="\n\n".join(filter(None, parts)), folder=folder, comments=comments))


def _texts(tickets: Iterable[Ticket]) -> Iterator[str]:
    for ticket in tickets:
        yield ticket.issue.body
        yield from (one.body for one in ticket.issue.comments if not one.is_system)
        yield from (text for _, text in ticket.sections)


def _markdown(text: str, resolve: Resolve, textile: bool, place: str, notices: list[Notice]) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
    if textile:
        done = from_textile(text, resolve)
        message = "this has no place in a note and was left out"
        notices.extend(Notice(NoticeKind.UNPLACED, place, message, lost) for lost in done.lost)
        return done.text
    return convert_pictures(_WIKI.sub("", text), resolve).text
