"""The bodies of three notes → pieces: merged by line, and where lines clash by word.

Open callouts in the user's body are looked through: they are compared as if they were not there, and stand where they
stood afterwards, behind the line above them. So an import that meets the same conflict again finds it, and the words of
a callout are never taken for the user's. (Where the source or the base holds such callouts, too, as two branches in git
may, they are lines like any.) Decisions, each with an example (`b` base, `m` mine, `t` theirs):

- One side changed a passage: that change. Both changed it alike: once.
- `b` "L", `m` "L·new" (a line added below), `t` "L'": lines that touch, merged by word, where the line end parts them.
- Both put whole blocks into the same place (`m` a paragraph of one's own at the end, `t` a new comment there), list
  items into the same list, or lines of whole sentences: both stay (`blocks`). Other lines that both added to one
  paragraph clash.
- `b` "L", `m` "L1·new", `t` "L2·more", or lines reworded here and deleted there: by pairs of lines (`pairs`), when none
  of the pieces clashes; else the passage does, as a whole.
- `b` "A·B", `m` "A", `t` "B": each took a line away, and both are away.
- One side put blocks beside what the other deleted or wrote anew: both (`blocks`).
- Both put in the same lines and one of them some more: the longer.
- `b` "A·B", `m` "A1·B1", `t` "A2·B", lines over lines: only A clashes, since nobody added or deleted lines there.
- The user moved a section that the source changed: it is changed where it stands now (`sections`).
- The user deleted a passage that the source changed, or the other way round: a clash, with nothing on one side.
- In code, math and HTML words are not merged: a line that both changed clashes there, and so does a passage that one
  changed where the other added or deleted lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from vaultkit.importing.merge import callout
from vaultkit.importing.merge.blocks import beside, put_together
from vaultkit.importing.merge.diff import Match, matches
from vaultkit.importing.merge.lines import Lines, split
from vaultkit.importing.merge.pieces import Agreed, Clash, Piece
from vaultkit.importing.merge.three_way import Region, regions

_LONGEST_PASSAGE = 200
"""Lines of a clash that are looked at one by one; what is longer is no passage but another text."""
_OPAQUE = (b"```", b"~~~", b"$$", b"<", b"    ", b"\t")
"""Without any of these there is no code, math or HTML, and no need to look for it."""


class Body:
    """A user's body, with the callouts of open conflicts lifted out of it; without `lifted` they are lines like any."""

    def __init__(self, text: bytes, end: bytes, *, lifted: bool = True) -> None:
        self.whole = whole = split(text, end)
        self.open = callout.open_in(whole.raw) if callout.TYPE in text else []
        self.head = b""
        """Callouts above the first line."""
        self.lines = whole
        self.standing = whole.raw
        """The lines with the callouts that stand behind them."""
        self.places: list[int] = []
        """For each open callout, how many of the lines stand above it."""
        self.kept: list[int] | range = range(len(whole.raw))
        """Which lines of the whole body the lines are."""
        if self.open and lifted:
            self._lift()

    def _lift(self) -> None:
        raw, keys = self.lines.raw, self.lines.keys
        kept: list[int] = []
        below: list[bytes] = []
        at = 0
        for found in self.open:
            start, end = callout.room(raw, found)
            start = max(start, at)
            kept += range(at, start)
            below += [b""] * (start - at)
            self.places.append(len(kept))
            shown = b"".join(raw[start:end])
            if below:
                below[-1] += shown
            else:
                self.head += shown
            at = end
        kept += range(at, len(raw))
        below += [b""] * (len(raw) - at)
        self.kept = kept
        self.lines = Lines([keys[i] for i in kept], [raw[i] for i in kept], self.lines.final)
        self.standing = [raw[i] + more for i, more in zip(kept, below, strict=True)]


def merge_body(base: bytes, mine: Body, theirs: bytes, end: bytes) -> tuple[Piece, ...]:
    """The pieces of the merged body; each ends with a line end (see `is_final`). `base` and `theirs` are canonical."""
    old, new = split(base, b"\n"), split(theirs, b"\n")
    if sum(line.startswith(b"#") for line in old.keys) > 1:
        from vaultkit.importing.merge.sections import in_order_of  # most merges need none

        if found := in_order_of(mine.lines.keys, old.keys, new.keys):
            old, new = (
                Lines(keys, [key + b"\n" for key in keys], side.final)
                for keys, side in zip(found, (old, new), strict=True)
            )
    return tuple(_Merge(old, mine, Lines(new.keys, [key + end for key in new.keys], new.final)).pieces())


