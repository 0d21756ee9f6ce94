"""What git leaves in a note that could not be merged: `<<<<<<< … ======= … >>>>>>> …`.

A `=======` alone is the underline of a heading, and markers in code are an example; both are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.hidden import NOT_MARKDOWN, inside
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES: tuple[str, ...] = ()
EDITS: frozenset[Part] = frozenset()
_MARKER = re.compile(rb"^(<<<<<<<|=======|>>>>>>>)(?:[ \t][^\r\n]*)?\r?$", re.M)


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each complete set of markers, at its first line."""
    code = inside(note, NOT_MARKDOWN)
    opened: Span | None = None
    divided = False
    for marker in _MARKER.finditer(note.data):
        match marker[1]:
            case b"<<<<<<<" if not code.hold(marker.start()):
                opened, divided = Span(*marker.span()), False
            case b"=======":
                divided = opened is not None
            case b">>>>>>>" if opened and divided:
                yield Finding(opened)
                opened = None
