"""Files whose names are one name to some systems: they differ only in case or in the form of their characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("name", "problem")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: the note is one file with another, which comes first."""
    if twin := context.twin(note.path):
        yield Finding(WHOLE_NOTE, {"name": note.path.rpartition("/")[2], "problem": f"is one file with `{twin}`"})
