"""Which notes are entries of a diary, for the rules that hold for them."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.vault.note import Note


def is_entry(note: Note, context: Context, folders: Sequence[str], sources: Sequence[str]) -> bool:
    """Whether the note came from one of `sources`, or lies in one of `folders` (patterns of paths; none: the daily
    notes' folder and that of diary imports)."""
    if matches(folders, note.path) if folders else note.path.startswith(context.diary_folders):
        return True
    if note.data.find(b"vaultkit-id", 0, note.body) < 0:
        return False
    key = note.find_property("vaultkit-id")
    return bool(key and isinstance(key.value, str) and key.value.startswith(tuple(f"{s}/" for s in sources)))
