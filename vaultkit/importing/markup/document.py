"""A document as a converter meets it: paragraphs, headings, and boxes in boxes (quotes, lists, tables, callouts).

A converter opens and closes boxes in the order of its text; this knows how each is written in Markdown, and that one
left open, closed twice or put where it cannot stand costs no text. Knows no other markup.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from vaultkit.importing.markup import markdown
from vaultkit.importing.markup.inline import Inline

DEEPEST = 20
"""Boxes further inside are not drawn, their text is kept: each one would write all its lines anew."""
_MOST_COLUMNS, _MOST_ROWS = 50, 100
"""So far a cell is believed to reach."""


class Block(NamedTuple):
    """A block of Markdown. `kind`: `text`, `list`, `code`, `table` or `other`."""

    kind: str
    text: str


@dataclass(slots=True)
class _Box:
    kind: str
    marker: str = ""
    """Of a list `-`, or the number with which it begins; of an item `[x] ` and the like; of a callout its type."""
    title: str = ""
    folded: bool | None = None
    is_header: bool = False
    columns: int = 1
    rows_below: int = 0
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[str, list[Block]]] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    rows: list[tuple[list[list[Block]], bool]] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)
    """Of a table: for so many more rows the cell of this column reaches down."""


class Document:
    """The text goes into `inline`, the paragraph at hand."""

    def __init__(self) -> None:
        self.inline = Inline()
        self._boxes = [_Box("root")]
        self._undrawn: Counter[str] = Counter()
        self._heading = 0

    def end_paragraph(self) -> None:
        """What comes is a new paragraph; marks that are open stay so."""
        if self.inline.is_empty:
            return
        following = self.inline.next()
        text, self.inline = self.inline.write(), following
        if not text:
            return
        if self._heading:
            line = " ".join(text.split("\n"))
            line = line[:-1] + "\\#" if line.endswith(" #") else line
            self._put(Block("other", f"{'#' * self._heading} {line}"))
        else:
            self._put(Block("text", text))

    def heading(self, level: int) -> None:
        """What comes is a heading of this level, 1 to 6; 0: no more."""
        self.end_paragraph()
        self._heading = min(max(level, 0), 6)

    def add(self, kind: str, text: str) -> None:
        """A block that is Markdown already."""
        self.end_paragraph()
        if text.strip("\n"):
            self._put(Block(kind, text))

    def rule(self) -> None:
        self.add("other", "---")

    def code(self, text: str, language: str = "") -> None:
        if text.strip():
            self.add("code", markdown.fence(text, language))

    def open(
        self,
        kind: str,
        marker: str = "",
        *,
        title: str = "",
        folded: bool | None = None,
        is_header: bool = False,
        columns: int = 1,
        rows: int = 1,
    ) -> None:
        """Begin a `quote`, `callout` (`marker`: its type), `list` (`-` or its first number), `item` (`[x] ` for a
        task), `table`, `row` or `cell`; or a `plain` box, which is only closed together with what is in it."""
        self.end_paragraph()
        if len(self._boxes) > DEEPEST:
            self._undrawn[kind] += 1
            return
        columns = min(max(columns, 1), _MOST_COLUMNS)
        self._boxes.append(_Box(kind, marker, title, folded, is_header, columns, min(max(rows, 1), _MOST_ROWS) - 1))

    def close(self, kind: str) -> None:
        """End the innermost box of this kind and all in it. Nothing when there is none."""
        self.end_paragraph()
        if self._undrawn[kind]:
            self._undrawn[kind] -= 1
        elif any(box.kind == kind for box in self._boxes[1:]):
            while self._end() != kind:
                pass

    def inside(self, kind: str, within: str = "") -> bool:
        """Whether a box of this kind is open, and not outside the innermost one of `within`."""
        for box in reversed(self._boxes):
            if box.kind == kind:
                return True
            if box.kind == within:
                return False
        return False

    def task(self, is_done: bool) -> None:
        """The innermost item is a task."""
        item = next((box for box in reversed(self._boxes) if box.kind == "item"), None)
        if item:
            item.marker = "[x] " if is_done else "[ ] "

    def name_callout(self) -> None:
        """The paragraph at hand is the title of the callout around it, if it has none yet."""
        box = self._boxes[-1]
        if box.kind == "callout" and not (box.title or self.inline.is_empty):
            following = self.inline.next()
            box.title, self.inline = self.inline.write(), following
        else:
            self.end_paragraph()

    def write(self) -> str:
        """All of it; may be called once."""
        self.end_paragraph()
        while len(self._boxes) > 1:
            self._end()
        return _joined(self._boxes[0].blocks)

    def _put(self, block: Block) -> None:
        box = self._boxes[-1]
        if box.kind == "list":
            if not box.items:
                box.items.append(("", []))
            box.items[-1][1].append(block)
            return
        at = len(self._boxes) - 1
        while self._boxes[at].kind in ("table", "row"):  # between the cells, where no text can be
            at -= 1
        self._boxes[at].blocks.append(block)

    def _end(self) -> str:
        box = self._boxes.pop()
        text = _joined(box.blocks)
        if box.kind == "quote" and text:
            self._put(Block("other", markdown.quote(text)))
        elif box.kind == "callout" and (text or box.title):
            self._put(Block("other", markdown.callout(box.marker, box.title, text, folded=box.folded)))
        elif box.kind == "item" and (box.blocks or box.marker):
            self._end_item(box)
        elif box.kind == "list" and box.items:
            self._put(Block("list", "\n".join(_list_lines(box))))
        elif box.kind == "cell":
            self._end_cell(box)
        elif box.kind == "row":
            if self._boxes[-1].kind == "table" and box.cells:
                self._boxes[-1].rows.append((box.cells, box.is_header))
            else:
                for block in (block for cell in box.cells for block in cell):
                    self._put(block)
        elif box.kind == "table":
            self._end_table(box)
        elif box.kind in ("plain", "root"):
            for block in box.blocks:
                self._put(block)
        return box.kind

    def _end_item(self, box: _Box) -> None:
        if self._boxes[-1].kind == "list":
            self._boxes[-1].items.append((box.marker, box.blocks))
        else:
            self._put(Block("list", markdown.item("-", box.marker + _joined(box.blocks, tight=True))))

    def _end_cell(self, box: _Box) -> None:
        row = self._boxes[-1]
        table = self._boxes[-2] if len(self._boxes) > 1 else row
        if row.kind != "row":
            for block in box.blocks:
                self._put(block)
            return
        while table.below.get(len(row.cells), 0) > 0 and len(row.cells) < _MOST_COLUMNS:
            table.below[len(row.cells)] -= 1
            row.cells.append([])
        row.is_header = box.is_header and (row.is_header or not row.cells)
        if box.rows_below:
            table.below[len(row.cells)] = box.rows_below
        row.cells += [box.blocks, *([] for _ in range(box.columns - 1))]

    def _end_table(self, box: _Box) -> None:
        width = max((len(cells) for cells, _ in box.rows), default=0)
        kinds = {block.kind for cells, _ in box.rows for cell in cells for block in cell}
        if "table" in kinds or (width < 3 and "code" in kinds):  # it is there for the layout of the page
            for block in (block for cells, _ in box.rows for cell in cells for block in cell):
                self._put(block)
        elif kinds:
            rows = [[_in_cell(cell) for cell in cells] for cells, _ in box.rows]
            self._put(Block("table", markdown.table(rows, header=box.rows[0][1])))


def _list_lines(box: _Box) -> list[str]:
    first = int(box.marker) if box.marker.isdecimal() else None
    lines = []
    for i, (task, blocks) in enumerate(box.items):
        marker = "-" if first is None else f"{first + i}."
        lines.append(markdown.item(marker, task + _joined(blocks, tight=True)))
    return lines


def _joined(blocks: list[Block], *, tight: bool = False) -> str:
    """The blocks with blank lines between them; `tight`: but not where a list follows its item's text. One that does
    not begin with 1 would be read as more of that text."""
    out: list[str] = []
    for i, block in enumerate(blocks):
        if i:
            close = tight and block.kind == "list" and blocks[i - 1].kind == "text"
            out.append("\n" if close and block.text.startswith(("- ", "1. ")) else "\n\n")
        out.append(block.text)
    return "".join(out)


def _in_cell(blocks: list[Block]) -> str:
    lines = []
    for block in blocks:
        if block.kind == "code":
            lines += [markdown.code_span(line) for line in block.text.split("\n")[1:-1]]
        else:
            lines.append(block.text)
    return "\n".join(lines)
