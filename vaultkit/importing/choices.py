"""What the user and vaultkit.yaml say about an import. Knows nothing of how it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from vaultkit.importing.entry import Kind
from vaultkit.importing.source import ReadOptions

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def silent(what: str, done: int, total: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user and vaultkit.yaml say about a run."""

    folders: Mapping[Kind, str]
    kind_tags: Mapping[Kind, tuple[str, ...]]
    format: str = ""
    """Format of all exports; empty: found out for each."""
    source: str = ""
    """First part of the ids; empty: the format's own (`diary`)."""
    into: str | None = None
    """Folder for all notes of the run; the empty text is the vault itself. None: by kind."""
    note_name: str = ""
    """Template for the names of new notes (`place.named`); empty: by what the entry is."""
    tags: tuple[str, ...] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    trust_code: bool = False
    """Leave code that Obsidian, a plugin or a page would run as it is."""
    dry_run: bool = False
    complete: bool = False
    """The exports hold all that their sources do: what they lack is gone there."""
    allow_mass_delete: bool = False
    """Even if that is a large part of what was imported."""
    progress: Progress = silent
