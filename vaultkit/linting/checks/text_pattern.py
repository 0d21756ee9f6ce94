"""Text that should not stand in a note, by a regular expression; code, math and comments are not looked at.

The check for laws of one's own: a pattern and, if it can be mended, what to put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.pattern import compiled
from vaultkit.linting.plain import find_in_body, whole_line
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import NOT_MARKDOWN
from vaultkit.vault.note import Note, RegionKind


def _pattern(text: str) -> str:
    compiled(text)
    return text


class Options(NamedTuple):
    """What is not wanted."""

    pattern: Annotated[str, _pattern, "regular expression (RE2); `^` and `$` match at lines"] = ""
    needs: Annotated[str, "a text that stands in every match: notes without it need not be searched"] = ""
    replace: Annotated[
        str | None, "what `--fix` writes instead (nothing: a line left empty goes); not said: it is only reported"
    ] = None
    safe: Annotated[bool, "whether the replacement is a safe fix"] = True


VALUES = ("text",)
EDITS: frozenset[Part] = frozenset()
_OUTSIDE = NOT_MARKDOWN | {RegionKind.COMMENT}


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each match in the body."""
    needs = options.needs.encode()
    if not options.pattern or needs[:1] not in note.data or needs not in note.data:  # one byte is found faster
        return
    for match, span in find_in_body(note, compiled(options.pattern), _OUTSIDE):
        fix = None
        if options.replace is not None:
            text = match.expand(options.replace).encode("utf-8", "surrogateescape")
            fix = Fix((Edit(span if text else whole_line(note, span), text),), options.safe)
        yield Finding(span, {"text": match[0].strip()}, fix)
