"""A line of a body taken apart: its quote marks, its indentation, its text. Knows no block."""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.vault.block_syntax import QUOTE


class Line(NamedTuple):
    """Quote depth, columns of indentation behind the quote marks, where the text begins and ends, and the next line."""

    depth: int
    indent: int
    text: int
    end: int
    next: int


def take_line(data: bytes, pos: int, max_depth: int = 1 << 30) -> Line:
    """The line at `pos`; at most `max_depth` quote marks of it are read."""
    end = data.find(b"\n", pos)
    if end < 0:
        end = len(data)
    behind = end + 1
    while end > pos and data[end - 1] in b"\r":
        end -= 1
    depth = indent = 0
    if pos < end and data[pos] in b" \t>":
        while depth < max_depth and (mark := QUOTE.match(data, pos, end)):
            pos = mark.end()
            depth += 1
        indent, pos = indent_at(data, pos, end, 0)
    return Line(depth, indent, pos, end, behind)


def indent_at(data: bytes, pos: int, end: int, column: int) -> tuple[int, int]:
    """Column of the first character at or behind `pos`, which is at `column`, that is no space or tab; its offset."""
    while pos < end:
        char = data[pos]
        if char == 32:
            column += 1
        elif char == 9:
            column += 4 - column % 4
        else:
            break
        pos += 1
    return column, pos
