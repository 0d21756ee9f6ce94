from __future__ import annotations

from vaultkit.linting.diagnostic import Diagnostic, Fix, Severity
from vaultkit.report.text import printable, render, summary
from vaultkit.vault.note import Span
from vaultkit.vault.parse import parse

NOTE = parse("日記/a.md", "日本語\n[[b]]\n".encode())
FOUND = Diagnostic("links-resolve", NOTE.path, Span(10, 15), "`[[b]]` leads nowhere", Severity.WARNING)


def test_one_line_each() -> None:
    assert render([FOUND], {NOTE.path: NOTE}) == "日記/a.md:2:1 links-resolve `[[b]]` leads nowhere\n"
    assert render([], {}) == ""


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in render([FOUND], {NOTE.path: NOTE})
    assert "\x1b[33mlinks-resolve\x1b[0m" in render([FOUND], {NOTE.path: NOTE}, color=True)


def test_nothing_from_a_note_reaches_the_terminal_raw() -> None:
    evil = Diagnostic("r", "a\x1b[2J\u202e\udcff\n.md", Span(0, 0), "x\x07\u2066y\u2028", Severity.ERROR)
    assert render([evil], {}) == "a\\x1b[2J\\u202e\\xff\\x0a.md:1:1 r x\\x07\\u2066y\\u2028\n"


def test_what_is_printable_stays() -> None:
    assert printable("日本語 é 👨\u200d👩\u200d👧") == "日本語 é 👨\u200d👩\u200d👧"


def test_summary() -> None:
    error = Diagnostic("r", "b.md", Span(0, 0), "", Severity.ERROR, Fix(()))
    assert summary([]) == "Nothing found."
    assert summary([FOUND]) == "1 warning in 1 note."
    assert summary([FOUND, FOUND, error]) == "1 error, 2 warnings in 2 notes; 1 can be fixed with --fix."
