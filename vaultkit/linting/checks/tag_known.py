"""Tags that are not in the owner's list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.tag_set import check_tag_pattern, tag_set
from vaultkit.schema import near
from vaultkit.vault.names import Kind, kind_of, normalize_path
from vaultkit.vault.note import Note


def _note_path(text: str) -> str:
    path = normalize_path(text)
    if kind_of(path) is not Kind.NOTE:
        raise ValueError("is no note; give the path of one in the vault, such as `Meta/Tags.md`")
    return path


class Options(NamedTuple):
    """The list."""

    known: Annotated[
        tuple[Annotated[str, check_tag_pattern], ...],
        "all tags there may be; `project/*` stands for those below `project`, none: nothing is said",
    ] = ()
    file: Annotated[
        str, _note_path, "a note that lists more of them, an item for each; items in an item are tags below its own"
    ] = ""
    below: Annotated[bool, "whether a known tag allows those below it: with `project` also `project/garden`"] = False


VALUES = ("tag", "hint")
EDITS: frozenset[Part] = frozenset()
_SHOWN = 12


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each tag outside the list; one for a tag of the properties also when it is there twice."""
    if not (options.known or options.file) or not note.tags or note.path == options.file:
        return
    listed = context.notes.listed_tags(options.file) if options.file else ()
    known, more = tag_set(options.known), tag_set(listed or ())
    told = set()
    for tag in note.tags:
        if known.holds(tag.name, below=options.below) or more.holds(tag.name, below=options.below):
            continue
        if tag.in_property and tag.name.lower() in told:
            continue
        told.add(tag.name.lower())
        missing = f"; there is no note `{options.file}`"
        hint = missing if listed is None else _hint(tag.name.lower(), (*options.known, *listed))
        yield Finding(tag.span, {"tag": tag.name, "hint": hint})


@lru_cache(maxsize=4096)
def _hint(tag: str, known: tuple[str, ...]) -> str:
    """What may have been meant; all that is allowed only where that is not much."""
    hint = near(tag, list(known))
    return "" if hint.startswith("; allowed") and len(known) > _SHOWN else hint
