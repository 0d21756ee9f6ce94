"""How texts refer to issues of any tracker."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.issue.references import NOT_HERE, is_name, mentions, scope_of


def found(text: str, scope: str = "", kind: Kind = Kind.ISSUE) -> list[tuple[str, str]]:
    entry = Entry(kind=kind, key="", body="", place="", scope=scope)
    return [(text[one.start : one.end], one.name) for one in mentions(text, entry)]


@pytest.mark.parametrize(
    ("text", "scope", "expected"),
    [
        ("see #12.", "a/b", [("#12", "a/b#12")]),
        ("GH-12", "a/b", [("GH-12", "a/b#12")]),
        ("#12", "", []),
        ("c/d#3", "a/b", [("c/d#3", "c/d#3")]),
        ("g/sub/p#3", "", [("g/sub/p#3", "g/sub/p#3")]),
        ("p#3", "g/sub/q", [("p#3", "g/sub/p#3")]),
        ("p#3", "", []),
        ("merged in !4", "g/p", [("!4", "g/p!4")]),
        ("g/sub/p!4", "", [("g/sub/p!4", "g/sub/p!4")]),
        ("Wow!4", "g/p", []),
        ("fixes ABC-12, ABC-13", "ABC", [("ABC-12", "ABC-12"), ("ABC-13", "ABC-13")]),
        ("https://x/browse/ABC-12", "", []),
        ("ABC-12a xABC-12 abc-12 ABC-0", "", []),
        ("ABC-12を直す", "", [("ABC-12", "ABC-12")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_forms(text: str, scope: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, scope) == expected


def test_a_key_in_a_paper_is_a_word() -> None:
    assert found("GPT-4 and UTF-8", kind=Kind.PAPER) == []
    assert found("GPT-4", kind=Kind.DIARY) == [("GPT-4", "GPT-4")]


def test_only_what_must_be_an_issue_is_told_when_it_is_not_here() -> None:
    entry = Entry(kind=Kind.ISSUE, key="", body="", place="", scope="ABC")
    assert {one.name: one.why for one in mentions("ABC-1 UTF-8 a/b#2", entry)} == {
        "ABC-1": NOT_HERE,
        "UTF-8": "",
        "a/b#2": NOT_HERE,
    }


@pytest.mark.parametrize(
    ("key", "scope"),
    [("a/b#12", "a/b"), ("g/s/p!3", "g/s/p"), ("ABC-12", "ABC"), ("#12", ""), ("2024-01-31", ""), ("", "")],
)
def test_scope_of(key: str, scope: str) -> None:
    assert scope_of(key) == scope


def test_names() -> None:
    assert all(map(is_name, ("a/b#1", "g/p!2", "ABC-3")))
    assert not any(map(is_name, ("word", "2024-01-31", "Wow!", "abc-1")))


@pytest.mark.parametrize("piece", ["a.", "a/", "a/b/c ", "!1", "A-1", "-", "a/b#"])
def test_much_is_read_in_linear_time(piece: str) -> None:
    with not_hanging():
        found(piece * (300_000 // len(piece)) + " #1 !1 A-1", "g/p")
