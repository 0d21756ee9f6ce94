"""Text that should not stand in a note, by a regular expression; code, math and comments are not looked at.

The check for laws of one's own: a pattern and, if it can be mended, what to put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import CODE, find_in_body, line_of
from vaultkit.schema import option
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Note, RegionKind, Span


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as e:
        raise ValueError(f"is no regular expression: {e}") from e
    return text


@dataclass(frozen=True, slots=True)
class Options:
    """What is not wanted."""

    pattern: Annotated[str, _pattern] = option("", "regular expression (Python); `^` and `$` match at lines")
    replace: str | None = option(
        None, "what `--fix` writes instead (nothing: a line left empty goes); not said: it is only reported"
    )
    safe: bool = option(True, "whether the replacement is a safe fix")


VALUES = ("text",)
EDITS: frozenset[Part] = frozenset()
_OUTSIDE = CODE | {RegionKind.COMMENT}


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each match in the body."""
    if not options.pattern:
        return
    for match, span in find_in_body(note, re.compile(options.pattern, re.M), _OUTSIDE):
        fix = None
        if options.replace is not None:
            text = match.expand(options.replace).encode("utf-8", "surrogateescape")
            fix = Fix((Edit(span if text else _whole_line(note, span), text),), options.safe)
        yield Finding(span, {"text": match[0].strip()}, fix)


def _whole_line(note: Note, span: Span) -> Span:
    """`span`, or all of its line with the line end when nothing else stands there."""
    line = line_of(note, span.start)
    alone = not note.data[line.start : span.start].strip() and not note.data[span.end : line.end].strip()
    if not alone or span.end > line.end:
        return span
    end = note.data.find(b"\n", line.end)
    return Span(line.start, end + 1 if end >= 0 else line.end)
