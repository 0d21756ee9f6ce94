"""What is staged, asked of git once however many hooks of one run want to know it.

Loads nothing of the linter before somebody asks for the vaults: most commits of a repository that is more than a vault
end before. Judges nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from vaultkit.git.blobs import Blobs
from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import Files, StagedAnd, StagedChange, staged_and_announced, tracked_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.git.staged import Known, Staged


class Staging:
    """The index of one repository, for one run. Use it in `with`, which ends the git that reads blobs."""

    def __init__(self, repository: Repository, start: Path) -> None:
        """`start`: the folder in which names of files are given."""
        self.repository = repository
        self.blobs = Blobs(repository)
        self._start = start
        self._staged: StagedAnd | None = None
        self._files: Files | None = None
        self._read: dict[frozenset[str] | None, Staged] = {}
        self._known: Known | None = None

    def rewritten(self, blobs: Mapping[str, str]) -> None:
        """The index was changed: it has other contents of these files now, by path. No others came or went."""
        files = self.files
        self._files = files.changed((), {path: files[path]._replace(blob=blob) for path, blob in blobs.items()})
        self._staged = None
        self._read = {}

    @property
    def changes(self) -> tuple[StagedChange, ...]:
        """All that the commit changes, compared with the last one. Raises UnmergedIndex, GitError.

        Before the first commit all of the index is staged. `--amend` is judged by what is new since the commit it
        replaces: a hook is not told that it runs for one.
        """
        return self._asked().changes

    @property
    def files(self) -> Files:
        """All files of the index. Raises UnmergedIndex, GitError."""
        if self._files is None:
            self._files = tracked_files(self.repository, self._asked().announced)
        return self._files

    def _asked(self) -> StagedAnd:
        if self._staged is None:
            self._staged = staged_and_announced(self.repository)
        return self._staged

    def read(self, paths: frozenset[str] | None = None) -> Staged:
        """The vaults, as `read_staged` says; they can be asked as long as this is open."""
        known = self._read.get(paths)
        if known is None:
            from vaultkit.git.staged import Known, read_staged  # loads the linter

            self._known = self._known or Known()
            known = read_staged(self.repository, self.blobs, self.files, self.changes, paths, self._known)
            self._read[paths] = known
        return known

    def named(self, filenames: tuple[str, ...]) -> frozenset[str] | None:
        """The files `filenames`, whether staged or not, by their paths in the repository; a folder stands for what is
        staged below it. Not all of them need be in the index. None: no names were given."""
        if not filenames:
            return None
        paths = set()
        for name in filenames:
            # realpath: git names the top without links; a name that is itself a link stays one
            path = os.path.relpath(Path(os.path.realpath(self._start)) / name, self.repository.top).replace(os.sep, "/")
            if (self.repository.top / path).is_dir():
                below = "" if path == "." else f"{path}/"
                paths |= {one.path for one in self.changes if one.kind != "D" and one.path.startswith(below)}
            else:
                paths.add(path)
        return frozenset(paths)

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.blobs.__exit__(kind, error, trace)
