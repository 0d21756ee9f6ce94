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
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """The list."""

    known: Annotated[
        tuple[Annotated[str, check_tag_pattern], ...],
        "all tags there may be; `project/*` stands for those below `project`, none: nothing is said",
    ] = ()
    below: Annotated[bool, "whether a known tag allows those below it: with `project` also `project/garden`"] = False


VALUES = ("tag", "hint")
EDITS: frozenset[Part] = frozenset()
_SHOWN = 12


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each tag outside the list; one for a tag of the properties also when it is there twice."""
    if not options.known or not note.tags:
        return
    known = tag_set(options.known)
    told = set()
    for tag in note.tags:
        if known.holds(tag.name, below=options.below) or (tag.in_property and tag.name.lower() in told):
            continue
        told.add(tag.name.lower())
        yield Finding(tag.span, {"tag": tag.name, "hint": _hint(tag.name.lower(), options.known)})


@lru_cache(maxsize=4096)
def _hint(tag: str, known: tuple[str, ...]) -> str:
    """What may have been meant; all that is allowed only where that is not much."""
    hint = near(tag, list(known))
    return "" if hint.startswith("; allowed") and len(known) > _SHOWN else hint
