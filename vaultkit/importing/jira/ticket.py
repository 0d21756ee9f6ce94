"""An issue of Jira as an export has it: the fields of all trackers, and texts that are not Markdown yet.

Texts are converted when all files are read, because who `[~accountid:…]` is, and what `customfield_10201` is called,
may stand in another file or behind the issues.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from vaultkit.importing.issue import copies, model
from vaultkit.importing.issue.files import File


class Markup(StrEnum):
    """How a text is written."""

    WIKI = "wiki"
    ADF = "adf"
    """Atlassian's document format: objects of JSON."""
    HTML = "html"
    PLAIN = "plain"


class Text(NamedTuple):
    """A text as the export has it; `content` is a str but for ADF."""

    content: object
    markup: Markup


class Section(NamedTuple):
    """A text of an issue under a heading; the description has none."""

    title: str
    text: Text


class Custom(NamedTuple):
    """A field that was made for one site. `name` is empty where the export says only the id, `customfield_10201`."""

    id: str
    name: str
    value: object
    markup: Markup
    """Of a value that is a text of several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment, or a line of the history when `is_system`."""

    id: str
    text: Text
    author: str = ""
    created: dt.datetime | None = None
    updated: dt.datetime | None = None
    is_system: bool = False
    origin: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """An issue. `issue` has neither body nor comments yet."""

    issue: model.Issue
    sections: tuple[Section, ...] = ()
    remarks: tuple[Remark, ...] = ()
    files: tuple[File, ...] = ()
    custom: tuple[Custom, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    """The shown names of users by their names and ids, as far as this record tells."""

    def completed(self, other: Ticket) -> Ticket:
        """This copy of the issue, with what only `other`, another copy of it, says."""
        titles = {one.title for one in self.sections}
        ids = {one.id for one in self.custom}
        return replace(
            self,
            issue=copies.completed(self.issue, other.issue),
            sections=(*self.sections, *(one for one in other.sections if one.title not in titles)),
            files=tuple(dict.fromkeys((*self.files, *other.files))),
            custom=(*self.custom, *(one for one in other.custom if one.id not in ids)),
        )
