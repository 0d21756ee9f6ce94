"""Looking for something in the few lines of a text that can hold it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator


def find_on_lines(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of `pattern`, none of which spans lines, in order; on the line of each stands a `mark`.

    To look for `https?://…` where there is `://` takes a fraction of looking for it at every character.
    """
    end = 0
    while found := mark.search(text, end):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, end)
