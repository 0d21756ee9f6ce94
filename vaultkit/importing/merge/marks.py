"""Words that one side only marked, as bold, highlighted or a link, next to words that the other side wrote otherwise.

Who puts `**` or `[[ ]]` around a word has not written it otherwise: `b` the first bad line, `m` the **first** bad line,
`t` the first poor line → the **first** poor line. Where the marked word itself was written otherwise a person is asked:
the mark may have been meant for it. Knows the words of a stretch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from vaultkit.importing.merge.diff import matches

_MARKS = frozenset("* ** *** _ __ == ~~".split())
_OPEN, _CLOSE = "[[", "]]"


def marked(base: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str] | None:
    """`other` with the marks that `one` put into `base`; None when `one` did something else, too, or where a mark
    belongs cannot be told."""
    put = _put_in(base, one)
    if not put:
        return None
    kept = {i + n: j + n for i, j, size in matches(base, other) for n in range(size)}
    for (start, mark), (end, _) in pairwise(put):
        words = [at for at in range(start, end) if not base[at].isspace()]
        if not (all if mark == _OPEN else any)(at in kept for at in words):
            return None
        places = [kept.get(at, 0) for at in range(start, end)] if mark == _OPEN else []
        if any(behind != before + 1 for before, behind in pairwise(places)):
            return None
    out = [*other]
    for at, mark in reversed(put):
        place = _place(at, len(base), len(other), kept)
        if place is None:
            return None
        out.insert(place, mark)
    return out


def _place(at: int, size: int, other: int, kept: Mapping[int, int]) -> int | None:
    """Where in the `other` side, of so many words, that stands which stood before the word `at` of the base, which has
    `size`; None when neither the word before nor the one behind is there, or something was put between them."""
    behind = kept.get(at, other if at == size else None)
    before = kept.get(at - 1, -1 if at == 0 else None)
    if before is None or behind is None:
        return behind if before is None else before + 1
    return behind if behind == before + 1 else None


def _put_in(base: Sequence[str], one: Sequence[str]) -> list[tuple[int, str]]:
    """The marks that `one` has more than `base`, each with how many words of the base stand before it; none when that
    is not the only difference."""
    from vaultkit.importing.merge.words import tokens  # which looks for marks itself

    put: list[tuple[int, str]] = []
    at = 0
    for word in one:
        if at < len(base) and word == base[at]:
            at += 1
        elif word in _MARKS:
            put.append((at, word))
        elif (
            word.startswith(_OPEN)
            and (inner := tokens(word[2:-2])) == [*base[at : at + len(inner)]]
            and "|" not in inner
        ):
            put += [(at, _OPEN), (at + len(inner), _CLOSE)]
            at += len(inner)
        else:
            return []
    return put if at == len(base) else []
