"""Where the properties block of a note is; nothing of it is read (`frontmatter`).

Knows when Obsidian sees a block at all: the first line is exactly `---`, the block ends at the next such line, nothing
may come before it. Imports little: a merge that git asks for mostly needs no more.
"""

from __future__ import annotations

import re

from vaultkit.vault.note import Span

_OPENINGS = (b"---\n", b"---\r\n")
_CLOSE = re.compile(rb"\n---(?:\r?\n|\r?\Z)")


def find_block(data: bytes) -> tuple[Span, Span] | None:
    """Where the properties block of `data` stands, with its fences and without. None when Obsidian would see none
    (unclosed, or not on the first line)."""
    if not data.startswith(_OPENINGS):
        return None
    opened = data.index(b"\n")
    closing = _CLOSE.search(data, opened)
    return (Span(0, closing.end()), Span(opened + 1, closing.start() + 1)) if closing else None


def front_matter_end(data: bytes) -> int:
    """Where the properties block of `data` ends, the line of its closing fence included; 0: there is none."""
    found = find_block(data)
    return found[0].end if found else 0
