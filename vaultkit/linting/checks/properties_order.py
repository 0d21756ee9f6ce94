"""Properties in the order that was agreed on; those it does not name stand behind, in any order.

A fix moves whole lines, each property with the comments and blank lines above it; what stands above a blank line at the
top of the block, and what stands behind the last property, stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """What stands before what."""

    order: Annotated[tuple[str, ...], "properties in their order; all others come behind these"] = ()


VALUES = ("property", "other")
EDITS = frozenset({Part.LINKS})
"""Links in properties change their order."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: the first property that stands behind one it should stand before."""
    if not options.order or note.front_matter is None:
        return
    place = _places(options.order)
    last = len(place)
    found = note.front_matter.properties
    ranks = [place.get(one.key.lower(), last) for one in found]
    if ranks == sorted(ranks):
        return
    right = sorted(range(len(ranks)), key=ranks.__getitem__)
    first = next(at for at, rank in enumerate(right) if rank != at)
    said = {"property": found[right[first]].key, "other": found[first].key}
    yield Finding(found[right[first]].span, said, _fix(note, right))


@cache
def _places(order: tuple[str, ...]) -> Mapping[str, int]:
    return {key.lower(): at for at, key in enumerate(order)}


def _fix(note: Note, right: Sequence[int]) -> Fix | None:
    """The lines in another order; None when they are not whole lines, or say something else in that order."""
    from vaultkit.vault.edit_block import reads_as  # a run that finds nothing does without

    assert note.front_matter
    found = note.front_matter.properties
    begin = _own_lines(note, note.front_matter.content.start, found[0].span.start)
    lines = []
    for one in found:
        lines.append(note.data[begin : one.span.end])
        begin = one.span.end
    if not all(line.endswith(b"\n") for line in lines):
        return None
    moved = [lines[at] for at in right]
    start = found[-1].span.end - sum(map(len, lines))
    edit = Edit(Span(start, found[-1].span.end), b"".join(moved))
    wanted = [(found[at].key, found[at].value) for at in right]
    return Fix((edit,)) if reads_as(note, edit, wanted) else None


def _own_lines(note: Note, start: int, key: int) -> int:
    """Where the comments right above the key at `key` begin, from `start` on."""
    above = note.data[start:key].splitlines(keepends=True)
    begin = note.data.rfind(b"\n", 0, key) + 1
    for line in reversed(above):
        if line.endswith(b"\n"):
            if not line.strip():
                break
            begin -= len(line)
    return begin
