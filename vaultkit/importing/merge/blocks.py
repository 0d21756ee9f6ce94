"""Which lines stand by themselves: what two sides did beside each other, and both stays.

Knows list items, headings, sentences and blank lines; the lines are those of no code, math or HTML. Decisions, with `m`
mine, `t` theirs:

- Both put lines into the same place: see `put_together`.
- One side put a block of its own beside lines that the other deleted or wrote anew (`m` deletes the last paragraph, `t`
  has a new comment below it; `m` deletes `- a`, `t` has `- b` below it): both, see `beside`. But what was put below
  an item as a part of it (`  - b`, or a line that goes on with it) is lost without the item: for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultkit.importing.merge.sentences import is_sentence

_ITEM = re.compile(rb"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_INTERRUPTS = re.compile(rb" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
"""An item that ends a paragraph; any other number is text of it."""
_LONGEST_PASSAGE = 200
"""Lines."""
_HEADING = re.compile(rb" {0,3}#{1,6}[ \t]")


def put_together(above: bytes, mine: Sequence[bytes], theirs: Sequence[bytes], below: bytes) -> tuple[str, ...] | None:
    """In which order both stay, when both sides put lines between `above` and `below`; None when that is for a person.

    A block of its own stays one: what goes on with the text above must come first, what goes on with the text below
    last, and a blank line (`""`) parts the two. Where the order is open, the source's comes first, since it goes on
    where the source was. List items of one list follow upon each other, and so do lines that are whole sentences each:
    of those the ones that follow the text above without a blank line come first.
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
    if _are_sentences(mine) and _are_sentences(theirs):
        return ("mine", "theirs") if mine[0].strip() and not theirs[0].strip() else ("theirs", "mine")
    return None


def beside(
    above: bytes, gone: Sequence[bytes], there: Sequence[bytes], put: Sequence[bytes], below: bytes
) -> int | None:
    """Where in `put` the lines `gone` begin, when `there` may stand in their place, and what `put` has before and
    behind them may stay: one side has `there` (often nothing) instead of `gone` between `above` and `below`, the other
    put blocks beside it. None when these do not stand by themselves, with `gone` or without it."""
    at = _place(gone, put)
    if at is None:
        return None
    before, behind = put[:at], put[at + len(gone) :]
    if before and not (_parted(before[-1], gone[0]) and _parted(before[-1], (*there, *behind, below)[0])):
        return None
    if behind and not (_parted(gone[-1], behind[0]) and _parted((above, *before, *there)[-1], behind[0])):
        return None
    return at


def _place(gone: Sequence[bytes], put: Sequence[bytes]) -> int | None:
    """Where in `put` the lines `gone` stand, when they do so once; not looked for in what is no passage any more."""
    size = len(gone)
    if len(put) > _LONGEST_PASSAGE:
        return None
    found = [at for at in range(len(put) - size + 1) if put[at : at + size] == gone]
    return found[0] if len(found) == 1 else None


def _parted(one: bytes, other: bytes) -> bool:
    """Whether two lines that follow upon each other belong to different blocks; or are items of which none is a part
    of the other; or lines at the margin of which both are whole sentences, or a sentence and an item that needs no
    blank line above."""
    if not one.strip() or not other.strip() or _HEADING.match(one) or _HEADING.match(other):
        return True
    if _ITEM.match(other) and _ITEM.match(one):
        return _indent(other) <= _indent(one)
    return _are_sentences([one]) if _INTERRUPTS.match(other) else _are_sentences([one, other])


def _are_items(lines: Sequence[bytes]) -> bool:
    """Whether the lines are list items, with what stands below each of them."""
    depth = _indent(lines[0])
    return all(_ITEM.match(line) if _indent(line) == depth else line[: depth + 1].isspace() for line in lines)


def _are_sentences(lines: Sequence[bytes]) -> bool:
    """Whether each line that is not blank is one or more whole sentences at the margin."""
    texts = [line.decode("utf-8", "surrogateescape") for line in lines if line.strip()]
    if not texts or any(map(_ITEM.match, lines)):
        return False
    return all(not text[0].isspace() and is_sentence(text) for text in texts)


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))
