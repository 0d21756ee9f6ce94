"""Which files are to be judged: what is staged, or what someone names.

Loads nothing of the linter: most commits of a repository that is more than a vault end here.
"""

from __future__ import annotations

import os
from pathlib import Path

from vaultkit.git.plumbing import Repository
from vaultkit.git.tracked import staged_changes
from vaultkit.vault.tree import CONFIG_FILE

_JUDGED = (".md", ".canvas", ".base")


def asked_paths(repository: Repository, start: Path, filenames: tuple[str, ...]) -> list[str]:
    """Paths of Markdown files, canvases, bases and `vaultkit.yaml` to judge: what is staged, or the files `filenames`
    (as given in `start`), whether staged or not; a folder stands for what is staged below it. Not all of them need be
    in the index.

    Before the first commit all of the index is staged. `--amend` judges what is new since the commit it replaces.
    Raises UnmergedIndex while a merge is not finished.
    """
    paths = _named(repository, start, filenames) if filenames else _staged(repository)
    return [path for path in paths if path.lower().endswith(_JUDGED) or path.rpartition("/")[2] == CONFIG_FILE]


def _staged(repository: Repository) -> list[str]:
    return [change.path for change in staged_changes(repository) if change.kind != "D"]


def _named(repository: Repository, start: Path, filenames: tuple[str, ...]) -> list[str]:
    paths = []
    for name in filenames:
        # realpath: git names the top without links; a name that is itself a link stays one
        path = os.path.relpath(Path(os.path.realpath(start)) / name, repository.top).replace(os.sep, "/")
        if (repository.top / path).is_dir():
            below = "" if path == "." else f"{path}/"
            paths += [staged for staged in _staged(repository) if staged.startswith(below)]
        else:
            paths.append(path)
    return paths
