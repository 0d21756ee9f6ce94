"""The registry of formats: one line each.

A module is loaded when a file may be of its format, which the first bytes of the file tell. mypy holds every module
against the `Source` protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Flag, auto
from importlib import import_module
from typing import TYPE_CHECKING, cast

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


_REGISTRY = {
    "dated-text": Look.TEXT,
    "day-files": Look.FOLDER,
    "titled-text": Look.TEXT,
    "issue-digest": Look.TEXT,
    "paper-pages": Look.TEXT,
    "markdown-page": Look.TEXT,
    "github-issues": Look.JSON,
    "logseq": Look.FOLDER,
    "org": Look.TEXT,
    "jira": Look.JSON | Look.MARKUP | Look.TABLE,
    "linear-csv": Look.TABLE,
    "redmine": Look.JSON | Look.TABLE,
    "dayone": Look.JSON,
    "journey": Look.JSON,
    "jrnl": Look.TEXT,
    "dayone-classic": Look.TEXT,
    "movable-type": Look.TEXT,
    "wordpress": Look.MARKUP,
    "blogger": Look.MARKUP,
    "gitlab-issues": Look.JSON | Look.TABLE,
    "rednotebook": Look.TEXT,
    "google-keep": Look.JSON,
    "diaro": Look.MARKUP,
    "diarium": Look.JSON,
    "apple-journal": Look.MARKUP,
    "daylio": Look.TABLE,
}


class _Sources(Mapping[str, Source]):
    """The modules by the names of their formats, each loaded when it is asked for."""

    def __contains__(self, name: object) -> bool:
        return name in _REGISTRY

    def __getitem__(self, name: str) -> Source:
        if name not in _REGISTRY:
            raise KeyError(name)
        return cast("Source", import_module(f"{__name__}.{name.replace('-', '_')}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_REGISTRY)

    def __len__(self) -> int:
        return len(_REGISTRY)


SOURCES: Mapping[str, Source] = _Sources()

_NAMES = {Look.JSON: "JSON", Look.MARKUP: "XML or HTML", Look.TABLE: "a table"}
_ELSEWHERE = "  (what Evernote, Notion, Roam, OneNote or Bear exports is read by Obsidian's own plugin Importer)"
_COLUMNS = re.compile(rb"[^\r\n]*?[,;\t|]")


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
    raise ExportError(f"{export.name}: no known format fits{tried}\n{_ELSEWHERE}")


def verdict_of(name: str, export: Export) -> Verdict:
    """Whether the format claims `export`; its module is not loaded where the first bytes tell that it cannot."""
    looks = _REGISTRY[name]
    if export.is_folder or looks & _looks(export.first.start):
        return SOURCES[name].identify(export)
    if looks is Look.FOLDER:
        return declined("one file, and this format is a folder")
    return declined(f"does not begin like {' or '.join(text for look, text in _NAMES.items() if look & looks)}")


def _looks(start: bytes) -> Look:
    found = Look.TEXT
    if start.startswith((b"{", b"[")):
        found |= Look.JSON
    if start.startswith(b"<"):
        found |= Look.MARKUP
    if _COLUMNS.match(start):
        found |= Look.TABLE
    return found
