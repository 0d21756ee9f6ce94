"""Lines of a note on which nothing but tags stands: they speak of the note, not of a sentence.

Knows where such a line belongs to something else: an item, a quote, a table, a heading, a comment.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultkit.vault.block_syntax import BREAK, HEADING
from vaultkit.vault.note import Note, Span, Tag
from vaultkit.vault.spans import Spans

_LINE = re.compile(rb"[^\n]*\n?")
_BETWEEN = re.compile(rb"(?:[ \t\r\n,]|\xe3\x80\x80)*+")
_OF_ANOTHER = re.compile(rb"[ \t]|[-*+>|]|[0-9]{1,9}[.)]|\[\^|[^\n|]*\|")
"""How a line begins (or what it holds) that makes the lines below it part of an item, a quote or a table."""


class TagLine(NamedTuple):
    """One line: all of it with its line end, and its tags."""

    span: Span
    tags: tuple[Tag, ...]


def tag_lines(note: Note) -> list[TagLine]:
    """The lines of tags, in order."""
    tags = note.text.tags
    if not tags:
        return []
    out, at, own = [], 0, True
    not_here: Spans | None = None
    for line in _LINE.finditer(note.data, note.body):
        start, end = line.span()
        first = at
        while at < len(tags) and tags[at].span.start < end:
            at += 1
        text = line[0].rstrip()
        if not text or HEADING.match(text) or BREAK.match(text):
            own = True
        elif _OF_ANOTHER.match(text):
            own = False
        elif own and at > first and _is_all(note.data, tags[first:at], start, end):
            not_here = not_here or Spans([*note.text.comments, *(heading.span for heading in note.headings)])
            if not not_here.hold(start):
                out.append(TagLine(Span(start, end), tags[first:at]))
        if at == len(tags):
            break
    return out


def _is_all(data: bytes, tags: tuple[Tag, ...], start: int, end: int) -> bool:
    """Whether nothing but blanks and commas stands around the tags; the first one begins the line."""
    if tags[0].span.start != start:
        return False
    ends = [*(tag.span.start for tag in tags[1:]), end]
    for tag, stop in zip(tags, ends, strict=True):
        between = _BETWEEN.match(data, tag.span.end, stop)
        if not between or between.end() != stop:
            return False
    return True
