"""Footnotes: references `[^id]`, definitions `[^id]: text`, and those written in place, `^[text]`.

Computed from a parsed note when asked for. Knows where no footnote can be (code, math, HTML, comments); a footnote is
never a block id nor a wikilink.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from vaultkit.vault.hidden import hidden
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.spans import Spans

_REFERENCE = re.compile(rb"\\.|\[\^([^\[\]\s^]++)\]", re.S)
_DEFINITION = re.compile(rb"^([ \t>]*+)\[\^([^\[\]\s^]++)\]:[ \t]*+([^\n]*+)", re.M)
_MORE = re.compile(rb"(?:\n(?:(?:  |\t)[ \t]*+[^\s]|(?:[ \t\r]*+\n)++(?: {4}|\t)[ \t]*+[^\s])[^\n]*+)*+")
"""Lines that go on with a definition: indented by two, or by four (a tab) behind blank lines."""
_MORE_QUOTED = re.compile(rb"(?:\n[ \t]*+>(?:[ \t]*+>)*+(?:   |[ ]?\t)[ \t]*+[^\s>][^\n]*+)*+")
"""In a quote, where the space that belongs to `>` comes first; blank lines end it."""
_BRACKET = re.compile(rb"\\.|\^?\[|\]|\n[ \t\r>]*+(?=\n)", re.S)


class Definition(NamedTuple):
    """`[^id]: text`. `text` may have several lines, as written; `span` begins at the bracket."""

    id: str
    text: str
    span: Span


class Reference(NamedTuple):
    """`[^id]` somewhere in the text."""

    id: str
    span: Span


class Footnotes(NamedTuple):
    """What one note has, each in order of its place."""

    references: tuple[Reference, ...]
    definitions: tuple[Definition, ...]
    inline: tuple[Definition, ...]
    """`^[text]`: the `id` is empty."""

    @property
    def undefined(self) -> tuple[Reference, ...]:
        """References without a definition: Obsidian shows them as plain text. Ids are compared without case."""
        known = {one.id.lower() for one in self.definitions}
        return tuple(one for one in self.references if one.id.lower() not in known)

    @property
    def unused(self) -> tuple[Definition, ...]:
        """Definitions that nothing refers to."""
        used = {one.id.lower() for one in self.references}
        return tuple(one for one in self.definitions if one.id.lower() not in used)

    @property
    def duplicates(self) -> tuple[Definition, ...]:
        """Definitions of an id that one before has defined already."""
        seen: Counter[str] = Counter()
        out = []
        for one in self.definitions:
            seen[one.id.lower()] += 1
            if seen[one.id.lower()] > 1:
                out.append(one)
        return tuple(out)


def footnotes(note: Note) -> Footnotes:
    """The footnotes of `note`; those in its comments (`%%…%%`) are not shown and left out."""
    off = hidden(note, RegionKind.COMMENT)
    definitions = _definitions(note, off) if b"[^" in note.data else ()
    heads = {one.span.start for one in definitions}
    references = tuple(
        Reference(_text(found[1]), Span(*found.span()))
        for found in _REFERENCE.finditer(note.data, note.body)
        if found[1] is not None and found.start() not in heads and not off.hold(found.start())
    )
    return Footnotes(references, definitions, _inline(note, off) if b"^[" in note.data else ())


def _definitions(note: Note, off: Spans) -> tuple[Definition, ...]:
    out = []
    for found in _DEFINITION.finditer(note.data, note.body):
        start = found.end(1)
        if off.hold(start):
            continue
        more = (_MORE_QUOTED if b">" in found[1] else _MORE).match(note.data, found.end())
        end = more.end() if more else found.end()
        text = note.data[found.start(3) : end].rstrip()
        out.append(Definition(_text(found[2]), _text(text.lstrip()), Span(start, found.start(3) + len(text))))
    return tuple(out)


def _inline(note: Note, off: Spans) -> tuple[Definition, ...]:
    """`^[…]` with its brackets in pairs, within a paragraph. One inside another is part of it."""
    out = []
    opened: list[tuple[int, bool]] = []  # the open brackets, and whether each is that of a footnote
    depth = 0  # how many of them are
    for found in _BRACKET.finditer(note.data, note.body):
        at, mark = found.start(), found[0]
        if mark[:1] == b"\n":
            opened.clear()
            depth = 0
        elif mark[:1] == b"\\" or off.hold(at):
            continue
        elif mark != b"]":
            opened.append((at, mark == b"^["))
            depth += mark == b"^["
        elif opened:
            start, footnote = opened.pop()
            depth -= footnote
            if footnote and not depth:
                out.append(Definition("", _text(note.data[start + 2 : at].strip()), Span(start, at + 1)))
    return tuple(out)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
