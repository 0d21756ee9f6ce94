"""Line ends of several kinds in one note. Which kind a vault uses is its owner's choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit, line_end
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS = frozenset(Part)  # code and comments have lines, too
_LONE_CR = rb"\r(?!\n)"
_LF = rb"(?<!\r)\n"
_CRLF = rb"\r\n"


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most two findings: the first line end that is not as most are, and the first CR without LF."""
    data = note.data
    carriage_returns = data.count(b"\r")
    if not carriage_returns:
        return
    crlf = data.count(b"\r\n")
    lf = data.count(b"\n") - crlf
    if carriage_returns > crlf and (lone := re.search(_LONE_CR, data)):
        yield Finding(Span(*lone.span()), {"problem": "here stands a CR without LF"})
    if crlf and lf:
        to_crlf = crlf > lf or (crlf == lf and line_end(note) == b"\r\n")
        usual, new = ("CRLF", b"\r\n") if to_crlf else ("LF", b"\n")
        spans = [Span(*found.span()) for found in re.finditer(_LF if to_crlf else _CRLF, data)]
        problem = f"here begin {'LF' if to_crlf else 'CRLF'} line ends; most are {usual}"
        yield Finding(spans[0], {"problem": problem}, Fix(tuple([Edit(span, new) for span in spans])))
