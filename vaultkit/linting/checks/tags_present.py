"""Notes without a single tag, in the folders where notes are entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """Where to look."""

    folders: Annotated[tuple[str, ...], "patterns of paths; none: the folders that imports write to"] = ()


VALUES: tuple[str, ...] = ()
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: the note has no tag, neither in its properties nor in its text."""
    if note.tags or (note.front_matter and note.front_matter.error):  # there may be tags in what cannot be read
        return
    folders = options.folders or tuple(f"{folder}/**" if folder else "**" for folder in context.entry_folders.values())
    if matches(folders, note.path) and not is_index(note):
        yield Finding(WHOLE_NOTE)
