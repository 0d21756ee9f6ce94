"""Diagnostics for programs. The shape is versioned: keys may be added within a version, none changes its meaning.

    {"version": 1,
     "diagnostics": [{"path", "line", "column", "end_line", "end_column", "rule", "severity", "message", "fixable"}],
     "summary": {"error", "warning", "info", "fixable", "notes"}}

Lines and columns count from 1, columns in characters; the end is behind the last character. `fixable` says
whether `--fix` mends it. `notes` is the number of notes with findings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.report.position import Lines
from vaultkit.vault.note import Note

VERSION = 1


def render(diagnostics: Sequence[Diagnostic], notes: Mapping[str, Note]) -> str:
    """The diagnostics as one JSON document, with a line end. Stray bytes of names are escaped surrogates."""
    lines: dict[str, Lines] = {}
    items = []
    for found in diagnostics:
        if found.path not in lines:
            lines[found.path] = Lines(notes[found.path].data if found.path in notes else b"")
        items.append(_item(found, lines[found.path]))
    counts: dict[str, int] = {s.value: sum(1 for found in diagnostics if found.severity is s) for s in Severity}
    counts["fixable"] = sum(1 for found in diagnostics if found.fix and found.fix.safe)
    counts["notes"] = len(lines)
    text = json.dumps({"version": VERSION, "diagnostics": items, "summary": counts}, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _item(found: Diagnostic, lines: Lines) -> dict[str, Any]:
    start, end = lines.position(found.span.start), lines.position(found.span.end)
    return {
        "path": found.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "fixable": bool(found.fix and found.fix.safe),
    }
