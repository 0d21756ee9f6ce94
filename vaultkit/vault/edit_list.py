"""Edits of a property that is a list, item by item; `property_items` knows which of them count as the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vaultkit.vault.edit import Edit
from vaultkit.vault.edit_block import Change, Entry, PropertyBlock, first_proven, read_block
from vaultkit.vault.edit_property import set_property
from vaultkit.vault.edit_value import list_changes, value_candidates
from vaultkit.vault.note import Note, PropertyValue, Scalar
from vaultkit.vault.property_items import identity, listed
from vaultkit.vault.yaml_core import YamlError
from vaultkit.vault.yaml_write import as_read


def add_to_list(note: Note, key: str, items: Iterable[Scalar]) -> Edit | None:
    """The edit that adds those `items` to the list `key` that are not in it yet, behind the others.

    New items are indented and quoted as the last one, or stand in the same brackets. A single value becomes a list that
    begins with it; without value or property there will be a list of the new items. Tags are written without `#`.
    None when there is nothing to add, when the value is a map, and when the block cannot be read.
    """
    try:
        wanted = [as_read(item) for item in items]
    except YamlError:
        return None
    if key.lower() == "tags":
        wanted = [item.strip().removeprefix("#") if isinstance(item, str) else item for item in wanted]
    block = read_block(note)
    at = block.find(key) if block else None
    if block is None or at is None:
        new = _new(key, [], wanted)
        return set_property(note, key, new) if new else None
    entry, pairs = block.entries[at], block.pairs()
    old = listed(entry.says)
    new = _new(key, old, wanted)
    if not new or isinstance(entry.says, dict):
        return None
    pairs[at] = (entry.name, [*old, *new])
    return first_proven(block, value_candidates(block, entry, [*old, *new]), pairs)


def _new(key: str, old: Sequence[PropertyValue], items: Iterable[PropertyValue]) -> list[PropertyValue]:
    """Those `items` that are neither in `old` nor one of themselves again."""
    known = {identity(key, item) for item in old}
    new = []
    for item in items:
        if (name := identity(key, item)) not in known:
            known.add(name)
            new.append(item)
    return new


def remove_from_list(note: Note, key: str, items: Iterable[Scalar]) -> Edit | None:
    """The edit that takes `items` out of the list `key`, or the single value that is one of them.

    Without any item left the property stays as `[]`, as Obsidian writes an empty list. A comment on the line of an item
    goes with it, one on a line of its own stays. None when none of them is there or the block cannot be read.
    """
    block = read_block(note)
    at = block.find(key) if block else None
    if block is None or at is None or isinstance(block.entries[at].says, dict):
        return None
    entry, pairs = block.entries[at], block.pairs()
    gone = {identity(key, item) for item in items}
    old = listed(entry.says)
    keep = [i for i, item in enumerate(old) if identity(key, item) not in gone]
    if len(keep) == len(old):
        return None
    pairs[at] = (entry.name, [old[i] for i in keep])
    return first_proven(block, _shorter(block, entry, keep, [old[i] for i in keep]), pairs)


def _shorter(
    block: PropertyBlock, entry: Entry, keep: Sequence[int], value: list[PropertyValue]
) -> Iterator[list[Change] | None]:
    yield list_changes(block, entry, keep, [])
    yield from value_candidates(block, entry, value)
