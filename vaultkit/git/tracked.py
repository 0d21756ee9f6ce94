"""What git's index and its trees say: which files they hold, and what a commit would change, or has changed.

Names are text in the file system's way: bytes that are not UTF-8 become lone surrogates, and go back unchanged. Knows
no vault and no contents.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from vaultkit.git.plumbing import GitError, Repository, UnmergedIndex

_FEW = 50
"""So many paths are named to git, where it need not look at others."""
_RENAMES = "-M50%"
_ORDINARY = "100644"
_SYMLINK = "120000"
_SUBMODULE = "160000"
EMPTY_BLOBS = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",  # SHA-256
    }
)
"""Ids of contents that are empty."""


class TrackedFile(NamedTuple):
    """A file of the index or of a tree. `blob` is the id of its contents."""

    mode: str
    blob: str

    @property
    def is_symlink(self) -> bool:
        """Whether the blob holds the place that a link leads to, not text."""
        return self.mode == _SYMLINK


class StagedChange(NamedTuple):
    """One staged change. `kind` is git's letter: A added, C copied, D deleted, M modified, R renamed, T other type."""

    kind: str
    path: str
    old: str = ""
    """Where it was, when renamed or copied."""
    before: TrackedFile | None = None
    """What was there, at `old` if that is said; None: nothing, or a submodule."""
    after: TrackedFile | None = None
    """What is there now; None: nothing, or a submodule."""
    score: int = 0
    """Of one that is renamed or copied: the likeness, in per cent."""

    @property
    def is_new(self) -> bool:
        """Whether the last commit has no file of this name."""
        return self.kind in "ACR"

    @property
    def blob(self) -> str:
        """Id of the text that the commit will hold; empty when it is deleted, a submodule, or a link."""
        return self.after.blob if self.after and not self.after.is_symlink else ""

    @property
    def old_blob(self) -> str:
        """Id of the text that the last commit holds, under the old name; empty when that has none."""
        return self.before.blob if self.before and not self.before.is_symlink else ""


class Files(Mapping[str, TrackedFile]):
    """Files by path, in git's order. There may be very many, of which few are asked for: each is made when it is."""

    __slots__ = ("_modes", "blobs")

    def __init__(self, blobs: dict[str, str], modes: dict[str, str]) -> None:
        """`modes`: of those that are no ordinary files (`100644`)."""
        self.blobs: Mapping[str, str] = blobs
        """The id of the contents, by path."""
        self._modes = modes

    def __getitem__(self, path: str) -> TrackedFile:
        return TrackedFile(self._modes.get(path, _ORDINARY), self.blobs[path])

    def __contains__(self, path: object) -> bool:
        return path in self.blobs

    def __iter__(self) -> Iterator[str]:
        return iter(self.blobs)

    def __len__(self) -> int:
        return len(self.blobs)

    @property
    def symlinks(self) -> frozenset[str]:
        """Paths of those that are symlinks."""
        return frozenset(path for path, mode in self._modes.items() if mode == _SYMLINK)

    def changed(self, gone: Iterable[str], come: Mapping[str, TrackedFile]) -> Files:
        """Others that differ in a few: without `gone`, then with `come`; new ones stand at the end."""
        blobs, modes = dict(self.blobs), self._modes.copy()
        for path in gone:
            blobs.pop(path, None)
            modes.pop(path, None)
        for path, file in come.items():
            blobs[path] = file.blob
            modes.pop(path, None)
            if file.mode != _ORDINARY:
                modes[path] = file.mode
        return Files(blobs, modes)


def tracked_files(repository: Repository, announced: Collection[str] | None = None) -> Files:
    """All files of the index by path, without submodules, and without those only announced (`git add -N`).

    `announced`: those, where they are known already. Raises UnmergedIndex while a merge is not finished.
    """
    answer = repository.ask("ls-files", "-s", "-z")
    id_end = answer.find(b" ", 7)  # all ids are of one length
    at = id_end + 3
    records = _records(answer)  # `100644 <id> 0`, a tab and the path; there are many, so each step does all of them
    unmerged = dict.fromkeys([record[at:] for record in records if record[at - 2] != "0"])
    require_merged(list(unmerged))
    blobs = dict(zip([record[at:] for record in records], [record[7:id_end] for record in records], strict=True))
    modes = {record[at:]: record[:6] for record in records if record[:6] != _ORDINARY}
    out = [path for path, mode in modes.items() if mode == _SUBMODULE]
    if announced is not None:
        out += announced
    elif any(blob.encode() in answer for blob in EMPTY_BLOBS):
        empty = [path for path, blob in blobs.items() if blob in EMPTY_BLOBS]
        out += _announced(repository, empty)
    for path in out:
        blobs.pop(path, None)
        modes.pop(path, None)
    return Files(blobs, modes)


