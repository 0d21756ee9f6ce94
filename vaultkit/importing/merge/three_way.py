"""Where three sequences agree and where they part: the diff3 scheme, over any two sets of matches with the base.

Knows positions only; what to do where they part is decided in `body` (lines) and `words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vaultkit.importing.merge.diff import Match


class Region(NamedTuple):
    """A stretch of each of the three. `same`: they are equal; else what lies between two such stretches."""

    same: bool
    base: slice
    mine: slice
    theirs: slice


def regions(mine: Sequence[Match], theirs: Sequence[Match], sizes: tuple[int, int, int]) -> Iterator[Region]:
    """The regions in order, none of them empty in all three. `sizes`: lengths of base, mine, theirs; the matches are
    those of the base with either side."""
    at = (0, 0, 0)
    for b, m, t, size in _common(mine, theirs):
        if (b, m, t) != at:
            yield Region(False, slice(at[0], b), slice(at[1], m), slice(at[2], t))
        yield Region(True, slice(b, b + size), slice(m, m + size), slice(t, t + size))
        at = (b + size, m + size, t + size)
    if at != sizes:
        yield Region(False, slice(at[0], sizes[0]), slice(at[1], sizes[1]), slice(at[2], sizes[2]))


def _common(mine: Sequence[Match], theirs: Sequence[Match]) -> Iterator[tuple[int, int, int, int]]:
    """What the base has in common with both sides: places in base, mine and theirs, and the size."""
    x = y = 0
    while x < len(mine) and y < len(theirs):
        one, other = mine[x], theirs[y]
        start = max(one.i, other.i)
        end = min(one.i + one.size, other.i + other.size)
        if start < end:
            yield start, one.j + start - one.i, other.j + start - other.i, end - start
        if one.i + one.size < other.i + other.size:
            x += 1
        else:
            y += 1
