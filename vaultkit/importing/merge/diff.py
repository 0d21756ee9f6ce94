"""What two sequences have in common, in order: patience diff, and Myers' algorithm where nothing is unique.

Knows sequences of hashable things (lines, words); knows nothing of text. The time is bounded: patience looks at each
item a bounded number of times, and Myers' algorithm may do so many steps in all. What is not found by then counts as
different, which is never wrong, only coarse. (`difflib` is quadratic on repeated lines, and its junk heuristics tear
long texts apart; the packages `merge3` and `patiencediff` are under the GPL, vaultkit is not.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import NamedTuple

_DEEPEST = 8
"""How often what lies between unique items is searched for items that are unique there."""
_STEPS = 60_000
_STEPS_OF_ITEM = 1
"""Steps of Myers' algorithm in all, and more for each item, so that the time stays linear."""
_MOST_EDITS = 400


class Match(NamedTuple):
    """`a[i:i+size] == b[j:j+size]`."""

    i: int
    j: int
    size: int


class _Gap(NamedTuple):
    alo: int
    ahi: int
    blo: int
    bhi: int
    depth: int


def matches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Match]:
    """What `a` and `b` have in common: in order, neither overlapping nor touching on both sides."""
    head, tail = _ends(a, b, 0, len(a), 0, len(b))
    found = [Match(0, 0, head)] if head else []
    inner = _Gap(head, len(a) - tail, head, len(b) - tail, 0)
    if inner.alo < inner.ahi and inner.blo < inner.bhi:
        found += _inside(a, b, inner)
    if tail:
        found.append(Match(len(a) - tail, len(b) - tail, tail))
    return _joined(found)


def _ends(a: Sequence[Hashable], b: Sequence[Hashable], alo: int, ahi: int, blo: int, bhi: int) -> tuple[int, int]:
    """How many items the two stretches have in common at their beginning, and behind that at their end."""
    most = min(ahi - alo, bhi - blo)
    head = 0
    while head < most and a[alo + head] == b[blo + head]:
        head += 1
    tail = 0
    while tail < most - head and a[ahi - 1 - tail] == b[bhi - 1 - tail]:
        tail += 1
    return head, tail


def _inside(a: Sequence[Hashable], b: Sequence[Hashable], whole: _Gap) -> list[Match]:
    """Matches in a stretch, in order."""
    out: list[Match] = []
    steps = _STEPS + _STEPS_OF_ITEM * (whole.ahi - whole.alo + whole.bhi - whole.blo)
    gaps = [whole]
    while gaps:
        alo, ahi, blo, bhi, depth = gaps.pop()
        head, tail = _ends(a, b, alo, ahi, blo, bhi)
        if head:
            out.append(Match(alo, blo, head))
        if tail:
            out.append(Match(ahi - tail, bhi - tail, tail))
        alo, ahi, blo, bhi = alo + head, ahi - tail, blo + head, bhi - tail
        if alo == ahi or blo == bhi:
            continue
        anchors = _unique(a, b, alo, ahi, blo, bhi) if depth < _DEEPEST else []
        if not anchors:
            some, used = _myers(a, b, alo, ahi, blo, bhi, steps)
            out += some
            steps -= used
            continue
        for i, j in anchors:
            out.append(Match(i, j, 1))
            gaps.append(_Gap(alo, i, blo, j, depth + 1))
            alo, blo = i + 1, j + 1
        gaps.append(_Gap(alo, ahi, blo, bhi, depth + 1))
    out.sort()
    return out


