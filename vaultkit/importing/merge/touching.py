"""A stretch of words in which the edits of two sides touch: what can be joined there without asking.

Knows the words of a stretch and what stands before it. Decisions, with `b` base, `m` mine, `t` theirs:

- Both put whole sentences into the same place (`sentences`): `b` We left. `m` We left. It rained. `t` We left. Ada
  came. → We left. Ada came. It rained. The source's comes first, as with lines (`blocks`).
- Both put words into the same place, one of them more: `b` at noon, `m` at noon sharp, `t` at noon sharp, or later →
  the longer.
- One put a whole sentence beside a word that the other wrote otherwise: `b` 雨だった。バスで帰った。 `m`
  雨だった。寒かった。バスで帰った。 `t` 雨だった。電車で帰った。 → both. Not so where the other deleted what stood
  there: the sentence may speak of it.
- One only marked words, as bold or a link (`marks`), beside one that the other wrote otherwise: both.
- One wrote a particle otherwise, and the other the word before it or behind it: `b` 多段階の推論, `m` 多段階での推論,
  `t` 多段階の学習 → 多段階での学習. So with a form of する and its noun: `b` 公開した, `m` 発表した, `t` 公開している →
  発表している.
"""

from __future__ import annotations

from itertools import pairwise

from vaultkit.importing.merge.japanese import is_glue
from vaultkit.importing.merge.marks import marked
from vaultkit.importing.merge.sentences import stands_alone

_FEW = 4
"""Words of a stretch in which the seam between two edits is looked for."""


def both_sides(
    before: str, base: list[str], mine: list[str], theirs: list[str], *, ends_line: bool
) -> list[str] | None:
    """What becomes of a stretch that both sides changed, in words; None when they clash. `before`: what stands before
    it, at least the end of it; `ends_line`: a line ends behind it."""
    if any("\n" in side for side in (base, mine, theirs)):
        return None
    if not base:
        return _both_put(before, mine, theirs, ends_line=ends_line)
    for one, other in ((mine, theirs), (theirs, mine)):
        if (joined := marked(base, one, other)) is not None:
            return joined
    for one, other in ((mine, theirs), (theirs, mine)):
        if other and len(one) > len(base):
            joined = _beside(before, base, one, other, ends_line=ends_line)
            if joined is not None:
                return joined
    if len(base) > _FEW:
        return None
    return _neighbours(before, base, mine, theirs) or _neighbours(before, base, theirs, mine)


def _both_put(before: str, mine: list[str], theirs: list[str], *, ends_line: bool) -> list[str] | None:
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter in (longer[: len(shorter)], longer[len(longer) - len(shorter) :]):
        return longer
    alone = [stands_alone(before, "".join(side), ends_line=ends_line) for side in (mine, theirs)]
    return theirs + mine if all(alone) else None


def _beside(before: str, base: list[str], one: list[str], other: list[str], *, ends_line: bool) -> list[str] | None:
    """With `one` a sentence more than the base, and `other` instead of the base."""
    size = len(base)
    if one[:size] == base:
        put = one[size:]
        if all(stands_alone("".join(above), "".join(put), ends_line=ends_line) for above in (base, other)):
            return other + put
    if one[-size:] == base and stands_alone(before, "".join(one[:-size]), ends_line=False):
        return one[:-size] + other
    return None


def _neighbours(before: str, base: list[str], one: list[str], other: list[str]) -> list[str] | None:
    """With `one` other words at the front, and `other` at the end, where at the seam stands a word that only joins."""
    text, front, end = "".join(base), "".join(other), "".join(one)
    seam = 0
    for left, right in pairwise(base):
        seam += len(left)
        changed = seam < len(front) and len(text) < seam + len(end)
        kept = front.startswith(text[:seam]) and end.endswith(text[seam:])
        if changed and kept and (is_glue(left, before) or is_glue(right, left)):
            return [end[: len(end) - len(text) + seam], front[seam:]]
        before = left
    return None
