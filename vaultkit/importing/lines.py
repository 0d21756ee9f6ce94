"""Looking for something in the few lines or words of a text that can hold it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GAP = re.compile(r"[ \n]")


def find_on_lines(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of `pattern`, none of which spans lines, in order; on the line of each stands a `mark`.

    To look for `[text](https://…)` where there is `](` takes a fraction of looking for it at every character.
    """
    end = 0
    while found := mark.search(text, end):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, end)


def find_in_words(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of `pattern`, none of which holds a blank, in order; in each stands a `mark`."""
    end = 0
    while found := mark.search(text, end):
        start = max(end, text.rfind(" ", end, found.start()) + 1, text.rfind("\n", end, found.start()) + 1)
        gap = _GAP.search(text, found.end())  # the first of two `find`s might run through all the text, each time
        end = gap.start() if gap else len(text)
        yield from pattern.finditer(text, start, end)
