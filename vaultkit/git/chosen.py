"""Which files the hooks `conflicts` and `hygiene` look at: those of vaults, staged or named.

The names of the index are asked for once. Files beside the vaults of a repository are none of vaultkit's business.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from vaultkit.git.changed_blobs import ChangedBlob, changed_blobs
from vaultkit.git.plumbing import Repository
from vaultkit.git.roots import Roots
from vaultkit.git.tracked import TrackedFile, tracked_files


class Chosen(NamedTuple):
    """The files to look at."""

    files: tuple[ChangedBlob, ...]
    """None is deleted. One that is named and not staged counts as new: then it is told whole."""
    tracked: Mapping[str, TrackedFile]
    """All files of the index; empty when there is nothing to look at."""


def chosen(repository: Repository, cwd: Path, filenames: tuple[str, ...]) -> Chosen:
    """What is staged, or the files `filenames` (as given in `cwd`). Raises UnmergedIndex, GitError."""
    changes = [change for change in changed_blobs(repository) if change.kind != "D"]
    if not changes and not filenames:
        return Chosen((), {})
    index = tracked_files(repository)
    if filenames:
        staged = {change.path: change for change in changes}
        start = os.path.realpath(cwd)
        names = (os.path.relpath(os.path.join(start, name), repository.top) for name in filenames)  # noqa: PTH118
        paths = dict.fromkeys(name.replace(os.sep, "/") for name in names)
        changes = [staged.get(path) or _as_new(path, index[path]) for path in paths if path in index]
    roots = Roots(repository.top, index)
    return Chosen(tuple(change for change in changes if roots.of(change.path) is not None), index)


def _as_new(path: str, file: TrackedFile) -> ChangedBlob:
    return ChangedBlob("A", path, "" if file.is_symlink else file.blob, path, "")
