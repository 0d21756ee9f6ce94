"""Front matter of three notes, merged by key (being written)."""

from __future__ import annotations

from vaultkit.importing.merge.lines import with_ends
from vaultkit.importing.merge.pieces import KeyClash

BLOCK = "---"


def merge_front_matter(base: bytes, mine: bytes, theirs: bytes, end: bytes) -> tuple[bytes, tuple[KeyClash, ...]]:
    """The block of the result, fences included, and the keys that clash. Each text is a block or empty: there is none.
    `base` and `theirs` are canonical."""
    if theirs == base:
        return mine, ()
    if mine.replace(b"\r\n", b"\n") in (base, theirs):
        return with_ends(theirs, end), ()
    return mine, (KeyClash(BLOCK, mine, base, theirs),)
