"""What a source is: the contract that every module in `importing/sources/` keeps, and what it is given.

A source turns exports of one format into entries. It is pure: it reads only the `Export`s it is handed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.moment import UTC, Zone

Item = TypeVar("Item", Entry, Notice, Entry | Notice)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a source claims an export, and why not (`why` completes "dated-text: …")."""

    claimed: bool
    why: str = ""


CLAIMED = Verdict(True)


def declined(why: str) -> Verdict:
    """Not ours; `why` is shown when no source claims the export."""
    return Verdict(False, why)


def unreadable(file: ExportFile, error: ExportError, text: str = "") -> Notice:
    """The notice of a file that cannot be read, among others that can; `text`: what stands in it, as far as known."""
    return Notice(NoticeKind.FAILED, str(file.path), str(error).removeprefix(f"{file.path}: "), text)


def guarded(export: Export, file: ExportFile, items: Iterator[Item]) -> Iterator[Item | Notice]:
    """`items`, read of `file`; where it cannot be read any further, a notice, if the export has others. Raises
    ExportError where it is the one that was given."""
    try:
        yield from items
    except ExportError as e:
        if not export.is_folder:
            raise
        yield unreadable(file, e)


@dataclass(frozen=True, slots=True)
class Split:
    """How the user wants a text without dates to be cut: the first line of each entry (1-based), in order."""

    titles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user chose for a run. A source looks only at what concerns it."""

    pull_requests: Literal["skip", "include"] = "include"
    drafts: Literal["skip", "include"] = "include"
    """Pages that the site does not publish."""
    site_url: str = ""
    """Address of the site that a page was published on; empty: unknown."""
    project: str = ""
    """The project of issues that do not name theirs: `group/project`, or its address; empty: unknown."""
    date_order: Literal["", "dmy", "mdy"] = ""
    """How `03/04/2024` is meant; empty: decided from the file, or refused."""
    zone: Zone = UTC
    """Where things were written that do not say where; `moment.Clock` takes it."""
    infer_headings: bool = False
    """Short lines that stand alone become `##` headings."""
    split: Split | None = None


class Source(Protocol):
    """A module of `importing/sources/`. Its docstring tells how to get the export out of the other program: the
    paragraphs from the one that begins with `How to get` to the one that begins with `Knows` are shown to users."""

    FORMAT: str
    """The name for `--format`: `dated-text`."""
    LABEL: str
    """What the format is, in a few words, for the table in the README."""
    NAME: str
    """First part of the ids it makes: `diary`, `github`."""

    EXTENSIONS: str
    """How its files end, of a folder those that are read: `.json .zip`. Archives of one file need not be named."""
    KEPT: str
    """What arrives in the vault beside the text, in a few words: `tags, photos, weather`."""
    NOT_KEPT: str
    """What of an export does not arrive; empty: nothing is left behind."""

    def identify(self, export: Export) -> Verdict:
        """Whether this export is ours. Cheap, never raises but ExportError for unreadable files."""

    def read(self, exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
        """All entries of all exports of this format in one run, in the order of the files.

        One bad record becomes a Notice and does not stop the rest. Text that ends up in no entry is named by a Notice
        of kind UNPLACED. Raises ExportError when a whole export is unusable (say, an undecidable day/month order).
        """
