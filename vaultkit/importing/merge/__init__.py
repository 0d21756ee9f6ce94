"""Three versions of a note into one: what was imported last (base), the note as it is (mine), the new import (theirs).

`merge` keeps every word of the user and brings in every change of the source; what both changed so that it cannot be
joined is a `Conflict`: the user's text stays, the source's stands in a folded callout below it (`callout`), or, for a
property, in the `Conflict` only. `conflicts_in` and `resolve` are what settles them afterwards.

The engine (`take_apart`) yields pieces, agreed or clashing (`pieces`): front matter by key (`front_matter`, `lists`),
the body by line (`body`), then by word (`words`), over a diff of its own (`diff`, `three_way`). A renderer makes a text
of them: `render` for imports. Pure: no disk, no clock. Never raises, whatever the bytes.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.importing.merge import callout
from vaultkit.importing.merge.body import Body, is_final, merge_body
from vaultkit.importing.merge.front_matter import merge_front_matter
from vaultkit.importing.merge.lines import BOM, canonical, line_end, without_last_end
from vaultkit.importing.merge.pieces import Agreed, Clash, Conflict, KeyClash, Merged, Piece
from vaultkit.importing.merge.render import Names, key_conflicts, with_callouts
from vaultkit.importing.merge.resolve import (
    CannotResolve,
    Choice,
    OpenConflict,
    conflicts_in,
    resolve,
    still_open,
    still_said,
)
from vaultkit.vault.frontmatter import front_matter_end

__all__ = [
    "Agreed",
    "CannotResolve",
    "Choice",
    "Clash",
    "Conflict",
    "KeyClash",
    "Merged",
    "OpenConflict",
    "Parts",
    "Piece",
    "conflicts_in",
    "merge",
    "resolve",
    "still_open",
    "still_said",
    "take_apart",
]


class Parts(NamedTuple):
    """A merged note before anything is decided about clashes."""

    head: bytes
    """The byte order mark and the front matter."""
    clashes: tuple[KeyClash, ...]
    """The properties that clash; `head` holds the user's."""
    body: tuple[Piece, ...]
    final: bool
    """Whether the last line of the body is ended; the pieces end theirs always."""
    end: bytes
    """The line end of the note."""
    mine: Body

    def note(self, body: bytes) -> bytes:
        """The whole note; of its `body` each line is ended."""
        text = body if self.final else without_last_end(body)
        gap = self.end if text and self.head not in (b"", BOM) and not self.head.endswith(b"\n") else b""
        return self.head + gap + text


def merge(base: bytes, mine: bytes, theirs: bytes, label: str) -> Merged:
    """The note with the changes of both sides. `label` stands at the head of a callout, such as `dayone 2026-11-22`.

    `base` and `theirs` count whatever their line ends and byte order marks; the result has those of `mine`.
    """
    parts = take_apart(base, mine, theirs)
    names = Names(parts.mine.open)
    conflicts = key_conflicts(parts.clashes, names)
    body, more = with_callouts(parts.body, names, label, parts.end)
    return Merged(parts.note(body), (*conflicts, *more))


def take_apart(base: bytes, mine: bytes, theirs: bytes) -> Parts:
    """The merge itself: what is agreed upon, and what clashes."""
    bom = BOM if mine.startswith(BOM) else b""
    mine = mine.removeprefix(BOM)
    end = line_end(mine, base.removeprefix(BOM), theirs.removeprefix(BOM))
    (base_head, base_body), (mine_head, mine_body), (new_head, new_body) = (
        _split(canonical(base)),
        _split(mine),
        _split(canonical(theirs)),
    )
    head, clashes = merge_front_matter(base_head, mine_head, new_head, end)
    body = Body(mine_body, end, lifted=callout.TYPE not in base and callout.TYPE not in theirs)
    pieces: tuple[Piece, ...]
    if new_body == base_body:
        pieces, final = (Agreed(body.head), Agreed(b"".join(body.standing))), body.lines.final
    else:
        pieces, final = merge_body(base_body, body, new_body, end), is_final(base_body, body, new_body)
    return Parts(bom + head, clashes, pieces, final, end, body)


def _split(data: bytes) -> tuple[bytes, bytes]:
    stop = front_matter_end(data)
    return data[:stop], data[stop:]
