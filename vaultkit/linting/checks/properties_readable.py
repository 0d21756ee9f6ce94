"""Front matter that Obsidian cannot read, so that the note has no properties at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import line_of
from vaultkit.vault.note import Note
from vaultkit.vault.yaml_core import TWICE


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()
_PLAINLY = {
    "found character that cannot start any token": (
        "a value begins with a character that YAML keeps for itself (`@`, `%`, a backtick, a tab); put it in quotes"
    ),
    "mapping values are not allowed in this context": "a value holds a colon and a space; put it in quotes",
    "did not find expected key": "this line, or one above it, is no `key: value`; look at its quotes and indentation",
    "could not find expected ':'": "this line, or the one above it, has no colon",
    "did not find expected ',' or ']'": "a `[` is not closed; put the value in quotes if it is no list",
    "did not find expected ',' or '}'": "a `{` is not closed; put the value in quotes if it is no mapping",
    "found unexpected end of stream": "a quote is not closed",
}
"""What the YAML reader says, as a person needs it."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding, at the line where reading failed. A key that is there twice is told by another check."""
    block = note.front_matter
    if block and block.error and not block.error.endswith(TWICE):
        yield Finding(line_of(note, block.error_at), {"problem": _PLAINLY.get(block.error, block.error)})
