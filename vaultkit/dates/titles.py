"""What tells a short title from a sentence: its width and its end.

Knows one line; knows no dates and no markup.
"""

from __future__ import annotations

import re

_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")

ENDS_SENTENCE = re.compile(r"[。．.！!？?、，,；;：:…‥][」』）)\]”\"']*$")
"""The line ends as sentences do, so it is text and no title."""

SHORT = 60
"""Columns that a line which stands for a title has at most; a Japanese character takes two."""


def columns(line: str) -> int:
    """How wide `line` is in a fixed font."""
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))
