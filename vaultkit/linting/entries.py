"""Which notes are entries of a diary, for the rules that hold for them."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.vault.note import Note


def is_entry(note: Note, context: Context, folders: Sequence[str], sources: Sequence[str]) -> bool:
    """Whether the note came from one of `sources`, or lies in one of `folders` (patterns of paths; none: the daily
    notes' folder and that of diary imports)."""
    key = note.find_property("vaultkit-id")
    if key and isinstance(key.value, str) and key.value.startswith(tuple(f"{s}/" for s in sources)):
        return True
    if folders:
        return matches(folders, note.path)
    daily, imported = context.settings.daily_folder, context.entry_folders.get("diary", "")
    return bool((daily and note.path.startswith(f"{daily}/")) or (imported and note.path.startswith(f"{imported}/")))
