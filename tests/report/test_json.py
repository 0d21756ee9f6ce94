from __future__ import annotations

import json

from vaultkit.linting.diagnostic import Diagnostic, Fix, Severity
from vaultkit.linting.placed import Placed, placed
from vaultkit.report.json import render
from vaultkit.vault.note import Span
from vaultkit.vault.parse import parse

NOTE = parse("a.md", "日本\r\nx [[b]]\r\n".encode())


def test_shape() -> None:
    found = Diagnostic("links-resolve", "a.md", Span(10, 15), "leads nowhere", Severity.WARNING, Fix(()))
    assert json.loads(render(list(placed([found], {"a.md": NOTE})))) == {
        "version": 1,
        "diagnostics": [
            {
                "path": "a.md",
                "line": 2,
                "column": 3,
                "end_line": 2,
                "end_column": 8,
                "rule": "links-resolve",
                "severity": "warning",
                "message": "leads nowhere",
                "fixable": True,
            }
        ],
        "summary": {"error": 0, "warning": 1, "info": 0, "fixable": 1, "notes": 1},
    }


def test_an_unsafe_fix_is_none_that_fix_makes() -> None:
    found = Diagnostic("r", "a.md", Span(0, 0), "", Severity.INFO, Fix((), safe=False))
    assert json.loads(render(list(placed([found], {"a.md": NOTE}))))["diagnostics"][0]["fixable"] is False


def test_names_that_are_no_text_can_be_written() -> None:
    text = render([Placed("日記/\udcff\n.md", 1, 1, 1, 1, "r", Severity.ERROR, "", False)])
    assert "日記" in text
    assert json.loads(text.encode())["diagnostics"][0]["path"] == "日記/\udcff\n.md"


def test_nothing_found() -> None:
    assert json.loads(render([]))["diagnostics"] == []
