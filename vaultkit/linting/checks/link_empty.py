"""Links with nothing to lead to: `[[]]`, `[[|text]]`, `[[#]]`, `[text]()`.

Obsidian's index does not have them, so they are looked for in the text. Code, comments and properties, where templates
leave such places to be filled, are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.hidden import NOT_PROSE, inside
from vaultkit.vault.note import Note, RegionKind, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("link",)
EDITS: frozenset[Part] = frozenset()
_EMPTY = re.compile(
    rb"\\.|(!?\[\[[ \t]{0,9}#?[ \t]{0,9}(?:\|[^\[\]\n]{0,200}+)?\]\])|(\]\([ \t]{0,9}(?:<>)?[ \t]{0,9}\))", re.S
)
_OPENER = re.compile(rb"(?<![\\0-9A-Za-z_\])])!?\[((?:[^\[\]\n]|\\[\[\]]){0,300}+)\Z")
"""Behind a letter it is rather an index and a call, `list[0]()`."""
_FAR = 303
_HIDING = NOT_PROSE - {RegionKind.URL} | {RegionKind.COMMENT}


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such link in the body."""
    data = note.data
    hidden = None
    for found in _EMPTY.finditer(data, note.body):
        if found[1]:
            span = Span(*found.span())
        elif found[2] and (opener := _OPENER.search(data[max(note.body, found.start() - _FAR) : found.start()])):
            span = Span(found.start() - len(opener[0]), found.end())
        else:
            continue
        hidden = hidden or inside(note, _HIDING)
        if not hidden.hold(span.start):
            yield Finding(span, {"link": data[span.start : span.end].decode("utf-8", "replace")})
