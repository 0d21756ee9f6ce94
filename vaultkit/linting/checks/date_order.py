"""Notes that were changed before they were made: `created` lies after `updated`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Property


class Options(NamedTuple):
    """What is compared: of each, the first one that the note has."""

    earlier: Annotated[tuple[str, ...], "properties that hold the day on which it was made"] = (
        "created",
        "date created",
    )
    later: Annotated[tuple[str, ...], "properties that hold the day on which it was last changed"] = (
        "updated",
        "modified",
        "date modified",
    )


VALUES = ("earlier", "made", "later", "changed")
EDITS: frozenset[Part] = frozenset()
_SHOWN = 40
_WITHOUT_OFFSET = len("2024-01-31T08:30:15")


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding, at the day on which it was made."""
    if note.front_matter is None:
        return
    made = _first(note, options.earlier)
    changed = _first(note, options.later) if made else None
    if not made or not changed or _in_order(made.value, changed.value):
        return
    from vaultkit.dates.moment import is_surely_after, read_moment  # a run that finds nothing does without

    one, other = read_moment(made.value), read_moment(changed.value)
    if one and other and is_surely_after(one, other):
        values = {"earlier": made.key, "made": _shown(made), "later": changed.key, "changed": _shown(changed)}
        yield Finding(made.span, values)


def _in_order(made: object, changed: object) -> bool:
    """Whether the two are in order as texts and as moments: both alike, and without an offset; nearly all are."""
    if made == changed:
        return True
    if not isinstance(made, str) or not isinstance(changed, str) or not len(made) == len(changed) <= _WITHOUT_OFFSET:
        return False
    return made[4:11:3] == changed[4:11:3] and made[4:8:3] == "--" and made < changed


def _shown(found: Property) -> str:
    """What is written there, or the beginning of it."""
    return " ".join(str(found.value).split())[:_SHOWN]


def _first(note: Note, keys: Sequence[str]) -> Property | None:
    for key in keys:
        found = note.find_property(key)
        if found is not None and found.value:
            return found
    return None
