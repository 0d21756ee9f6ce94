"""The vault as the commit will make it: names and contents of the index or of a tree, never those of the work tree.

A note, canvas, base or the bookmarks are judged by what is staged of them, and a link is good only when the commit
holds its target. Settings (`.obsidian`, `vaultkit.yaml`) come from there, too, where git tracks them, else from the
work tree; rules of the vault's own come from the work tree. Stashes nothing.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vaultkit.config import Config, parse_config
from vaultkit.errors import UsageError
from vaultkit.git.blob_claims import BlobClaims, KeptClaims
from vaultkit.git.blob_notes import BlobNotes
from vaultkit.git.blobs import Blobs, is_lfs_pointer
from vaultkit.git.plumbing import Repository
from vaultkit.git.roots import Roots
from vaultkit.git.tracked import Files, StagedChange, files_before
from vaultkit.linting.fingerprint import BASELINE
from vaultkit.vault.index import Index
from vaultkit.vault.names import CONFIG_FILE, extension, is_hidden
from vaultkit.vault.note import Note
from vaultkit.vault.settings import Settings, read_settings
from vaultkit.vault.tree import BOOKMARKS

_JUDGED = ("md", "canvas", "base")
_NOTE_ENDS = frozenset((".md", ".mD", ".Md", ".MD"))


class Contents(NamedTuple):
    """What a vault holds: now, or before the commit. Its notes are read when they are asked for."""

    vault_index: Index
    boards: Mapping[str, Note]
    """Its canvases and bases, and the bookmarks where git tracks them."""
    claims: BlobClaims | None
    """None: so many notes are judged that they are read anyhow."""

    def note(self, path: str) -> Note | None:
        """The note, canvas, base or bookmarks at `path`; None: there are none."""
        return self.boards.get(path) or self.vault_index.notes.get(path)


class StagedVault(NamedTuple):
    """One vault that a commit touches. It can be asked as long as its `Blobs` are open."""

    root: str
    """Its folder in the repository; empty for the top."""
    now: Contents
    settings: Settings
    config: Config
    changed: Mapping[str, str]
    """Vault paths of the notes, canvases, bases and bookmarks to be judged, each with where it was before the commit;
    empty: nowhere in this vault."""
    gone: frozenset[str]
    """Vault paths of files that the commit takes away, or gives another path."""
    baseline: bytes | None
    """The file with the findings that are not told; None: there is none."""
    reader: _Reader

    def before(self) -> Contents:
        """What the vault held before the commit."""
        return self.reader.before(self.root, self.now.vault_index)


class Staged(NamedTuple):
    """All vaults that hold a file to be judged, or one that goes."""

    vaults: tuple[StagedVault, ...]
    vaultless: bool
    """Whether there were Markdown files to judge, but no vault in the whole repository."""


class Known:
    """What one look at the index found out of the vaults, by their folders, and the next may count on, as long as no
    file comes or goes in between: the contents may be others."""

    def __init__(self) -> None:
        self.claims: dict[str, KeptClaims] = {}
        self.names: dict[str, Index] = {}
        self.roots: Roots | None = None


def read_staged(
    repository: Repository,
    blobs: Blobs,
    files: Files,
    changes: Sequence[StagedChange],
    paths: Iterable[str] | None = None,
    known: Known | None = None,
) -> Staged:
    """The vaults, each with the files to be judged that lie nearest to it. `files`: those that the commit will hold;
    `changes`: what it changes. `paths` (of the repository): only these are judged, whether they are changed or not;
    None: all that are changed.

    Not judged is what `files` lacks (deleted, untracked), other files, symlinks, submodules and LFS pointers. Raises
    UsageError for a `vaultkit.yaml` that is wrong.
    """
    reader = _Reader(repository, blobs, files, changes, known or Known())
    changed, outside = reader.judged(paths)
    gone: dict[str, set[str]] = {}
    for change in changes:
        path = change.old if change.kind == "R" else change.path
        if change.kind in "DR" and path not in files and (root := reader.roots.of(path)) is not None:
            gone.setdefault(root, set()).add(_inside(root, path))
    vaults = [reader.vault(root, changed.get(root, {}), gone.get(root, ())) for root in sorted({*changed, *gone})]
    return Staged(tuple(vaults), outside and not vaults and all(reader.roots.of(path) is None for path in files))


class _Reader:
    """What the vaults of one commit are read with."""

    def __init__(
        self, repository: Repository, blobs: Blobs, files: Files, changes: Sequence[StagedChange], known: Known
    ) -> None:
        self._repository = repository
        self._blobs = blobs
        self._files = files
        self._changes = changes
        self._known = known
        self._ids: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        """By root: ids of the blobs of notes, and of canvases, bases and bookmarks."""
        self.roots = known.roots = known.roots or Roots(repository.top, files)

    def judged(self, paths: Iterable[str] | None) -> tuple[dict[str, dict[str, str]], bool]:
        """`StagedVault.changed` by root, and whether there is Markdown outside of all vaults."""
        old = {change.path: change.old or change.path for change in self._changes if change.before is not None}
        if paths is None:
            paths = {change.path for change in self._changes}
        changed: dict[str, dict[str, str]] = {}
        outside = False
        for path in sorted(set(paths)):
            file = self._files.get(path)
            if file is None or file.is_symlink:
                continue
            root, name = self.roots.of(path), path.rpartition("/")[2]
            if name == CONFIG_FILE:
                if root == path.rpartition("/")[0]:
                    changed.setdefault(root, {})  # a wrong one would stand in the way of later commits
                continue
            if root is None:
                outside = outside or extension(path) == "md"  # a README beside the vault
                continue
            inside = _inside(root, path)
            if not self._is_looked_at(root, inside) or is_lfs_pointer(self._blobs.read(file.blob)):
                continue
            before = old.get(path, "")
            is_here = before and self.roots.of(before) == root
            changed.setdefault(root, {})[inside] = _inside(root, before) if is_here else ""
        return changed, outside

    def _is_looked_at(self, root: str, inside: str) -> bool:
        if is_hidden(inside):
            return inside.endswith(f"/{BOOKMARKS}") and inside == f"{self.roots.config_folder(root)}/{BOOKMARKS}"
        return extension(inside) in _JUDGED

    def vault(self, root: str, changed: Mapping[str, str], gone: Collection[str]) -> StagedVault:
        prefix = f"{root}/" if root else ""
        config_folder = self.roots.config_folder(root)
        files, start = self._files, len(prefix)
        blobs = files.blobs
        if prefix:
            blobs = {path[start:]: blob for path, blob in blobs.items() if path.startswith(prefix)}
        notes = {
            path: blob
            for path, blob in blobs.items()
            if path[-3:] in _NOTE_ENDS and "/." not in path and path[0] != "."  # nearly all, and there are many
        }
        notes |= {path: self._blob(files, prefix + path) for path in notes.keys() & _below(prefix, files.symlinks)}
        boards: dict[str, str] = {}
        for path in [path for path in blobs if path not in notes]:
            if path[-7:].lower().endswith((".canvas", ".base", ".json")):
                self._put(root, prefix + path, files, notes, boards)
        read_notes = BlobNotes(self._blobs, notes)
        read_notes.expect(sorted(changed))
        names = self._known.names.get(root)
        index = names.with_files((), (), read_notes) if names else Index(blobs, read_notes)
        self._known.names[root] = index
        self._ids[root] = notes, boards
        return StagedVault(
            root,
            self._contents(root, index, notes, boards, changed),
            read_settings(lambda name: self._read(f"{prefix}{config_folder}/{name}")),
            _read_config(self._read(prefix + CONFIG_FILE), prefix + CONFIG_FILE, self._repository.top / root),
            changed,
            frozenset(gone),
            self._read(prefix + BASELINE),
            self,
        )

    def before(self, root: str, now: Index) -> Contents:
        prefix = f"{root}/" if root else ""
        notes, boards = (ids.copy() for ids in self._ids[root])
        before = files_before(self._files, self._changes)
        gone, come = set(), set()
        for path in {name for change in self._changes for name in (change.path, change.old) if name}:
            if path.startswith(prefix):
                inside = path[len(prefix) :]
                notes.pop(inside, None)
                boards.pop(inside, None)
                if path in before:
                    self._put(root, path, before, notes, boards)
                    come.update([inside] if path not in self._files else [])
                else:
                    gone.add(inside)
        index = now.with_files(gone, come, BlobNotes(self._blobs, notes))
        return self._contents(root, index, notes, boards, ())

    def _put(self, root: str, path: str, files: Files, notes: dict[str, str], boards: dict[str, str]) -> None:
        """Put the id of the file at `path` to those of the notes or boards of the vault at `root`, or to neither."""
        inside = _inside(root, path)
        if inside.startswith(".") or "/." in inside:
            if self._is_looked_at(root, inside):
                boards[inside] = self._blob(files, path)
        elif inside[-3:].lower() == ".md":
            notes[inside] = self._blob(files, path)
        elif extension(inside) in _JUDGED:
            boards[inside] = self._blob(files, path)

    def _contents(
        self,
        root: str,
        index: Index,
        notes: Mapping[str, str],
        boards: Mapping[str, str],
        judged: Collection[str],
    ) -> Contents:
        are_most = 2 * len(judged) > len(notes)
        claims = None if are_most else BlobClaims(self._claims(root), {**notes, **boards})
        return Contents(index, BlobNotes(self._blobs, boards), claims)

    def _claims(self, root: str) -> KeptClaims:
        kept = self._known.claims.get(root)
        if kept is None:
            kept = self._known.claims[root] = KeptClaims(self._blobs, self._repository.top / root)
        return kept

    def _blob(self, files: Files, path: str) -> str:
        """Id of the blob with the text of the note at `path`. A symlink is followed as far as the repository goes."""
        file = files[path]
        if not file.is_symlink:
            return file.blob
        leads_to = os.fsdecode(self._blobs.read(file.blob))
        return files.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), leads_to)), file).blob

    def _read(self, path: str) -> bytes | None:
        return read_tracked(self._repository, self._blobs, self._files, path)


def read_tracked(repository: Repository, blobs: Blobs, files: Files, path: str) -> bytes | None:
    """The bytes of a file of settings at `path`: those of the index, else of the work tree; None: there is none."""
    file = files.get(path)
    if file is not None and not file.is_symlink:
        return blobs.read(file.blob)
    return _read_file(repository.top / path)


def _read_config(data: bytes | None, name: str, root: Path) -> Config:
    if not data:
        return Config(root=root)  # the parser takes long to load
    try:
        return parse_config(data.decode("utf-8-sig"), name)._replace(root=root)
    except UnicodeDecodeError as e:
        raise UsageError(f"{name}: is not UTF-8 (byte {e.start}); save it as UTF-8") from e


def _read_file(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _below(prefix: str, paths: Iterable[str]) -> set[str]:
    return {path[len(prefix) :] for path in paths if path.startswith(prefix)}


def _inside(root: str, path: str) -> str:
    return path[len(root) + 1 :] if root else path