def _unique(
    a: Sequence[Hashable], b: Sequence[Hashable], alo: int, ahi: int, blo: int, bhi: int
) -> list[tuple[int, int]]:
    """Items that are there once on either side: the longest run of them that stands in the same order on both."""
    places: dict[Hashable, int] = {}
    for i in range(alo, ahi):
        places[a[i]] = -1 if a[i] in places else i
    partner: dict[Hashable, int] = {}
    for j in range(blo, bhi):
        if places.get(b[j], -1) >= 0:
            partner[b[j]] = -1 if b[j] in partner else j
    pairs = sorted((places[item], j) for item, j in partner.items() if j >= 0)
    ends: list[int] = []  # the least `j` with which a run of each length ends
    tops: list[int] = []  # the pair that does
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(tops[at - 1] if at else -1)
        if at == len(ends):
            ends.append(j)
            tops.append(n)
        else:
            ends[at], tops[at] = j, n
    out = []
    n = tops[-1] if tops else -1
    while n >= 0:
        out.append(pairs[n])
        n = before[n]
    return out[::-1]


def _myers(
    a: Sequence[Hashable], b: Sequence[Hashable], alo: int, ahi: int, blo: int, bhi: int, steps: int
) -> tuple[list[Match], int]:
    """A shortest way from one stretch to the other, and how many steps the search took; no match when it takes too many
    or the way is too long."""
    n, m = ahi - alo, bhi - blo
    most = min(n + m, _MOST_EDITS)
    reach = [0] * (2 * most + 3)  # how far into `a` each diagonal is reached; diagonal k stands at `most + 1 + k`
    trail: list[list[int]] = []
    used = 0
    for d in range(most + 1):
        trail.append(reach[most - d : most + 3 + d])  # diagonals -d-1 to d+1, as they were before
        for k in range(-d, d + 1, 2):
            at = most + 1 + k
            down = k == -d or (k != d and reach[at - 1] < reach[at + 1])
            x = reach[at + 1] if down else reach[at - 1] + 1
            y = x - k
            used -= x
            while x < n and y < m and a[alo + x] == b[blo + y]:
                x += 1
                y += 1
            used += x + 1
            reach[at] = x
            if x >= n and y >= m:
                return _way_back(trail, n, m, alo, blo), used
        if used > steps:
            break
    return [], used


def _way_back(trail: list[list[int]], n: int, m: int, alo: int, blo: int) -> list[Match]:
    out = []
    x, y = n, m
    for d in range(len(trail) - 1, 0, -1):
        reach, k = trail[d], x - y
        at = d + 1 + k
        if k == -d or (k != d and reach[at - 1] < reach[at + 1]):
            before_x, before_y = reach[at + 1], reach[at + 1] - k - 1
            start = before_x
        else:
            before_x, before_y = reach[at - 1], reach[at - 1] - k + 1
            start = before_x + 1
        if x > start:
            out.append(Match(alo + start, blo + start - k, x - start))
        x, y = before_x, before_y
    if x:
        out.append(Match(alo, blo, x))
    return out[::-1]


def _joined(found: list[Match]) -> list[Match]:
    """Matches that follow directly upon each other as one."""
    out: list[Match] = []
    for one in found:
        if out and out[-1].i + out[-1].size == one.i and out[-1].j + out[-1].size == one.j:
            out[-1] = Match(out[-1].i, out[-1].j, out[-1].size + one.size)
        else:
            out.append(one)
    return out


def without_islands(found: list[Match], of_a: Sequence[int], of_b: Sequence[int], n: int, m: int) -> list[Match]:
    """`found` without matches that are lighter than what differs before and behind them: they are there by chance.

    `of_a`, `of_b`: what the first `i` items weigh, for each `i`; `n`, `m`: how many items there are. Two sentences that
    have a `the` and a blank in common say different things all the same, and nothing may be put at that `the`.
    """
    out: list[Match] = []
    before_i = before_j = 0
    for number, one in enumerate(found):
        last = number + 1 == len(found)
        next_i, next_j = (n, m) if last else (found[number + 1].i, found[number + 1].j)
        weight = of_a[one.i + one.size] - of_a[one.i]
        before = max(of_a[one.i] - of_a[before_i], of_b[one.j] - of_b[before_j])
        behind = max(of_a[next_i] - of_a[one.i + one.size], of_b[next_j] - of_b[one.j + one.size])
        if weight >= before or weight >= behind:
            out.append(one)
            before_i, before_j = one.i + one.size, one.j + one.size
    return out
