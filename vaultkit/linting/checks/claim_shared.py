"""Properties that name a note and name another one as well: its id, its title, an alias."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.claims import Kind, property_claims
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.written import some
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What is compared."""

    kind: Annotated[Kind, "alias, id or title"] = Kind.ID


VALUES = ("value", "paths")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each name that another note has, too, at the property that says it."""
    for claim, text in property_claims(note, options.kind).items():
        others = [bearer.path for bearer in context.bearers(claim) if bearer.path != note.path]
        place = note.find_property(options.kind.key)
        if others and place:
            yield Finding(place.span, {"value": text, "paths": some(others)})
