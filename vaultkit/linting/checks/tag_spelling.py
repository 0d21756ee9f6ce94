"""Tags that are another tag of the vault in a second spelling: `#machine_learning` beside `#machine-learning`.

Each spelling is told once, in the first note that has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.claims import tag_claim
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What counts."""

    case: Annotated[bool, "report tags, too, that differ only in case: one tag to Obsidian, in two spellings"] = True


VALUES = ("tag", "preferred", "count")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each spelling that is not the usual one."""
    for name, tag in {tag.name: tag for tag in reversed(note.tags)}.items():
        spellings = context.spellings(tag_claim(name))
        if not spellings:
            continue
        from vaultkit.linting.tag_clusters import clusters  # few vaults have any

        notes = {spelling: one.notes for spelling, one in spellings.items()}
        cluster = next((one for one in clusters(notes) if name in one.others), None)
        is_first = name in spellings and spellings[name].first == note.path
        if cluster and is_first and (options.case or cluster.preferred.lower() != name.lower()):
            count = notes[cluster.preferred]
            values = {
                "tag": name,
                "preferred": cluster.preferred,
                "count": f"{count} note" if count == 1 else f"{count} notes",
            }
            yield Finding(tag.span, values)
