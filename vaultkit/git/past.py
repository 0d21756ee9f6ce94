"""The log of files that came, went and were renamed below a folder, as git prints it; what it means is its readers'."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

MARK = b"\x01"
"""Stands before the day of each commit."""
_LOG = (
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


class Log(NamedTuple):
    """`text`: for each commit MARK and its day, then for each file a letter and a path, for R two, all ended by NUL.
    `prefix`: what paths below the folder begin with."""

    text: bytes
    prefix: bytes


def read_log(folder: Path, *options: str) -> Log | None:
    """The log, newest commit first unless `options` of `git log` say otherwise. None where there is no git, no
    repository, no commit yet, or a shallow one, which does not know when its files came."""
    from vaultkit.git.plumbing import GitError, run_git  # loads much, and few ask

    try:
        if run_git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return None
        prefix = run_git(folder, "rev-parse", "--show-prefix").removesuffix(b"\n")
        return Log(run_git(folder, *_LOG, *options), prefix)
    except GitError:
        return None


def read_day(text: bytes) -> dt.date | None:
    """The day of a commit; None: it is none."""
    try:
        return dt.date.fromisoformat(text.strip().decode("ascii"))
    except ValueError:
        return None
