"""On which commit a repository stands, read from its files: fast enough to be asked by every run, without git.

Knows how git lays out refs. What it says is only compared with what it said before. Imports next to nothing.
"""

from __future__ import annotations

import os

_LONGEST_CHAIN = 5
"""So many refs may name one another; git itself allows no more."""


def head_of(folder: str) -> str:
    """The commit of the repository that holds `folder`, and where its history is cut off if it is shallow; the same
    text as long as its history is the same. Empty: there is no repository, or it cannot be read."""
    own = _git_folder(folder)
    if not own:
        return ""
    common = _read(f"{own}/commondir").strip()
    shared = os.path.join(own, common) if common else own  # noqa: PTH118
    ref, said = "HEAD", ""
    for _ in range(_LONGEST_CHAIN):
        said = _read(f"{own}/{ref}").strip() or _read(f"{shared}/{ref}").strip() or _packed(shared, ref)
        if not said.startswith("ref:"):
            break
        ref = said[4:].strip()
    else:
        said = ""
    # a repository that keeps its refs in tables has a HEAD that leads nowhere; their names change with each ref
    tables = _read(f"{shared}/reftable/tables.list") + _read(f"{own}/reftable/tables.list")
    return f"{said} {tables} {_read(f'{shared}/shallow')}".strip() or f"no commit on {ref}"


def _git_folder(folder: str) -> str:
    """The folder in which the repository keeps what is about this work tree; empty: there is none."""
    if named := os.environ.get("GIT_DIR"):
        return os.path.abspath(named)  # noqa: PTH100
    above, folder = "", os.path.realpath(folder)
    while folder != above:
        own = f"{folder}/.git"
        if os.path.isdir(own):  # noqa: PTH112
            return own
        if leads := _read(own):  # a further work tree, or a submodule
            path = leads.removeprefix("gitdir:").strip()
            return os.path.join(folder, path) if leads.startswith("gitdir:") else ""  # noqa: PTH118
        above, folder = folder, os.path.dirname(folder)  # noqa: PTH120
    return ""


def _packed(shared: str, ref: str) -> str:
    lines = _read(f"{shared}/packed-refs").splitlines()
    return next((line.split(" ", 1)[0] for line in lines if line.endswith(f" {ref}")), "")


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
