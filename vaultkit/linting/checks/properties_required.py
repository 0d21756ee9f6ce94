"""Properties that notes of a folder must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from vaultkit.globs import matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """Which folders need what."""

    folders: Annotated[Mapping[str, tuple[str, ...]], "patterns of paths, each with the properties needed there"] = {}


VALUES = ("property", "folder")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each property that is absent or empty."""
    if note.front_matter and note.front_matter.error:
        return
    place = note.front_matter.span if note.front_matter else WHOLE_NOTE
    for pattern, keys in options.folders.items():
        if matches((pattern,), note.path) and not is_index(note):
            for key in keys:
                found = note.find_property(key)
                if found is None or found.value in (None, "", []):
                    yield Finding(place, {"property": key, "folder": pattern})
