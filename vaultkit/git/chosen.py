"""Which files the hooks `conflicts` and `hygiene` look at: those of vaults, staged or named.

Files beside the vaults of a repository are none of vaultkit's business. The names of the whole index are asked for only
where they are needed: most commits touch a few notes of a vault that is seen in the work tree.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from vaultkit.git.changed_blobs import ChangedBlob, changed_blobs
from vaultkit.git.plumbing import Repository
from vaultkit.git.roots import Roots
from vaultkit.git.tracked import Files, TrackedFile, tracked_files


class Chosen:
    """The files to look at."""

    def __init__(
        self, repository: Repository, changes: tuple[ChangedBlob, ...], cwd: Path, filenames: tuple[str, ...]
    ) -> None:
        """`changes`: all that is staged. `filenames`: only these files, as given in `cwd`, staged or not; none: what is
        staged."""
        self._repository = repository
        staged = {change.path: change for change in changes if change.kind != "D"}
        found = self._named(staged, cwd, filenames) if filenames else list(staged.values())
        self.files: tuple[ChangedBlob, ...] = tuple(self._in_vaults(found))
        """None is deleted. One that is named and not staged counts as new: then it is told whole."""

    @cached_property
    def tracked(self) -> Files:
        """All files of the index. Raises UnmergedIndex, GitError."""
        return tracked_files(self._repository)

    def _named(self, staged: dict[str, ChangedBlob], cwd: Path, filenames: tuple[str, ...]) -> list[ChangedBlob]:
        start, files = os.path.realpath(cwd), self.tracked
        names = (os.path.relpath(os.path.join(start, name), self._repository.top) for name in filenames)  # noqa: PTH118
        paths = dict.fromkeys(name.replace(os.sep, "/") for name in names)
        return [staged.get(path) or _as_new(path, files[path]) for path in paths if path in files]

    def _in_vaults(self, found: list[ChangedBlob]) -> list[ChangedBlob]:
        roots = Roots(self._repository.top, [change.path for change in found])
        if any(roots.of(change.path) is None for change in found):  # its `.obsidian` may be in the index only
            roots = Roots(self._repository.top, self.tracked)
        return [change for change in found if roots.of(change.path) is not None]


def chosen(repository: Repository, cwd: Path, filenames: tuple[str, ...]) -> Chosen:
    """What is staged, or the files `filenames` (as given in `cwd`). Raises UnmergedIndex, GitError."""
    return Chosen(repository, changed_blobs(repository), cwd, filenames)


def _as_new(path: str, file: TrackedFile) -> ChangedBlob:
    return ChangedBlob("A", path, "" if file.is_symlink else file.blob, path, "")