def is_final(base: bytes, mine: Body, theirs: bytes) -> bool:
    """Whether the last line of the merged body is ended: as the user has it when that is the user's doing."""
    if not theirs or (mine.lines.keys and (not base or mine.lines.final != base.endswith(b"\n"))):
        return mine.lines.final
    return theirs.endswith(b"\n")


class _Merge:
    def __init__(self, base: Lines, mine: Body, theirs: Lines) -> None:
        self.base, self.mine, self.theirs = base, mine, theirs
        self._opaque: list[bool] | None = None

    def pieces(self) -> list[Piece]:
        b, m, t = self.base.keys, self.mine.lines.keys, self.theirs.keys
        out: list[Piece] = [Agreed(self.mine.head)] if self.mine.head else []
        for region in regions(_aligned(b, m), _aligned(b, t), (len(b), len(m), len(t))):
            out += self._piece(region)
        return out

    def _piece(self, region: Region) -> list[Piece]:
        standing = b"".join(self.mine.standing[region.mine])
        if region.same:
            return [Agreed(standing)]
        b, m, t = self._keys(region)
        if t in (b, m):
            return [Agreed(standing)]
        mine, theirs = b"".join(self.mine.lines.raw[region.mine]), b"".join(self.theirs.raw[region.theirs])
        both = zip(self.mine.standing[region.mine], self.mine.lines.raw[region.mine], strict=True)
        shown = b"".join([text[len(line) :] for text, line in both])
        if m == b:
            return [Agreed(theirs + shown)]
        base = b"".join([line + b"\n" for line in b])
        joined = self._joined(region, b, m, t)
        if joined is None and not self._is_opaque(region.base):
            from vaultkit.importing.merge.words import merge_words  # slow to load, and most merges need none

            joined = merge_words(base, mine, theirs)
        if joined is not None:
            return [Agreed(joined + shown)]
        if not self._is_opaque(region.base) and (pieces := self._taken_apart(region)):
            return pieces
        if (joined := self._beside(region)) is not None:
            return [Agreed(joined + shown)]
        if 1 < len(b) == len(m) == len(t) <= _LONGEST_PASSAGE:
            return self._line_by_line(region)
        return [Clash(mine, base, theirs, standing)]

    def _keys(self, region: Region) -> tuple[list[bytes], list[bytes], list[bytes]]:
        return self.base.keys[region.base], self.mine.lines.keys[region.mine], self.theirs.keys[region.theirs]

    def _taken_apart(self, region: Region) -> list[Piece]:
        """A passage in which lines were reworded and others added or deleted, piece by piece; empty when that does not
        help: something clashes all the same."""
        from vaultkit.importing.merge.pairs import paired  # as above

        b, m, t = self._keys(region)
        parts = list(regions(paired(b, m), paired(b, t), (len(b), len(m), len(t))))
        out: list[Piece] = []
        for part in parts if len(parts) > 1 else ():
            for piece in map(self._piece, self._trimmed(region, part)):
                if any(isinstance(one, Clash) for one in piece):
                    return []
                out += piece
        return out

    def _trimmed(self, region: Region, part: Region) -> list[Region]:
        """A part of a region, of which the places are meant, without the lines that all three begin or end with."""
        whole = [slice(o.start + p.start, o.start + p.stop) for o, p in zip(region[1:], part[1:], strict=True)]
        texts = self._keys(Region(False, *whole))
        most = min(map(len, texts))
        head = next((n for n in range(most) if not texts[0][n] == texts[1][n] == texts[2][n]), most)
        most -= head
        tail = next((n for n in range(most) if not texts[0][~n] == texts[1][~n] == texts[2][~n]), most)
        return [
            Region(True, *(slice(one.start, one.start + head) for one in whole)),
            Region(False, *(slice(one.start + head, one.stop - tail) for one in whole)),
            Region(True, *(slice(one.stop - tail, one.stop) for one in whole)),
        ]

    def _line_by_line(self, region: Region) -> list[Piece]:
        """A passage in which nobody added or deleted lines: only those lines clash that have to."""
        out: list[Piece] = []
        for n in range(region.base.stop - region.base.start):
            line = [slice(side.start + n, side.start + n + 1) for side in (region.base, region.mine, region.theirs)]
            for piece in self._piece(Region(False, *line)):
                if isinstance(piece, Clash) and out and isinstance(out[-1], Clash):
                    before = out.pop()
                    piece = Clash(*(one + more for one, more in zip(before, piece, strict=True)))
                out.append(piece)
        return out

    def _joined(self, region: Region, b: list[bytes], m: list[bytes], t: list[bytes]) -> bytes | None:
        """The passage when it needs no look at words; None when it does."""
        mine, theirs = self.mine.lines.raw[region.mine], self.theirs.raw[region.theirs]
        for less, more, raw in ((m, t, theirs), (t, m, mine)):
            if 0 < len(less) < len(more) and less in (more[: len(less)], more[-len(less) :]) and not _keeps(more, b):
                return b"".join(raw)
        if 1 < len(b) <= _LONGEST_PASSAGE and len(set(b)) == len(b) and not self._is_opaque(region.base):
            left = [[line for line in b if line in side] for side in (m, t)]
            if left == [m, t]:
                return b"".join([raw for line, raw in zip(m, mine, strict=True) if line in t])
        if b or self._is_opaque(_around(region.base)):
            return None
        above, below = self._neighbours(region)
        order = put_together(above, m, t, below)
        if order is None:
            return None
        parts = [mine if name == "mine" else theirs if name == "theirs" else [_end_of(theirs[-1])] for name in order]
        return b"".join([line for part in parts for line in part])

    def _beside(self, region: Region) -> bytes | None:
        """The passage when one side only put blocks of its own beside what the other deleted or wrote anew."""
        b, m, t = self._keys(region)
        if not b or self._is_opaque(_around(region.base)):
            return None
        mine, theirs = self.mine.lines.raw[region.mine], self.theirs.raw[region.theirs]
        above, below = self._neighbours(region)
        for there, put, kept, raw in ((m, t, mine, theirs), (t, m, theirs, mine)):
            at = beside(above, b, there, put, below)
            if at is not None:
                return b"".join([*raw[:at], *kept, *raw[at + len(b) :]])
        return None

    def _neighbours(self, region: Region) -> tuple[bytes, bytes]:
        """The lines of the base above a region and below it."""
        start, stop = region.base.start, region.base.stop
        return self.base.keys[start - 1] if start else b"", (*self.base.keys[stop : stop + 1], b"")[0]

    def _is_opaque(self, lines: slice) -> bool:
        """Whether one of these lines of the base lies in code, math or HTML."""
        if self._opaque is None:
            self._opaque = _opaque(self.base.keys)
        return any(self._opaque[lines])


