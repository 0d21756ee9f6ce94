"""Stretches of a text that linking must not cut into: code, math, HTML, and whatever is a link or an image already.

Answers in the logarithm of their number, so that a megabyte of links costs no more than it must. Pure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from vaultkit.vault.note import LinkKind, RegionKind
from vaultkit.vault.scan import char_spans, scan

_HIDING = frozenset({RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_COMMENT, RegionKind.HTML_TAG})
_BRACKETED = re.compile(
    r"!?\[[^\[\]\n]*+\]\([^()\n]*+\)"  # links and images that lead out of the vault
    r"|^ {0,3}\[[^\[\]\n]++\]:[^\n]*+"  # a definition of a reference or footnote
    r"|\[\^[^\[\]\n]++\]"
    r"|\[[^\[\]\n]++\]\[[^\[\]\n]*+\]",
    re.M,
)
_TABLE_ROW = re.compile(r"^[ >]*+\|[^\n]*+", re.M)


class Spans:
    """Character spans of one text: sorted, overlapping and nested ones made one."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def cut_by(self, start: int, end: int) -> bool:
        """Whether one of them overlaps `start` to `end` without lying in it whole (`$β_2$` in a title may)."""
        at = bisect_right(self.ends, start)
        while at < len(self.starts) and self.starts[at] < end:
            if self.starts[at] < start or self.ends[at] > end:
                return True
            at += 1
        return False

    def hold(self, place: int) -> bool:
        """Whether `place` lies in one of them."""
        at = bisect_right(self.ends, place)
        return at < len(self.starts) and self.starts[at] <= place

    def add(self, start: int, end: int) -> bool:
        """Take `start` to `end` in unless it overlaps another; whether it was taken."""
        at = bisect_left(self.ends, start + 1)
        if at < len(self.starts) and self.starts[at] < end:
            return False
        self.starts.insert(at, start)
        self.ends.insert(at, end)
        return True


def protected(text: str) -> Spans:
    """What in `text` no reference may begin or end in."""
    found = scan(text.encode())
    spans = [r.span for r in found.regions if r.kind in _HIDING]
    spans += [link.span for link in found.links if link.kind is not LinkKind.PROPERTY]
    whole = Spans(spans)
    chars = char_spans(text, list(zip(whole.starts, whole.ends, strict=True)))
    return Spans([*chars, *(m.span() for m in _BRACKETED.finditer(text))])


def table_rows(text: str) -> Spans:
    """The rows of tables: a pipe in a link there must be escaped."""
    return Spans(m.span() for m in _TABLE_ROW.finditer(text))
