"""Which files the hooks `conflicts` and `hygiene` look at: those of vaults, staged or named.

Files beside the vaults of a repository are none of vaultkit's business. The names of the whole index are asked for only
where they are needed: most commits touch a few notes of a vault that is seen in the work tree.
"""

from __future__ import annotations

from vaultkit.git.blobs import Blobs
from vaultkit.git.roots import Roots
from vaultkit.git.staging import Staging
from vaultkit.git.tracked import Files, StagedChange, TrackedFile


class Chosen:
    """The files to look at."""

    def __init__(self, staging: Staging, filenames: tuple[str, ...] = ()) -> None:
        """`filenames`: only these files, staged or not; none: what is staged. Raises UnmergedIndex, GitError."""
        self._staging = staging
        staged = {change.path: change for change in staging.changes if change.kind != "D"}
        found = self._named(staged, filenames) if filenames else list(staged.values())
        self.files: tuple[StagedChange, ...] = tuple(self._in_vaults(found))
        """None is deleted. One that is named and not staged counts as new: then it is told whole."""
        self._now = frozenset(file.blob for file in self.files if file.blob)
        self._before = frozenset(file.old_blob for file in self.files if file.old_blob)

    @property
    def tracked(self) -> Files:
        """All files of the index."""
        return self._staging.files

    @property
    def blobs(self) -> Blobs:
        """Their contents."""
        return self._staging.blobs

    def size(self, blob: str) -> int:
        """Bytes of the contents that a file has or had; 0 for one that is not here (a partial clone), or has none."""
        return self.blobs.size(blob, self._now if blob in self._now else self._before) if blob else 0

    def _named(self, staged: dict[str, StagedChange], filenames: tuple[str, ...]) -> list[StagedChange]:
        files = self.tracked
        paths = sorted(self._staging.named(filenames) or ())
        return [staged.get(path) or _as_new(path, files[path]) for path in paths if path in files]

    def _in_vaults(self, found: list[StagedChange]) -> list[StagedChange]:
        top = self._staging.repository.top
        roots = Roots(top, [change.path for change in found])
        if any(roots.of(change.path) is None for change in found):  # its `.obsidian` may be in the index only
            roots = Roots(top, self.tracked)
        return [change for change in found if roots.of(change.path) is not None]


def _as_new(path: str, file: TrackedFile) -> StagedChange:
    return StagedChange("A", path, "", None, file)