def _around(lines: slice) -> slice:
    return slice(max(0, lines.start - 1), lines.stop + 1)


def _keeps(lines: list[bytes], old: list[bytes]) -> bool:
    """Whether `lines` has one of the lines `old` still, other than blank ones."""
    return not {line for line in old if line.strip()}.isdisjoint(lines)


def _end_of(line: bytes) -> bytes:
    return b"\r\n" if line.endswith(b"\r\n") else b"\n"


def _opaque(keys: list[bytes]) -> list[bool]:
    text = b"\n".join(keys)
    if not any(sign in text for sign in _OPAQUE):
        return [False] * len(keys)
    from vaultkit.vault.note import RegionKind
    from vaultkit.vault.scan_blocks import scan_blocks  # as above

    out = [False] * len(keys)
    marks = scan_blocks(text).marks
    if marks:
        at, starts = 0, []
        for key in keys:
            starts.append(at)
            at += len(key) + 1
        for kind, start, end, _ in marks:
            if kind is not RegionKind.COMMENT:
                for i in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
                    out[i] = True
    return out


def _aligned(a: list[bytes], b: list[bytes]) -> list[Match]:
    """Where the lines of `a` stand in `b`, without blank lines that are equal by chance: between passages that are not,
    or where a line of `a` before them stands in `b`, reworded, behind them (`a` "A·–·B", `b` "C·–·A1·–·B")."""
    out = []
    found = matches(a, b)
    ends = [Match(0, 0, 0), *found, Match(len(a), len(b), 0)]
    for before, one, behind in zip(ends, ends[1:], ends[2:], strict=False):
        if not any(line.strip() for line in a[one.i : one.i + one.size]):
            gone = a[before.i + before.size : one.i], a[one.i + one.size : behind.i]
            put = b[before.j + before.size : one.j], b[one.j + one.size : behind.j]
            inside = before.size and behind.size
            if (inside and all(gone) and all(put)) or _cross(gone[0], put[1]) or _cross(gone[1], put[0]):
                continue
        out.append(one)
    return out


def _cross(gone: list[bytes], put: list[bytes]) -> bool:
    if not gone or not put:
        return False
    from vaultkit.importing.merge.pairs import paired  # as above

    return bool(paired(gone, put))
