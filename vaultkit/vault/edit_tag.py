"""Edits of a tag wherever a note has it: in the body and in its `tags` property.

Knows that tags are the same in any case and nest by `/`; the outcome is read back, so that no edit gives a note other
tags, links or headings than it should have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from vaultkit.vault.block_syntax import BREAK, FENCE, HEADING, ITEM, QUOTE, SETEXT
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.edit_block import Change, Entry, PropertyBlock, first_proven, read_block
from vaultkit.vault.edit_list import remove_from_list
from vaultkit.vault.edit_value import list_changes, reworded
from vaultkit.vault.note import Note, PropertyValue, Span, Tag
from vaultkit.vault.parse import parse
from vaultkit.vault.property_items import listed
from vaultkit.vault.tags import is_valid_tag, known_level

_BLANKS = (b" ", b"\t", b"\xe3\x80\x80")
_BLANK = re.compile(b"|".join(_BLANKS))
_NEEDS_NO_BLANK = re.compile(_BLANK.pattern + rb"|[)\]*_~=.,;:!?]|\r?\n|\Z")
_BLOCKS = (QUOTE, ITEM, FENCE, HEADING, BREAK, SETEXT)
_NEAR = 200
_ONLY_MARKS = re.compile(rb"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)]|#{1,6})[ \t]+)?(?:\[[^\]\n]{1,4}\][ \t]+)?\Z")
"""What may stand before the text of a line without being text: quote marks, a bullet, hashes, a task's box."""


def rename_tag(note: Note, old: str, new: str) -> tuple[Edit, ...] | None:
    """The edits that make the tag `old` the tag `new`, and with it all below it: `#old/child` becomes `#new/child`.

    Both names without or with `#`, `old` in any case. More in `rename_tags`.
    """
    return rename_tags(note, {old: new})


def rename_tags(note: Note, renames: Mapping[str, str]) -> tuple[Edit, ...] | None:
    """The edits that rename tags, each to what `renames` says of it or of the nearest level above: all at once.

    Only the bytes of the name change, `#`, quotes and comments stay; an item of `tags` that would be there twice is
    taken out. Empty when the note has no such tag or all are written so; None when a new name is no valid tag or has an
    empty level, and when the note would not read back as asked.
    """
    names = {old.removeprefix("#").lower(): new.removeprefix("#") for old, new in renames.items()}
    if not all(is_valid_tag(new) and all(new.split("/")) for new in names.values()):
        return None
    edits = []
    for tag in _in_body(note):
        start, level = tag.span.start + 1, known_level(tag.name, names)
        if level and level != names[level.lower()]:
            edits.append(Edit(Span(start, start + len(level.encode())), names[level.lower()].encode()))
    if any(tag.in_property and _renamed(tag.name, names) != tag.name for tag in note.tags):
        edit = _rename_items(note, names)
        if edit is None:
            return None
        edits.append(edit)
    return _proven(note, edits, [Tag(_renamed(tag.name, names), tag.span, tag.in_property) for tag in note.tags])


def remove_tag(note: Note, tag: str) -> tuple[Edit, ...] | None:
    """The edits that take `tag` out of the text, with one blank beside it, and out of the `tags` property.

    Tags below it (`#tag/child`) are others and stay. Without or with `#`, in any case. Empty when the note has no such
    tag; None when the text would mean something else without it (`#tag - a` a list item).
    """
    name = tag.removeprefix("#").lower()
    edits = _cut(note.data, [found.span for found in _in_body(note) if found.name.lower() == name], note.body)
    if edits is None:
        return None
    if any(found.in_property and found.name.lower() == name for found in note.tags):
        keys = [key for key in note.properties if key.lower() == "tags"]
        edits += [edit for key in keys if (edit := remove_from_list(note, key, [name]))]
    return _proven(note, edits, [found for found in note.tags if found.name.lower() != name])


def _in_body(note: Note) -> list[Tag]:
    return [tag for tag in note.tags if not tag.in_property]


def _renamed(name: str, names: Mapping[str, str]) -> str:
    level = known_level(name, names)
    return names[level.lower()] + name[len(level) :] if level else name


