"""Three notes → the pieces of one: the engine, which knows nothing of how clashes are shown.

Git starts a program for every note that it merges, so what most merges do not need is imported by those that do.
"""

from __future__ import annotations

from typing import NamedTuple

from vaultkit.importing.merge import callout
from vaultkit.importing.merge.body import Body, is_final, merge_body
from vaultkit.importing.merge.lines import BOM, canonical, line_end, with_ends, without_last_end
from vaultkit.importing.merge.pieces import Agreed, KeyClash, Piece
from vaultkit.vault.properties_block import front_matter_end


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


def take_apart(base: bytes, mine: bytes, theirs: bytes, *, keeps_id: bool = True) -> Parts:
    """The merge itself: what is agreed upon, and what clashes.

    `keeps_id`: the `vaultkit-id` is the user's, whatever the source says. Between two branches it is a property.
    """
    bom = BOM if mine.startswith(BOM) else b""
    mine = mine.removeprefix(BOM)
    end = line_end(mine, base.removeprefix(BOM), theirs.removeprefix(BOM))
    (base_head, base_body), (mine_head, mine_body), (new_head, new_body) = (
        _split(canonical(base)),
        _split(mine),
        _split(canonical(theirs)),
    )
    head, clashes = _merge_heads(base_head, mine_head, new_head, end, keeps_id)
    body = Body(mine_body, end, lifted=callout.TYPE not in base and callout.TYPE not in theirs)
    pieces: tuple[Piece, ...]
    if new_body == base_body:
        pieces, final = (Agreed(body.head), Agreed(b"".join(body.standing))), body.lines.final
    else:
        pieces, final = merge_body(base_body, body, new_body, end), is_final(base_body, body, new_body)
    return Parts(bom + head, clashes, pieces, final, end, body)


def _merge_heads(
    base: bytes, mine: bytes, theirs: bytes, end: bytes, keeps_id: bool
) -> tuple[bytes, tuple[KeyClash, ...]]:
    ours = canonical(mine)
    if theirs in (base, ours):
        return mine, ()
    if ours == base and not keeps_id:
        return with_ends(theirs, end), ()
    from vaultkit.importing.merge.front_matter import merge_front_matter

    return merge_front_matter(base, mine, theirs, end, keeps_id=keeps_id)


def _split(data: bytes) -> tuple[bytes, bytes]:
    stop = front_matter_end(data)
    return data[:stop], data[stop:]
