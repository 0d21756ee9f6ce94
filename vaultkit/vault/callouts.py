"""Callouts: quotes whose first line is `[!type]`, with `+` or `-` when they fold, and perhaps a title.

Computed from a parsed note when asked for, in one walk over its quoted lines. Knows no list of types: an unknown one is
shown as a note. Only lines that bear the mark of the quote belong to it, not those that merely go on with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.vault.hidden import hidden
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.spans import Spans

_ITEM = rb"(?:[-*+]|[0-9]{1,9}[.)])[ \t]++"
_QUOTED = re.compile(rb"^[ \t]*+(?:" + _ITEM + rb")*+(?=>)[^\n]*+\n?", re.M)
_MARK = re.compile(rb"[ \t]*+((?:" + _ITEM + rb")*+)>")
_HEADER = re.compile(rb"[ \t]*+(\[!([^\[\]|\n]++)(?:\|([^\[\]\n]*+))?\]([+-]?)[ \t]*+([^\n]*))")


class Callout(NamedTuple):
    """`> [!type|meta]- title` and the lines below it in the same quote."""

    type: str
    """In lower case, as Obsidian compares it."""
    meta: str
    """What stands behind `|`: for themes, nothing to Obsidian itself."""
    fold: str
    """`+` open, `-` closed, empty: it cannot be folded."""
    title: str
    """Empty: Obsidian shows the type."""
    depth: int
    """1 for a quote, 2 for one inside another."""
    header: Span
    """From `[` to the end of the title."""
    span: Span
    """From the `>` before the header to the end of the quote's last line."""


class _Line(NamedTuple):
    """A line of a quote, taken apart."""

    depth: int
    shared: int
    """How many of its quotes go on from the line before; the others begin here."""
    mark: int
    """Offset of its first `>`."""
    text: int
    """Offset behind its last `>`."""
    end: int


def callouts(note: Note) -> tuple[Callout, ...]:
    """The callouts of `note`, in order of their headers. The header must be the first line of its quote."""
    if b"[!" not in note.data:
        return ()
    off = hidden(note, RegionKind.COMMENT)
    out: list[Callout] = []
    running: list[int] = []  # places in `out` of those that may go on, each deeper than the one before
    last = 0  # where the line before ends

    def close(depth: int) -> None:
        while running and out[running[-1]].depth > depth:
            place = running.pop()
            out[place] = out[place]._replace(span=Span(out[place].span.start, last))

    for line in _lines(note, off):
        close(line.shared)
        last = line.end
        if line.depth > line.shared and (found := _HEADER.match(note.data, line.text, line.end)):
            if off.hold(found.start(1)):
                continue
            running.append(len(out))
            kind, meta, fold, title = (_text(part) for part in found.groups(b"")[1:])
            header = Span(found.start(1), found.start(5) + len(found[5].rstrip()))
            out.append(Callout(kind.lower(), meta, fold, title, line.depth, header, Span(line.text - 1, last)))
    close(0)
    return tuple(out)


def _lines(note: Note, off: Spans) -> Iterator[_Line]:
    """The lines that bear the mark of a quote; those in code and the like only where that stands in the quote."""
    before, reached = 0, -1  # depth of the line before, and where the next one begins
    for found in _QUOTED.finditer(note.data, note.body):
        if found.start() != reached:
            before = 0
        text = found.start()
        depth, shared, mark = 0, before, -1
        while more := _MARK.match(note.data, text, found.end()):
            if more[1]:
                shared = min(shared, depth)  # a new list item: quotes in it are new ones
            depth += 1
            text = more.end()
            mark = text - 1 if mark < 0 else mark
        if off.hold(mark):
            if not before:
                continue
            depth = shared = min(depth, before)  # code in the quote, which may look like a deeper one
        yield _Line(depth, min(shared, depth), mark, text, found.start() + len(found[0].rstrip(b"\r\n")))
        before, reached = depth, found.end()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip()
