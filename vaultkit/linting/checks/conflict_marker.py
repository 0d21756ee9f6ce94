"""What git leaves in a note that could not be merged: `<<<<<<< … ======= … >>>>>>> …`.

A `=======` alone is the underline of a heading, and markers in code are an example; both are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.conflict_markers import conflict_markers
from vaultkit.vault.hidden import NOT_MARKDOWN, inside
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES: tuple[str, ...] = ()
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each complete set of markers, at its first line."""
    for span in conflict_markers(note.data, inside(note, NOT_MARKDOWN).hold):
        yield Finding(span)
