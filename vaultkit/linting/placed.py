"""A diagnostic as it is told and kept: with lines and columns, without the note and without its fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.vault.note import Note
from vaultkit.vault.position import Lines


class Placed(NamedTuple):
    """Lines and columns count from 1, columns in characters. `fixable`: `--fix` mends it."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    severity: Severity
    message: str
    fixable: bool

    @property
    def is_about_note(self) -> bool:
        """Whether it is about the whole note: its place says nothing."""
        return (self.line, self.column, self.end_line, self.end_column) == (1, 1, 1, 1)


def placed(diagnostics: Iterable[Diagnostic], notes: Mapping[str, Note]) -> Iterator[Placed]:
    """`diagnostics` in their order with their places. `notes` by path; those not there count as empty."""
    path, lines = None, Lines(b"")
    for found in diagnostics:
        if found.path != path:
            note = notes.get(found.path)
            path, lines = found.path, Lines(note.data if note else b"")
        start, end = lines.position(found.span.start), lines.position(found.span.end)
        fixable = bool(found.fix and found.fix.safe)
        yield Placed(found.path, *start, *end, found.rule, found.severity, found.message, fixable)
