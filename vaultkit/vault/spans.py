"""Many stretches of one text, asked what lies in them.

Answers in the logarithm of their number, so that a megabyte of links costs no more than it must. Knows nothing of what
the stretches are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """Stretches of one text, in bytes or characters: sorted, overlapping and nested ones made one."""

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
