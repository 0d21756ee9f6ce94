"""The rows of a CSV file by the names of their columns, one after the other.

Knows what spreadsheets and trackers do to CSV: a mark at the start, `;` or tabs between the cells, `sep=;` as the first
line, columns of the same name (`Labels,Labels`), line breaks and megabytes in a cell, a quote that is never closed.
Which encoding it is, `encoding` finds out. Knows no format.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 256 * 1024**2
_LOST_QUOTES = 50
"""So many quotes that are never closed are looked past; each costs a look at the rest of the file."""

csv.field_size_limit(_LONGEST_CELL)  # of the whole process; 128 KB, as it is else, is one long comment


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `line` is the line it begins in, from 1."""

    header: tuple[str, ...]
    cells: tuple[str, ...]
    line: int

    @property
    def place(self) -> str:
        """For messages: `line 13`."""
        return f"line {self.line}"

    def get(self, *names: str) -> str:
        """The first cell that is not blank, of the columns `names` in this order; empty: none. Blanks around it are
        left out; names are compared without case."""
        return next((value for name in names for value in self.all(name)), "")

    def all(self, name: str) -> tuple[str, ...]:
        """The cells that are not blank, of all columns called `name`, as they stand, without blanks around them."""
        wanted = name.casefold()
        pairs = zip(self.header, self.cells, strict=False)
        return tuple(cell.strip() for head, cell in pairs if head.casefold() == wanted and cell.strip())

    @property
    def surplus(self) -> tuple[str, ...]:
        """The cells that are not blank behind the last column; there are such where a quote is missing."""
        return tuple(cell for cell in self.cells[len(self.header) :] if cell.strip())


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A line whose quote is never closed, as it was written; the lines below are read."""

    text: str
    line: int
    why: str

    @property
    def place(self) -> str:
        """For messages: `line 13`."""
        return f"line {self.line}"


def csv_rows(pieces: Iterable[str], delimiter: str = "") -> Iterator[Row | BrokenRow]:
    """The rows below the header, blank ones left out. `pieces` are the text, cut anywhere; `delimiter`: what stands
    between the cells; empty: what stands oftenest in the header. Nothing for a text without a header."""
    lines = _Lines(pieces)
    first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    if first.lower().startswith("sep=") and len(first.rstrip("\n")) == 5:
        delimiter = delimiter or first[4]
        first = next(lines, "")
    lines.put_back([first])
    delimiter = delimiter or _likeliest(first)
    header: tuple[str, ...] | None = None
    for row in _raw(lines, delimiter):
        if isinstance(row, BrokenRow):
            yield row
        elif header is None:
            header = tuple(cell.strip() for cell in row.cells)
        elif any(cell.strip() for cell in row.cells):
            yield Row(header, row.cells, row.line)


def csv_header(pieces: Iterable[str], delimiter: str = "") -> tuple[str, ...]:
    """The names of the columns; to be asked by `identify`. Empty when there are none."""
    for found in csv_rows([*_first_lines(pieces), "\n_\n"], delimiter):
        if isinstance(found, Row):
            return found.header
    return ()


def _first_lines(pieces: Iterable[str]) -> Iterator[str]:
    """At least the first line that is not blank, whole if that is possible."""
    size = 0
    for piece in pieces:
        size += len(piece)
        yield piece
        if size > 10_000:
            return


def _likeliest(header: str) -> str:
    """What stands oftenest in the header outside quotes."""
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


class _Lines:
    """The lines of a text with their ends, and the number of the one given last. They can be had again."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._source = _lines(pieces)
        self._waiting: list[str] = []
        """To be given before the source goes on; the next one is last."""
        self.number = 0
        self.since: list[str] = []
        """Those given since it was emptied."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._source)
        self.number += 1
        self.since.append(line)
        return line

    def put_back(self, lines: Sequence[str]) -> None:
        """Give `lines`, which were the last ones, once more."""
        self._waiting.extend(reversed(lines))
        self.number -= len(lines)
        self.since.clear()


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        start = 0
        while (end := piece.find("\n", start)) >= 0:
            yield "".join([*held, piece[start : end + 1]])
            held.clear()
            start = end + 1
        if start < len(piece):
            held.append(piece[start:])
    if held:
        yield "".join(held)


def _raw(lines: _Lines, delimiter: str) -> Iterator[Row | BrokenRow]:
    lost = width = 0
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        start = lines.number + 1
        lines.since.clear()
        try:
            for cells in reader:
                width = width or len(cells)
                yield Row((), tuple(cells), start)
                start = lines.number + 1
                lines.since.clear()
            return
        except csv.Error as e:
            given = list(lines.since)
            if width and len(loose := _loosely(given[0], delimiter)) == width:
                yield Row((), loose, start)
                lines.put_back(given[1:])
                continue
            lost += 1
            if lost > _LOST_QUOTES:  # the rest goes by as one
                yield BrokenRow(
                    "".join([*given, *lines]), start, "too many quotes are not closed; the rest is not read"
                )
                return
            yield BrokenRow(given[0], start, f"its quotes do not fit ({e})")
            lines.put_back(given[1:])


def _loosely(line: str, delimiter: str) -> tuple[str, ...]:
    """The cells of one line with quotes inside that should have been doubled: `3;the "old" one` is no trouble then."""
    try:
        return tuple(next(csv.reader([line], delimiter=delimiter)))
    except (csv.Error, StopIteration):
        return ()
