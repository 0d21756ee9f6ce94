"""What git's index says: which files it holds, and what a commit would change.

Names are text in the file system's way: bytes that are not UTF-8 become lone surrogates, and go back unchanged. Knows
no vault and no contents.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from vaultkit.git.plumbing import GitError, Repository, UnmergedIndex

_SYMLINK = "120000"
SUBMODULE = "160000"
EMPTY_BLOBS = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",  # SHA-256
    }
)
"""Ids of contents that are empty."""


@dataclass(frozen=True, slots=True)
class TrackedFile:
    """A file of the index. `blob` is the id of its contents."""

    mode: str
    blob: str

    @property
    def is_symlink(self) -> bool:
        """Whether the blob holds the place that a link leads to, not text."""
        return self.mode == _SYMLINK


@dataclass(frozen=True, slots=True)
class StagedChange:
    """One staged change. `kind` is git's letter: A added, C copied, D deleted, M modified, R renamed, T other type."""

    kind: str
    path: str
    old: str = ""
    """Where it was, when renamed or copied."""


def tracked_files(repository: Repository) -> Mapping[str, TrackedFile]:
    """All files of the index by path, without submodules, and without those only announced (`git add -N`).

    Raises UnmergedIndex while a merge is not finished.
    """
    files: dict[str, TrackedFile] = {}
    unmerged: dict[str, None] = {}
    for record in _records(repository.ask("ls-files", "-s", "-z")):
        fields, _, path = record.partition("\t")
        mode, blob, stage = fields.split(" ")
        if stage != "0":
            unmerged[path] = None
        elif mode != SUBMODULE:
            files[path] = TrackedFile(mode, blob)
    require_merged(list(unmerged))
    if any(file.blob in EMPTY_BLOBS for file in files.values()):
        for path in _announced(repository):
            files.pop(path, None)
    return files


def staged_changes(repository: Repository) -> tuple[StagedChange, ...]:
    """What the next commit changes, compared with HEAD (with nothing before the first commit); renames are found.

    Raises UnmergedIndex while a merge is not finished.
    """
    filter_ = "--diff-filter=ACDMRTU"
    records = iter(_records(repository.ask(*DIFF, "-M", filter_, "--ita-invisible-in-index")))
    changes = []
    for record in records:  # `:old-mode new-mode old-id new-id R90`, path, and for R and C a second path
        kind = record.rsplit(" ", 1)[1][0]
        path = next(records)
        changes.append(StagedChange(kind, next(records), path) if kind in "RC" else StagedChange(kind, path))
    require_merged([change.path for change in changes if change.kind == "U"])
    return tuple(changes)


def changed_from_merged(repository: Repository, paths: list[str]) -> list[str]:
    """Those of the staged `paths` that the commit has otherwise than the branch that is being merged; all of them when
    none is. What the other branch brings in is as somebody there committed it."""
    try:
        merged = repository.ask("rev-parse", "--quiet", "--verify", "MERGE_HEAD")
    except GitError:
        return paths
    changed = set(_records(repository.ask(*_NAMES, merged.strip())))
    return [path for path in paths if path in changed]


def require_merged(unmerged: list[str]) -> None:
    """Raises UnmergedIndex when there are paths that are `unmerged`."""
    if unmerged:
        some = ", ".join(unmerged[:5]) + (f" and {len(unmerged) - 5} more" if len(unmerged) > 5 else "")
        raise UnmergedIndex(
            f"merge not finished: {some}; resolve the conflicts, `git add` the files, then commit again"
        )


_NAMES = ("diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff")
DIFF = ("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-ext-diff")
"""What a commit changes, a record for each file."""


def _announced(repository: Repository) -> set[str]:
    """Paths that `git add -N` put into the index without contents: the commit will not hold them.

    The index lists them with the empty blob, like a note that is really empty; only the two views of diff differ.
    """

    def added(view: str) -> set[str]:
        return set(_records(repository.ask(*DIFF, "--no-renames", "--diff-filter=A", view))[1::2])

    return added("--ita-visible-in-index") - added("--ita-invisible-in-index")


def _records(answer: bytes) -> list[str]:
    return os.fsdecode(answer).split("\0")[:-1]
