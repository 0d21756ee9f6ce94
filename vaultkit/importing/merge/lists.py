"""Lists among properties, merged as ordered sets that know what they were.

Decisions, with `b` base, `m` mine, `t` theirs: what one side took away is away (`b` [x, y], `m` [x], `t` [x, y, z] →
[x, z]); what one side added is there, the source's behind the user's; the user's order stands. An item that both sides
reworded is there twice (`b` [x], `m` [x1], `t` [x2] → [x1, x2]). Tags are the same in any case, with `#` or without. A
single value counts as a list of it, and an empty property as an empty list, when the other side has a list. How the
user writes the list, `[a, b]` or `- a`, and how far in, stays.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultkit.importing.merge.properties import take_block
from vaultkit.vault.note import PropertyValue, Scalar
from vaultkit.vault.property_items import identity, listed

_PLAIN = r"[^\W\d_][\w/-]*+"
_plain = re.compile(_PLAIN).fullmatch
_block_list = re.compile(rf"([^\n]*: *\r?\n)(( *)- {_PLAIN}(\r?\n)(?:\3- {_PLAIN}\4)*+)").fullmatch
_flow_list = re.compile(rf"([^\n]*: \[)({_PLAIN}(?:, {_PLAIN})*+)(\]\r?\n)").fullmatch
"""Lists of plain words, as nearly all are: those need no editor."""


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
    quick = _with_words(block, key, change)
    if quick is not None:
        return quick
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


def _with_words(block: bytes, key: str, change: ListChange) -> bytes | None:
    """As `change_list`, where all items are plain words and one stays at least; None: it takes more than that."""
    read = take_block(block)
    entry = read.entries.get(key.lower()) if read else None
    if entry is None or not isinstance(entry.value, list):
        return None
    gone = {identity(key, item) for item in change.removed}
    old, new = ([item for item in items if isinstance(item, str)] for items in (entry.value, change.added))
    if len(old) != len(entry.value) or len(new) != len(change.added):
        return None
    added = [item.strip().removeprefix("#") for item in new] if key.lower() == "tags" else new
    kept = [item for item in old if identity(key, item) not in gone]
    if not kept or not all(map(_plain, added)):
        return None
    text = entry.text.decode("utf-8", "surrogateescape")
    if found := _block_list(text):
        items = "".join(f"{found[3]}- {item}{found[4]}" for item in [*kept, *added])
        text = f"{found[1]}{items}"
    elif found := _flow_list(text):
        text = f"{found[1]}{', '.join([*kept, *added])}{found[3]}"
    else:
        return None
    after = block.replace(entry.above + entry.text, entry.above + text.encode("utf-8", "surrogateescape"), 1)
    proof = take_block(after)
    says = proof.entries.get(key.lower()) if proof else None
    return after if says and says.value == [*kept, *added] else None


def changed(key: str, mine: PropertyValue, change: ListChange) -> list[str]:
    """What the items of the list are to be afterwards, by their identity."""
    gone = {identity(key, item) for item in change.removed}
    kept = [name for item in listed(mine) if (name := identity(key, item)) not in gone]
    return kept + [identity(key, item) for item in change.added]
