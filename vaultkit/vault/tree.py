"""A vault on disk, reading: where it is, which files it has, what is in them.

Knows the hidden rule and links; writes nothing (`files` does).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings, read_settings

CONFIG_FILE = "vaultkit.yaml"


@dataclass(frozen=True)
class Vault:
    """A vault folder. `files` are the paths that Obsidian sees, relative, with `/`, sorted."""

    root: Path
    config_folder: str = ".obsidian"

    @cached_property
    def settings(self) -> Settings:
        """What `.obsidian/` says; defaults where there is none."""
        return read_settings(lambda name: self.read(f"{self.config_folder}/{name}"))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """All visible files. Links to folders outside the vault are followed, those within it and loops are not."""
        return tuple(sorted(_walk(self.root)))

    def read(self, path: str) -> bytes | None:
        """The bytes at `path`, or None when there is no such regular file or it cannot be read."""
        target = self.root / path
        try:
            return target.read_bytes() if target.is_file() else None
        except OSError:
            return None

    @cached_property
    def notes(self) -> dict[str, Note]:
        """All notes, parsed."""
        found = ((path, self.read(path)) for path in self.files if kind_of(path) is Kind.NOTE)
        return {path: parse(path, data) for path, data in found if data is not None}

    @cached_property
    def index(self) -> Index:
        """Where links lead."""
        return Index(self.files, self.notes)


def find_vault(start: Path) -> Vault | None:
    """The vault that `start` (a file or folder, existing or not) lies in: the nearest folder upwards with `.obsidian/`,
    else another dot-folder that holds `app.json`, else a `vaultkit.yaml`. None: there is none."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / ".obsidian").is_dir():
            return Vault(folder)
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return Vault(folder, _renamed_config(folder))
    return None


def open_vault(root: Path) -> Vault:
    """The vault at exactly `root`. Raises UsageError when there is no folder, or no `.obsidian` in it."""
    if not root.is_dir():
        what = "is not a folder" if root.exists() else "does not exist"
        raise UsageError(f"{root}: {what}; `vaultkit init {root}` makes a vault")
    if not (root / ".obsidian").is_dir() and _renamed_config(root) == ".obsidian":
        raise UsageError(f"{root}: is not a vault, it has no .obsidian folder; `vaultkit init {root}` makes it one")
    return Vault(root, _renamed_config(root))


def _renamed_config(root: Path) -> str:
    """The configuration folder may be called otherwise, as long as it begins with a dot."""
    if not (root / ".obsidian").is_dir():
        for candidate in sorted(root.glob(".*/app.json")):
            return candidate.parent.name
    return ".obsidian"


def _walk(root: Path) -> list[str]:
    out: list[str] = []
    inside = os.path.realpath(root)
    seen = {inside}
    stack = [("", str(root))]
    while stack:
        prefix, folder = stack.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    stack.append((f"{prefix}{name}/", entry.path))
                elif entry.is_symlink():
                    real = os.path.realpath(entry.path)
                    related = real == inside or real.startswith(inside + os.sep) or inside.startswith(real + os.sep)
                    if Path(real).is_dir():
                        if not related and real not in seen:
                            seen.add(real)
                            stack.append((f"{prefix}{name}/", entry.path))
                    elif Path(real).is_file():
                        out.append(prefix + name)
                elif entry.is_file(follow_symlinks=False):
                    out.append(prefix + name)
            except OSError:
                continue
    return out
