"""Three versions of a note, as git has them, into one: what needs a person stands between git's own conflict markers.

The engine is the one of imports (`importing.merge.parts`); no side is the user's here, so a `vaultkit-id` is a property
like any, and line ends and a byte order mark are those of the side that changed them. Beyond what the engine decides:

- A property that both sides changed stands between markers inside the block. That is no valid YAML, and shall not be:
  Obsidian, and every plugin that writes properties, leaves such a block alone, while a comment with the other side's
  value would be gone with their next write, and nobody asked. Either choice that a tool offers leaves a valid block.
- When both sides only moved a date of last change (`updated`, `modified`), the later one stays.
- A note that both sides added: lines that only one of them has are kept, and where both have some a person decides.
- No marker stands inside code, math, HTML, a comment, a table or a callout (`merge_blocks`).

Pure; never raises, whatever the bytes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultkit.importing.merge.diff import matches
from vaultkit.importing.merge.lines import BOM, canonical, split, with_ends
from vaultkit.importing.merge.parts import Parts, take_apart
from vaultkit.importing.merge.pieces import Agreed, Clash, KeyClash, Piece
from vaultkit.vault.properties_block import front_matter_end

_BLOCK = "---"
_LAST_CHANGE = re.compile(
    r"(?:(?:date|time|last|file)[ _-]?)*+(?:updated|modified|edited|changed|mod|mtime)(?:[ _-]?(?:at|on|time|date))?",
    re.I,
)
"""Keys of a date of last change: `updated`, `date modified`, `last-edited`, `modified_at`."""
_DATE = re.compile(rb"[^:\n]+:[ \t]+[\"'\[]*([0-9]{4}-[0-9]{2}-[0-9]{2}[^\n#]*?)[\"'\]]*[ \t\r]*\n?")
_DIGIT = re.compile(rb"[0-9]")


class MergedNote(NamedTuple):
    """A merged note; unless `agreed`, pieces of it clash."""

    parts: Parts
    head: tuple[Piece, ...]
    """The byte order mark and the front matter."""
    body: tuple[Piece, ...]

    @property
    def agreed(self) -> bool:
        """Whether nobody needs to look at it."""
        return not any(isinstance(piece, Clash) for piece in (*self.head, *self.body))


def merge_notes(base: bytes, ours: bytes, theirs: bytes) -> MergedNote:
    """The note with the changes of both sides; `base` is empty when both added it."""
    ours = _as_changed(base, ours, theirs)
    parts = take_apart(base, ours, theirs, keeps_id=False)
    if not base.removeprefix(BOM):
        parts = _both_added(parts, canonical(theirs))
    head = _head(parts, canonical(base), canonical(theirs))
    body = tuple(_narrow(parts.body))
    if any(isinstance(piece, Clash) for piece in body):
        from vaultkit.git.merge_blocks import whole_blocks

        body = tuple(whole_blocks(body))
    return MergedNote(parts, head, body)


def _as_changed(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """`ours` with the line ends and the byte order mark of `theirs`, where only that side changed them."""
    old, own, new = map(_line_ends, (base, ours, theirs))
    if old == own != new and own and new:
        ours = ours.replace(own, new)
    if base and base.startswith(BOM) == ours.startswith(BOM) != theirs.startswith(BOM):
        return ours.removeprefix(BOM) if ours.startswith(BOM) else BOM + ours
    return ours


def _line_ends(text: bytes) -> bytes:
    """The end of all lines; empty: they have none, or not all the same."""
    lines, returns = text.count(b"\n"), text.count(b"\r\n")
    return b"\r\n" if lines and lines == returns else b"\n" if lines and b"\r" not in text else b""


def _both_added(parts: Parts, theirs: bytes) -> Parts:
    """`parts` with the body compared line by line, since there is no base that tells who added or deleted what."""
    mine = parts.mine.whole
    new = split(theirs[front_matter_end(theirs) :], b"\n")
    found = [one for one in matches(mine.keys, new.keys) if any(mine.keys[one.i : one.i + one.size])]
    pieces: list[Piece] = []
    i = j = 0
    for one in (*found, None):
        own, other = mine.raw[i : one.i if one else None], new.keys[j : one.j if one else None]
        text = b"".join([line + parts.end for line in other])
        if own and other and (mine.keys[i : i + len(own)] != other):
            pieces.append(Clash(b"".join(own), b"", text, b"".join(own)))
        else:
            pieces.append(Agreed(b"".join(own) or text))
        if one:
            pieces.append(Agreed(b"".join(mine.raw[one.i : one.i + one.size])))
            i, j = one.i + one.size, one.j + one.size
    return parts._replace(
        body=tuple(pieces),
        final=mine.final or new.final if mine.keys and new.keys else (mine if mine.keys else new).final,
    )


def _narrow(pieces: tuple[Piece, ...]) -> list[Piece]:
    """The pieces, with lines that both sides have at the beginning or end of a clash outside it."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Agreed):
            out.append(piece)
            continue
        own, new = piece.standing.splitlines(keepends=True), piece.theirs.splitlines(keepends=True)
        most = min(len(own), len(new))
        head = next((n for n in range(most) if own[n] != new[n]), most)
        tail = next((n for n in range(most - head) if own[-1 - n] != new[-1 - n]), most - head)
        stop = len(own) - tail
        mine = b"".join(own[head:stop])
        out.append(Agreed(b"".join(own[:head])))
        out.append(Clash(mine, piece.base, b"".join(new[head : len(new) - tail]), mine))
        out.append(Agreed(b"".join(own[stop:])))
    return [piece for piece in out if isinstance(piece, Clash) or piece.text]


