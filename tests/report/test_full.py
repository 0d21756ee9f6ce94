"""The source line below a finding: carets stand below what they mean."""

from __future__ import annotations

import pytest

from vaultkit.linting.diagnostic import Diagnostic, Severity
from vaultkit.linting.placed import Placed, placed
from vaultkit.report.full import render
from vaultkit.vault.note import Span
from vaultkit.vault.parse import parse


def _shown(text: str | bytes, wanted: str = "[[x]]", end: int = 0) -> list[str]:
    """What stands below the message for a finding at `wanted` in `text`; from the first `|` on."""
    data = text.encode() if isinstance(text, str) else text
    start = data.index(wanted.encode())
    span = Span(start, end or start + len(wanted.encode()))
    found = Diagnostic("r", "a.md", span, "m", Severity.WARNING)
    told = render(placed([found], {"a.md": parse("a.md", data)}), {"a.md": data}.get)
    head, *lines, blank = told.split("\n")[:-1]
    assert head.endswith(" r m")
    assert blank == ""
    return [line.split("| ", 1)[1] for line in lines]


@pytest.mark.parametrize(
    ("text", "line", "carets"),
    [
        pytest.param("[[x]]", "[[x]]", "^^^^^", id="at the start"),
        pytest.param("a\nbc [[x]] d\n", "bc [[x]] d", "   ^^^^^", id="in a line"),
        pytest.param("日本語 [[x]]\n", "日本語 [[x]]", "       ^^^^^", id="wide characters are two columns"),
        pytest.param("ｱｲ [[x]]\n", "ｱｲ [[x]]", "   ^^^^^", id="half-width kana are one"),
        pytest.param("Ａ [[x]]\n", "Ａ [[x]]", "   ^^^^^", id="full-width letters are two"),
        pytest.param("\t[[x]]\n", "    [[x]]", "    ^^^^^", id="a tab"),
        pytest.param("日\t[[x]]\n", "日  [[x]]", "    ^^^^^", id="a tab goes to the next stop"),
        pytest.param("e\u0301 か\u3099 [[x]]\n", "e\u0301 か\u3099 [[x]]", "     ^^^^^", id="marks take no column"),
        pytest.param("\x1b[2J [[x]]\n", "\\x1b[2J [[x]]", "        ^^^^^", id="escapes are shown"),
        pytest.param("\u202e [[x]]\n", "\\u202e [[x]]", "       ^^^^^", id="so are direction marks"),
        pytest.param("a [[x]] b\r\nc", "a [[x]] b", "  ^^^^^", id="CRLF"),
        pytest.param("\ufeffa [[x]]\n", "a [[x]]", "  ^^^^^", id="BOM"),
        pytest.param(b"\xff\xfe [[x]]\n", "\ufffd\ufffd [[x]]", "   ^^^^^", id="no UTF-8"),
        pytest.param("😀 [[x]]\n", "😀 [[x]]", "   ^^^^^", id="emoji"),
    ],
)
def test_carets_stand_below_the_place(text: str | bytes, line: str, carets: str) -> None:
    assert _shown(text) == [line, carets]


def test_a_wide_place_has_wide_carets() -> None:
    assert _shown("a 日本 b\n", "日本") == ["a 日本 b", "  ^^^^"]


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert _shown("a bc\nd\n", "bc", end=6) == ["a bc", "  ^^"]


def test_an_empty_place_has_one_caret() -> None:
    assert _shown("ab\n", "b", end=1) == ["ab", " ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    line, carets = _shown("日" * 1000 + "[[x]]" + "a" * 1000 + "\n")
    assert line == "…" + "日" * 60 + "[[x]]" + "a" * 55 + "…"
    assert carets == " " * 121 + "^^^^^"
    line, carets = _shown("a" * 5000 + "\n", "a" * 4000)
    assert line == "a" * 120 + "…"
    assert carets == "^" * 120


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(Placed("a.md", 1, 1, 1, 1, "r", Severity.INFO, "m", False), id="about the whole note"),
        pytest.param(Placed("a.md", 9, 1, 9, 2, "r", Severity.INFO, "m", False), id="the note is shorter now"),
        pytest.param(Placed("gone.md", 3, 1, 3, 2, "r", Severity.INFO, "m", False), id="the note is gone"),
    ],
)
def test_without_a_line_only_the_message_is_told(found: Placed) -> None:
    told = render([found], {"a.md": b"text\n"}.get)
    assert told == f"{found.path}:{found.line}:1 r m\n\n"


def test_colour() -> None:
    found = Placed("a.md", 1, 1, 1, 3, "r", Severity.ERROR, "m", False)
    assert "\x1b[31m^^\x1b[0m" in render([found], {"a.md": b"text\n"}.get, color=True)
    assert render([], {}.get) == ""
