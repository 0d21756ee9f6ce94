"""Bytes that are no text, characters that cannot be seen, line ends of several kinds, and notes without text."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks import control_character, encoding, line_end, note_empty
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.vault.edit import apply_edits
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse

CONTEXT = Context(Index([]))


@pytest.mark.parametrize(
    ("data", "at", "problem"),
    [
        (b"", 0, None),
        (b"\xef\xbb\xbfLunch", 0, None),
        ("日記".encode(), 0, None),
        ("日記 𠮷".encode("utf-16"), 0, "it is UTF-16"),
        ("Lunch\n".encode("utf-16-be"), 0, "it looks like UTF-16 without a mark"),
        (b"---\na: b\n---\n" + "Lunch\n".encode("utf-16-le"), 0, "it looks like UTF-16 without a mark"),
        (b"one NUL\0 in a note", 0, None),
        ("雨が降った".encode("cp932"), 0, "byte 89 makes no character; it may be Shift_JIS"),
        ("雨が降った".encode("euc_jp"), 0, "byte B1 makes no character; it may be EUC-JP"),
        (b"caf\xe9 noir", 3, "byte E9 makes no character"),
        ("昼".encode() + b"\xe6\x97", 3, "byte E6 makes no character"),
        (b"\xed\xa0\x80", 0, "byte ED makes no character"),
        (b"\xc0\xaf", 0, "byte C0 makes no character"),
    ],
)
def test_encoding(data: bytes, at: int, problem: str | None) -> None:
    found = list(encoding.check(parse("a.md", data), CONTEXT, encoding.Options()))
    assert [(f.span.start, f.values["problem"]) for f in found] == ([(at, problem)] if problem else [])


def _controls(data: bytes) -> list[Finding]:
    return list(control_character.check(parse("a.md", data), CONTEXT, control_character.Options()))


@pytest.mark.parametrize(
    ("text", "told", "mended"),
    [
        ("a\tb\r\nc\n", [], "a\tb\r\nc\n"),
        ("a\0b\0 and more text", ["U+0000 (NUL)", "U+0000 (NUL)"], "ab and more text"),
        ("\x1b[1;31mred\x1b[0m", ["U+001B (escape)"] * 2, "red"),
        ("\x1b]0;title", ["U+001B (escape)"], "]0;title"),
        ("a\x7f", ["U+007F (delete)"], "a"),
        ("a\x01", ["U+0001 (control character)"], "a"),
        ("a\fb \f c", ["U+000C (form feed)"] * 2, "a b  c"),
        ("\u0093quoted\u0094 \u0081", [f"U+00{n} (control character)" for n in (93, 94, 81)], "“quoted” "),
        ("`a\bb`", ["U+0008 (backspace)"], "`ab`"),
        ("a\u202bאב\u202c b", [], "a\u202bאב\u202c b"),
        ("a\u2068b\u202ac\u202c\u2069", [], "a\u2068b\u202ac\u202c\u2069"),
        ("a\u202dbc\u202c", ["U+202D (left-to-right override)", "U+202C (pop directional formatting)"], "abc"),
        ("a\u2067b\nc\u2069", ["U+2067 (right-to-left isolate)", "U+2069 (pop directional isolate)"], "ab\nc"),
        ("é £ “a” … â \u202a\u202c", [], "é £ “a” … â \u202a\u202c"),
    ],
)
def test_controls(text: str, told: list[str], mended: str) -> None:
    found = _controls(text.encode())
    assert [f.values["character"] for f in found] == told
    edits = [edit for f in found if f.fix for edit in f.fix.edits]
    assert apply_edits(text.encode(), edits).decode() == mended


@pytest.mark.parametrize(
    "data", [b"\x82\xb1\x00\xc2\x85", "日記 and text".encode("utf-16"), "text".encode("utf-16-be")]
)
def test_controls_of_what_is_not_utf_8(data: bytes) -> None:
    assert _controls(data) == []


@pytest.mark.parametrize(
    ("data", "problems", "mended"),
    [
        (b"a\nb\n", [], b"a\nb\n"),
        (b"a\r\nb\r\n", [], b"a\r\nb\r\n"),
        (b"a\r\nb\nc\n", ["here begin CRLF line ends; most are LF"], b"a\nb\nc\n"),
        (b"a\nb\r\n", ["here begin CRLF line ends; most are LF"], b"a\nb\n"),
        (b"a\r\nb\n", ["here begin LF line ends; most are CRLF"], b"a\r\nb\r\n"),
        (b"a\rb", ["here stands a CR without LF"], b"a\rb"),
        (b"a\r\r\nb\r\n", ["here stands a CR without LF"], b"a\r\r\nb\r\n"),
        (b"a\rb\r\nc\n\n", ["here stands a CR without LF", "here begin CRLF line ends; most are LF"], b"a\rb\nc\n\n"),
        (b"```\r\nx\n```\n", ["here begin CRLF line ends; most are LF"], b"```\nx\n```\n"),
    ],
)
def test_line_ends(data: bytes, problems: list[str], mended: bytes) -> None:
    found = list(line_end.check(parse("a.md", data), CONTEXT, line_end.Options()))
    assert [f.values["problem"] for f in found] == problems
    assert apply_edits(data, [edit for f in found if f.fix for edit in f.fix.edits]) == mended


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True),
        ("\ufeff\n\u3000\u200b\u00a0", True),
        (" " * 100 + "\n", True),
        (" " * 100 + "a", False),
        (" " * 62 + "日", False),
        ("---\na: b\n---\n", True),
        ("---\ntype: index\n---\n", False),
        ("---\nvaultkit-id: github/a/b#1\n---\n", False),
        ("---\n", False),
        ("%% to do %%", False),
    ],
)
def test_empty(text: str, empty: bool) -> None:
    found = list(note_empty.check(parse("a.md", text.encode()), CONTEXT, note_empty.Options()))
    assert bool(found) is empty
