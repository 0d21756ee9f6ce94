"""A properties block taken apart into its top-level entries: which bytes belong to which key.

Knows the spans of entries, and the comments and blank lines above them; changes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.importing.merge.lines import canonical
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.note import PropertyValue


class Entry(NamedTuple):
    """One property: the lines above it that no property owns, its own lines, and what it says."""

    key: str
    above: bytes
    text: bytes
    value: PropertyValue


class Block(NamedTuple):
    """A block with its fences; without any, and without entries, where there is none. `entries` by key in lower case:
    Obsidian takes `Tags` for `tags`."""

    opening: bytes
    entries: dict[str, Entry]
    below: bytes
    """The lines behind the last entry that none owns."""
    closing: bytes


NO_BLOCK = Block(b"", {}, b"", b"")


def take_block(text: bytes) -> Block | None:
    """The entries of a block; None when it cannot be read or taken apart: YAML that is not valid, a key that is there
    twice (in any case), a map in braces, indented or `? ` keys."""
    if not text:
        return NO_BLOCK
    found = find_front_matter(text)
    if found is None or found.error:
        return None
    entries: dict[str, Entry] = {}
    at = found.content.start
    for one in found.properties:
        if text[one.span.start - 1] != 10 or text[one.span.end - 1] != 10 or one.key.lower() in entries:
            return None
        above = text[at : one.span.start]
        entries[one.key.lower()] = Entry(one.key, above, text[one.span.start : one.span.end], one.value)
        at = one.span.end
    return Block(text[: found.content.start], entries, text[at : found.content.end], text[found.content.end :])


def same_text(one: bytes, other: bytes) -> bool:
    """Whether two entries are written alike, but for line ends and blanks at the ends of lines."""
    return one == other or _stripped(one) == _stripped(other)


def _stripped(text: bytes) -> list[bytes]:
    return [line.rstrip() for line in canonical(text).split(b"\n")]