def _cut(data: bytes, spans: Iterable[Span], begin: int) -> list[Edit] | None:
    """The edits that take tags out of the text that begins at `begin`, each with one blank.

    It is the blank before it, where nothing would be run together, or at the start of a line the one behind. None when
    what is left of a line would begin a list, a quote or the like.
    """
    edits, at, leading = [], begin, True
    for start, end in spans:
        line = data.rfind(b"\n", at, start) + 1
        leading = (leading or line > 0) and bool(_ONLY_MARKS.match(data, line or at, start))
        if leading:
            left = data[end : end + _NEAR].partition(b"\n")[0].strip()
            if any(block.match(left) for block in _BLOCKS):
                return None
            blank = _BLANK.match(data, end)
            end = blank.end() if blank else end
        elif _NEEDS_NO_BLANK.match(data, end):
            before = data[max(at, start - 3) : start]
            start -= next((len(blank) for blank in _BLANKS if before.endswith(blank)), 0)
        edits.append(Edit(Span(start, end), b""))
        at = end
    return edits


def _rename_items(note: Note, names: Mapping[str, str]) -> Edit | None:
    """The edit of all `tags` properties (there may be `Tags`, too)."""
    block = read_block(note)
    if block is None:
        return None
    changes: list[Change] = []
    pairs = block.pairs()
    for at, entry in enumerate(block.entries):
        if entry.name.lower() == "tags":
            found = _renamed_entry(block, entry, names)
            if found is None:
                return None
            changes += found[0]
            pairs[at] = (entry.name, found[1])
    return first_proven(block, [changes], pairs)


def _renamed_entry(
    block: PropertyBlock, entry: Entry, names: Mapping[str, str]
) -> tuple[list[Change], PropertyValue] | None:
    """The changes of one `tags` property and the value it has behind them; None when an item cannot be changed."""
    items, nodes = listed(entry.says), entry.value.value if isinstance(entry.says, list) else [entry.value]
    after = [_renamed_item(item, names) for item in items]
    taken = {_name(item).lower() for item, then in zip(items, after, strict=True) if item == then}
    keep, changes = [], []
    for i, (item, then) in enumerate(zip(items, after, strict=True)):
        if then != item:
            if (name := _name(then).lower()) in taken:
                continue
            if not block.is_on_one_line(nodes[i]):
                return None
            taken.add(name)
            changes.append(reworded(block, entry, nodes[i], str(then)))
        keep.append(i)
    if len(keep) < len(items):
        gone = list_changes(block, entry, keep, [])
        if gone is None:
            return None
        changes += gone
    return changes, [after[i] for i in keep] if isinstance(entry.says, list) else after[0]


def _name(item: PropertyValue) -> str:
    return item.strip().removeprefix("#") if isinstance(item, str) else ""


def _renamed_item(item: PropertyValue, names: Mapping[str, str]) -> PropertyValue:
    """An item of `tags` with its tag renamed; what stands around that (`#`, blanks) stays."""
    name = _name(item)
    if not isinstance(item, str) or not is_valid_tag(name):
        return item
    before, _, behind = item.partition(name)
    return before + _renamed(name, names) + behind


def _proven(note: Note, edits: Sequence[Edit], wanted: Sequence[Tag]) -> tuple[Edit, ...] | None:
    """The edits if behind them the note has the tags `wanted` and all else is of the same kind; else None."""
    if not edits:
        return ()
    after = parse(note.path, apply_edits(note.data, edits))
    ok = _names(after.tags) == _names(wanted) and shape(after) == shape(note)
    return tuple(edits) if ok else None


def _names(tags: Sequence[Tag]) -> tuple[list[str], set[str]]:
    """Those of the body in order; those of properties, where an item that was there twice may have gone."""
    return [tag.name for tag in tags if not tag.in_property], {tag.name.lower() for tag in tags if tag.in_property}


def shape(note: Note) -> object:
    """What a tag has no part in; the texts of headings and links may hold one."""
    return (
        [heading.level for heading in note.headings],
        [(link.kind, link.embed, link.target) for link in note.links],
        [block.id for block in note.blocks],
        [task.status for task in note.tasks],
        [(region.kind, region.closed) for region in note.regions],
    )
