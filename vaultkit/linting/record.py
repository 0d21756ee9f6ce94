"""The large part of what is remembered of a vault: a row for each note, column by column, as it lies on the disk.

Read as it is needed, because tens of thousands of notes are loaded only to find that one of them changed. It never
changes: `store` keeps what is newer. Knows no rule.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.look import Looked
from vaultkit.vault import cache

HASH = 32
"""Letters of `Looked.text`."""


class Row(NamedTuple):
    """What is known of a note. `time` -1: the bytes decide, whatever the disk says of the file."""

    time: int
    size: int
    looked: Looked


class Told(NamedTuple):
    """What is to be told of a vault, in pieces: first what stands from `start` to `end` in the record `base` (its
    checksum; empty when it was not put away), then what is new."""

    base: bytes
    text: memoryview
    pieces: list[tuple[int, int, bytes]]

    def lines(self) -> Iterator[bytes | memoryview]:
        """All of it."""
        for start, end, new in self.pieces:
            yield self.text[start:end]
            yield new


class Totals(NamedTuple):
    """How much was found."""

    severities: Mapping[Severity, int]
    notes: int
    fixable: int


class Base:
    """The large part."""

    def __init__(self, parts: Sequence[memoryview | bytes], told: memoryview, sums: tuple[bytes, bytes]) -> None:
        names, times, sizes, self._texts, self._claims, self._asked, self._marks, ends, counts = parts
        self.joined = bytes(names)
        self.times = array("q", bytes(times))
        self.sizes = array("q", bytes(sizes))
        self.ends = array("q", bytes(ends))
        self.counts: dict[str, int] = json.loads(bytes(counts))
        """How much was found (`marks.count`)."""
        self.told = told
        self.sums = sums

    @cached_property
    def names(self) -> list[str]:
        return cache.split(self.joined)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each path: for many of them."""
        return {name: at for at, name in enumerate(self.names)}

    def at(self, path: str) -> int:
        """The row of one path; -1 when it has none."""
        at = bisect_left(self.names, path)
        return at if at < len(self.names) and self.names[at] == path else -1

    @cached_property
    def _rows_claims(self) -> list[bytes]:
        return bytes(self._claims).split(b"\0")

    def claims(self, at: int) -> tuple[str, ...]:
        row = self._rows_claims[at]
        return _lines(row) if row else ()

    def all_claims(self) -> Iterator[tuple[str, Sequence[str]]]:
        return ((self.names[at], _lines(row)) for at, row in enumerate(self._rows_claims) if row)

    @cached_property
    def asked(self) -> bytes:
        return bytes(self._asked)

    @cached_property
    def rows_asked(self) -> list[bytes]:
        return self.asked.split(b"\0")

    @cached_property
    def _rows_marks(self) -> list[bytes]:
        return bytes(self._marks).split(b"\n")

    def text(self, at: int) -> str:
        return bytes(self._texts[at * HASH : (at + 1) * HASH]).decode().strip()

    def marks(self, at: int) -> str:
        return self._rows_marks[at].decode()

    def start(self, at: int) -> int:
        return self.ends[at - 1] if at else 0

    def row(self, at: int) -> Row:
        asked = self.rows_asked[at].decode("utf-8", "surrogatepass")
        said = bytes(self.told[self.start(at) : self.ends[at]])
        looked = Looked(self.text(at), self.claims(at), asked, self.marks(at), said)
        return Row(self.times[at], self.sizes[at], looked)


def _lines(row: bytes) -> tuple[str, ...]:
    return tuple(row.decode("utf-8", "surrogatepass").split("\n"))
