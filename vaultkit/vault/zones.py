"""Runs of simple lines ("zones"), taken at once, and what stands in them.

Most text is such lines: prose, blank lines, headings, list items. A zone is found at the speed of the regular
expression engine; its headings, tasks and block ids are looked for when they are asked for. Knows no other lines
(`scan_blocks`) and nothing inside a paragraph (`scan_inline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vaultkit.vault.block_syntax import CLOSING_HASHES, HEADING, HTML_TAGS, before_line_end
from vaultkit.vault.note import Block, Heading, Span, Task

# Most text is lines at the margin that hide nothing: prose, blank lines, headings, simple list items. A run of them is
# taken at once, at the speed of the regular expression engine; whatever does not fit goes line by line. Left out is
# every line that could underline, delimit or define something: `--- | ---`, `===`, `[ref]: target`.
_CHARACTER = rb"(?:[^\]\n\r]|[\xc2-\xf4][\x80-\xbf]{1,3})"
_PROSE = (
    rb"(?:[^\s`~#$%<=*\-_+0-9|>\[:]|\[(?!\^|[^\]\n]*+\]:)|[0-9]++(?![.)])|[*_]{1,2}(?=[^\s*_])|-(?=[^\s\-:|])|:(?!-)"
    rb"|={1,2}(?=[^\s=])|`{1,2}(?!`)|~{1,2}(?!~)|#(?=[^#\s])|\$(?!\$)|%(?!%)|%%(?=[^%\n]*+(?:%(?!%)[^%\n]*+)*+%%)|\+(?=\S)"
    rb"|<(?![!?/])(?!(?i:" + HTML_TAGS + rb"|script|pre|style|textarea)(?=[\s>/]|\Z))"
    rb"(?![A-Za-z][A-Za-z0-9-]*+(?:\s[^<>\n]*+)?/?>[ \t\r]*+(?:\n|\Z)))"
)
_ITEM_MARK = rb"(?:[-*+]|[0-9]{1,9}[.)]) {1,4}"
_PROSE_LINES = rb"(?:[ \t]*+" + _PROSE + rb"[^\n]*+(?:\n|\Z))++"
"""What can only go on with an open paragraph, however deep it stands."""
_COMMENT = rb"<!--(?!-?>)[^-]*+(?:-(?!->)[^-]*+)*+-->[^\n]*+"
_ITEM_TEXT = rb"(?:\[" + _CHARACTER + rb"\](?=[ \t])|" + _PROSE + rb")"
_LIST_LINES = rb"(?:[ \t]*+(?:" + _ITEM_MARK + rb")?+" + _ITEM_TEXT + rb"[^\n]*+(?:\n|\Z)|[ \t\r]*+\n)++"
"""A run of such lines with any indentation. Whether some of it is code, `list_zone` finds out."""
_LIST_LINE = rb"(?!\Z)([ \t]*+)(" + _ITEM_MARK + rb")?+([^\n]*+)(?:\n|\Z)"
ZONE = re.compile(
    rb"(?:((?:[ \t\r]*+\n)++)"
    rb"|#{1,6}(?:[ \t][^\n]*+|\r*+)(?:\n|\Z)()"
    rb"|(?<=\n\n)" + _COMMENT + rb"(?:\n" + _COMMENT + rb")*+(?:\n|\Z)()"
    rb"|(?="
    + _ITEM_MARK
    + _ITEM_TEXT
    + rb")("
    + _ITEM_MARK
    + rb")[^\n]*+(?:\n|\Z)(?:<!--[^\n]*+(?:\n|\Z))*+"  # text of the item
    rb"|" + _PROSE + rb"[^\n]*+(?:\n|\Z)){1,1000}"  # not possessive: that loses the groups; so the run is bounded
)
"""Such a run. Its groups: the last blank lines, the ends of the last heading and comment, the last list item's mark."""
_ZONE_COMMENT = rb"<!--(?<=\n\n<!--)" + _COMMENT[4:] + rb"(?:\n" + _COMMENT + rb")*+"
_HEADINGS = rb"#(?<![^\n]#)(#{0,5})(?:[ \t]([^\n]*+)|(?=\r*+(?:\n|\Z)))|" + _ZONE_COMMENT
_TASKS = rb"\[(?<= \[)(" + _CHARACTER + rb")\](?=[ \t])|" + _ZONE_COMMENT
_TASK_BOX = rb" \[" + _CHARACTER + rb"\][ \t]"
"""What every task in a zone has, and little else; it is looked for first because it is found fast."""
_BEFORE_TASK = rb"[ \t]*+" + _ITEM_MARK + rb"\Z"
_BLOCK_IDS = rb"\^(?:(?<![^ \t\n]\^)|(?<=\]\]\^))([A-Za-z0-9-]++)[ \t\r]*+(?=\n|\Z)|" + _ZONE_COMMENT
ZONE_BREAK = re.compile(rb"\n(?=[ \t\r]*+(?:\n|\Z)|#{1,6}(?:[ \t]|\r*+(?:\n|\Z))|[ \t]*+" + _ITEM_MARK + rb")")
"""The end of a paragraph in a zone, unless that is a heading."""
_BLANK_THEN_TEXT = rb"\n(?:[ \t\r]*+\n)++(?![ \t\r]*+\Z)"

