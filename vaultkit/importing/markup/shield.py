"""Replacing in Markdown around what must stay to the letter: code, math, comments, preformatted HTML.

Knows which spans are left alone; knows nothing of what is replaced.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from vaultkit.vault.scan import protected_spans

_RAW_HTML = re.compile(r"<(?P<name>!--|(?:pre|code|script|style|textarea|math|svg)(?=[\s>]))", re.IGNORECASE)


class Shield:
    """The spans of one text that a converter must not look into."""

    def __init__(self, text: str) -> None:
        self.spans = _merged(protected_spans(text) + _raw_html(text))
        self._starts = [start for start, _ in self.spans]

    def hit(self, start: int, end: int) -> tuple[int, int] | None:
        """The last protected span that overlaps `start:end`, or None."""
        at = bisect_right(self._starts, max(start, end - 1)) - 1
        return self.spans[at] if at >= 0 and self.spans[at][1] > start else None


def replace_outside(pattern: re.Pattern[str], make: Callable[[re.Match[str]], str], text: str) -> str:
    """`text` with each match of `pattern` that touches nothing protected replaced by `make(match)`."""
    if not pattern.search(text):
        return text
    shield = Shield(text)
    if not shield.spans:
        return pattern.sub(make, text)
    pieces: list[str] = []
    done = at = 0
    while match := pattern.search(text, at):
        span = shield.hit(match.start(), match.end())
        if span:
            at = max(match.start() + 1, span[1] if span[0] <= match.start() else 0)
            continue
        pieces += [text[done : match.start()], make(match)]
        done = match.end()
        at = max(done, match.start() + 1)
    return "".join(pieces) + text[done:]


def html_comment(text: str) -> str:
    """`text` as an HTML comment; an end mark within is written so that it does not end it."""
    return f"<!-- {text.strip().replace('-->', '--&gt;')} -->"


def _raw_html(text: str) -> list[tuple[int, int]]:
    """Comments and preformatted elements. Inside an HTML block nothing else marks them."""
    spans: list[tuple[int, int]] = []
    lowered = text.lower() if text.isascii() else "".join(c.lower() if c < "\x80" else c for c in text)
    endless: set[str] = set()
    at = 0
    while match := _RAW_HTML.search(text, at):
        closer = "-->" if match["name"] == "!--" else f"</{match['name'].lower()}"
        end = -1 if closer in endless else lowered.find(closer, match.end())
        if end < 0:
            endless.add(closer)
            at = match.end()
        else:
            at = end + len(closer)
            spans.append((match.start(), at))
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
