"""A vault on disk, reading: where it is, which files it has, what is in them.

Knows that a vault may hold others; writes nothing (`files` does).
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from vaultkit.errors import UsageError
from vaultkit.vault.board import read_file
from vaultkit.vault.index import Index
from vaultkit.vault.names import CONFIG_FILE, Kind, kind_of
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings, read_settings
from vaultkit.vault.walk import Tree, note_paths, walk

BOOKMARKS = "bookmarks.json"


class Vault:
    """A vault folder, which never changes. `files` are the paths that Obsidian sees, relative, with `/`, sorted."""

    def __init__(self, root: Path, config_folder: str = ".obsidian", prefix: str = "") -> None:
        """`prefix`: what makes a path of this vault one of the vault around it (`de/`); empty: there is none."""
        self.root = root
        self.config_folder = config_folder
        self.prefix = prefix

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vault) and self._named() == other._named()

    def __hash__(self) -> int:
        return hash(self._named())

    def __repr__(self) -> str:
        return f"Vault{self._named()}"

    def _named(self) -> tuple[Path, str, str]:
        return self.root, self.config_folder, self.prefix

    def unread(self) -> Vault:
        """The same vault, of which nothing was seen yet."""
        return Vault(*self._named())

    @cached_property
    def settings(self) -> Settings:
        """What `.obsidian/` says; defaults where there is none."""
        return read_settings(lambda name: self.read(f"{self.config_folder}/{name}"))

    @cached_property
    def tree(self) -> Tree:
        """The one walk. Links to folders outside the vault are followed, those within it and loops are not."""
        return walk(str(self.root))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """All visible files."""
        return self.tree.files

    def read(self, path: str) -> bytes | None:
        """The bytes at `path`, or None when there is no such regular file or it cannot be read."""
        target = f"{self._place}/{path}"  # a Path takes longer, and there is one for each note
        try:
            return _read(target)
        except (OSError, ValueError):
            return None

    def is_hidden_away(self, path: str) -> bool:
        """Whether something other than a folder stands at `path` that cannot be read: a file of somebody else, a link
        that leads nowhere, whatever is in a folder that may not be looked into."""
        try:
            mode = os.lstat(f"{self._place}/{path}").st_mode
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return False
        except OSError:
            return True
        return not S_ISDIR(mode) and self.read(path) is None

    def size(self, path: str) -> int | None:
        """How many bytes stand at `path`; None when there is no such regular file."""
        try:
            found = os.stat(f"{self._place}/{path}")  # noqa: PTH116
        except (OSError, ValueError):
            return None
        return found.st_size if S_ISREG(found.st_mode) else None

    @cached_property
    def _place(self) -> str:
        return str(self.root)

    @cached_property
    def notes(self) -> dict[str, Note]:
        """All notes, parsed."""
        found = ((path, self.read(path)) for path in self.files if kind_of(path) is Kind.NOTE)
        return {path: parse(path, data) for path, data in found if data is not None}

    @cached_property
    def boards(self) -> dict[str, Note]:
        """All canvases and bases, and the bookmarks."""
        paths = [path for path in self.files if kind_of(path) in (Kind.CANVAS, Kind.BASE)]
        found = ((path, self.read(path)) for path in (*paths, self.bookmarks))
        return {path: read_file(path, data) for path, data in found if data is not None}

    @cached_property
    def lazy_notes(self) -> Mapping[str, Note]:
        """All notes, each read and parsed whenever it is asked for: nothing is kept."""
        return _NotesOnDisk(self)

    @cached_property
    def index(self) -> Index:
        """Where links lead."""
        return self.index_of(self.notes)

    def index_of(self, notes: Mapping[str, Note]) -> Index:
        """The same with `notes` in place of those on the disk, or with those that are read when they are asked for."""
        return Index(self.files, notes, self.tree.empty)

    @property
    def bookmarks(self) -> str:
        """Path of the bookmarks, whether there are any or not."""
        return f"{self.config_folder}/{BOOKMARKS}"


_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""A named pipe in the vault must not be waited for."""


