"""What it costs to run a command: wall time, CPU time and memory, of the child and of the processes it starts.

Knows processes; knows nothing of vaults or of what the commands do.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024
_SAMPLE_EVERY = 0.01


class Failed(Exception):
    """A command could not do its work; the text says which, and what it said."""


class Cost(NamedTuple):
    """Seconds from start to end, seconds of CPU (the children it waited for included), bytes of memory."""

    wall: float
    cpu: float
    peak: int


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run in the folder `cwd`; `before` is done ahead of each run and not measured."""

    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str]
    before: Callable[[], None] = _nothing


def run(command: Command, sample: bool = False) -> Cost:
    """Run once. Output is thrown away; raises Failed on exit codes other than 0 (clean) and 1 (findings).

    `peak` is that of the largest process. With `sample` it is the largest sum over all processes that were alive at
    once, looked up every few milliseconds; looking costs time, so the two other figures are then worth nothing.
    """
    command.before()
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(
            command.argv,
            cwd=command.cwd,
            env=command.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            summed = _sampled(child.pid) if sample else 0
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            child.kill()
            raise
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace")[-2000:]
            raise Failed(f"{' '.join(command.argv)}: exit code {child.returncode}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(summed, usage.ru_maxrss * _MAXRSS_UNIT))


def interleaved(rounds: int, commands: Mapping[str, Command]) -> dict[str, Cost]:
    """Run the commands by turns (A B A B …), so that a busy spell of the machine hits all alike; medians by name.

    Before the first round each runs once unmeasured: it fills the caches, its own and those of the disk.
    """
    for command in commands.values():
        run(command)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
    return {name: median_of(some) for name, some in costs.items()}


def median_of(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    walls, cpus, peaks = zip(*costs, strict=True)
    return Cost(statistics.median(walls), statistics.median(cpus), int(statistics.median(peaks)))


def _sampled(pid: int) -> int:
    """Follow the process until it ends (it is left to be waited for); the most bytes it and its children held at once.

    A page that several processes share is divided among them, so that a fork does not count its memory twice. 0 where
    there is no /proc to ask.
    """
    most = 0
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        start = time.perf_counter()
        most = max(most, sum(_share_of_memory(one) for one in _family(pid)))
        time.sleep(max(_SAMPLE_EVERY, 5 * (time.perf_counter() - start)))  # it holds up processes of many gigabytes
    return most


def _family(pid: int) -> set[int]:
    """The process and all that descend from it."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text("utf-8", "replace")
        except OSError:  # ended since
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])  # the name in brackets may hold anything
    family = {pid}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _share_of_memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii", "replace").splitlines()
    except OSError:  # ended since
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
