"""Names of notes and folders that have more bytes than a disk or a service takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.path_names import names_on
from vaultkit.vault.names import MAX_NAME_BYTES
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What is too long."""

    longest: Annotated[int, "how many bytes of UTF-8 a name may have"] = MAX_NAME_BYTES


VALUES = ("name", "problem")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such name on the note's path; one of a folder is told at the folder's first note only."""
    if 4 * len(note.path) <= options.longest:  # no character has more bytes
        return
    for name in names_on(note.path, context, lambda name: _size(name) > options.longest):
        problem = f"it has {_size(name)} bytes, and no more than {options.longest} are safe"
        yield Finding(WHOLE_NOTE, {"name": name, "problem": problem})


def _size(name: str) -> int:
    return len(name.encode("utf-8", "surrogateescape"))
