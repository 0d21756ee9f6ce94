"""Patterns of rules of one's own."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.text_pattern import Options, check
from vaultkit.linting.context import Context
from vaultkit.linting.pattern import compiled
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def _found(data: bytes, pattern: str, replace: str | None = None) -> list[tuple[bytes, bytes]]:
    note = parse("a.md", data)
    found = check(note, Context(Index([])), Options(pattern, replace=replace))
    return [(data[one.span.start : one.span.end], one.fix.edits[0].text if one.fix else b"") for one in found]


@pytest.mark.parametrize(
    ("data", "pattern", "replace", "expected"),
    [
        ("x\nTODO 買う\n", r"^TODO (?P<what>.+)$", r"- [ ] \g<what>", [("TODO 買う", "- [ ] 買う")]),
        ("日記と日誌", r"日\p{Han}", None, [("日記", ""), ("日誌", "")]),
        ("`TODO` TODO", "TODO", None, [("TODO", "")]),
        ("a", "x*", None, []),
    ],
)
def test_what_is_found(data: str, pattern: str, replace: str | None, expected: list[tuple[str, str]]) -> None:
    assert _found(data.encode(), pattern, replace) == [(a.encode(), b.encode()) for a, b in expected]


def test_bytes_that_are_no_text_do_not_move_places() -> None:
    assert _found(b"\xff\xe3\x81 TODO \xff", "TODO") == [(b"TODO", b"")]


def test_no_pattern_can_hang() -> None:
    assert _found(b"a" * 100_000 + b"b", "(a+)+$") == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [("(", "missing )"), ("a)(b", "unexpected )"), ("(?<=a)b", "look-around"), (r"(a)\1", "invalid escape")],
)
def test_what_is_wrong_is_said(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"is no regular expression of RE2: .*") as error:
        compiled(pattern)
    assert why in str(error.value)
