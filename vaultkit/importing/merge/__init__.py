"""Three versions of a note into one: what was imported last (base), the note as it is (mine), the new import (theirs).

`merge` keeps every word of the user and brings in every change of the source; what both changed so that it cannot be
joined is a `Conflict`: the user's text stays, the source's stands in a folded callout below it (`callout`), or, for a
property, in the `Conflict` only. `conflicts_in` and `resolve` are what settles them afterwards.

The engine (`take_apart`) yields pieces, agreed or clashing (`pieces`): front matter by key (`front_matter`, `lists`),
the body by line (`body`), then by word (`words`), over a diff of its own (`diff`, `three_way`). A renderer makes a text
of them: `render` for imports. Pure: no disk, no clock. Never raises, whatever the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.importing.merge.parts import Parts, take_apart
    from vaultkit.importing.merge.pieces import Agreed, Clash, Conflict, KeyClash, Merged, Piece
    from vaultkit.importing.merge.render import merge
    from vaultkit.importing.merge.resolving import (
        CannotResolve,
        Choice,
        OpenConflict,
        conflicts_in,
        resolve,
        still_open,
        still_said,
    )

__all__ = [
    "Agreed",
    "CannotResolve",
    "Choice",
    "Clash",
    "Conflict",
    "KeyClash",
    "Merged",
    "OpenConflict",
    "Parts",
    "Piece",
    "conflicts_in",
    "merge",
    "resolve",
    "still_open",
    "still_said",
    "take_apart",
]

_HOMES = {
    "parts": "Parts take_apart",
    "pieces": "Agreed Clash Conflict KeyClash Merged Piece",
    "render": "merge",
    "resolving": "CannotResolve Choice OpenConflict conflicts_in resolve still_open still_said",
}


def __getattr__(name: str) -> object:
    """Each name is imported when it is first asked for: the merge driver must start without those it does not use."""
    for home, names in _HOMES.items():
        if name in names.split():
            from importlib import import_module

            globals()[name] = found = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