def tree_files(repository: Repository, tree: str) -> Files:
    """All files of a tree or commit by path, without submodules. Raises GitError when there is no such tree."""
    blobs, modes = {}, {}
    for record in _records(repository.ask("ls-tree", "-r", "-z", "--full-tree", tree)):
        fields, _, path = record.partition("\t")
        mode, _, blob = fields.split(" ")
        if mode == _SUBMODULE:
            continue
        blobs[path] = blob
        if mode != _ORDINARY:
            modes[path] = mode
    return Files(blobs, modes)


def files_before(files: Files, changes: Iterable[StagedChange]) -> Files:
    """What there was before the `changes` that led to `files`."""
    changes = tuple(changes)
    gone = (change.path for change in changes)
    return files.changed(gone, {change.old or change.path: change.before for change in changes if change.before})


class StagedAnd(NamedTuple):
    """What the next commit changes, and the paths of the files that are only announced (`git add -N`)."""

    changes: tuple[StagedChange, ...]
    announced: frozenset[str]


def staged_and_announced(repository: Repository) -> StagedAnd:
    """Both at once: nearly always the first question to git shows that nothing is announced. Raises UnmergedIndex."""
    seen = _staged(repository, _RENAMES, "--ita-visible-in-index")
    if not any(one.after and one.after.blob in EMPTY_BLOBS for one in seen):  # as which it shows what is announced
        return StagedAnd(seen, frozenset())
    changes = staged_changes(repository)
    empty = {one.path for one in seen if one.after and one.after.blob in EMPTY_BLOBS}
    return StagedAnd(changes, frozenset(empty.difference([one.path for one in changes if one.after])))


def staged_changes(repository: Repository, renames: str = _RENAMES) -> tuple[StagedChange, ...]:
    """What the next commit changes, compared with HEAD (with nothing before the first commit). `renames`: how git finds
    them, and from which likeness on. Raises UnmergedIndex while a merge is not finished.
    """
    return _staged(repository, renames, "--ita-invisible-in-index")


def _staged(repository: Repository, renames: str, view: str) -> tuple[StagedChange, ...]:
    changes = tuple(_changes(repository.ask(*_DIFF, renames, "--diff-filter=ACDMRTU", view)))
    require_merged([change.path for change in changes if change.kind == "U"])
    return changes


def tree_changes(repository: Repository, before: str, after: str) -> tuple[StagedChange, ...]:
    """What a tree or commit changes, compared with another one; renames are found. Raises GitError."""
    asked = ("diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "-M")
    return tuple(_changes(repository.ask(*asked, before, after)))


def _changes(answer: bytes) -> Iterator[StagedChange]:
    records = iter(_records(answer))
    for record in records:  # `:old-mode new-mode old-id new-id R90`, path, and for R and C a second path
        old_mode, mode, old_id, id_, kind = record[1:].split(" ")
        path, before, after = next(records), _file(old_mode, old_id), _file(mode, id_)
        if kind[0] in "RC":
            yield StagedChange(kind[0], next(records), path, before, after, int(kind[1:] or 0))
        else:
            yield StagedChange(kind[0], path, "", before, after)


def _file(mode: str, blob: str) -> TrackedFile | None:
    return TrackedFile(mode, blob) if mode not in (_SUBMODULE, "000000") else None


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
_DIFF = ("diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-ext-diff")


def _announced(repository: Repository, empty: list[str]) -> set[str]:
    """Those of the `empty` paths that `git add -N` put into the index without contents: the commit will not hold them.

    The index lists them with the empty blob, like a note that is really empty; only the two views of diff differ.
    """
    only = ["--", *(f":(top,literal){path}" for path in empty)] if len(empty) <= _FEW else []

    def added(view: str) -> set[str]:
        return set(_records(repository.ask(*_DIFF, "--no-renames", "--diff-filter=A", view, *only))[1::2])

    new = added("--ita-visible-in-index").intersection(empty)
    return new - added("--ita-invisible-in-index") if new else new


def _records(answer: bytes) -> list[str]:
    return os.fsdecode(answer).split("\0")[:-1]
