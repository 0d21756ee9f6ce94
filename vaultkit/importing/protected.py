"""Stretches of a text that linking must not cut into: code, math, HTML, and whatever is a link or an image already.

Pure.
"""

from __future__ import annotations

import re

from vaultkit.importing.lines import find_on_lines
from vaultkit.vault.note import LinkKind, RegionKind
from vaultkit.vault.scan import Scan, char_spans
from vaultkit.vault.spans import Spans

_HIDING = frozenset(
    {RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_BLOCK, RegionKind.HTML_COMMENT, RegionKind.HTML_TAG}
)
_BRACKETED = re.compile(
    r"!?\[[^\[\]\n]*+\]\([^()\n]*+\)"  # links and images that lead out of the vault
    r"|^ {0,3}\[[^\[\]\n]++\]:[^\n]*+"  # a definition of a reference or footnote
    r"|\[\^[^\[\]\n]++\]"
    r"|\[[^\[\]\n]++\]\[[^\[\]\n]*+\]",
    re.M,
)
_BRACKET = re.compile(r"\[")
_TABLE_ROW = re.compile(r"^[ >]*+\|[^\n]*+", re.M)


def protected(text: str, found: Scan) -> Spans:
    """What in `text` no reference may begin or end in. `found`: what the scanner sees in its UTF-8."""
    spans = [r.span for r in found.regions if r.kind in _HIDING]
    spans += [link.span for link in found.links if link.kind is not LinkKind.PROPERTY]
    whole = Spans(spans)
    chars = char_spans(text, list(zip(whole.starts, whole.ends, strict=True)))
    return Spans([*chars, *(m.span() for m in find_on_lines(_BRACKETED, _BRACKET, text))])


def table_rows(text: str) -> Spans:
    """The rows of tables: a pipe in a link there must be escaped."""
    return Spans(m.span() for m in _TABLE_ROW.finditer(text)) if "|" in text else Spans()
