"""What git leaves in a text that could not be merged: `<<<<<<< … ======= … >>>>>>> …`, each at the start of a line.

A `=======` alone is the underline of a heading. Knows bytes; whether a marker stands in code is for the caller to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vaultkit.vault.note import Span

_MARKER = re.compile(rb"^(<<<<<<<|=======|>>>>>>>)(?:[ \t][^\r\n]*)?\r?$", re.M)


def conflict_markers(data: bytes, is_example: Callable[[int], bool] = lambda at: False) -> Iterator[Span]:
    """The first line of each complete set of markers. `is_example` says of an offset that what stands there is shown,
    not meant."""
    opened: Span | None = None
    divided = False
    for marker in _MARKER.finditer(data):
        match marker[1]:
            case b"<<<<<<<" if not is_example(marker.start()):
                opened, divided = Span(*marker.span()), False
            case b"=======":
                divided = opened is not None
            case b">>>>>>>" if opened and divided:
                yield opened
                opened = None
