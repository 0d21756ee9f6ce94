"""The places inside a properties block, and the proof that an edit of it says what was asked.

Knows where keys, values and their comments stand as characters of the block's text; knows nothing of what is to be
changed. Every edit of properties goes through `first_proven`: what does not read back as asked is never handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from vaultkit.vault.edit import Edit, apply_edits, line_end
from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.note import Note, PropertyValue, Span
from vaultkit.vault.yaml_core import YamlError, compose

Node = Any
"""A node of the YAML parser, with the marks of its place; types are not resolved."""

Pairs = Sequence[tuple[str, PropertyValue]]
"""All properties of a note in order."""

_COLON = re.compile(r"[ \t]*:(?=[ \t\r\n]|\Z)")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


class Change(NamedTuple):
    """Replace characters `start` to `end` of the block's text by `text`, in which lines end with LF."""

    start: int
    end: int
    text: str


class Entry(NamedTuple):
    """One property: what it says, and its nodes. The place of an alias (`*x`) is that of what it stands for."""

    name: str
    says: PropertyValue
    key: Node
    value: Node


class PropertyBlock(NamedTuple):
    """A readable properties block: its text, without the fences, and the places in it."""

    note: Note
    text: str
    start: int
    """Byte offset of the text in the note."""
    entries: tuple[Entry, ...]
    braces: tuple[int, int] | None
    """Where the first and behind the last brace stand when the whole block is one `{…}`, such as JSON."""

    def find(self, key: str) -> int | None:
        """Index of property `key`: as written, else in any case, as Obsidian compares its own keys; None: no such."""
        names = [entry.name for entry in self.entries]
        if key in names:
            return names.index(key)
        lower = [name.lower() for name in names]
        return lower.index(key.lower()) if key.lower() in lower else None

    def pairs(self) -> list[tuple[str, PropertyValue]]:
        """All properties in order, as a list to change."""
        return [(entry.name, entry.says) for entry in self.entries]

    def edit(self, changes: Iterable[Change]) -> Edit:
        """The one edit that makes all `changes`, of which there is at least one."""
        ordered = sorted(changes)
        start, end = ordered[0].start, ordered[-1].end
        eol, out, at = line_end(self.note).decode(), [], start
        for change in ordered:
            out += [self.text[at : change.start], change.text.replace("\n", eol)]
            at = change.end
        first = self.start + len(self.text[:start].encode())
        return Edit(Span(first, first + len(self.text[start:end].encode())), "".join(out).encode("utf-8", "replace"))

    def line_start(self, place: int) -> int:
        """Where the line of character `place` begins."""
        return self.text.rfind("\n", 0, place) + 1

    def line_stop(self, place: int) -> int:
        """Where the line of character `place` ends, before its line end."""
        stop = self.text.find("\n", place)
        stop = len(self.text) if stop < 0 else stop
        return stop - 1 if stop > place and self.text[stop - 1] == "\r" else stop

    def below(self, place: int) -> int:
        """Where the line behind the one that ends at or holds character `place` begins."""
        return place if self.text[place - 1 : place] == "\n" else self.text.find("\n", place) + 1 or len(self.text)

    def column(self, entry: Entry) -> int:
        """How far the key of `entry` is indented."""
        return int(entry.key.start_mark.index) - self.line_start(entry.key.start_mark.index)

    def end(self, node: Node) -> int:
        """Where what `node` says ends: without comments and blank lines that the parser counts to it."""
        while node.id != "scalar" and not node.flow_style and node.value:
            node = node.value[-1] if node.id == "sequence" else node.value[-1][1]
        end = int(node.end_mark.index)
        if node.id == "scalar" and node.style in ("|", ">"):
            end = len(self.text[:end].rstrip())
        return end

    def colon(self, entry: Entry) -> int | None:
        """Where what follows the colon of `entry` begins; None when the key is not of the form `key:`."""
        found = _COLON.match(self.text, entry.key.end_mark.index)
        return found.end() if found else None

    def comment(self, place: int, *, anywhere: bool = False) -> str:
        """The comment right behind character `place`, or `anywhere` on its line, and the blanks before; empty: none."""
        line = self.text[place : self.line_stop(place)]
        found = _COMMENT.search(line) if anywhere else _COMMENT.match(line)
        return found[0] if found else ""

    def source(self, node: Node) -> str:
        """What is written for `node`."""
        return self.text[node.start_mark.index : node.end_mark.index]

    def is_bare(self, node: Node) -> bool:
        """Whether the bytes of `node` are its own: no alias, no anchor (`&x`), no type (`!!str`), no folded plain text.

        The parser gives an alias the place of what it stands for, and that begins with an anchor.
        """
        source = self.source(node)
        if node.id == "scalar":
            return source.startswith(node.style) if node.style else bool(source == node.value)
        return source[:1] == ("{" if node.id == "mapping" else "[") if node.flow_style else source[:1] not in "&!"

    def is_on_one_line(self, node: Node) -> bool:
        """Whether `node` is a scalar of its own bytes that another can replace on its line."""
        return (
            node.id == "scalar"
            and node.style not in ("|", ">")
            and self.is_bare(node)
            and "\n" not in self.source(node)
        )


def read_block(note: Note) -> PropertyBlock | None:
    """The properties block of `note`; None when it has none or it cannot be read: not UTF-8, not YAML, no mapping."""
    found = note.front_matter
    if found is None or found.error:
        return None
    try:
        text = note.data[found.content.start : found.content.end].decode()
        root = compose(text)
    except (UnicodeDecodeError, YamlError):
        return None
    if root is None:
        return PropertyBlock(note, text, found.content.start, (), None) if not found.properties else None
    if root.id != "mapping" or len(root.value) != len(found.properties):
        return None
    entries = tuple(Entry(p.key, p.value, *pair) for p, pair in zip(found.properties, root.value, strict=True))
    braces = (root.start_mark.index, root.end_mark.index) if root.flow_style else None
    return PropertyBlock(note, text, found.content.start, entries, braces)


def first_proven(block: PropertyBlock, candidates: Iterable[Sequence[Change] | None], wanted: Pairs) -> Edit | None:
    """The first candidate after which the properties are `wanted` and the body is the same; None when none is."""
    for changes in candidates:
        if changes and reads_as(block.note, edit := block.edit(changes), wanted):
            return edit
    return None


def reads_as(note: Note, edit: Edit, wanted: Pairs) -> bool:
    """Whether after `edit` the note's properties are `wanted`, in this order, and its body is the same."""
    data = apply_edits(note.data, [edit])
    after = find_front_matter(data)
    if after is None:
        return not wanted and data == note.data[note.body :]
    pairs = [(found.key, found.value) for found in after.properties]
    return not after.error and same(pairs, list(wanted)) and data[after.span.end :] == note.data[note.body :]


def same(one: object, other: object) -> bool:
    """Whether two values are equal and of the same types (`1` is neither `true` nor `1.5`), in the same order."""
    return repr(one) == repr(other)
