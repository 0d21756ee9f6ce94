"""What a commit changes, with the contents before and after: one question to git, and the sizes of blobs in another.

Knows paths, kinds and ids of blobs; reads no contents.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from vaultkit.git.plumbing import Repository, UnmergedIndex

_NOTHING = "0"


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
    asked = ("diff", "--cached", "--raw", "-z", "-M", "--no-abbrev", "--no-ext-diff", "--diff-filter=ACDMRTU")
    records = iter(os.fsdecode(repository.ask(*asked, "--ita-invisible-in-index")).split("\0")[:-1])
    found, unmerged = [], []
    for record in records:  # `:old-mode new-mode old-id new-id R90`, path, and for R and C a second path
        old_mode, mode, old, new, kind = record[1:].split(" ")
        old_path = path = next(records)
        if kind[0] in "RC":
            path = next(records)
        if kind == "U":
            unmerged.append(path)
        found.append(ChangedBlob(kind[0], path, _blob(mode, new), old_path, _blob(old_mode, old)))
    if unmerged:
        raise UnmergedIndex(
            f"merge not finished: {', '.join(unmerged[:5])}{' …' if len(unmerged) > 5 else ''}; resolve the conflicts, "
            f"`git add` the files, then commit again"
        )
    return tuple(found)


def _blob(mode: str, id_: str) -> str:
    return id_ if mode.startswith("100") and id_.strip(_NOTHING) else ""


def sizes(repository: Repository, blobs: Iterable[str]) -> Mapping[str, int]:
    """Bytes of each blob; 0 for one that is not here (a partial clone). Raises GitError."""
    ids: Sequence[str] = sorted(set(blobs))
    if not ids:
        return {}
    process = repository.start("cat-file", "--batch-check=%(objectsize)")
    answer, _ = process.communicate("".join(f"{id_}\n" for id_ in ids).encode())
    said = answer.decode().splitlines()
    return {id_: int(line) if line.isdigit() else 0 for id_, line in zip(ids, said, strict=True)}
