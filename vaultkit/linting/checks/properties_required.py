"""Properties that notes of a folder, or entries of a kind, must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from vaultkit.globs import check_glob, matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.entries import Entries, is_of_kind
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, PropertyValue


class Options(NamedTuple):
    """Which notes need what."""

    folders: Annotated[
        Mapping[Annotated[str, check_glob], tuple[str, ...]], "patterns of paths, each with the properties needed there"
    ] = {}
    entries: Annotated[Entries | None, "paper or issue: what imports write of that kind needs `needed`, too"] = None
    needed: Annotated[tuple[str, ...], "properties that such entries need"] = ()


VALUES = ("property", "folder")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each property that is absent or empty, also when several patterns ask for it."""
    if not (options.folders or options.entries) or (note.front_matter and note.front_matter.error):
        return
    place = note.front_matter.span if note.front_matter else WHOLE_NOTE
    told: set[str] = set()
    for said, keys in _needed(note, context, options):
        if not is_index(note):
            for key in keys:
                found = note.find_property(key)
                if key.lower() not in told and (found is None or _is_empty(found.value)):
                    told.add(key.lower())
                    yield Finding(place, {"property": key, "folder": said})


def _needed(note: Note, context: Context, options: Options) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern, keys in options.folders.items():
        if matches((pattern,), note.path):
            yield pattern, keys
    if options.entries and is_of_kind(note, context, options.entries):
        yield context.entry_folders.get(options.entries, ""), options.needed


def _is_empty(value: PropertyValue) -> bool:
    """Whether nothing is said: a list of nothing but `- ` lines says nothing either."""
    return all(item in (None, "") for item in value) if isinstance(value, list) else value in (None, "", {})
