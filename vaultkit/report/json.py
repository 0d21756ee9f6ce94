"""Diagnostics for programs. The shape is versioned: keys may be added within a version, none changes its meaning.

    {"version": 1,
     "diagnostics": [{"path", "line", "column", "end_line", "end_column", "rule", "severity", "message", "fixable"}],
     "summary": {"error", "warning", "info", "fixable", "notes"}}

Lines and columns count from 1, columns in characters; the end is behind the last character. `fixable` says
whether `--fix` mends it. `notes` is the number of notes with findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.report.printable import to_json

VERSION = 1


def render(found: Sequence[Placed]) -> str:
    """The diagnostics as one JSON document, with a line end. Stray bytes of names are escaped surrogates."""
    counts: dict[str, int] = {s.value: sum(1 for one in found if one.severity is s) for s in Severity}
    counts["fixable"] = sum(1 for one in found if one.fixable)
    counts["notes"] = len({one.path for one in found})
    items = [item(one) for one in found]
    text = to_json({"version": VERSION, "diagnostics": items, "summary": counts}, 1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def item(found: Placed) -> dict[str, Any]:
    """One diagnostic."""
    return {
        "path": found.path,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "fixable": found.fixable,
    }
