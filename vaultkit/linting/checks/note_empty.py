"""Notes with nothing in them but properties and white space."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES: tuple[str, ...] = ()
EDITS: frozenset[Part] = frozenset()
_NOTHING = {0xFEFF: None, 0x200B: None}
"""A mark at the beginning of a file, and a space without width: they fill no note, but are no white space."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding. An index is no note to be written, and an import only brings what there is: an issue may be
    nothing but a title."""
    if _has_text(note.data[note.body : note.body + 64]) or _has_text(note.data[note.body :]):
        return
    if not is_index(note) and not note.find_property("vaultkit-id"):
        yield Finding(WHOLE_NOTE)


def _has_text(data: bytes) -> bool:
    return bool(data.decode("utf-8", "ignore").translate(_NOTHING).strip())