def _read(target: str) -> bytes | None:
    """The bytes of a regular file with as few calls as there can be, None for another. Raises OSError, ValueError."""
    file = os.open(target, _OPEN)
    try:
        found = os.fstat(file)
        if not S_ISREG(found.st_mode):
            return None
        data = os.read(file, found.st_size + 1)
        while len(data) != found.st_size:
            more = os.read(file, 1 << 20)
            if not more:
                break
            data += more
        return data
    finally:
        os.close(file)


class _NotesOnDisk(Mapping[str, Note]):
    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._read = vault.read

    @cached_property
    def _paths(self) -> Mapping[str, None]:
        return dict.fromkeys(note_paths(self._vault.files))

    def __getitem__(self, path: str) -> Note:
        data = self._read(path) if path in self._paths else None
        if data is None:
            raise KeyError(path)
        return parse(path, data)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if self._read(path) is not None)

    def __len__(self) -> int:
        return len(self._paths)


def nested_vaults(vault: Vault) -> tuple[str, ...]:
    """Folders inside `vault` that are vaults as well, because they have an `.obsidian` of their own; sorted."""
    return vault.tree.nested


def split(vault: Vault, folders: Collection[str]) -> tuple[Vault, tuple[Vault, ...]]:
    """`vault` without `folders` (vault paths, `en`), and each of these as a vault of its own, sorted.

    What the walk through the whole saw is divided, the disk is not walked again. A file belongs to the nearest folder:
    `a/b` may be taken out of `a`.
    """
    chosen = {"", *folders}
    files = _by_folder(vault.tree.files, chosen)
    nested = _by_folder((path for path in vault.tree.nested if path not in chosen), chosen)
    empty = _by_folder((path for path in vault.tree.empty if path[:-1] not in chosen), chosen)

    def part(folder: str) -> Vault:
        root = vault.root / folder
        made = Vault(root, _renamed_config(root), f"{vault.prefix}{folder}/") if folder else vault.unread()
        made.__dict__["tree"] = Tree(tuple(files[folder]), tuple(nested[folder]), tuple(empty[folder]))
        return made

    return part(""), tuple(part(folder) for folder in sorted(chosen - {""}))


def _by_folder(paths: Iterable[str], folders: Collection[str]) -> dict[str, list[str]]:
    """`paths` by the nearest of `folders` above them, relative to it. The empty text must be one of the folders."""
    out: dict[str, list[str]] = {folder: [] for folder in folders}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in out:
            folder = folder.rpartition("/")[0]
        out[folder].append(path[len(folder) + 1 :] if folder else path)
    return out


def find_vault(start: Path) -> Vault | None:
    """The vault that `start` (a file or folder, existing or not) lies in: the nearest folder upwards with `.obsidian/`,
    else another dot-folder that holds `app.json`, else a `vaultkit.yaml`. None: there is none."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / ".obsidian").is_dir():
            return Vault(folder)
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return vault_at(folder)
    return None


def vault_at(root: Path) -> Vault:
    """The folder `root` as a vault, whether Obsidian has opened it or not."""
    return Vault(root, _renamed_config(root))


def open_vault(root: Path) -> Vault:
    """The vault at exactly `root`. Raises UsageError when there is no folder, or no `.obsidian` in it."""
    if not root.is_dir():
        what = "is not a folder" if root.exists() else "does not exist"
        raise UsageError(f"{root}: {what}; `vaultkit init {root}` makes a vault")
    if not (root / ".obsidian").is_dir() and _renamed_config(root) == ".obsidian":
        raise UsageError(f"{root}: is not a vault, it has no .obsidian folder; `vaultkit init {root}` makes it one")
    return vault_at(root)


def _renamed_config(root: Path) -> str:
    """The configuration folder may be called otherwise, as long as it begins with a dot."""
    if not (root / ".obsidian").is_dir():
        for candidate in sorted(root.glob(".*/app.json")):
            return candidate.parent.name
    return ".obsidian"
