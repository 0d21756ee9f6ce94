"""Properties that notes of a folder must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from vaultkit.globs import check_glob, matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, PropertyValue


class Options(NamedTuple):
    """Which folders need what."""

    folders: Annotated[
        Mapping[Annotated[str, check_glob], tuple[str, ...]], "patterns of paths, each with the properties needed there"
    ] = {}


VALUES = ("property", "folder")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each property that is absent or empty, also when several patterns ask for it."""
    if not options.folders or (note.front_matter and note.front_matter.error):
        return
    place = note.front_matter.span if note.front_matter else WHOLE_NOTE
    told: set[str] = set()
    for pattern, keys in options.folders.items():
        if matches((pattern,), note.path) and not is_index(note):
            for key in keys:
                found = note.find_property(key)
                if key.lower() not in told and (found is None or _is_empty(found.value)):
                    told.add(key.lower())
                    yield Finding(place, {"property": key, "folder": pattern})


def _is_empty(value: PropertyValue) -> bool:
    """Whether nothing is said: a list of nothing but `- ` lines says nothing either."""
    return all(item in (None, "") for item in value) if isinstance(value, list) else value in (None, "", {})
