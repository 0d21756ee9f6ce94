"""Clashes of a note widened to whole blocks, so that either side of a conflict is Markdown, and no marker is code.

Knows which blocks no marker may split: code, math, HTML, comments, tables, callouts. What of such a block both sides
agree upon stands on either side, merged.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from vaultkit.importing.merge.pieces import Agreed, Clash, Piece
from vaultkit.vault.note import Span

_MAY_BE_BLOCK = re.compile(rb"```|~~~|\$\$|%%|<[/!?A-Za-z]|^> ?\[!|\|", re.M)
_CALLOUT = re.compile(rb"> ?\[!")
_DELIMITERS = re.compile(rb" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t\r]*\n?")


def whole_blocks(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a body (each in whole lines), with every clash that lies in a block made as large as the block."""
    if not any(_MAY_BE_BLOCK.search(text) for piece in pieces for text in _texts(piece)):
        return list(pieces)
    atoms: list[Piece] = []
    for piece in pieces:
        atoms += map(Agreed, _lines(piece.text)) if isinstance(piece, Agreed) else [piece]
    ranges = sorted({*_ranges(atoms, 0), *_ranges(atoms, 1)})
    out: list[Piece] = []
    at = n = 0
    while at < len(atoms):
        while n < len(ranges) and ranges[n][0] < at:
            n += 1
        if n == len(ranges) or ranges[n][0] != at:
            out.append(atoms[at])
            at += 1
            continue
        stop = ranges[n][1]
        while n < len(ranges) and ranges[n][0] < stop:  # the two sides may see blocks that overlap
            stop = max(stop, ranges[n][1])
            n += 1
        inside = atoms[at:stop]
        out += [_as_one(inside)] if any(isinstance(atom, Clash) for atom in inside) else inside
        at = stop
    return out


def _texts(piece: Piece) -> tuple[bytes, bytes]:
    """What it is on our side, and on theirs."""
    return (piece.text, piece.text) if isinstance(piece, Agreed) else (piece.standing, piece.theirs)


def _lines(text: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in text.split(b"\n")]
    last = lines.pop().removesuffix(b"\n")
    return [*lines, last] if last else lines


def _as_one(pieces: Sequence[Piece]) -> Clash:
    ours, theirs = (b"".join([_texts(piece)[side] for piece in pieces]) for side in (0, 1))
    base = b"".join([piece.base if isinstance(piece, Clash) else piece.text for piece in pieces])
    return Clash(ours, base, theirs, ours)


def _ranges(atoms: Sequence[Piece], side: int) -> Iterator[tuple[int, int]]:
    """The blocks of a side as ranges of atoms, those of one atom left out."""
    lines: list[bytes] = []
    of_line: list[int] = []
    for n, atom in enumerate(atoms):
        more = _lines(_texts(atom)[side])
        lines += more
        of_line += [n] * len(more)
    for start, stop in (*_opaque(lines), *_by_line(lines)):
        if of_line[start] < of_line[stop - 1]:
            yield of_line[start], of_line[stop - 1] + 1


def _opaque(lines: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Blocks that are no Markdown, as ranges of lines."""
    text = b"".join(lines)
    if b"<!--" in text or b"%%" in text:  # a comment of several lines may be found inside a paragraph only
        from vaultkit.vault.scan import scan

        spans = [one.span for one in scan(text).regions]
    else:
        from vaultkit.vault.scan_blocks import scan_blocks

        spans = [Span(start, end) for _, start, end, _ in scan_blocks(text).marks]
    starts = list(accumulate(map(len, lines), initial=0))
    for start, end in spans:
        yield bisect_right(starts, start) - 1, min(bisect_left(starts, end), len(lines))


def _by_line(lines: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Callouts and tables, as ranges of lines; a table is what stands around a row of dashes without a blank line."""
    at = 0
    while at < len(lines):
        stop = at + 1
        if lines[at].startswith(b">"):
            while stop < len(lines) and lines[stop].startswith(b">"):
                stop += 1
            if any(_CALLOUT.match(line) for line in lines[at:stop]):
                yield at, stop
        elif lines[at].strip():
            while stop < len(lines) and lines[stop].strip() and not lines[stop].startswith(b">"):
                stop += 1
            row = at + 1
            while row < stop:
                row += 1
                if b"|" in lines[row - 2] and _DELIMITERS.fullmatch(lines[row - 1]):
                    head = row - 2
                    while row < stop and b"|" in lines[row]:
                        row += 1
                    yield head, row
        at = stop
