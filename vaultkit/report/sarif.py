"""Diagnostics as SARIF 2.1.0, the form that code scanning services read.

Columns count characters (`unicodeCodePoints`), the end is behind the last one; paths are addresses relative to where
the notes were looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from vaultkit import __version__
from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.linting.rule import Rule
from vaultkit.report.identity import identities
from vaultkit.report.printable import to_json

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(found: Sequence[Placed], rules: Iterable[Rule]) -> str:
    """One JSON document, with a line end. `rules`: those that were looked at, repeats allowed."""
    by_id = {rule.id: rule for rule in rules}
    names = sorted(by_id)
    at = {name: number for number, name in enumerate(names)}
    driver = {"name": "vaultkit", "version": __version__, "rules": [_rule(by_id[name]) for name in names]}
    results = [_result(one, at, name) for one, name in zip(found, identities(found), strict=True)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    value = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = to_json(value, 1)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    what, why = " ".join(rule.what.split()), " ".join(rule.why.split())
    return {
        "id": rule.id,
        "shortDescription": {"text": what},
        "help": {"text": f"{what}\n\n{why}", "markdown": f"{what}\n\n**Why.** {why}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.pack]},
    }


def _result(one: Placed, at: dict[str, int], name: str) -> dict[str, Any]:
    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
    }
    artifact = {"uri": quote(one.path.encode("utf-8", "surrogateescape"))}
    result = {
        "ruleId": one.rule,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"vaultkit/v1": name},
    }
    return result | {"ruleIndex": at[one.rule]} if one.rule in at else result
