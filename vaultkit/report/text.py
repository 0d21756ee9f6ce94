"""Diagnostics for a terminal: one line each, `path:line:column rule message`.

What stands in names and notes reaches the terminal only through `printable`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.report.position import Lines
from vaultkit.report.printable import printable
from vaultkit.vault.note import Note

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(diagnostics: Sequence[Diagnostic], notes: Mapping[str, Note], color: bool = False) -> str:
    """One line for each diagnostic, in the given order; empty when there are none. `notes` by path, for the places."""
    lines: dict[str, Lines] = {}
    out = []
    for found in diagnostics:
        if found.path not in lines:
            lines[found.path] = Lines(notes[found.path].data if found.path in notes else b"")
        at = lines[found.path].position(found.span.start)
        place = f"{printable(found.path)}:{at.line}:{at.column}"
        rule = f"\x1b[{_COLOURS[found.severity]}m{found.rule}\x1b[0m" if color else found.rule
        out.append(f"{place} {rule} {printable(found.message)}\n")
    return "".join(out)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """One sentence: how many of which severity in how many notes, and how many can be fixed."""
    if not diagnostics:
        return "Nothing found."
    severities = Counter(found.severity for found in diagnostics)
    counted = ", ".join(_number(severities[s], _NOUNS[s]) for s in Severity if severities[s])
    fixable = sum(1 for found in diagnostics if found.fix and found.fix.safe)
    mendable = f"; {fixable} can be fixed with --fix" if fixable else ""
    return f"{counted} in {_number(len({found.path for found in diagnostics}), 'note')}{mendable}."


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
