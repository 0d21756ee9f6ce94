"""The vault as the commit will make it: names and contents of the index, never those of the work tree.

A note, canvas or base is judged by what is staged of it, and a link is good only when the commit holds its target.
Settings (`.obsidian`, `vaultkit.yaml`) come from the index where git tracks them, else from the work tree; rules of the
vault's own come from the work tree. Writes nothing, stashes nothing.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vaultkit.config import Config, parse_config
from vaultkit.errors import UsageError
from vaultkit.git.blobs import BlobNotes, Blobs, is_lfs_pointer
from vaultkit.git.plumbing import Repository
from vaultkit.git.roots import Roots
from vaultkit.git.tracked import TrackedFile, tracked_files
from vaultkit.linting.fingerprint import BASELINE
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, extension, kind_of
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings, read_settings
from vaultkit.vault.tree import CONFIG_FILE

_JUDGED = ("md", "canvas", "base")


class StagedIndex(Index):
    """An index over blobs: what it derives from all notes it finds out without parsing all of them."""

    def __init__(self, files: Iterable[str], notes: BlobNotes) -> None:
        super().__init__(files, notes)
        self._blob_notes = notes

    @cached_property
    def aliased(self) -> Mapping[str, tuple[str, ...]]:
        """As in any index. One broken link is enough to ask for it, so notes are read only where the word stands."""
        some = {}
        for path in self._blob_notes:
            data = self._blob_notes.data(path)
            if b"alias" in data.lower():
                some[path] = parse(path, data)
        return Index((), some).aliased


@dataclass(frozen=True, slots=True)
class StagedVault:
    """One vault of the index. Its notes are read when they are asked for, as long as its `Blobs` are open."""

    root: str
    """Its folder in the repository; empty for the top."""
    index: Index
    boards: Mapping[str, Note]
    """Its canvases and bases, which may refer to the notes."""
    settings: Settings
    config: Config
    changed: frozenset[str]
    """Vault paths of the notes, canvases and bases to be judged."""
    baseline: bytes | None = None
    """The file with the findings that are not told; None: there is none."""


@dataclass(frozen=True, slots=True)
class Staged:
    """All vaults that hold a file to be judged."""

    vaults: tuple[StagedVault, ...]
    vaultless: bool
    """Whether there were Markdown files to judge, but no vault in the whole repository."""


def read_staged(repository: Repository, blobs: Blobs, paths: Iterable[str]) -> Staged:
    """The vaults around the notes, canvases and bases at `paths` (of the repository), each in the nearest one.

    Left out: what the index does not hold (deleted, untracked), other files, symlinks, submodules and LFS pointers.
    Raises UnmergedIndex while a merge is not finished, UsageError for a `vaultkit.yaml` that is wrong.
    """
    files = tracked_files(repository)
    roots = Roots(repository.top, files)
    changed: dict[str, set[str]] = {}
    outside = False
    for path in sorted(set(paths)):
        file = files.get(path)
        if file is not None and path.rpartition("/")[2] == CONFIG_FILE:
            changed.setdefault(path.rpartition("/")[0], set())  # a wrong one would stand in the way of later commits
            continue
        if file is None or file.is_symlink or extension(path) not in _JUDGED or is_lfs_pointer(blobs.read(file.blob)):
            continue
        root = roots.of(path)
        if root is None:
            outside = outside or extension(path) == "md"  # a README beside the vault
        elif kind_of(inside := _inside(root, path)) is not Kind.HIDDEN:
            changed.setdefault(root, set()).add(inside)
    vaults = tuple(_read_vault(repository, blobs, files, roots, root, judged) for root, judged in changed.items())
    return Staged(vaults, outside and not vaults and all(roots.of(path) is None for path in files))


def _read_vault(
    repository: Repository,
    blobs: Blobs,
    files: Mapping[str, TrackedFile],
    roots: Roots,
    root: str,
    changed: Collection[str],
) -> StagedVault:
    def read(path: str) -> bytes | None:
        return read_tracked(repository, blobs, files, f"{root}/{path}" if root else path)

    prefix = f"{root}/" if root else ""
    names = {_inside(root, path): path for path in files if path.startswith(prefix)}
    notes, boards = (
        {inside: _contents(blobs, files, path) for inside, path in names.items() if kind_of(inside) in kinds}
        for kinds in ((Kind.NOTE,), (Kind.CANVAS, Kind.BASE))
    )
    config_folder = roots.config_folder(root)
    return StagedVault(
        root,
        StagedIndex(names, BlobNotes(blobs, notes)),
        BlobNotes(blobs, boards),
        read_settings(lambda name: read(f"{config_folder}/{name}")),
        _read_config(read(CONFIG_FILE), f"{prefix}{CONFIG_FILE}", repository.top / root),
        frozenset(changed),
        read(BASELINE),
    )


def read_tracked(repository: Repository, blobs: Blobs, files: Mapping[str, TrackedFile], path: str) -> bytes | None:
    """The bytes of a file of settings at `path`: those of the index, else of the work tree; None: there is none."""
    file = files.get(path)
    if file is not None and not file.is_symlink:
        return blobs.read(file.blob)
    return _read_file(repository.top / path)


def _contents(blobs: Blobs, files: Mapping[str, TrackedFile], path: str) -> str:
    """Id of the blob with the text of the note at `path`. A symlink is followed as far as the repository goes."""
    file = files[path]
    if not file.is_symlink:
        return file.blob
    leads_to = os.fsdecode(blobs.read(file.blob))
    return files.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), leads_to)), file).blob


def _read_config(data: bytes | None, name: str, root: Path) -> Config:
    try:
        return parse_config((data or b"").decode("utf-8-sig"), name)._replace(root=root)
    except UnicodeDecodeError as e:
        raise UsageError(f"{name}: is not UTF-8 (byte {e.start}); save it as UTF-8") from e


def _read_file(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _inside(root: str, path: str) -> str:
    return path[len(root) + 1 :] if root else path
