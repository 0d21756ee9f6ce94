"""Which line of one text became which line of another, where lines were reworded and others put in or taken out.

Knows lines by their words; says nothing of what becomes of them. Used where a passage clashes as a whole: `b` "A·B",
`m` "B", `t` "A·B1" is a line deleted and another one reworded, no two edits of one passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vaultkit.importing.merge.diff import Match
from vaultkit.importing.merge.words import tokens

_MOST = 256
"""Pairs of lines that are compared in a passage; what has more is no passage but another text."""
_LONGEST = 16 << 10
"""Bytes of all lines of a passage that are looked at."""
_ALIKE = 0.5
"""How much of the words of the base a reworded line has still; as much as in `words`."""


def paired(base: Sequence[bytes], side: Sequence[bytes]) -> list[Match]:
    """The lines of `side` that are those of `base`, equal or reworded: in order, each for itself (`size` 1), blank ones
    never. Empty when nothing is alike, or when there is too much of it."""
    n, m = len(base), len(side)
    if not n or not m or n * m > _MOST or sum(map(len, base)) + sum(map(len, side)) > _LONGEST:
        return []
    ours, others = [_words(line) for line in base], [_words(line) for line in side]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]  # how alike the lines from here on can be at most
    alike = [[_alike(one, other) for other in others] for one in ours]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            here = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(here, best[i + 1][j], best[i][j + 1])
    out: list[Match] = []
    i = j = 0
    while i < n and j < m:
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            out.append(Match(i, j, 1))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def _words(line: bytes) -> Counter[str]:
    """The words of a line, each as often as it has characters: long ones tell more."""
    out: Counter[str] = Counter()
    for word in tokens(line.decode("utf-8", "surrogateescape")):
        if any(map(str.isalnum, word)):
            out[word] += len(word)
    return out


def _alike(base: Counter[str], side: Counter[str]) -> float:
    """From 0, other lines, to 1, the same words; that a line has many new ones beside the old does not make it
    another, but one that has fewer is more alike."""
    if not base or not side:
        return 0.0
    shared = (base & side).total()
    if shared < _ALIKE * base.total():
        return 0.0
    return shared / base.total() + shared / (1000 * side.total())
