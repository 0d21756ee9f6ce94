"""Notes that list others, which rules for entries leave alone."""

from __future__ import annotations

from vaultkit.vault.note import Note


def is_index(note: Note) -> bool:
    """Whether the note is a list of others (`type: index`), so that it is no entry itself."""
    found = note.find_property("type")
    return found is not None and found.value == "index"
