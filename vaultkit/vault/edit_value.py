"""The changes that give one property another value, keeping as much of what is written as can be kept.

Knows the forms a value can have (on one line, a block, `- ` lines, brackets) and where comments stand in each; whether
the outcome is right is proven elsewhere, so a candidate may be wrong for YAML that nobody writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultkit.vault.edit_block import Change, Entry, Node, PropertyBlock, same
from vaultkit.vault.edit_brackets import put_in, without
from vaultkit.vault.note import PropertyValue
from vaultkit.vault.yaml_write import scalar_like, write_in_brackets, write_item, write_value


def value_candidates(block: PropertyBlock, entry: Entry, value: PropertyValue) -> Iterator[list[Change] | None]:
    """Ways to give `entry` this value, the one that changes least first; None where a way is closed."""
    yield _in_place(block, entry, value)
    if isinstance(value, list) and isinstance(entry.says, list):
        yield _same_list(block, entry, entry.says, value)
    if isinstance(value, list) and value and not isinstance(entry.says, list | dict):
        yield _scalar_to_list(block, entry, value)
    yield _anew(block, entry, value)


def style_of(node: Node) -> str:
    """The quotes of a scalar; empty when it is plain or no scalar."""
    return node.style if node.id == "scalar" and node.style in ('"', "'") else ""


def reworded(block: PropertyBlock, entry: Entry, node: Node, text: str) -> Change:
    """The scalar `node` of `entry`, which stands on one line, made to say `text`: only the characters that differ."""
    in_brackets = block.braces is not None or (entry.value.id == "sequence" and entry.value.flow_style)
    old, new = block.source(node), scalar_like(text, style_of(node), in_brackets=in_brackets)
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    start = node.start_mark.index
    return Change(start + head, start + len(old) - tail, new[head : len(new) - tail])


def _shared(one: str, other: str) -> int:
    """How many characters the two begin with in common."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _in_place(block: PropertyBlock, entry: Entry, value: PropertyValue) -> list[Change] | None:
    """A scalar for a scalar on its line: what stands around it stays, and its quotes."""
    node, start, end = entry.value, entry.value.start_mark.index, entry.value.end_mark.index
    if isinstance(value, list | dict) or (isinstance(value, str) and "\n" in value) or not block.is_on_one_line(node):
        return None
    text = scalar_like(value, style_of(node), in_brackets=block.braces is not None)
    if start == end:
        text = f" {text}" if block.text[start - 1 : start] == ":" else f": {text}"
    elif not text:
        start -= len(block.text[:start]) - len(block.text[:start].rstrip(" \t"))
    return [Change(start, end, text)]


def _anew(block: PropertyBlock, entry: Entry, value: PropertyValue) -> list[Change] | None:
    """The whole value written anew; of the comments only the one on the line of the key can stay for sure."""
    node, start, end = entry.value, entry.value.start_mark.index, block.end(entry.value)
    if start < entry.key.end_mark.index:
        return None  # an alias
    if block.braces:
        return [Change(start, end, write_in_brackets(value, style_of(entry.key)))]
    colon = block.colon(entry)
    if colon is None:
        return None
    below = start > block.line_stop(colon) or (node.id == "scalar" and node.style in ("|", ">"))
    comment = block.comment(colon, anywhere=True) if below else block.comment(end)
    first, _, rest = write_value(value, block.column(entry)).partition("\n")
    return [Change(colon, block.below(end), f"{first}{comment}\n{rest}")]


def _scalar_to_list(block: PropertyBlock, entry: Entry, value: list[PropertyValue]) -> list[Change] | None:
    """`key: one # why` becomes a list that begins with `one`, as it is written; the comment stays behind the key."""
    node, colon = entry.value, block.colon(entry)
    start, end = node.start_mark.index, node.end_mark.index
    kept = entry.says is not None
    if block.braces or colon is None or not block.is_on_one_line(node) or (kept and not same(entry.says, value[0])):
        return None
    pad = " " * (block.column(entry) + 2)
    lines = [f"{pad}- {block.source(node)}\n"] if kept else []
    lines += [f"{pad}-{write_item(item, len(pad))}" for item in (value[1:] if kept else value)]
    changes = [Change(colon, end, "")] if start < end else []
    below = block.below(end)
    return [*changes, Change(below, below, "".join(lines))]


