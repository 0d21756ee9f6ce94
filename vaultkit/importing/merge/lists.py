"""Lists among properties, merged as ordered sets that know what they were.

Decisions, with `b` base, `m` mine, `t` theirs: what one side took away is away (`b` [x, y], `m` [x], `t` [x, y, z] →
[x, z]); what one side added is there, the source's behind the user's; the user's order stands. An item that both sides
reworded is there twice (`b` [x], `m` [x1], `t` [x2] → [x1, x2]). Tags are the same in any case, with `#` or without. A
single value counts as a list of it, and an empty property as an empty list, when the other side has a list. How the
user writes the list, `[a, b]` or `- a`, and how far in, stays.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.vault.note import PropertyValue, Scalar
from vaultkit.vault.property_items import identity, listed


class ListChange(NamedTuple):
    """What the source did to a list, as far as the user's does not have it yet."""

    added: list[Scalar]
    removed: list[Scalar]


def are_lists(mine: PropertyValue, theirs: PropertyValue) -> bool:
    """Whether the two are merged as lists: one is a list, and the other a list, a single value or empty."""
    either = isinstance(mine, list) or isinstance(theirs, list)
    return either and not isinstance(mine, dict) and not isinstance(theirs, dict)


def list_change(key: str, base: PropertyValue, mine: PropertyValue, theirs: PropertyValue) -> ListChange | None:
    """What is to be done to `mine`; None when items are no single values, so that they cannot be compared as such."""
    old, own, new = listed(base), listed(mine), listed(theirs)
    before, there, now = ({identity(key, item) for item in items} for items in (old, own, new))
    added: list[Scalar] = []
    for item in new:
        name = identity(key, item)
        if name not in before and name not in there:
            if isinstance(item, list | dict):
                return None
            there.add(name)
            added.append(item)
    removed: list[Scalar] = []
    for item in own:
        name = identity(key, item)
        if name in before and name not in now:
            if isinstance(item, list | dict):
                return None
            removed.append(item)
    return ListChange(added, removed)


def change_list(block: bytes, key: str, change: ListChange) -> bytes | None:
    """The properties block with the list changed as the user writes it; None when that cannot be done."""
    from vaultkit.vault.edit import apply_edits  # slow to load, as all that edits, and most merges need none of it
    from vaultkit.vault.edit_list import add_to_list, remove_from_list
    from vaultkit.vault.parse import parse

    if change.added:  # first, so that they are written as the items that may go
        edit = add_to_list(parse("", block), key, change.added)
        if edit is None:
            return None
        block = apply_edits(block, [edit])
    if change.removed:
        edit = remove_from_list(parse("", block), key, change.removed)
        if edit is None:
            return None
        block = apply_edits(block, [edit])
    return block


def changed(key: str, mine: PropertyValue, change: ListChange) -> list[str]:
    """What the items of the list are to be afterwards, by their identity."""
    gone = {identity(key, item) for item in change.removed}
    kept = [name for item in listed(mine) if (name := identity(key, item)) not in gone]
    return kept + [identity(key, item) for item in change.added]
