"""Edits of one property: set it, rename it, take it away.

Each is one edit inside the block that keeps comments, order and quoting, and is handed out only after it was read back.
None when there is nothing to do, and when the block cannot be read or the edit cannot be proven: then it is better left
alone. Lists are changed item by item in `edit_list`.
"""

from __future__ import annotations

from collections.abc import Iterator

from vaultkit.vault.edit import Edit, line_end
from vaultkit.vault.edit_block import Change, PropertyBlock, first_proven, read_block, reads_as, same
from vaultkit.vault.edit_brackets import put_in, without
from vaultkit.vault.edit_value import style_of, value_candidates
from vaultkit.vault.note import Note, PropertyValue, Span
from vaultkit.vault.yaml_core import YamlError
from vaultkit.vault.yaml_write import as_read, key_like, scalar, write_in_brackets, write_properties, write_value

_BOM = b"\xef\xbb\xbf"


def set_property(note: Note, key: str, value: object) -> Edit | None:
    """The edit that gives property `key` this value: in place, else as the last property, else with a new block.

    A scalar keeps its quotes and the comment behind it; a list that only loses items or gets more keeps the others as
    they are. Values: scalars, dates, lists, maps. None when it has the value already; when the block cannot be read;
    when YAML cannot hold the value; behind a BOM, where Obsidian is not known to see properties.
    """
    try:
        wanted = as_read(value)
    except YamlError:
        return None
    if note.front_matter is None:
        return _new_block(note, key, wanted)
    block = read_block(note)
    if block is None:
        return None
    pairs, at = block.pairs(), block.find(key)
    if at is None:
        return first_proven(block, [_added(block, key, wanted)], [*pairs, (key, wanted)])
    entry = block.entries[at]
    if same(entry.says, wanted):
        return None
    pairs[at] = (entry.name, wanted)
    return first_proven(block, value_candidates(block, entry, wanted), pairs)


def _new_block(note: Note, key: str, value: PropertyValue) -> Edit | None:
    end = line_end(note)
    lines = write_properties([(key, value)]).encode().replace(b"\n", end)
    start = len(_BOM) if note.data.startswith(_BOM) else 0
    edit = Edit(Span(start, start), b"---" + end + lines + b"---" + end)
    return edit if reads_as(note, edit, [(key, value)]) else None


def _added(block: PropertyBlock, key: str, value: PropertyValue) -> list[Change]:
    """The property behind all others, indented as they are, or in the braces that the block is."""
    if block.braces:
        style = style_of(block.entries[-1].key) if block.entries else '"'
        text = f"{key_like(key, style, in_brackets=True)}: {write_in_brackets(value, style)}"
        return [put_in(block.text, block.braces[0], _places(block), range(len(block.entries)), [text])]
    column = block.column(block.entries[0]) if block.entries else 0
    end = len(block.text)
    return [Change(end, end, f"{' ' * column}{scalar(key)}:{write_value(value, column)}")]


def _places(block: PropertyBlock) -> list[tuple[int, int]]:
    return [(entry.key.start_mark.index, entry.value.end_mark.index) for entry in block.entries]


def rename_property(note: Note, old: str, new: str) -> Edit | None:
    """The edit that writes `new` over the key `old`, in its quotes; nothing else changes, the case of a key may.

    None when there is no `old`, when it is `new` already, and when another property bears that name.
    """
    block = read_block(note)
    at = block.find(old) if block else None
    if block is None or at is None or block.find(new) not in (None, at):
        return None
    entry, pairs = block.entries[at], block.pairs()
    if entry.name == new or not block.is_bare(entry.key):
        return None
    pairs[at] = (new, entry.says)
    text = key_like(new, style_of(entry.key), in_brackets=block.braces is not None)
    return first_proven(block, [[Change(entry.key.start_mark.index, entry.key.end_mark.index, text)]], pairs)


def remove_property(note: Note, key: str) -> Edit | None:
    """The edit that takes property `key` away with its lines; comments before it and all others stay.

    A block of which nothing would be left, no comment and no blank line, goes with its fences, as in Obsidian: so a
    note without block is the same again. None when there is no `key`, or another property refers to an anchor in it.
    """
    block = read_block(note)
    at = block.find(key) if block else None
    if block is None or at is None:
        return None
    pairs = block.pairs()
    del pairs[at]
    assert note.front_matter
    changes, whole = list(_removed(block, at)), Edit(note.front_matter.span, b"")
    if changes == [Change(0, len(block.text), "")] and reads_as(note, whole, []):
        return whole
    return first_proven(block, [changes], pairs)


def _removed(block: PropertyBlock, at: int) -> Iterator[Change]:
    if block.braces:
        yield from without(block.text, _places(block), [i for i in range(len(block.entries)) if i != at])
        return
    start = block.line_start(block.entries[at].key.start_mark.index)
    assert block.note.front_matter
    span = block.note.front_matter.properties[at].span
    lines = block.note.data[span.start : span.end].decode()
    yield Change(start, block.entries[at].key.start_mark.index + len(lines), "")