def _same_list(
    block: PropertyBlock, entry: Entry, old: list[PropertyValue], new: list[PropertyValue]
) -> list[Change] | None:
    """Items taken away and items added at the end, when that is all the difference."""
    left = [repr(item) for item in new]
    keep: list[int] = []
    for i, item in enumerate(old):
        if len(keep) < len(left) and left[len(keep)] == repr(item):
            keep.append(i)
    return list_changes(block, entry, keep, new[len(keep) :])


def list_changes(
    block: PropertyBlock, entry: Entry, keep: Sequence[int], new: Sequence[PropertyValue]
) -> list[Change] | None:
    """Only the items at indices `keep` stay, and `new` ones are added behind; None when it is no list or has aliases.

    New items are indented and quoted as the last one. The last item of `- ` lines gone, `[]` is left, as Obsidian
    writes an empty list. A comment on the line of an item goes with it; those on lines of their own stay.
    """
    node = entry.value
    if node.id != "sequence" or not block.is_bare(node) or not _are_in_order(node):
        return None
    if node.flow_style:
        return _in_brackets(block, entry, keep, new)
    return _in_lines(block, entry, keep, new)


def _are_in_order(node: Node) -> bool:
    """Whether each item stands behind the one before it; an alias stands where its anchor does."""
    at = node.start_mark.index
    for item in node.value:
        if item.start_mark.index < at:
            return False
        at = item.end_mark.index
    return True


def _in_brackets(block: PropertyBlock, entry: Entry, keep: Sequence[int], new: Sequence[PropertyValue]) -> list[Change]:
    """The changes of `[a, b]`."""
    node = entry.value
    places = [(item.start_mark.index, item.end_mark.index) for item in node.value]
    changes = without(block.text, places, keep)
    if new:
        style = style_of(node.value[-1]) if places else style_of(entry.key) if block.braces else ""
        texts = [write_in_brackets(value, style) for value in new]
        changes.append(put_in(block.text, node.start_mark.index, places, keep, texts))
    return changes


def _in_lines(
    block: PropertyBlock, entry: Entry, keep: Sequence[int], new: Sequence[PropertyValue]
) -> list[Change] | None:
    """The changes of `- ` lines."""
    nodes, begin = entry.value.value, entry.value.start_mark.index
    pad, colon = block.text[block.line_start(begin) : begin], block.colon(entry)
    if pad.strip() or colon is None:
        return None
    dashes = _dashes(block, nodes, block.line_start(begin), pad)
    stops = [block.below(block.end(item)) for item in nodes]
    kept = set(keep)
    changes = [Change(dashes[i], stops[i], "") for i in range(len(nodes)) if i not in kept]
    if new:
        lines = [pad + "-" + _item(block, nodes[-1], dashes[-1] + len(pad) + 1, value, len(pad)) for value in new]
        place = stops[keep[-1] if keep else -1]
        changes.append(Change(place, place, "".join(lines)))
    elif not keep:
        changes.append(Change(colon, colon, " []"))
    return changes


def _dashes(block: PropertyBlock, nodes: Sequence[Node], at: int, pad: str) -> list[int]:
    """Where the line of each item begins; comment lines before it are not its own."""
    dash, out = re.compile(re.escape(pad) + r"-(?=[ \t\r\n])"), []
    for item in nodes:
        while at < len(block.text) and not dash.match(block.text, at):
            at = block.below(at + 1)
        out.append(at)
        at = block.below(block.end(item))
    return out


def _item(block: PropertyBlock, neighbour: Node, behind: int, value: PropertyValue, indent: int) -> str:
    """What follows the dash of a new item: as far from it as in the neighbour, whose dash ends at `behind`."""
    if isinstance(value, list | dict) or (isinstance(value, str) and "\n" in value):
        return write_item(value, indent)
    text = scalar_like(value, style_of(neighbour))
    gap = block.text[behind : neighbour.start_mark.index]
    return f"{gap if gap and not gap.strip(' ') else ' '}{text}\n" if text else "\n"
