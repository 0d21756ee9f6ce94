"""A note's prose: which bytes of it are not code, math, comments, tags or addresses.

For checks that look at words; knows nothing of what they look for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.vault.hidden import NOT_PROSE, inside
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.spans import Spans

_STRAY = re.compile("[\udc80-\udcff]")
"""Bytes that are not UTF-8, as Python reads them: no letter for any pattern."""
_MARGIN = 100
_BLANK_BEFORE = re.compile(rb"(?<![ \t])[ \t]*\Z")
_BLANK_AFTER = re.compile(rb"[ \t]{0,100}(?:\r?\n|\Z)")


def find_in_body(
    note: Note, pattern: re.Pattern[str], outside: frozenset[RegionKind] = NOT_PROSE
) -> Iterator[tuple[re.Match[str], Span]]:
    """Matches of `pattern` in the body that do not begin in a region of these kinds, each with its place in bytes."""
    text = note.data[note.body :].decode("utf-8", "surrogateescape")
    hidden: Spans | None = None
    chars, offset = 0, note.body
    for match in pattern.finditer(_STRAY.sub("\ufffd", text)):
        if match.end() == match.start():
            continue
        offset += len(text[chars : match.start()].encode("utf-8", "surrogateescape"))
        chars = match.start()
        hidden = hidden or inside(note, outside)
        if not hidden.hold(offset):
            found = text[match.start() : match.end()]
            yield match, Span(offset, offset + len(found.encode("utf-8", "surrogateescape")))


def line_of(note: Note, offset: int) -> Span:
    """The line that `offset` lies in, without its line end."""
    start = note.data.rfind(b"\n", 0, offset) + 1
    end = note.data.find(b"\n", offset)
    end = len(note.data) if end < 0 else end
    return Span(start, end - 1 if end > start and note.data[end - 1] == 0x0D else end)


def whole_line(note: Note, span: Span) -> Span:
    """`span`, or all of its line with the line end when nothing else stands there."""
    before = _BLANK_BEFORE.search(note.data, max(0, span.start - _MARGIN), span.start)
    after = _BLANK_AFTER.match(note.data, span.end)
    if not after or not before or (before.start() > 0 and note.data[before.start() - 1 : before.start()] != b"\n"):
        return span
    return Span(before.start(), after.end())
