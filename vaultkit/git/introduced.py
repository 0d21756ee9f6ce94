"""Which findings a commit brings in, and which were there before it.

A finding is known again by its rule and its message or the text of its line, as in a baseline; where in the note it
stands does not matter. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from vaultkit.linting.baseline import Key, Read, keyed
from vaultkit.linting.placed import Placed


class Introduced(NamedTuple):
    """The findings in some notes."""

    new: tuple[Placed, ...]
    old: tuple[Placed, ...]


def introduced(found: Sequence[Placed], read: Read, before: Sequence[Placed], read_before: Read) -> Introduced:
    """Divides what is `found`, sorted by path. `before`: what was found in the same notes before the commit, by the
    paths that they have now. `read`, `read_before`: the bytes of a note by its path now.

    Each finding of before accounts for one of now: best for one with the same message in the same line, else with the
    same message (the line was edited or moved), else in the same line (`12 notes` in the message are 13 now).
    """
    earlier = {path: _keys(list(some), read_before(path)) for path, some in groupby(before, lambda one: one.path)}
    new: list[Placed] = []
    old: list[Placed] = []
    for path, some in groupby(found, lambda one: one.path):
        here = list(some)
        known = _known(_keys(here, read(path)), earlier.get(path, []))
        for at, one in enumerate(here):
            (old if at in known else new).append(one)
    return Introduced(tuple(new), tuple(old))


def _keys(found: Sequence[Placed], data: bytes | None) -> list[Key]:
    return [key for key, _ in keyed(found, data)]


def _known(found: Sequence[Key], before: Sequence[Key]) -> set[int]:
    """Which of `found` those of `before` account for, by their places in it."""
    known: set[int] = set()
    left = list(before)
    for likeness in _LIKENESSES:
        counts = Counter(map(likeness, left))
        taken: Counter[tuple[str, ...]] = Counter()
        for at, key in _others(found, known):
            like = likeness(key)
            if taken[like] < counts[like]:
                taken[like] += 1
                known.add(at)
        rest = []
        for key in left:
            like = likeness(key)
            if taken[like] > 0:
                taken[like] -= 1
            else:
                rest.append(key)
        left = rest
    return known


_LIKENESSES = (
    lambda key: (key.rule, key.message, key.line),
    lambda key: (key.rule, key.message),
    lambda key: (key.rule, key.line),
)


def _others(found: Sequence[Key], known: set[int]) -> Iterator[tuple[int, Key]]:
    return ((at, key) for at, key in enumerate(found) if at not in known)
