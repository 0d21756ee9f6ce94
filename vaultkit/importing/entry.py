"""The types that travel from an export to the vault: `Entry`, `Attachment`, `Notice`.

Knows what one item of an export is once its format is forgotten. Knows nothing of files, vaults or Markdown links.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

Value = str | int | float | bool | dt.date | dt.datetime | tuple[str, ...] | None
"""A property's value. Dates become Obsidian's text form; a tuple is a list; None is an empty property."""


class Kind(StrEnum):
    """What an entry is. It decides the folder of its note and the tag it gets when the source names none."""

    DIARY = "diary"
    PAPER = "paper"
    ISSUE = "issue"
    PAGE = "page"
    INDEX = "index"
    """Text of an export that belongs to no single entry: a preamble, the title of a blog."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the body embeds as `![[name]]`: a reference, the bytes are read when it is written.

    `path` is the file's path below the root of the export it came from.
    """

    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of an export. `body` is Markdown with LF line ends and no front matter.

    The text is the source's own: what would become Obsidian syntax by accident is escaped later, for all formats alike,
    and references are linked later, when all entries are known. A source only converts its own markup.
    """

    kind: Kind
    key: str
    """Identity within the source, stable from export to export: `2024-01-17`, `owner/repo#12`. Never the text."""
    body: str
    place: str
    """Where it stands in the export, for messages: `line 13`, `issues[4]`."""
    is_key_unique: bool = False
    """No other item in the world has this key (a UUID): whatever its text has become, it is the same item."""
    origin: str = ""
    """Name of the file it was read from."""
    title: str = ""
    """The whole original title; empty for a diary day that has none."""
    name: str = ""
    """The wanted file name, not yet made safe. Empty: the title, or for a diary entry the daily note of `date`."""
    folder: str = ""
    """Below the folder of the kind: `owner/repo` for an issue. Segments are made safe later."""
    date: dt.date | None = None
    """The civil day in the record's own zone. None: undated; never invented."""
    time: dt.time | None = None
    """The time of day when the source has one: tells two entries of one day apart."""
    labels: tuple[str, ...] = ()
    """Tags as the source spells them; made valid later, the original is kept where that changed it."""
    aliases: tuple[str, ...] = ()
    properties: tuple[tuple[str, Value], ...] = ()
    """The source's own fields under plain names, in the order in which they are to be written."""
    names: tuple[str, ...] = ()
    """What other texts call this entry, exactly: full titles, addresses, `owner/repo#12`."""
    anchors: tuple[tuple[str, str], ...] = ()
    """Addresses inside this entry and the subpath they lead to: (`https://…#issuecomment-7`, `#^comment-7`)."""
    scope: str = ""
    """`owner/repo`: where a bare `#12` in this body leads. Empty: a bare `#12` means nothing."""
    meant: tuple[Literal["links", "tags"], ...] = ()
    """What of Obsidian's syntax stands in `body` on purpose, because the source has it too (the `#tag` and
    `[[page]]` of Logseq), and is not escaped."""
    attachments: tuple[Attachment, ...] = ()
    export: str = ""
    """Name of the export (`Export.name`) that holds the attachments."""
    waits: tuple[Sequence[tuple[Any, ...]], int] | None = None
    """Where there are too many entries to hold them whole: where the rest of this one is (`bodies`). No source's
    business."""
    missing: tuple[str, ...] = ()
    """What this export does not say although the item may have it: names of properties, `body`, `comments`; `rest`: it
    is an excerpt, so that no property is gone and the longer text counts; `*`: any property that is not in `empty`.
    Absence is no deletion: what an earlier import knew of it is kept."""
    empty: tuple[str, ...] = ()
    """With `*` in `missing`: the properties that are known to be empty."""
    formerly: tuple[str, ...] = ()
    """What exports call the item that know less of it, the surest first: kind and key, `paper/2026-01-12/title`,
    whatever their source, or a key of this source alone, `/ABC-12`. A note that was imported under one of these becomes
    the note of this entry (`succession`)."""
    detail: int = 0
    """Of forms of export that give an item the same key: the one with the higher number says more of it."""


class NoticeKind(StrEnum):
    """How much a notice matters."""

    FAILED = "failed"
    """A record could not be read; the others were."""
    WARNING = "warning"
    """Something in the source looks wrong, or was decided by a guess."""
    REFUSED = "refused"
    """What the user asked for was not done, because it could lose something."""
    UNPLACED = "unplaced"
    """Text of the source that stands in no note; `text` holds all of it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the owner should know about one place of an export. Goes into the report."""

    kind: NoticeKind
    place: str
    """`diary.txt: line 13`, `issues.json: issues[4].labels`."""
    message: str
    text: str = ""


def drained(notices: list[Notice]) -> Iterator[Notice]:
    """What was noticed so far, and is forgotten then: a source tells it behind the entry that it is about."""
    while notices:
        yield notices.pop(0)
