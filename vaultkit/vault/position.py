"""Byte offsets → lines and columns as an editor counts them. The only place that does."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Position(NamedTuple):
    """Line and column, both from 1; the column counts characters, not bytes, and nothing of a BOM."""

    line: int
    column: int


class Lines:
    """Where the lines of one note begin. A line ends at LF; the CR before it is its last character."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._starts = [0]
        at = data.find(b"\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = data.find(b"\n", at + 1)

    def position(self, offset: int) -> Position:
        """The place of the byte at `offset`; offsets outside the note are taken to its nearest end."""
        offset = min(max(offset, 0), len(self._data))
        line = bisect_right(self._starts, offset)
        before = self._data[self._starts[line - 1] : offset].removesuffix(b"\r")
        if line == 1:
            before = before.removeprefix(b"\xef\xbb\xbf")
        return Position(line, len(before.decode("utf-8", "replace")) + 1)
