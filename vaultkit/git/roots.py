"""Which vault a file of a repository belongs to.

A repository may be a vault, hold one in a subfolder, or several. `.obsidian` is often ignored by git, so the work tree
is looked at where the index says nothing. Never looks above the repository.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from vaultkit.errors import UsageError
from vaultkit.vault.names import CONFIG_FILE
from vaultkit.vault.tree import open_vault

_USUAL = ".obsidian"
_SIGNS = (CONFIG_FILE, "app.json")


class Roots:
    """The vaults of one repository, by their folders: `` (the top) or `notes/vault`, with `/`."""

    def __init__(self, top: Path, names: Iterable[str]) -> None:
        """`names`: the paths of the index."""
        self._top = top
        self._usual: set[str] = set()
        self._marked: dict[str, str] = {}
        for name in [name for name in names if "/." in name or name[0] == "." or name.endswith(_SIGNS)]:  # few of many
            before, found, _ = f"/{name}".partition(f"/{_USUAL}/")
            if found:
                self._usual.add(before[1:])
            folder, _, last = name.rpartition("/")
            if last == CONFIG_FILE:
                self._marked.setdefault(folder, _USUAL)
            elif last == "app.json":
                above, _, config = folder.rpartition("/")
                if config.startswith("."):
                    self._marked[above] = config
        self.of_folder = cache(self._of_folder)

    def of(self, path: str) -> str | None:
        """The folder of the vault that the file at `path` lies in, the nearest one; None when it lies in none."""
        folder: str | None = self.of_folder(path.rpartition("/")[0])
        return folder

    def config_folder(self, root: str) -> str:
        """Name of the vault's configuration folder; it may be called otherwise as long as it begins with a dot."""
        if root in self._usual:
            return _USUAL
        try:
            return open_vault(self._top / root).config_folder
        except UsageError:
            return self._marked.get(root, _USUAL)

    def _of_folder(self, folder: str) -> str | None:
        parts = folder.split("/") if folder else []
        chain = ["/".join(parts[:n]) for n in range(len(parts), -1, -1)]
        # a folder of Obsidian's counts before any vaultkit.yaml, however near: as everywhere in vaultkit
        for at in chain:
            if at in self._usual or (self._top / at / _USUAL).is_dir():
                return at
        for at in chain:
            if at in self._marked or (self._top / at / CONFIG_FILE).is_file():
                return at
        return None