def _head(parts: Parts, base: bytes, theirs: bytes) -> tuple[Piece, ...]:
    """The front matter in pieces: of a property that clashes both entries."""
    if not parts.clashes:
        return (Agreed(parts.head),)
    bom = BOM if parts.head.startswith(BOM) else b""
    head = parts.head.removeprefix(BOM)
    old, new = (with_ends(text[: front_matter_end(text)], parts.end) for text in (base, theirs))
    if not head or parts.clashes[0].key == _BLOCK:
        whole = Clash(head, old, new, head)
        return (Agreed(bom), *_narrow((whole,)))
    from vaultkit.importing.merge.properties import take_block

    block = take_block(head)
    if block is None:  # never: the engine has read it
        return (Agreed(bom), Clash(head, old, new, head))
    clashes = {one.key.lower(): one for one in parts.clashes}
    out: list[Piece] = [Agreed(bom + block.opening)]
    for name, entry in block.entries.items():
        clash = clashes.pop(name, None)
        out.append(Agreed(entry.above))
        out.append(_settled(clash, parts.end) if clash else Agreed(entry.text))
    out += [_settled(clash, parts.end) for clash in clashes.values()]  # those that our side took away
    return (*out, Agreed(block.below + block.closing))


def _settled(clash: KeyClash, end: bytes) -> Piece:
    """A property that both sides changed; the later date where that is all it says."""
    if _LAST_CHANGE.fullmatch(clash.key):
        dates = [_DATE.fullmatch(text) for text in (clash.mine, clash.theirs)]
        own, new = (found[1] if found else b"" for found in dates)
        if own and new and _DIGIT.sub(b"0", own) == _DIGIT.sub(b"0", new):
            return Agreed(max((own, clash.mine), (new, clash.theirs))[1])
    return Clash(clash.mine, with_ends(clash.base, end), clash.theirs, clash.mine)


def with_markers(note: MergedNote, size: int, style: str = "merge") -> bytes:
    """The note as git leaves it to a person. `size`: how many signs a marker has; `style`: as `merge.conflictStyle`,
    `diff3` and `zdiff3` show the base, too. The sides bear git's own names: in a rebase `ours` is the other branch."""
    end = note.parts.end
    head, body = (b"".join([_shown(piece, size, style, end) for piece in part]) for part in (note.head, note.body))
    if note.body and isinstance(note.body[-1], Clash):
        return note.parts._replace(head=head, final=True).note(body)  # a marker ends its line
    return note.parts._replace(head=head).note(body)


def _shown(piece: Piece, size: int, style: str, end: bytes) -> bytes:
    if isinstance(piece, Agreed):
        return piece.text
    base = [_marker(b"|", size, b"base", end), with_ends(canonical(piece.base), end)] if "diff3" in style else []
    return b"".join(
        [
            _marker(b"<", size, b"ours", end),
            piece.standing,
            *base,
            _marker(b"=", size, b"", end),
            piece.theirs,
            _marker(b">", size, b"theirs", end),
        ]
    )


def _marker(sign: bytes, size: int, label: bytes, end: bytes) -> bytes:
    return sign * size + (b" " + label if label else b"") + end
