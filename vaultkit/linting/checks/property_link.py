"""Wikilinks in properties without quotes: `related: [[Note]]` is a list in a list to YAML, and no link.

A list in a list that may be meant as one (`[[1, 2], [3, 4]]`, `[["a"]]`) is left alone, and so are `tags`: a link is no
tag, which is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.note import Note, PropertyValue, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("link",)
EDITS = frozenset({Part.LINKS})
_NESTING = frozenset({list, dict})
_LINK = re.compile(r"\[\[[^\[\]{}\n]+\]\]")


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such link."""
    block = note.front_matter
    if block is None or note.data.find(b"[[", *block.content) < 0:
        return
    for found in block.properties:
        if type(found.value) in _NESTING and _is_nested(found.value):
            yield from _links(note)
            return


def _is_nested(value: PropertyValue) -> bool:
    """Whether there is a list in a list, or more than a quick look can tell."""
    return isinstance(value, dict) or (isinstance(value, list) and any(type(item) in _NESTING for item in value))


def _links(note: Note) -> Iterator[Finding]:
    from vaultkit.vault.edit_block import read_block  # a run that finds nothing does without
    from vaultkit.vault.frontmatter import find_front_matter

    block = read_block(note)
    if block is None:
        return
    found: list[tuple[Span, str]] = []
    chars, at = 0, block.start
    for entry in block.entries:
        if entry.name.lower() == "tags":
            continue
        for node in _pairs(entry.value):
            begin, end = node.start_mark.index, node.end_mark.index
            link = block.text[begin:end]
            if begin < chars or not _is_link(link, node):
                continue
            at += len(block.text[chars:begin].encode())
            span = Span(at, at + len(link.encode()))
            chars, at = end, span.end
            found.append((span, link))
    edits = {span: Edit(span, quoted.encode()) for span, link in found if (quoted := _quoted(link))}
    after = find_front_matter(apply_edits(note.data, edits.values()))
    proven = after and not after.error and len(after.properties) == len(block.entries)
    for span, link in found:
        sure = "," not in link  # else it may be a list after all
        yield Finding(span, {"link": link}, Fix((edits[span],), sure) if proven and span in edits else None)


def _pairs(node: Any) -> Iterator[Any]:
    """The lists of one item below `node`, in order; what may be a link is not looked into."""
    stack = [node]
    while stack:
        one = stack.pop()
        if one.id == "sequence":
            if one.flow_style and len(one.value) == 1 and one.value[0].id == "sequence":
                inner = one.value[0].value
                if inner and all(item.id == "scalar" for item in inner):
                    yield one
                    continue
            stack += reversed(one.value)
        elif one.id == "mapping":
            stack += [value for _, value in reversed(one.value)]


def _is_link(text: str, node: Any) -> bool:
    """Whether the list is a link: no quotes around its items, one item, or several words with commas between."""
    items = node.value[0].value
    if not _LINK.fullmatch(text) or any(item.style for item in items):
        return False
    from vaultkit.vault.yaml_core import core_scalar

    return len(items) == 1 or all(isinstance(core_scalar(item.value), str) for item in items)


def _quoted(link: str) -> str:
    """The link in quotes that need no escapes; empty: it holds both kinds."""
    if '"' not in link and "\\" not in link:
        return f'"{link}"'
    return "" if "'" in link else f"'{link}'"
