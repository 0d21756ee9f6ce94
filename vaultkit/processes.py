"""The same work on many things, by several processes when that pays. Knows nothing of notes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

_Thing = TypeVar("_Thing")
_Answer = TypeVar("_Answer")
_MANY = 2000
"""From so many things on a second process pays."""
_CHUNKS = 8
"""So many pieces of work for each process: the last one to finish is not waited for long."""


def processes(things: Sequence[object]) -> int:
    """So many pay for as many things."""
    return 2 if len(things) > _MANY and (os.cpu_count() or 1) > 1 else 1


def of_each(work: Callable[[_Thing], _Answer], things: Sequence[_Thing], jobs: int) -> Iterator[tuple[_Thing, _Answer]]:
    """Each of `things` with what `work` makes of it, in order. Answers must be picklable; `work` need not be, since the
    processes are copies of this one. Where there are none (Windows) it is done here."""
    if jobs < 2 or not hasattr(os, "fork"):
        return ((thing, work(thing)) for thing in things)
    return _in_processes(work, things, jobs)


_work: tuple[Callable[[Any], object], Sequence[Any]] | None = None
"""In a process that was made to work: what it does with a thing, and all the things."""


def _in_processes(
    work: Callable[[_Thing], _Answer], things: Sequence[_Thing], jobs: int
) -> Iterator[tuple[_Thing, _Answer]]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    size = -(-len(things) // (jobs * _CHUNKS)) or 1
    chunks = [slice(at, at + size) for at in range(0, len(things), size)]
    with ProcessPoolExecutor(jobs, get_context("fork"), _begin, (work, things)) as pool:
        for chunk, answers in zip(chunks, pool.map(_work_on, chunks), strict=True):
            yield from zip(things[chunk], cast("list[_Answer]", answers), strict=True)


def _begin(work: Callable[[Any], object], things: Sequence[Any]) -> None:
    import signal

    global _work
    _work = work, things
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for us tells the person


def _work_on(chunk: slice) -> list[object]:
    assert _work is not None
    work, things = _work
    return [work(thing) for thing in things[chunk]]
