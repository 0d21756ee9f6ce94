"""Diagnostics for a terminal, each with the line it stands in and carets below its place.

    A.md:1:6 links-resolve `[[Nowhere]]` leads nowhere
      1 | 日本 [[Nowhere]]
        |      ^^^^^^^^^^^

Carets stand below what they mean: 日 is two columns wide, a tab goes to the next stop, a combining mark takes no
column, and what a terminal would obey is shown as an escape (`printable`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby

from vaultkit.linting.placed import Placed
from vaultkit.report.printable import printable
from vaultkit.report.text import coloured, line

_TAB = 4
_BEFORE, _SHOWN = 60, 120
"""A paragraph may be one line of thousands of characters: so many are shown ahead of the place, and so many in all."""
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})

Read = Callable[[str], bytes | None]
"""The bytes of the note at a path; None: it is not there any more."""


def render(found: Iterable[Placed], read: Read, color: bool = False) -> str:
    """Each diagnostic in the given order with a blank line behind it; empty when there are none.

    About a whole note, and about one that is not there any more, only the message is told.
    """
    out = []
    for path, some in groupby(found, lambda one: one.path):
        data = read(path) or b""
        lines = data.decode("utf-8-sig", "replace").split("\n")
        out += [f"{line(one, color)}{_shown(one, lines, color)}\n" for one in some]
    return "".join(out)


def _shown(one: Placed, lines: list[str], color: bool) -> str:
    """The source line with its carets; empty when there is none to show."""
    if one.is_about_note or one.line > len(lines):
        return ""
    text = lines[one.line - 1].removesuffix("\r")
    start = min(one.column - 1, len(text))
    end = min(one.end_column - 1, len(text)) if one.end_line == one.line else len(text)
    first = max(0, start - _BEFORE)
    last = min(len(text), first + _SHOWN)
    begins, ends = "…" if first else "", "…" if last < len(text) else ""
    before, at = _drawn(text[first:start], len(begins))
    place, upto = _drawn(text[start : max(start, min(end, last))], at)
    after, _ = _drawn(text[min(max(start, end), last) : last], upto)
    carets = "^" * max(1, upto - at)
    number = f"{one.line:>5}"
    return (
        f"{number} | {begins}{before}{place}{after}{ends}".rstrip()
        + f"\n{' ' * len(number)} | {' ' * at}{coloured(carets, one.severity) if color else carets}\n"
    )


def _drawn(text: str, column: int) -> tuple[str, int]:
    """`text` as it is printed when it begins in `column`, and the column behind it."""
    out = []
    for char in text:
        if char == "\t":
            drawn, width = " " * (_TAB - column % _TAB), _TAB - column % _TAB
        else:
            drawn = printable(char)
            width = len(drawn) if drawn != char else _width(char)
        out.append(drawn)
        column += width
    return "".join(out), column


def _width(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in _NO_WIDTH or "\u1160" <= char <= "\u11ff":  # the latter join a syllable before
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
