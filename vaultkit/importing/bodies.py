"""The texts of an import while they wait: on disk, from where there are more than anyone keeps a diary of.

Knows when it is worth it, and what of an entry waits there: all that only its own note needs. To put it there and take
it back takes time, so that all usual imports do without.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vaultkit.importing.entry import Entry
from vaultkit.importing.shelf import Rows

PLAIN = 64 * 1024**2
"""When entries weigh more than this together, they wait on disk."""
_LEAST = 2048
"""What an entry weighs besides its body, of which each character counts."""
_WAITING: dict[str, Any] = {
    "body": "", "labels": (), "aliases": (), "properties": (), "names": (), "anchors": (), "meant": (), "empty": (),
}  # fmt: skip
"""The fields that wait, and what they are meanwhile."""


def weight(entry: Entry) -> int:
    """How much it matters whether an entry is held in memory."""
    return len(entry.body) + _LEAST


def packed(entry: Entry, rows: Rows[tuple[Any, ...]]) -> Entry:
    """What is held of `entry` while the rest of it waits in `rows`. Raises DiskError."""
    if entry.waits:
        return entry
    rest = tuple([getattr(entry, name) for name in _WAITING])
    return replace(entry, **_WAITING, waits=(rows, rows.append(rest)))


def unpacked(entry: Entry) -> Entry:
    """The whole entry; what was changed while it waited stays so."""
    if not entry.waits:
        return entry
    rows, at = entry.waits
    rest = dict(zip(_WAITING, rows[at], strict=True))
    return replace(entry, **rest | ({"body": entry.body} if entry.body else {}), waits=None)


def body_of(entry: Entry) -> str:
    """The body, wherever it is."""
    return unpacked(entry).body
