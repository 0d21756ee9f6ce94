"""Which files are to be judged: what is staged, or what someone names.

Loads nothing of the linter: most commits of a repository that is more than a vault end here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import StagedChange, staged_changes
from vaultkit.vault.names import CONFIG_FILE

_JUDGED = (".md", ".canvas", ".base", "/bookmarks.json")


class Asked(NamedTuple):
    """What is to be judged."""

    changes: tuple[StagedChange, ...]
    """All that the commit changes, compared with the last one."""
    paths: frozenset[str] | None
    """Only these files, whether changed or not; None: all that are changed, and the links to those that go."""

    @property
    def matters(self) -> bool:
        """Whether anything of it can be wrong in a vault."""
        return may_matter(self.changes) if self.paths is None else any(map(_is_judged, self.paths))


def may_matter(changes: Iterable[StagedChange]) -> bool:
    """Whether one of the changes is of a file that is judged, or takes away one that may be linked to."""
    return any(_is_judged(change.path) or change.kind in "DR" for change in changes)


def asked(repository: Repository, start: Path, filenames: tuple[str, ...]) -> Asked:
    """What is staged, or the files `filenames` (as given in `start`), whether staged or not; a folder stands for what
    is staged below it. Not all of them need be in the index.

    Before the first commit all of the index is staged. `--amend` is judged by what is new since the commit it replaces:
    a hook is not told that it runs for one. Raises UnmergedIndex while a merge is not finished.
    """
    changes = staged_changes(repository)
    return Asked(changes, frozenset(_named(repository, start, filenames, changes)) if filenames else None)


def _is_judged(path: str) -> bool:
    return path.lower().endswith(_JUDGED) or path.rpartition("/")[2] == CONFIG_FILE


def _named(
    repository: Repository, start: Path, filenames: tuple[str, ...], changes: tuple[StagedChange, ...]
) -> list[str]:
    paths = []
    for name in filenames:
        # realpath: git names the top without links; a name that is itself a link stays one
        path = os.path.relpath(Path(os.path.realpath(start)) / name, repository.top).replace(os.sep, "/")
        if (repository.top / path).is_dir():
            below = "" if path == "." else f"{path}/"
            paths += [change.path for change in changes if change.kind != "D" and change.path.startswith(below)]
        else:
            paths.append(path)
    return paths
