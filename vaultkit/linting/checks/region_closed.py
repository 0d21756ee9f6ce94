"""Code fences, math blocks and comments that are opened and never closed, so that they swallow the rest of the note."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import line_of
from vaultkit.vault.note import Note, RegionKind


class Sort(StrEnum):
    """What a person calls them: to a reader both sorts of comment are the same."""

    CODE = "code"
    MATH = "math"
    COMMENT = "comment"


class Options(NamedTuple):
    """What to look at."""

    sort: Annotated[Sort, "what must be closed"] = Sort.CODE


VALUES = ("opening",)
EDITS: frozenset[Part] = frozenset()
_KINDS = {
    Sort.CODE: (RegionKind.CODE,),
    Sort.MATH: (RegionKind.MATH,),
    Sort.COMMENT: (RegionKind.COMMENT, RegionKind.HTML_COMMENT),
}


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each opening without its end."""
    for region in note.text.unclosed:
        if region.kind in _KINDS[options.sort]:
            line = line_of(note, region.span.start)
            opening = note.data[region.span.start : min(line.end, region.span.start + 40)].decode("utf-8", "replace")
            yield Finding(line._replace(start=region.span.start), {"opening": opening.strip()})
