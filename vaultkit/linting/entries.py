"""Which notes are entries of a diary, issues, papers or pages, for the rules that hold for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.linting.index_note import is_index
from vaultkit.vault.note import Note


class Entries(StrEnum):
    """A kind of notes that imports write; each has a folder of its own."""

    PAPER = "paper"
    ISSUE = "issue"


_SOURCES: Mapping[Entries, tuple[str, ...]] = {
    Entries.PAPER: ("papers/",),
    Entries.ISSUE: ("github/",),
}
"""What the `vaultkit-id` begins with of notes of the kind that lie in other folders."""


def is_of_kind(note: Note, context: Context, kind: Entries) -> bool:
    """Whether the note is an entry of that kind: it lies in the folder that imports of the kind write to, or its
    `vaultkit-id` says so. `type: index` is none."""
    folder = context.entry_folders.get(kind, "")
    is_there = bool(folder) and note.path.startswith(f"{folder}/")
    return (is_there or _comes_from(note, _SOURCES[kind])) and not is_index(note)


def is_entry(note: Note, context: Context, folders: Sequence[str], sources: Sequence[str]) -> bool:
    """Whether the note came from one of `sources`, or lies in one of `folders` (patterns of paths; none: the daily
    notes' folder and that of diary imports)."""
    if matches(folders, note.path) if folders else note.path.startswith(context.days.diary_folders):
        return True
    return note.data.find(b"vaultkit-id", 0, note.body) >= 0 and _comes_from(note, tuple(f"{s}/" for s in sources))


def _comes_from(note: Note, beginnings: tuple[str, ...]) -> bool:
    key = note.find_property("vaultkit-id")
    return key is not None and isinstance(key.value, str) and key.value.startswith(beginnings)
