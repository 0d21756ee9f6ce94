"""Notes without a single tag, in the folders where notes are entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.schema import option
from vaultkit.vault.note import Note


@dataclass(frozen=True, slots=True)
class Options:
    """Where to look."""

    folders: tuple[str, ...] = option((), "patterns of paths; none: the folders that imports write to")


VALUES: tuple[str, ...] = ()
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: the note has no tag, neither in its properties nor in its text."""
    if note.tags or (note.front_matter and note.front_matter.error):  # there may be tags in what cannot be read
        return
    folders = options.folders or tuple(f"{folder}/**" if folder else "**" for folder in context.entry_folders.values())
    if matches(folders, note.path) and not is_index(note):
        yield Finding(WHOLE_NOTE)
