"""The changes that take items out of `[a, b]` or `{a: 1, b: 2}`, or put new ones in: commas, line breaks, comments.

Knows where items begin and end; knows nothing of what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultkit.vault.edit_block import Change

Places = Sequence[tuple[int, int]]
"""Where each item begins and ends, as characters of the text, in order."""

_COMMENT_OR_COMMA = re.compile(r"#[^\n]*|,")
_TRAILING_COMMA = re.compile(r"[ \t\r\n]*,")


def without(text: str, items: Places, keep: Sequence[int]) -> list[Change]:
    """Only the items at the indices `keep` stay; comments between items do, too."""
    changes, kept = [], set(keep)
    for i, (start, end) in enumerate(items):
        if i in kept:
            continue
        changes.append(Change(start, end, ""))
        if keep and keep[0] < i:
            changes += _without_comma(text, items[i - 1][1], start)
        elif i + 1 < len(items):
            changes += _without_comma(text, end, items[i + 1][0])
        elif trailing := _TRAILING_COMMA.match(text, end):
            changes.append(Change(end, trailing.end(), ""))
    return changes


def _without_comma(text: str, start: int, end: int) -> Iterator[Change]:
    """Of what stands between two items, everything goes; when there is a comment in it, only the comma."""
    if "#" not in text[start:end]:
        yield Change(start, end, "")
        return
    for found in _COMMENT_OR_COMMA.finditer(text, start, end):
        if found[0] == ",":
            yield Change(found.start(), found.end(), "")
            return


def put_in(text: str, opening: int, items: Places, keep: Sequence[int], new: Sequence[str]) -> Change:
    """`new` items behind the last one that stays, set apart as those before; `opening`: where the bracket stands."""
    if not keep:
        place = items[0][0] if items else opening + 1
        return Change(place, place, ", ".join(new))
    comma, place = _comma(text, opening, items), items[keep[-1]][1]
    return Change(place, place, "".join(comma + item for item in new))


def _comma(text: str, opening: int, items: Places) -> str:
    """What stands between two items, line break and indentation included."""
    if len(items) > 1:
        between = text[items[-2][1] : items[-1][0]].replace("\r\n", "\n")
        if between.strip() == ",":
            return between
    start = items[-1][0]
    line = text.rfind("\n", 0, start) + 1
    alone = line > opening and not text[line:start].strip()
    return f",\n{text[line:start]}" if alone else ", "
