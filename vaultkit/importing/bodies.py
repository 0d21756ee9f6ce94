"""The texts of an import while they wait in memory: packed, from where there are more than anyone keeps a diary of.

Knows when it is worth it. To pack and unpack takes time, so that all usual imports do without.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

from vaultkit.importing.entry import Entry

PLAIN = 64 * 1024**2
"""Characters of bodies that are held as they are; all beyond are packed."""
_FAST = 1


def packed(entry: Entry) -> Entry:
    """`entry` with its body packed, for later. The body must be encodable."""
    return replace(entry, body="", packed_body=zlib.compress(entry.body.encode(), _FAST)) if entry.body else entry


def body_of(entry: Entry) -> str:
    """The body, packed or not."""
    return zlib.decompress(entry.packed_body).decode() if entry.packed_body else entry.body


def unpacked(entry: Entry) -> Entry:
    """`entry` with its body as text."""
    return replace(entry, body=body_of(entry), packed_body=b"") if entry.packed_body else entry


def without_texts(entry: Entry) -> Entry:
    """What is left of an entry when its note is made: what it is, and what others call it."""
    return replace(entry, body="", packed_body=b"", title="", labels=(), aliases=(), properties=())
