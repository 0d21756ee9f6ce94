"""The log of files that came, went and were renamed below a folder, as git prints it; what it means is its readers'."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

MARK = b"\x01"
"""Stands before the day of each commit."""
LOG = (
    "log",
    "-z",
    "--name-status",
    "-M",
    "--diff-filter=ARD",
    "--no-merges",
    "--no-show-signature",
    "--no-relative",
    f"--format={MARK.decode()}%as",
)
"""What git is asked for."""


class Log(NamedTuple):
    """`text`: for each commit MARK and its day, then for each file a letter and a path, for R two, all ended by NUL.
    `prefix`: what paths below the folder begin with."""

    text: bytes
    prefix: bytes


class Place(NamedTuple):
    """Where the past of a folder begins. `commit`: the id of HEAD. `prefix`: as `Log` says."""

    commit: str
    prefix: bytes


def place_of(folder: Path) -> Place | None:
    """None where there is no git, no repository, no commit yet, or a shallow one, which does not know when its files
    came."""
    from vaultkit.git.plumbing import GitError, run_git  # loads much, and few ask

    try:
        said = run_git(folder, "rev-parse", "--is-shallow-repository", "HEAD", "--show-prefix")
    except GitError:
        return None
    shallow, commit, prefix = said.split(b"\n", 2)
    return Place(commit.decode(), prefix.removesuffix(b"\n")) if shallow == b"false" else None


def log_text(folder: Path, *options: str) -> bytes:
    """`Log.text` of the commits that `options` of `git log` say, newest commit first. Raises GitError."""
    from vaultkit.git.plumbing import run_git

    return run_git(folder, *LOG, *options)


def read_log(folder: Path, *options: str) -> Log | None:
    """The log of all commits, newest first unless `options` of `git log` say otherwise. None as for `place_of`."""
    from vaultkit.git.plumbing import GitError

    if (place := place_of(folder)) is None:
        return None
    try:
        return Log(log_text(folder, *options, place.commit), place.prefix)
    except GitError:
        return None


def read_day(text: bytes) -> dt.date | None:
    """The day of a commit; None: it is none."""
    try:
        return dt.date.fromisoformat(text.strip().decode("ascii"))
    except ValueError:
        return None
