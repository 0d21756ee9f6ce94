"""Blocks whose text is no Markdown, where their first line is known: how far indented code, fences and HTML reach.

Each function gets the container that the block stands in, as `depth` (quote marks) and `floor` (the column at which the
contents of the innermost list item begin), and returns the region and where the line behind it begins.
"""

from __future__ import annotations

from vaultkit.vault.block_lines import take_line
from vaultkit.vault.block_syntax import BLANK_LINE, before_line_end, closing_fence
from vaultkit.vault.note import Mark, RegionKind


def indented_code(data: bytes, start: int, end: int, pos: int, depth: int, floor: int) -> tuple[Mark, int]:
    """Code from `start`, whose first line ends at `end`, and the next begins at `pos`. It runs on while lines are blank
    or at least as deep; trailing blank lines are not part of it."""
    while pos < len(data):
        line = take_line(data, pos, depth)
        if line.depth < depth or (line.text < line.end and line.indent < floor + 4):
            break
        if line.text < line.end:
            end = line.end
        pos = line.next
    return (RegionKind.CODE, start, end, True), pos


def fence(data: bytes, start: int, ticks: bytes, pos: int, depth: int, floor: int) -> tuple[Mark, int]:
    """A fence opened at `start` with `ticks`; the next line begins at `pos`. It ends at a line of the same character,
    as long or longer, nothing behind; or with its container."""
    end, closed = before_line_end(data, min(pos, len(data))), False
    if depth == 0 and floor == 0:
        found = closing_fence(ticks, True).search(data, pos)
        end, closed = (found.end(), True) if found else (len(data), False)
        pos = take_line(data, end).next
        end = before_line_end(data, end)
    closing = closing_fence(ticks, False)
    while not closed and pos < len(data):
        line = take_line(data, pos, depth)
        if line.depth < depth or (line.text < line.end and line.indent < floor):
            closed = True  # by the end of its quote or list item
            break
        end, pos = line.end, line.next
        closed = line.indent - floor < 4 and bool(closing.match(data, line.text, line.end))
    return (RegionKind.CODE, start, min(end, len(data)), closed), pos


def html(data: bytes, start: int, kind: RegionKind, closer: bytes, depth: int, floor: int) -> tuple[Mark, int]:
    """An HTML block from `start`: to the line with its `closer`; to a blank line when that is empty."""
    if depth == 0 and floor == 0 and not closer.startswith(b"</"):
        return _html_at_margin(data, start, kind, closer)
    return _html_by_line(data, start, kind, closer, depth, floor)


def _html_at_margin(data: bytes, start: int, kind: RegionKind, closer: bytes) -> tuple[Mark, int]:
    """Outside quotes and lists the end can be searched for."""
    found = data.find(closer, start) if closer else -1
    if closer:
        end = data.find(b"\n", found) if found >= 0 else -1
    else:
        blank = BLANK_LINE.search(data, start)
        end = blank.start() if blank else -1
    end = len(data) if end < 0 else end
    return (kind, start, before_line_end(data, end), not closer or found >= 0), end + 1


def _html_by_line(data: bytes, start: int, kind: RegionKind, closer: bytes, depth: int, floor: int) -> tuple[Mark, int]:
    end, closed, pos = start, not closer, start
    while pos < len(data):
        first = pos == start
        line = take_line(data, pos, 0 if first else depth)
        blank = line.text >= line.end
        if not first and (line.depth < depth or (blank and not closer) or (not blank and line.indent < floor)):
            break
        begin, end, pos = pos, line.end, line.next
        if closer and closer in data[begin:end].lower():
            closed = True
            break
    return (kind, start, end, closed), pos
