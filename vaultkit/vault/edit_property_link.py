"""Edits of a wikilink that is the value of a property or of an item in it, inside its YAML quotes.

Knows where such a value stands; whether a text can be a target or a display text is known by `edit_link`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.vault.edit import Edit
from vaultkit.vault.edit_block import Change, Node, PropertyBlock, first_proven, read_block
from vaultkit.vault.edit_value import reworded
from vaultkit.vault.note import Link, Note, PropertyValue


class _Place(NamedTuple):
    """A text in a property that begins as a link: its key as Obsidian writes it (`related.0`), the way to its value."""

    key: str
    path: tuple[int | str, ...]
    node: Node
    text: str

    @property
    def inner(self) -> str:
        """What stands between the brackets."""
        return self.text.strip().removeprefix("[[").removesuffix("]]")


def retarget_in_property(note: Note, link: Link, linktext: str) -> Edit | None:
    """The edit that makes a property's `link` lead to `linktext`; None when its value cannot be made out."""
    return _rewritten(note, link, linktext, None)


def display_in_property(note: Note, link: Link, text: str) -> Edit | None:
    """The edit that makes a property's `link` show `text`, by itself when empty; None as in `retarget_in_property`."""
    return _rewritten(note, link, None, text)


def _rewritten(note: Note, link: Link, target: str | None, display: str | None) -> Edit | None:
    block = read_block(note)
    if block is None:
        return None
    pairs = block.pairs()
    for at, entry in enumerate(block.entries):
        for place in _places(entry.name, (), entry.value, entry.says):
            if place.key != link.key or _target(place.inner) != link.target or not _is_at(block, place, link):
                continue
            inner = _inner(place.inner, target, display)
            text = place.text.replace(f"[[{place.inner}]]", f"[[{inner}]]")
            pairs[at] = (entry.name, _with(entry.says, place.path, text))
            if block.is_on_one_line(place.node):
                changes = [reworded(block, entry, place.node, text)]
            else:  # the lines of `|` or `>` have no quotes and no escapes
                start = block.text.find(place.inner, place.node.start_mark.index, place.node.end_mark.index)
                changes = [Change(start, start + len(place.inner), inner)] if start >= 0 else []
            return first_proven(block, [changes], pairs)
    return None


def _is_at(block: PropertyBlock, place: _Place, link: Link) -> bool:
    """Whether the link may be the one at `place`: two keys can be spelled alike (`a.b`, and `b` below `a`)."""
    start = len(block.text[: place.node.start_mark.index].encode()) + block.start
    stop = start + len(block.source(place.node).encode())
    return link.span.start < stop and start < link.span.end


def _target(inner: str) -> str:
    target, pipe, _ = inner.partition("|")
    return (target.rstrip("\\") if pipe else target).strip()


def _inner(old: str, target: str | None, display: str | None) -> str:
    """What is to stand between the brackets: another target, or another display text."""
    written, pipe, _ = old.partition("|")
    name = written.rstrip("\\") if pipe else written
    if target is not None:
        return target + old[len(name) :]
    return f"{written}|{display}" if display else name


def _places(key: str, path: tuple[int | str, ...], node: Node, value: PropertyValue) -> Iterator[_Place]:
    if isinstance(value, str):
        if value.lstrip().startswith("[["):
            yield _Place(key, path, node, value)
    elif isinstance(value, list):
        for i, (child, item) in enumerate(zip(node.value, value, strict=True)):
            yield from _places(f"{key}.{i}", (*path, i), child, item)
    elif isinstance(value, dict):
        for (_, child), (name, item) in zip(node.value, value.items(), strict=True):
            yield from _places(f"{key}.{name}", (*path, name), child, item)


def _with(value: PropertyValue, path: tuple[int | str, ...], text: str) -> PropertyValue:
    """`value` with `text` at the place that `path` leads to."""
    if isinstance(value, list) and path:
        return [_with(item, path[1:], text) if i == path[0] else item for i, item in enumerate(value)]
    if isinstance(value, dict) and path:
        return {name: _with(item, path[1:], text) if name == path[0] else item for name, item in value.items()}
    return text
