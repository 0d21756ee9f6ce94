"""Looking for something in the few lines or words of a text that can hold it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_GAP = re.compile(r"[ \n]")


def lines_with(mark: str, text: str) -> list[tuple[int, int]]:
    """Where the lines of `text` are in which `mark` stands, as (start, end) without the line end, in order."""
    out, end = [], 0
    while (at := text.find(mark, end)) >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        out.append((start, end))
    return out


def words_with(mark: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where the words of `text` are, without a blank in them, in which a `mark` stands, as (start, end), in order."""
    out, end = [], 0
    while found := mark.search(text, end):
        start = max(end, text.rfind(" ", end, found.start()) + 1)
        start = max(start, text.rfind("\n", start, found.start()) + 1)
        gap = _GAP.search(text, found.end())  # the first of two `find`s might run through all the text, each time
        end = gap.start() if gap else len(text)
        out.append((start, end))
    return out


def find_in(pattern: re.Pattern[str], stretches: Iterable[tuple[int, int]], text: str) -> Iterator[re.Match[str]]:
    """The matches of `pattern` in these stretches of `text`, in order.

    To look for `[text](https://…)` on the lines where there is `](` takes a fraction of looking for it everywhere.
    """
    for start, end in stretches:
        yield from pattern.finditer(text, start, end)
