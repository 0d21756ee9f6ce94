"""Diagnostics for a terminal: one line each, `path:line:column rule message`.

What stands in names and notes reaches the terminal only through `printable`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.report.printable import printable_line

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def render(found: Iterable[Placed], color: bool = False) -> str:
    """One line for each diagnostic, in the given order; empty when there are none."""
    return "".join([line(one, color) for one in found])


def line(one: Placed, color: bool = False) -> str:
    """The line for one diagnostic."""
    rule = coloured(one.rule, one.severity) if color else one.rule
    return f"{printable_line(one.path)}:{one.line}:{one.column} {rule} {printable_line(one.message)}\n"


def coloured(text: str, severity: Severity) -> str:
    """`text` in the colour of `severity`."""
    return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m"


def summary(diagnostics: Sequence[Placed], hidden: int = 0) -> str:
    """One sentence: how many of which severity in how many notes, and how many can be fixed; another when a baseline
    hides some."""
    severities = Counter(found.severity for found in diagnostics)
    fixable = sum(1 for found in diagnostics if found.fixable)
    told = counted(severities, len({found.path for found in diagnostics}), fixable)
    return f"{told} The baseline hides {number(hidden, 'finding')} (--no-baseline shows all)." if hidden else told


def counted(severities: Mapping[Severity, int], notes: int, fixable: int) -> str:
    """The same sentence from the numbers in it."""
    told = ", ".join(number(severities[s], _NOUNS[s]) for s in Severity if severities[s])
    if not told:
        return "Nothing found."
    mendable = f"; {fixable} can be fixed with --fix" if fixable else ""
    return f"{told} in {number(notes, 'note')}{mendable}."


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}


def number(count: int, noun: str) -> str:
    """`1 note`, `2 notes`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
