"""Byte offsets → lines and columns as an editor counts them. The only place that does."""

from __future__ import annotations

from typing import NamedTuple

_BOM = b"\xef\xbb\xbf"


class Position(NamedTuple):
    """Line and column, both from 1; the column counts characters, not bytes, and nothing of a BOM."""

    line: int
    column: int


class Lines:
    """The lines of one note. A line ends at LF; the CR before it is its last character.

    Each place is counted from the one that was asked for before: findings come in order, and most notes have one.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._first = self._at = len(_BOM) if data.startswith(_BOM) else 0
        self._line = 1
        self._before = 0
        """Characters between the begin of the line and `_at`."""

    def position(self, offset: int) -> Position:
        """The place of the byte at `offset`; offsets outside the note are taken to its nearest end."""
        data, at = self._data, self._at
        offset = min(max(offset, self._first), len(data))
        if offset >= at:
            if ends := data.count(b"\n", at, offset):
                self._line += ends
                self._before = 0
                at = data.rfind(b"\n", at, offset) + 1
            self._before += _length(data[at:offset])
        elif ends := data.count(b"\n", offset, at):
            self._line -= ends
            self._before = _length(data[max(data.rfind(b"\n", 0, offset) + 1, self._first) : offset])
        else:
            self._before -= _length(data[offset:at])
        self._at = offset
        is_behind_cr = self._before > 0 and data[offset - 1] == 0x0D
        return Position(self._line, self._before + (0 if is_behind_cr else 1))


def _length(text: bytes) -> int:
    return len(text.decode("utf-8", "replace"))
