"""Fences, math blocks and comments that are opened and never closed, so that they swallow the rest of the note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import line_of
from vaultkit.vault.note import Note, RegionKind


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("opening", "kind")
EDITS: frozenset[Part] = frozenset()
_WORDS = {
    RegionKind.CODE: "code",
    RegionKind.MATH: "math",
    RegionKind.COMMENT: "a comment",
    RegionKind.HTML_COMMENT: "a comment",
}


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each opening without its end."""
    for region in note.text.unclosed:
        if region.kind in _WORDS:
            line = line_of(note, region.span.start)
            opening = note.data[region.span.start : min(line.end, region.span.start + 40)].decode("utf-8", "replace")
            yield Finding(
                line._replace(start=region.span.start), {"opening": opening.strip(), "kind": _WORDS[region.kind]}
            )
