"""Obsidian's own trash, `.trash/` in the vault: which place in it is free.

Deleted notes lie there side by side, whatever their folder was; a clash gets ` 2`, ` 3`… before the extension.
"""

from __future__ import annotations

from pathlib import Path

from vaultkit.vault.names import path_key, stem

FOLDER = ".trash"


class Trash:
    """The trash of the vault at `root`, and what one run puts into it."""

    def __init__(self, root: Path) -> None:
        folder = root / FOLDER
        self._taken = {path_key(path.name) for path in folder.iterdir()} if folder.is_dir() else set()

    def place(self, note: str) -> str:
        """A free vault path for the note at the path `note`; it is taken then."""
        name, number = stem(note), 1
        tried = f"{name}.md"
        while path_key(tried) in self._taken:
            number += 1
            tried = f"{name} {number}.md"
        self._taken.add(path_key(tried))
        return f"{FOLDER}/{tried}"
