"""The note that a person names by its file."""

from __future__ import annotations

from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.tree import Vault, find_vault


def locate(note: Path) -> tuple[Vault, str]:
    """The vault of the file `note` and its path there. Raises UsageError when it is no note that Obsidian sees."""
    if not note.is_file():
        raise UsageError(f"{note}: {'is a folder, name a note' if note.is_dir() else 'does not exist'}")
    vault = find_vault(note)
    if vault is None:
        raise UsageError(f"{note}: lies in no vault (no folder above it has .obsidian or vaultkit.yaml)")
    path = note.absolute().relative_to(vault.root).as_posix()
    if ".." in path.split("/") or kind_of(path) is not Kind.NOTE:
        raise UsageError(f"{note}: is no note that Obsidian sees (a .md file, no part of its path begins with a dot)")
    return vault, path
