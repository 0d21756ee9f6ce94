"""Where between the lines of a body a callout may stand without tearing anything apart.

Knows blocks at the margin: a list with all its items, a quote or callout, a table, a fence, math, a comment, HTML, a
footnote, a paragraph. A callout may stand behind each of them, never inside.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from vaultkit.vault.scan import scan

_ITEM = re.compile(rb" {0,3}(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]|\r*\n?\Z)|\[\^[^\]\s]++\]:")
_HEADING = re.compile(rb" {0,3}#{1,6}(?:[ \t]|\r*\n?\Z)")


class Places:
    """The places in a body, as indices of lines before which a callout may stand."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self._free = _free(lines)

    def behind(self, line: int) -> int:
        """The place for what belongs to the text above `line`: behind the block that holds it. When that block never
        ends (a fence that is not closed), the place before it."""
        while line > 0 and not self.lines[line - 1].strip():
            line -= 1
        at = bisect_left(self._free, line)
        return self._free[at] if at < len(self._free) else self._free[-1]


def _free(lines: list[bytes]) -> list[int]:
    inside = _inside(lines)
    out = [0]
    in_list = False
    following = b""  # the next line that is not blank, looked up from behind
    ahead = [b""] * (len(lines) + 1)
    for i in range(len(lines) - 1, -1, -1):
        ahead[i + 1] = following
        if lines[i].strip():
            following = lines[i]
    for i, line in enumerate(lines):
        blank = not line.strip()
        if inside[i]:
            continue
        before = lines[i - 1] if i else b""
        if _HEADING.match(line) or not (blank or (in_list and (line[:1] in b" \t" or before.strip()))):
            in_list = bool(_ITEM.match(line))
        elif not blank and _ITEM.match(line):
            in_list = True
        if i and before.strip():
            goes_on = in_list and blank and (ahead[i + 1][:1] in (b" ", b"\t") or _ITEM.match(ahead[i + 1]))
            if (blank and not goes_on) or (not blank and (_HEADING.match(line) or _HEADING.match(before))):
                out.append(i)
    if lines and lines[-1].strip() and not inside[len(lines)]:
        out.append(len(lines))
    return out


def _inside(lines: list[bytes]) -> list[bool]:
    """For each place, whether it lies in a block that is not Markdown: the lines before it and behind it are one."""
    inside = [False] * (len(lines) + 1)
    text = b"".join(lines)
    regions = scan(text).regions  # all of them: a comment of several lines may be found inside a paragraph only
    if not regions:
        return inside
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for _, (start, end), closed in regions:
        first = bisect_left(starts, start + 1)
        last = bisect_left(starts, end) if closed else len(lines) + 1
        inside[first:last] = [True] * (last - first)
    return inside
