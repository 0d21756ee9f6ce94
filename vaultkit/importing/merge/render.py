"""Pieces → the text of a note as an import writes it: the user's words, and the source's in a callout behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from vaultkit.importing.merge import callout
from vaultkit.importing.merge.lines import canonical
from vaultkit.importing.merge.parts import take_apart
from vaultkit.importing.merge.pieces import Clash, Conflict, KeyClash, Merged, Piece
from vaultkit.importing.merge.place import Places

_DIGITS = 6


def merge(base: bytes, mine: bytes, theirs: bytes, label: str) -> Merged:
    """The note with the changes of both sides. `label` stands at the head of a callout, such as `dayone 2026-11-22`.

    `base` and `theirs` count whatever their line ends and byte order marks; the result has those of `mine`.
    """
    parts = take_apart(base, mine, theirs)
    names = Names(parts.mine.open)
    conflicts = key_conflicts(parts.clashes, names)
    body, more = with_callouts(parts.body, names, label, parts.end)
    return Merged(parts.note(body), (*conflicts, *more))


class Names:
    """Gives ids to conflicts: the same one whenever the same thing comes up again, no two alike in one note."""

    def __init__(self, known: Iterable[callout.Callout] = ()) -> None:
        self._known = tuple(known)
        self._taken = {one.id for one in self._known}

    def name(self, where: str, base: bytes, theirs: bytes) -> tuple[str, bool]:
        """The id, and whether that conflict stands in the note already. A callout that says the same is the same
        conflict, whatever the user did to the passage since."""
        wanted = canonical(theirs)
        digest = hashlib.sha256(
            b"\0".join([where.encode("utf-8", "surrogateescape"), canonical(base), wanted])
        ).hexdigest()
        if not where:
            for one in self._known:
                if one.theirs == wanted and (wanted or digest.startswith(one.id.removeprefix("vk-"))):
                    return one.id, True
        digits = _DIGITS
        while (id_ := f"vk-{digest[:digits]}") in self._taken and digits < len(digest):
            digits += 1
        self._taken.add(id_)
        return id_, False


def key_conflicts(clashes: Iterable[KeyClash], names: Names) -> list[Conflict]:
    """What a report says of properties; nothing of it stands in the note."""
    return [Conflict(names.name(one.key, one.base, one.theirs)[0], one.key, one.mine, one.theirs) for one in clashes]


def with_callouts(pieces: Sequence[Piece], names: Names, label: str, end: bytes) -> tuple[bytes, list[Conflict]]:
    """The body, every line ended, and its conflicts. One that stands in it as a callout already is not added again."""
    out: list[bytes] = []
    conflicts: list[Conflict] = []
    added: list[tuple[int, bytes]] = []  # behind which line of the body, and the callout
    lines = 0
    for piece in pieces:
        text = piece.standing if isinstance(piece, Clash) else piece.text
        out.append(text)
        lines += text.count(b"\n")
        if isinstance(piece, Clash):
            id_, stands = names.name("", piece.base, piece.theirs)
            conflicts.append(Conflict(id_, "", piece.mine, piece.theirs))
            if not stands:
                added.append((lines, callout.write(label, id_, piece, end)))
    body = b"".join(out)
    return (_put_in(body, added, end) if added else body), conflicts


def _put_in(body: bytes, added: list[tuple[int, bytes]], end: bytes) -> bytes:
    """The callouts behind the blocks of their passages, one blank line between (`callout.room` takes it away again)."""
    lines = [line + b"\n" for line in body.split(b"\n")]
    if lines[-1] == b"\n":
        lines.pop()
    places = Places(lines)
    at = [(places.behind(line), text) for line, text in added]
    for place, text in sorted(at, key=lambda one: one[0])[::-1]:
        lines[place:place] = [_set_apart(lines, place, text, end)]
    return b"".join(lines)


def _set_apart(lines: list[bytes], place: int, text: bytes, end: bytes) -> bytes:
    before = lines[place - 1] if place else b""
    behind = lines[place].partition(b"\n")[0] if place < len(lines) else b""
    if not before.strip():
        return text + end if place < len(lines) else text
    if not behind.strip():
        return end + text
    if b"|" not in before and not before.lstrip().startswith(b">"):
        return text + end  # a quote ends a heading or paragraph, but goes on with a quote, and perhaps with a table
    return end + text + end
