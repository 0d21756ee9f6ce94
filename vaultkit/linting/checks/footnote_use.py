"""Footnotes that do not fit together: referred to and never written, written twice, written and never referred to.

Knows that `[^a-z]` in running text is rather a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("footnote", "problem")
EDITS: frozenset[Part] = frozenset()
_RANGES = re.compile(r"(?:\w-\w)+_?")
_REPEATED = re.compile(rb"[+*?{]")


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each reference, then each definition, that lacks the other or repeats one."""
    from vaultkit.vault.footnotes import footnotes  # most notes have none

    found = footnotes(note)
    for reference in found.undefined:
        if not _is_pattern(note, reference.id, reference.span):
            yield _finding(reference.id, reference.span, "is written nowhere")
    for definition in found.duplicates:
        yield _finding(definition.id, definition.span, "is written here again; only one of them is shown")
    for definition in found.unused:
        yield _finding(definition.id, definition.span, "is referred to nowhere")


def _finding(name: str, span: Span, problem: str) -> Finding:
    return Finding(span, {"footnote": f"[^{name}]", "problem": problem})


def _is_pattern(note: Note, name: str, span: Span) -> bool:
    """Whether it is a class of characters: it holds a range or signs, or is repeated (`[^a-z]`, `[^\"]*`)."""
    if name.isdigit():
        return False
    signs = name.replace("-", "").replace("_", "")
    return not signs.isalnum() or bool(_RANGES.fullmatch(name) or _REPEATED.match(note.data, span.end))
