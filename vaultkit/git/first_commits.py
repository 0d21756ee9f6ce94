"""On which day git first saw each file of a folder, through renames.

The day is the author's own. A file that was taken away and came back counts from when it came back: `Untitled.md` need
not be the same note. What a shallow clone or a merge alone knows is no first commit, so nothing is said of it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from vaultkit.git.past import MARK, read_day, read_log


def first_commit_in(folder: Path) -> Callable[[str], dt.date | None]:
    """Answers for paths below `folder` (with `/`): the day of the first commit, None when git knows none.

    Git is asked once, with the first question.
    """
    read = cache(lambda: first_commits(folder))
    return lambda path: read().get(path)


def first_commits(folder: Path) -> Mapping[str, dt.date]:
    """The day of the first commit of each file below `folder`, by its path from there.

    Empty where there is no git, no repository, no commit yet, or a shallow one.
    """
    log = read_log(folder, "--reverse", "--topo-order")
    days = _read(log.text) if log else {}
    prefix = log.prefix if log else b""
    return {os.fsdecode(path[len(prefix) :]): day for path, day in days.items() if path.startswith(prefix)}


def _read(log: bytes) -> dict[bytes, dt.date]:
    """Paths of the log, oldest commit first: `\\x01DAY`, then for each file a letter and a path, for R two paths."""
    days: dict[bytes, dt.date] = {}
    day: dt.date | None = None
    tokens = iter(log.split(b"\0"))
    for token in tokens:
        status = token.lstrip(b"\n")
        if status.startswith(MARK):
            day = _day(status[1:])
            continue
        path = next(tokens, b"")
        if status == b"D":
            days.pop(path, None)
        elif status.startswith(b"R"):
            known, new = days.pop(path, None), next(tokens, b"")
            if known:
                days.setdefault(new, known)
        elif status == b"A" and day:
            days.setdefault(path, day)
    return days


def _day(text: bytes) -> dt.date | None:
    """The day of a commit; None for a clock that was never set: nobody wrote a note then."""
    day = read_day(text)
    return day if day and day.year > 1970 else None
