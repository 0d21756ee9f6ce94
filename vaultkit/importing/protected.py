"""Stretches of a text that linking must not cut into: code, math, HTML, and whatever is a link or an image already.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.importing.lines import find_in, lines_with
from vaultkit.vault.note import LinkKind, RegionKind
from vaultkit.vault.scan import Scan, char_spans
from vaultkit.vault.spans import Spans

_HIDING = frozenset(
    {RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_BLOCK, RegionKind.HTML_COMMENT, RegionKind.HTML_TAG}
)
_BRACKETED = re.compile(
    r"\[(?:([^\[\]\n]*+\]\([^()\n]*+\))"  # links and images that lead out of the vault (without the `!`)
    r"|\^[^\[\]\n]++\]"
    r"|[^\[\]\n]++\]\[[^\[\]\n]*+\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]++\]:[^\n]*+", re.M)
"""Of a reference or footnote."""
_TABLE_ROW = re.compile(r"[ >]*+\|")


def protected(text: str, found: Scan) -> Spans:
    """What in `text` no reference may begin or end in. `found`: what the scanner sees in its UTF-8."""
    spans = [r.span for r in found.regions if r.kind in _HIDING]
    spans += [link.span for link in found.links if link.kind is not LinkKind.PROPERTY]
    whole = Spans(spans)
    chars = char_spans(text, list(zip(whole.starts, whole.ends, strict=True)))
    definitions = [m.span() for m in find_in(_DEFINITION, lines_with("]:", text), text)]
    return Spans([*chars, *definitions, *_bracketed(text)])


def _bracketed(text: str) -> Iterator[tuple[int, int]]:
    for found in find_in(_BRACKETED, lines_with("[", text), text):
        start, end = found.span()
        yield start - (found[1] is not None and text[start - 1 : start] == "!"), end


def table_rows(text: str) -> Spans:
    """The rows of tables: a pipe in a link there must be escaped."""
    return Spans(line for line in lines_with("|", text) if _TABLE_ROW.match(text, *line))
