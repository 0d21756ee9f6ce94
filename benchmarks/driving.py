"""The merge driver beside git's own line merge, on the same pairs as the merge of imports (`merging`).

How often either needs a person, whether a result of the driver is wrong, and what a call costs: the processor time of
the program as git starts it, beside `git merge-file` and a Python that does nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import merging
from vaultkit.git.merge_notes import merge_notes, with_markers

_MARKER = 31
"""So many signs that no note has a line like a marker."""


class Asked(NamedTuple):
    """How often the driver needs a person, and which results are wrong, each with why."""

    asks: int
    wrong: tuple[tuple[merging.Pair, bytes, str], ...]


class Cost(NamedTuple):
    """Processor time of a call in milliseconds: the median, and what one in twenty exceeds."""

    median: float
    most: float


def drive(pairs: Sequence[merging.Pair]) -> Asked:
    """Merge each pair as the driver does."""
    asks = 0
    wrong = []
    for pair in pairs:
        note = merge_notes(pair.base, pair.mine, pair.theirs)
        shown = with_markers(note, _MARKER)
        asks += not note.agreed
        if why := merging.what_is_wrong(pair, shown, shown, asks=not note.agreed, again=False):
            wrong.append((pair, shown, why))
    return Asked(asks, tuple(wrong))


def cost(pairs: Sequence[merging.Pair]) -> tuple[Cost, Cost, Cost]:
    """Of a call of the driver, of `git merge-file`, and of a bare Python, one call for each pair."""
    python = [sys.executable, "-P"]
    commands = (
        [*python, "-m", "vaultkit.git.merging", "base", "ours", "theirs", "7", "note.md"],
        ["git", "merge-file", "-q", "ours", "base", "theirs"],
        [*python, "-c", "pass"],
    )
    spent: list[list[float]] = [[] for _ in commands]
    with tempfile.TemporaryDirectory() as folder:
        for pair in pairs:
            for command, times in zip(commands, spent, strict=True):
                for name, data in zip(("base", "ours", "theirs"), pair[:3], strict=True):
                    Path(folder, name).write_bytes(data)
                before = _processor()
                subprocess.run(command, cwd=folder, capture_output=True, check=False)
                times.append((_processor() - before) * 1000)
    driver, git, bare = (Cost(median(times), sorted(times)[int(len(times) * 0.95)]) for times in spent)
    return driver, git, bare


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