# Patterns that are not `re.Pattern` yet are compiled when they are first used: a run of the linter may do without.


def going_on(data: bytes, start: int) -> int:
    """How far the lines from `start` on can only go on with a paragraph that is open there; `start`: not at all."""
    lines = re.compile(_PROSE_LINES).match(data, start)
    return lines.end() if lines else start


def has_blank_line(data: bytes, start: int, stop: int) -> bool:
    """Whether a blank line stands between `start` and `stop` with text behind it."""
    return re.compile(_BLANK_THEN_TEXT).search(data, start, stop) is not None


class ListZone(NamedTuple):
    """Lines of lists from an offset on, as far as none of them is code."""

    end: int
    last: int
    """Where the line begins with which the last paragraph does; `end` when a blank line closed it."""
    text: int
    """Where the text of that paragraph begins."""
    items: list[int]
    """Columns at which the contents of the open list items begin, the outermost first."""
    plain: bool
    """Whether the last paragraph is in none of them."""


def list_zone(data: bytes, start: int, items: Sequence[int], most: int) -> ListZone:
    """The list lines from `start` on, where `items` are open and no paragraph is. At most `most` items are nested.

    `end` is `start` when the line there is none of the simple ones.
    """
    run = re.compile(_LIST_LINES).match(data, start)
    columns = [*items]
    stop = last = text = run.end() if run else start
    is_open = plain = False
    for line in re.compile(_LIST_LINE).finditer(data, start, stop):
        at = line.start()
        blanks, mark, rest = line.groups()
        if not mark and rest[:1] in b"\r":  # blank
            is_open = False
            continue
        if is_open and not mark:
            continue
        column = len(blanks.expandtabs(4)) if b"\t" in blanks else len(blanks)
        while columns and column < columns[-1]:
            columns.pop()
        if column - (columns[-1] if columns else 0) >= 4 or (mark and len(columns) >= most):
            stop = at  # code, or the text of the item above
            break
        if mark:
            columns.append(column + len(mark))
        is_open, plain, last, text = True, not columns, at, line.start(3)
    return ListZone(stop, last, text, columns, plain) if is_open else ListZone(stop, stop, stop, columns, False)


def zone_headings(data: bytes, start: int, stop: int) -> Iterator[Heading]:
    """The headings of the zone from `start` to `stop`, in order."""
    for found in re.compile(_HEADINGS).finditer(data, start, stop):
        at, end = found.span()
        if data[at] == 60:  # a comment, with or without `#` in it
            continue
        level, raw = found.groups(b"")
        if raw[-1:] in b"#\r \t":
            end = before_line_end(data, end)
            raw = CLOSING_HASHES.sub(b"", raw.rstrip(b"\r"))
        yield Heading(len(level) + 1, raw.strip().decode("utf-8", "replace"), Span(at, end))


def zone_tasks(data: bytes, start: int, stop: int) -> Iterator[Task]:
    """The task list items of the zone from `start` to `stop`, in order."""
    if re.compile(_TASK_BOX).search(data, start, stop):
        for task in re.compile(_TASKS).finditer(data, start, stop):
            line = data.rfind(b"\n", start, task.start()) + 1 or start
            if task[1] and re.compile(_BEFORE_TASK).match(data, line, task.start()):
                yield Task(task[1].decode("utf-8", "replace"), Span(*task.span(1)))


def zone_block_ids(data: bytes, start: int, end: int) -> Iterator[Block]:
    """The ids at the ends of the paragraphs between `start` and `end` of a zone, in order."""
    for found in re.compile(_BLOCK_IDS).finditer(data, start, end):
        if not found[1]:
            continue
        stop = found.end()
        line = data.rfind(b"\n", start, stop) + 1 or start
        if stop + 1 >= end or ZONE_BREAK.match(data, stop, end) or HEADING.match(data, line, end):
            yield Block(found[1].decode(), Span(found.start(), found.end(1)))


def paragraph_around(data: bytes, at: int, start: int, end: int) -> tuple[int, int]:
    """The beginning of the line of `at`, and the end of its paragraph, in a zone from `start` to `end`."""
    line = data.rfind(b"\n", start, at) + 1 or start
    if HEADING.match(data, line, end):
        stop = data.find(b"\n", at, end)
        return line, end if stop < 0 else stop
    found = ZONE_BREAK.search(data, at, end)
    return line, found.start() if found else end
