"""Where a text without dates is cut into entries: a guess.

Knows which lines may be titles. Does not make entries (`sources/titled_text`), nor the plan file in which a person
corrects the guess (`split_plan`).
"""

from __future__ import annotations

import itertools

from vaultkit.importing.plain_text import fenced, may_be_title, stands_alone
from vaultkit.importing.source import Split


def guess(text: str) -> Split:
    """The lines of `text` that look like titles: short, alone between blank lines, no sentence, and text below.

    Of several such lines in a row the last is the title: above it stand a name and a description of the whole. A line
    of U+00A0 is a blank line like any other; it neither begins nor ends an entry.
    """
    lines = text.split("\n")
    code = fenced(lines)
    filled = [i for i, line in enumerate(lines) if line.strip()]
    may_be = {i for i in filled if not code[i] and stands_alone(lines, i) and may_be_title(lines[i])}
    titles = [
        i + 1
        for i, below in itertools.pairwise(filled)
        if i in may_be and below not in may_be and _reads_as_text(lines[below])
    ]
    return Split(tuple(titles))


def _reads_as_text(line: str) -> bool:
    """Not a piece of a program, which stands in paragraphs too."""
    return any(c.isalpha() for c in line) and not line.rstrip().endswith(("{", "}", ";", ":", "(", "[", "\\"))
