"""Diagnostics as GitLab's code quality report, which shows each beside its line of a merge request."""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.report.identity import identities
from vaultkit.report.printable import to_json

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(found: Sequence[Placed]) -> str:
    """One JSON list, with a line end."""
    items = [
        {
            "description": f"{one.rule}: {one.message}",
            "check_name": one.rule,
            "fingerprint": name,
            "severity": _SEVERITIES[one.severity],
            "location": {"path": one.path, "lines": {"begin": one.line, "end": one.end_line}},
        }
        for one, name in zip(found, identities(found), strict=True)
    ]
    text = to_json(items, 1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"
