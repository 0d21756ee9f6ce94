"""An issue and its comments, as all trackers have them: what a source fills in, each under the field's own name.

Empty strings, empty tuples, None and False are what an issue has not; what an export does not say although the issue
may have it is named in `unsaid`. Knows nothing of how the note looks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from vaultkit.importing.entry import Attachment, Value


class Comment(NamedTuple):
    """One comment. `id` is the tracker's own, stable from export to export (else `block_id.hashed_id`)."""

    id: str
    body: str
    """Markdown; of a system note what it says: `assigned to @bob`."""
    author: str = ""
    created: dt.datetime | None = None
    """With its offset from UTC."""
    url: str = ""
    """Its own address, by which other texts link to it."""
    is_system: bool = False
    """Written by the tracker, not by a person: a change of state, a mention elsewhere. Folded away in the note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That an issue has to do with another: `relation` in the tracker's words (`blocks`), `target` as texts refer to it
    (`ABC-12`, `group/project#12`, an address)."""

    relation: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue, ticket, pull or merge request. Times have their offset from UTC."""

    key: str
    """Identity within the tracker: `owner/repo#12`, `ABC-12`. What is before a `#` must be the scope."""
    number: str
    """What people call it in its project, and the first word of the note's name: `12`, `ABC-12`."""
    title: str
    body: str = ""
    """Markdown with LF line ends."""
    scope: str = ""
    """The project, where a bare `#12` in the texts leads: `owner/repo`, `group/project`. Empty: to no issue."""
    folder: str = ""
    """The note's folder below the issues: `owner/repo`, `ABC`."""
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Everything that texts call it: the key, addresses."""
    url: str = ""
    state: str = ""
    """`open` or `closed`, for every tracker: what the shipped base filters by."""
    status: str = ""
    """The tracker's own word where it says more: `In Progress`."""
    reason: str = ""
    """Why it is closed or open again: `not_planned`, `Won't Fix`."""
    type: str = ""
    """`pull-request`, `merge-request`, `Bug`; empty for a plain issue."""
    priority: str = ""
    author: str = ""
    assignees: tuple[str, ...] = ()
    milestone: str = ""
    versions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    created: dt.datetime | None = None
    updated: dt.datetime | None = None
    closed: dt.datetime | None = None
    merged: dt.datetime | None = None
    due: dt.date | None = None
    draft: bool = False
    locked: bool = False
    confidential: bool = False
    parent: str = ""
    """As texts refer to it: `ABC-1`."""
    links: tuple[Link, ...] = ()
    more: tuple[tuple[str, Value], ...] = ()
    """Properties that only this tracker has, in the order in which they are to be written; empty ones are left out."""
    comments: tuple[Comment, ...] = ()
    """In any order."""
    comment_count: int | None = None
    """How many comments of people there are by the tracker. None: it does not say."""
    formerly: tuple[str, ...] = ()
    """As `Entry.formerly`."""
    detail: int = 0
    """As `Entry.detail`."""
    unsaid: frozenset[str] = frozenset()
    """Names of the fields above, and of `more`, of which this export says nothing."""
    says_own_fields: bool = True
    """Whether the export tells of the fields that people made for their site, if there are any: in `more`."""
    attachments: tuple[Attachment, ...] = ()
    export: str = ""
    """Name of the export that holds the attachments."""
    origin: str
    place: str
