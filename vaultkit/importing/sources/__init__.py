"""The registry of formats: one line each.

A module is loaded when a file may be of its format, which the first bytes of the file tell. mypy holds every module
against the `Source` protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Flag, auto
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from vaultkit.errors import ExportError, UsageError
from vaultkit.importing.export import Export
from vaultkit.importing.source import Source, Verdict, declined

if TYPE_CHECKING:
    from vaultkit.importing.sources import (
        apple_journal,
        blogger,
        dated_text,
        day_files,
        daylio,
        dayone,
        dayone_classic,
        diarium,
        diaro,
        github_issues,
        gitlab_issues,
        google_keep,
        issue_digest,
        jira,
        journey,
        jrnl,
        linear_csv,
        logseq,
        markdown_page,
        movable_type,
        org,
        paper_pages,
        redmine,
        rednotebook,
        titled_text,
        wordpress,
    )

    _HELD: tuple[Source, ...] = (
        apple_journal,
        blogger,
        dated_text,
        day_files,
        daylio,
        dayone,
        dayone_classic,
        diarium,
        diaro,
        github_issues,
        gitlab_issues,
        google_keep,
        issue_digest,
        jira,
        journey,
        jrnl,
        linear_csv,
        logseq,
        markdown_page,
        movable_type,
        org,
        paper_pages,
        redmine,
        rednotebook,
        titled_text,
        wordpress,
    )


class Look(Flag):
    """As what a single file of a format may begin. A folder is shown to all formats."""

    FOLDER = auto()
    """No single file is of this format."""
    JSON = auto()
    """A brace or bracket."""
    MARKUP = auto()
    """A tag of XML or HTML."""
    TABLE = auto()
    """A line with signs that part columns."""
    TEXT = auto()
    """Anything."""


class Registered(NamedTuple):
    """A module of this folder, and what files it is asked about."""

    module: str
    looks: Look


_REGISTRY = {
    "dated-text": Registered("dated_text", Look.TEXT),
    "day-files": Registered("day_files", Look.FOLDER),
    "titled-text": Registered("titled_text", Look.TEXT),
    "issue-digest": Registered("issue_digest", Look.TEXT),
    "paper-pages": Registered("paper_pages", Look.TEXT),
    "markdown-page": Registered("markdown_page", Look.TEXT),
    "github-issues": Registered("github_issues", Look.JSON),
    "logseq": Registered("logseq", Look.FOLDER),
    "org": Registered("org", Look.TEXT),
    "jira": Registered("jira", Look.JSON | Look.MARKUP | Look.TABLE),
    "linear-csv": Registered("linear_csv", Look.TABLE),
    "redmine": Registered("redmine", Look.JSON | Look.TABLE),
    "dayone": Registered("dayone", Look.JSON),
    "journey": Registered("journey", Look.JSON),
    "jrnl": Registered("jrnl", Look.TEXT),
    "dayone-classic": Registered("dayone_classic", Look.MARKUP),
    "movable-type": Registered("movable_type", Look.TEXT),
    "wordpress": Registered("wordpress", Look.MARKUP),
    "blogger": Registered("blogger", Look.MARKUP),
    "gitlab-issues": Registered("gitlab_issues", Look.JSON | Look.TABLE),
    "rednotebook": Registered("rednotebook", Look.TEXT),
    "google-keep": Registered("google_keep", Look.JSON),
    "diaro": Registered("diaro", Look.MARKUP),
    "diarium": Registered("diarium", Look.JSON),
    "apple-journal": Registered("apple_journal", Look.MARKUP),
    "daylio": Registered("daylio", Look.TABLE),
}


class _Sources(Mapping[str, Source]):
    """The modules by the names of their formats, each loaded when it is asked for."""

    def __getitem__(self, name: str) -> Source:
        return cast("Source", import_module(f"{__name__}.{_REGISTRY[name].module}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_REGISTRY)

    def __len__(self) -> int:
        return len(_REGISTRY)


SOURCES: Mapping[str, Source] = _Sources()

_NAMES = {
    Look.JSON: "does not begin like JSON",
    Look.MARKUP: "does not begin like XML or HTML",
    Look.TABLE: "does not begin with a line of columns",
    Look.FOLDER: "is one file, and this is a folder",
}
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Marks, the NULs of UTF-16, and blanks: what may stand before the first sign."""
_COLUMNS = re.compile(rb"[^\r\n]*?[,;\t]")


def source_for(export: Export, format_: str = "") -> Source:
    """The source that claims `export`, or the one named `format_`.

    Raises UsageError for an unknown name; ExportError when no source claims it (with each one's reason) or two do.
    """
    if format_:
        if format_ not in SOURCES:
            raise UsageError(f"--format {format_}: is unknown; known are {', '.join(SOURCES)}")
        return SOURCES[format_]
    if not any(file.head for file in export.files):
        raise ExportError(f"{export.name}: is empty")
    verdicts = {name: verdict_of(name, export) for name in SOURCES}
    claimed = [name for name, verdict in verdicts.items() if verdict.claimed]
    if len(claimed) == 1:
        return SOURCES[claimed[0]]
    if claimed:
        raise ExportError(f"{export.name}: could be {' or '.join(claimed)}; say which with --format")
    tried = "".join(f"\n  {name}: {verdict.why}" for name, verdict in verdicts.items())
    raise ExportError(f"{export.name}: no known format fits{tried}")


def verdict_of(name: str, export: Export) -> Verdict:
    """Whether the format claims `export`; its module is not loaded where the first bytes tell that it cannot."""
    looks = _REGISTRY[name].looks
    if export.is_folder or looks & _looks(export.first.head):
        return SOURCES[name].identify(export)
    return declined(", ".join(why for look, why in _NAMES.items() if look & looks))


def _looks(head: bytes) -> Look:
    start = head.lstrip(_BLANK)
    found = Look.TEXT
    if start.startswith((b"{", b"[")):
        found |= Look.JSON
    if start.startswith(b"<"):
        found |= Look.MARKUP
    if _COLUMNS.match(start):
        found |= Look.TABLE
    return found
