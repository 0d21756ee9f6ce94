"""The bodies of three notes → pieces: merged by line, and where lines clash by word.

Open callouts in the user's body are looked through: they are compared as if they were not there, and stand where they
stood afterwards, behind the line above them. So an import that meets the same conflict again finds it, and the words of
a callout are never taken for the user's. (Where the source or the base holds such callouts, too, as two branches in git
may, they are lines like any.) Decisions, each with an example (`b` base, `m` mine, `t` theirs):

- One side changed a passage: that change. Both changed it alike: once.
- `b` "L", `m` "L·new" (a line added below), `t` "L'": lines that touch, merged by word, where the line end parts them.
- Both put whole blocks into the same place (`m` a paragraph of one's own at the end, `t` a new comment there), or list
  items into the same list: both stay (`put_together`). Lines that both added to one paragraph clash.
- Both put in the same lines and one of them some more: the longer.
- `b` "A·B", `m` "A1·B1", `t` "A2·B", lines over lines: only A clashes, since nobody added or deleted lines there.
- The user deleted a passage that the source changed, or the other way round: a clash, with nothing on one side.
- In code, math and HTML words are not merged: lines that touch clash there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from vaultkit.importing.merge import callout
from vaultkit.importing.merge.diff import Match, matches
from vaultkit.importing.merge.lines import Lines, split
from vaultkit.importing.merge.pieces import Agreed, Clash, Piece
from vaultkit.importing.merge.three_way import Region, regions

_LONGEST_PASSAGE = 200
"""Lines of a clash that are looked at one by one; what is longer is no passage but another text."""
_OPAQUE = (b"```", b"~~~", b"$$", b"<", b"    ", b"\t")
"""Without any of these there is no code, math or HTML, and no need to look for it."""
_ITEM = re.compile(rb"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")


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
        b, m, t = self.base.keys[region.base], self.mine.lines.keys[region.mine], self.theirs.keys[region.theirs]
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
        if 1 < len(b) == len(m) == len(t) <= _LONGEST_PASSAGE:
            return self._line_by_line(region)
        return [Clash(mine, base, theirs, standing)]

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
        if len(m) < len(t) and (t[: len(m)] == m or t[len(t) - len(m) :] == m) and m:
            return b"".join(theirs)
        if len(t) < len(m) and (m[: len(t)] == t or m[len(m) - len(t) :] == t) and t:
            return b"".join(mine)
        if b or self._is_opaque(slice(max(0, region.base.start - 1), region.base.start + 1)):
            return None
        above = self.base.keys[region.base.start - 1] if region.base.start else b""
        below = self.base.keys[region.base.start] if region.base.start < len(self.base.keys) else b""
        order = put_together(above, m, t, below)
        if order is None:
            return None
        parts = [mine if name == "mine" else theirs if name == "theirs" else [end_of(theirs[-1])] for name in order]
        return b"".join([line for part in parts for line in part])

    def _is_opaque(self, lines: slice) -> bool:
        """Whether one of these lines of the base lies in code, math or HTML."""
        if self._opaque is None:
            self._opaque = _opaque(self.base.keys)
        return any(self._opaque[lines])


def end_of(line: bytes) -> bytes:
    """The line end of a line."""
    return b"\r\n" if line.endswith(b"\r\n") else b"\n"


def put_together(above: bytes, mine: list[bytes], theirs: list[bytes], below: bytes) -> tuple[str, ...] | None:
    """In which order both stay, when both sides put lines between `above` and `below`; None when that is for a person.

    A block of its own stays one: what goes on with the text above must come first, what goes on with the text below
    last, and a blank line (`""`) parts the two. Where the order is open, the source's comes first, since it goes on
    where the source was. List items of one list follow upon each other.
    """
    if not mine or not theirs:
        return None
    if _are_items(mine) and _are_items(theirs) and _indent(mine[0]) == _indent(theirs[0]):
        return "theirs", "mine"
    for first, second, names in ((theirs, mine, ("theirs", "mine")), (mine, theirs, ("mine", "theirs"))):
        goes_on = above.strip() and second[0].strip()
        leads_on = below.strip() and first[-1].strip()
        if not goes_on and not leads_on and b"".join(first).strip() and b"".join(second).strip():
            return names if not first[-1].strip() or not second[0].strip() else (names[0], "", names[1])
    return None


def _are_items(lines: list[bytes]) -> bool:
    """Whether the lines are list items, with what stands below each of them."""
    depth = _indent(lines[0])
    return all(_ITEM.match(line) if _indent(line) == depth else line[: depth + 1].isspace() for line in lines)


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))


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
    found = matches(a, b)
    return found if len(found) < 3 else _without_chance(found, a, b)


def _without_chance(found: list[Match], a: list[bytes], b: list[bytes]) -> list[Match]:
    """Blank lines that are equal by chance between passages that are not."""
    out = []
    for number, one in enumerate(found):
        if 0 < number < len(found) - 1 and not any(line.strip() for line in a[one.i : one.i + one.size]):
            before, behind = found[number - 1], found[number + 1]
            apart = (one.i - before.i - before.size, behind.i - one.i - one.size)
            other = (one.j - before.j - before.size, behind.j - one.j - one.size)
            if min(apart) and min(other):
                continue
        out.append(one)
    return out
