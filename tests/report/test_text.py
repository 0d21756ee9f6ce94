from __future__ import annotations

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.report.printable import printable
from vaultkit.report.text import render, summary

FOUND = Placed("日記/a.md", 2, 1, 2, 6, "links-resolve", Severity.WARNING, "`[[b]]` leads nowhere", False)


def test_one_line_each() -> None:
    assert render([FOUND]) == "日記/a.md:2:1 links-resolve `[[b]]` leads nowhere\n"
    assert render([]) == ""


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in render([FOUND])
    assert "\x1b[33mlinks-resolve\x1b[0m" in render([FOUND], color=True)


def test_nothing_from_a_note_reaches_the_terminal_raw() -> None:
    evil = Placed("a\x1b[2J\u202e\udcff\n.md", 1, 1, 1, 1, "r", Severity.ERROR, "x\x07\u2066y\u2028", False)
    assert render([evil]) == "a\\x1b[2J\\u202e\\xff\\x0a.md:1:1 r x\\x07\\u2066y\\u2028\n"


def test_what_is_printable_stays() -> None:
    assert printable("日本語 é 👨\u200d👩\u200d👧") == "日本語 é 👨\u200d👩\u200d👧"


def test_summary() -> None:
    error = Placed("b.md", 1, 1, 1, 1, "r", Severity.ERROR, "", True)
    assert summary([]) == "Nothing found."
    assert summary([FOUND]) == "1 warning in 1 note."
    assert summary([FOUND, FOUND, error]) == "1 error, 2 warnings in 2 notes; 1 can be fixed with --fix."
