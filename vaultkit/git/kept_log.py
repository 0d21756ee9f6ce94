"""The log of a repository, remembered in the cache of a vault: of ten thousands of commits it takes seconds to read.

A commit never changes, so what stood in the log of one stands in that of all that come after it; only those are read.
That holds where each of them has one parent. Where history was rewritten, or a branch was merged, in whose log the
commits of both sides stand by their days, all is read anew. Knows nothing of what the log means.
"""

from __future__ import annotations

import re
from pathlib import Path

from vaultkit.git.past import LOG, Log, log_text, place_of
from vaultkit.vault import cache

_NAME = "git-log"
_VERSION = repr(LOG).encode()
_FEW = 200
"""So many commits are read sooner than kept."""
_LONG = 500_000
"""Bytes of a log that is kept, however few its commits are."""
_ID = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")


def kept_log(folder: Path, root: Path) -> Log | None:
    """As `read_log`. `root`: the folder of the vault in whose cache the log is kept."""
    from vaultkit.git.plumbing import GitError

    place = place_of(folder)
    if place is None:
        return None
    try:
        return Log(_text(folder, root, place.commit), place.prefix)
    except GitError:
        return None


def _text(folder: Path, root: Path, commit: str) -> bytes:
    kept = cache.load(str(root), _NAME, 3)
    if kept is not None and kept.parts[0] == _VERSION and _ID.match(kept.parts[1]):
        old = bytes(kept.parts[1]).decode()
        new = 0 if old == commit else _commits_between(folder, old, commit)
        if new is not None:
            text = bytes(kept.parts[2])
            if new:
                text = log_text(folder, f"{old}..{commit}") + text
            if new > _FEW:
                _keep(root, commit, text)
            return text
    text = log_text(folder, commit)
    if len(text) > _LONG or _has_many(folder, commit):
        _keep(root, commit, text)
    return text


def _keep(root: Path, commit: str, text: bytes) -> None:
    if root.is_dir():
        cache.save(str(root), _NAME, [_VERSION, commit.encode(), text])


def _commits_between(folder: Path, old: str, commit: str) -> int | None:
    """How many commits lead from `old` to `commit`; None when they are no chain, or there is no `old` any more."""
    from vaultkit.git.plumbing import GitError, run_git

    try:
        said = run_git(folder, "rev-list", "--parents", f"{old}..{commit}").decode()
    except GitError:
        return None
    at, lines = commit, said.splitlines()
    for line in lines:
        child, *parents = line.split(" ")
        if child != at or len(parents) != 1:
            return None
        at = parents[0]
    return len(lines) if at == old else None


def _has_many(folder: Path, commit: str) -> bool:
    from vaultkit.git.plumbing import run_git

    return int(run_git(folder, "rev-list", "--count", f"--max-count={_FEW + 1}", commit)) > _FEW
