"""What a commit changes, with the contents before and after: one question to git, and the sizes of blobs in another.

Knows paths, kinds and ids of blobs; reads no contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import TrackedFile, staged_changes


class ChangedBlob(NamedTuple):
    """A staged change of a file. `kind` is git's letter: A added, C copied, D deleted, M modified, R renamed, T other
    type."""

    kind: str
    path: str
    blob: str
    """Id of what the commit will hold; empty when it is deleted, a submodule, or a link."""
    old_path: str
    """Where it was; `path` unless renamed or copied."""
    old_blob: str
    """Id of what the last commit holds; empty when that has none."""

    @property
    def is_new(self) -> bool:
        """Whether the last commit has no file of this name."""
        return self.kind in "ACR"


def changed_blobs(repository: Repository) -> tuple[ChangedBlob, ...]:
    """What the next commit changes, in git's order, compared with HEAD (with nothing before the first commit).

    Files only announced (`git add -N`) are left out. Raises UnmergedIndex while a merge is not finished, GitError.
    """
    return tuple(
        ChangedBlob(one.kind, one.path, _blob(one.after), one.old or one.path, _blob(one.before))
        for one in staged_changes(repository)
    )


def _blob(file: TrackedFile | None) -> str:
    return file.blob if file and not file.is_symlink else ""


def sizes(repository: Repository, blobs: Iterable[str]) -> Mapping[str, int]:
    """Bytes of each blob; 0 for one that is not here (a partial clone). Raises GitError."""
    ids: Sequence[str] = sorted(set(blobs))
    if not ids:
        return {}
    process = repository.start("cat-file", "--batch-check=%(objectsize)")
    answer, _ = process.communicate("".join(f"{id_}\n" for id_ in ids).encode())
    said = answer.decode().splitlines()
    return {id_: int(line) if line.isdigit() else 0 for id_, line in zip(ids, said, strict=True)}
