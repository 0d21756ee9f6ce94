"""The block structure of a body: which bytes are code, math, HTML or comment, which are headings, which are text.

Knows lines and containers (quotes, lists) as far as they decide that; knows nothing inside a line (`scan_inline`).
CommonMark, with Obsidian's `$$` and `%%` blocks. One pass; each byte is looked at a bounded number of times.
"""

from __future__ import annotations

import re

from vaultkit.vault.block_lines import Line, indent_at, take_line
from vaultkit.vault.block_syntax import (
    BREAK,
    CLOSING_HASHES,
    DELIMITER_ROW,
    FENCE,
    FOOTNOTE,
    HEADING,
    HTML_BLOCK,
    ITEM,
    SETEXT,
    TASK,
    Blocks,
    Chunk,
    before_line_end,
    html_block,
)
from vaultkit.vault.note import Heading, RegionKind, Span, Task
from vaultkit.vault.opaque_blocks import fence, html, indented_code
from vaultkit.vault.zones import ZONE, going_on, has_blank_line, list_zone

_MOST_ITEMS = 32
"""Lists in lists, beyond any that a person writes: `- - - -` a thousand times is text from here on."""


class _Scanner:
    """The state between two lines."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.pos = start
        self.begin = start  # a tab that opens the body makes no code: measured, against CommonMark
        self.out = Blocks()
        self.items: list[int] = []  # columns at which the contents of the open list items begin
        self.depth = 0
        self.open: Chunk | None = None  # the paragraph that the next line may continue
        self.plain = False  # that paragraph is outside lists and quotes: an underline makes it a heading

    def run(self) -> Blocks:
        data, size = self.data, len(self.data)
        while self.pos < size:
            if self.depth == 0 and (zone := ZONE.match(data, self.pos)):
                self._zone(zone)
                continue
            if self.depth == 0 and not self.open and data.startswith(b"<!--", self.pos):
                self.items.clear()
                self._html_until(self.pos, RegionKind.HTML_COMMENT, b"-->")
                continue
            if self.depth == 0 and data[self.pos] in b" \t" and self._list():
                continue
            line = self._line(self.pos)
            if line.text >= line.end:
                self._blank(line)
            else:
                self._nonblank(line)
        self._close()
        return self.out

    def _zone(self, zone: re.Match[bytes]) -> None:
        """Lines at the margin, outside quotes, of the simple kinds: all but the last paragraph is done with."""
        data = self.data
        start, stop = zone.span()
        if self.open:
            if self._go_on():
                return
            self._close()
        self.pos = stop
        blank, heading, item = zone.end(1), zone.end(2), zone.start(4)
        if blank == stop and zone.start(1) == start:
            return  # blank lines end no list
        self.items.clear()
        if stop < len(data):
            width = zone.end(4) - item
            last = max(start, blank, heading, zone.end(3), item)
            if last < stop:  # what follows may go on with this paragraph
                self.open = Chunk(last, before_line_end(data, stop))
                self.plain = last != item
                stop = last
                if last == item:
                    self.open.start += width
                    self.items.append(width)
            elif item > heading and not has_blank_line(data, item, stop):
                self.items.append(width)
        if stop > start:
            self.out.chunks.append(Chunk(start, stop, zone=True))
        if heading >= 0 or item >= 0:
            self.out.zones.append((start, zone.end()))

    def _list(self) -> bool:
        """Take list items at any depth, and the text that goes on with them, when they are of the simple kinds."""
        data, start = self.data, self.pos
        if self._go_on():
            return True
        zone = list_zone(data, start, self.items, _MOST_ITEMS)
        if zone.end == start:
            return False
        self._close()
        self.items[:] = zone.items
        if zone.last > start:
            self.out.chunks.append(Chunk(start, zone.last, zone=True))
        if zone.last < zone.end:
            self.open = Chunk(zone.text, before_line_end(data, zone.end))
            self.plain = zone.plain
        self.out.zones.append((start, zone.end))
        self.pos = zone.end
        return True

    def _go_on(self) -> bool:
        """Take the lines that can only go on with the open paragraph, if there is one."""
        if not self.open or (stop := going_on(self.data, self.pos)) == self.pos:
            return False
        self.open.end = before_line_end(self.data, stop)
        self.pos = stop
        return True

    # -- lines -------------------------------------------------------------------------------------

    def _line(self, pos: int) -> Line:
        """The line at `pos`, taken apart."""
        line = take_line(self.data, pos)
        self.next = line.next
        return line

    def _floor(self) -> int:
        """The column at which the contents of the innermost list item begin."""
        return self.items[-1] if self.items else 0

    # -- what a line is ----------------------------------------------------------------------------

    def _blank(self, line: Line) -> None:
        self._close()
        if line.depth < self.depth:
            self.depth = line.depth
            self.items.clear()
        self.pos = self.next

    def _nonblank(self, line: Line) -> None:
        if line.depth != self.depth and not (self.open and line.depth < self.depth and self._is_lazy(line)):
            self._close()
            self.depth = line.depth
            self.items.clear()
        while self.items and line.indent < self.items[-1] and not (self.open and self._is_lazy(line)):
            self.items.pop()
        self._content(line.text, line.end, line.indent - self._floor(), line.indent)

    def _is_lazy(self, line: Line) -> bool:
        """Whether the line can only go on with the open paragraph (CommonMark's lazy continuation)."""
        text = self.data[line.text : line.end]
        return not (
            ITEM.match(text)
            or FENCE.match(text)
            or HEADING.match(text)
            or BREAK.match(text)
            or HTML_BLOCK.match(text)
            or (text.startswith((b"$$", b"%%")) and text.find(text[:2], 2) < 0)
            or (text.startswith(b"<!--") and not self.items)  # directly under a list item it is the item's text
        )

    def _content(self, start: int, end: int, relative: int, column: int) -> None:
        """A line's text from `start`, `relative` columns inside its container, at absolute `column`."""
        data = self.data
        if relative >= 4 and self.open:
            self._extend(end)
            return
        if relative >= 4:
            if start == self.begin + 1 and data[self.begin] == 9:
                self._text(start, end)
            else:
                self._indented_code(start, end)
            return
        text = data[start:end]
        first = text[:1]
        if first in b"`~" and (opening := FENCE.match(text)):
            self._fence(start, opening)
        elif first == b"#" and (mark := HEADING.match(text)):
            self._atx(start, end, mark)
        elif first == b"$" and text.startswith(b"$$") and text.find(b"$$", 2) < 0:
            self._until(start, start + 2, b"$$", RegionKind.MATH)
        elif first == b"%" and text.startswith(b"%%") and column == 0 and text.find(b"%%", 2) < 0:
            self._until(start, start + 2, b"%%", RegionKind.COMMENT)
        elif first == b"<" and self._html(start, text):
            pass
        elif self.open and self.plain and first in b"=-" and SETEXT.match(text):
            self._setext(start, end)
        elif first in b"*-_" and BREAK.match(text):
            self._close()
            self.pos = self.next
        elif len(self.items) < _MOST_ITEMS and (item := ITEM.match(text)):
            self._item(start, end, item, column)
        elif first == b"|":
            self._close()
            self.out.chunks.append(Chunk(start, end, addressable=False, table=True))
            self.pos = self.next
        elif first == b"[" and relative == 0 and FOOTNOTE.match(text):
            self._close()
            self.items[:] = (4,)  # a footnote goes on in lines indented by four
            self._text(start, end)
        else:
            self._text(start, end)

    # -- text --------------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> None:
        if self.open:
            self._extend(end)
        else:
            # parts of quotes cannot be addressed, only what stands below them
            self.open = Chunk(start, end, addressable=self.depth == 0)
            self.plain = not self.items and self.depth == 0
            self.pos = self.next

    def _extend(self, end: int) -> None:
        assert self.open
        self.open.end = end
        self.pos = self.next

    def _close(self) -> None:
        if self.open:
            chunk, self.open = self.open, None
            if self.data.find(b"|", chunk.start, chunk.end) >= 0 and (
                row := DELIMITER_ROW.search(self.data, chunk.start, chunk.end)
            ):
                self._table(chunk, row.start() + 1)
            else:
                self.out.chunks.append(chunk)

    def _table(self, chunk: Chunk, delimiter: int) -> None:
        """A paragraph that holds a delimiter row: the line above it and all below are rows of a table."""
        head = self.data.rfind(b"\n", chunk.start, delimiter - 1) + 1 or chunk.start
        if self.data.find(b"|", head, delimiter) < 0:
            self.out.chunks.append(chunk)
            return
        if head > chunk.start:
            self.out.chunks.append(Chunk(chunk.start, head - 1, chunk.addressable))
        at = head
        for line in self.data[head : chunk.end].split(b"\n"):
            self.out.chunks.append(Chunk(at, at + len(line), addressable=False, table=True))
            at += len(line) + 1

    def _item(self, start: int, end: int, item: re.Match[bytes], column: int) -> None:
        """A list item: its contents begin behind the marker, and may themselves begin any block."""
        self._close()
        after = start + item.end()
        width = column + item.end()
        task = TASK.match(self.data, after, end)
        if task:
            self.out.tasks.append(Task(task[1].decode("utf-8", "replace"), Span(task.start(1), task.end(1))))
        begins, text = indent_at(self.data, after, end, width)
        content = width + 1 if text >= end or begins - width > 4 else begins
        self.items.append(content)
        if text >= end:
            self.pos = self.next
            return
        self._content(text, end, begins - content, content)
        if self.open:
            self.plain = False

    def _atx(self, start: int, end: int, mark: re.Match[bytes]) -> None:
        self._close()
        raw = self.data[start + mark.end() : end]
        text = CLOSING_HASHES.sub(b"", raw).strip()
        if not self.items and self.depth == 0:
            # The outline leaves out headings in quotes, callouts and lists.
            self.out.headings.append(Heading(len(mark[1]), text.decode("utf-8", "replace"), Span(start, end)))
        self.out.chunks.append(Chunk(start + mark.end(), end))
        self.pos = self.next

    def _setext(self, start: int, end: int) -> None:
        assert self.open
        lines = self.data[self.open.start : self.open.end].split(b"\n")
        text = b" ".join(line.strip() for line in lines).decode("utf-8", "replace")
        self.out.headings.append(Heading(1 if self.data[start] == 61 else 2, text, Span(self.open.start, end)))
        self._close()
        self.pos = self.next

    # -- what is not text --------------------------------------------------------------------------

    def _indented_code(self, start: int, end: int) -> None:
        mark, self.pos = indented_code(self.data, start, end, self.next, self.depth, self._floor())
        self.out.marks.append(mark)

    def _fence(self, start: int, opening: re.Match[bytes]) -> None:
        self._close()
        mark, self.pos = fence(self.data, start, opening[1] or opening[2], self.next, self.depth, self._floor())
        self.out.marks.append(mark)

    def _until(self, start: int, inner: int, closer: bytes, kind: RegionKind) -> None:
        """A `$$` or `%%` block: to the next closer, wherever it stands, or to the end."""
        self._close()
        found = self.data.find(closer, inner)
        end = found + len(closer) if found >= 0 else len(self.data)
        self.out.marks.append((kind, start, end, found >= 0))
        if kind is RegionKind.COMMENT:  # links and tags in it count
            at = inner
            for line in self.data[inner : found if found >= 0 else end].split(b"\n"):
                self.out.chunks.append(Chunk(at, at + len(line), addressable=False))
                at += len(line) + 1
        self._line(end)  # finds the end of the closing line
        rest = self.data[end : self.next].strip()
        if rest:
            self.open = Chunk(end, max(end, self.next - 1))
            self.plain = False
        self.pos = self.next

    def _html(self, start: int, text: bytes) -> bool:
        """Begin an HTML block if `text` does."""
        begins = html_block(text, paragraph=self.open is not None, item=bool(self.items))
        if begins is None:
            return False
        self._close()
        self._html_until(start, *begins)
        return True

    def _html_until(self, start: int, kind: RegionKind, closer: bytes) -> None:
        mark, self.pos = html(self.data, start, kind, closer, self.depth, self._floor())
        self.out.marks.append(mark)


def scan_blocks(data: bytes, start: int = 0) -> Blocks:
    """The block structure of `data` from offset `start` (the end of the front matter) on."""
    return _Scanner(data, start).run()
