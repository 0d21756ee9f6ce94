"""Findings set aside: what counts as known, what as new, and what the file may hold."""

from __future__ import annotations

import json

import pytest

from vaultkit.errors import UsageError
from vaultkit.linting.baseline import Known, Read, new_ones, read_baseline, shrunk, size, taken, write_baseline
from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed


def _found(line: int, path: str = "a.md", rule: str = "r", message: str = "m", column: int = 2) -> Placed:
    return Placed(path, line, column, line, column + 1, rule, Severity.WARNING, message, False)


def _notes(**texts: str) -> Read:
    data = {f"{name}.md": text.encode() for name, text in texts.items()}
    return data.get


BEFORE = _notes(a="one\ntwo\n日本\n")
KNOWN = taken([_found(1), _found(3)], BEFORE)


def _new(found: list[Placed], read: Read, known: Known = KNOWN) -> list[int]:
    return [one.line for one in new_ones(found, known, read)]


def test_all_that_was_taken_is_known() -> None:
    assert _new([_found(1), _found(3)], BEFORE) == []
    assert size(KNOWN) == 2


@pytest.mark.parametrize(
    ("found", "text", "new"),
    [
        pytest.param([_found(2), _found(5)], "new\none\n\ntwo\n日本\n", [], id="lines put in above"),
        pytest.param([_found(1)], "one  \r\ntwo\r\n", [], id="blanks and line ends do not count"),
        pytest.param([_found(1)], "one!\n", [1], id="another text"),
        pytest.param([_found(1, rule="s")], "one\n", [1], id="another rule"),
        pytest.param([_found(1, message="n")], "one\n", [1], id="another message"),
        pytest.param([_found(1), _found(2)], "one\none\n", [2], id="one more of the same kind"),
        pytest.param([_found(1, column=1), _found(1, column=3)], "one\n", [1], id="twice on the line"),
        pytest.param([_found(9)], "one\n", [9], id="no such line"),
    ],
)
def test_what_is_new(found: list[Placed], text: str, new: list[int]) -> None:
    assert _new(found, _notes(a=text)) == new


def test_another_note_is_another_note() -> None:
    assert _new([_found(1, "b.md")], _notes(b="one\n")) == [1]


def test_a_finding_about_the_whole_note_does_not_hang_on_its_first_line() -> None:
    whole = Placed("a.md", 1, 1, 1, 1, "r", Severity.INFO, "m", False)
    known = taken([whole], _notes(a="one\n"))
    assert _new([whole], _notes(a="other\n"), known) == []


def test_it_only_shrinks() -> None:
    found = [_found(3), _found(2)]
    now = shrunk(KNOWN, found, BEFORE, lambda path, rule: True)
    assert size(now) == 1
    assert _new(found, BEFORE, now) == [2]
    assert shrunk(KNOWN, [], BEFORE, lambda path, rule: True) == {}


def test_what_was_not_looked_at_stays() -> None:
    known = taken([_found(1), _found(1, rule="s"), _found(1, "b.md")], _notes(a="one\n", b="one\n"))
    assert size(shrunk(known, [], BEFORE, lambda path, rule: rule == "s")) == 2
    assert size(shrunk(known, [], BEFORE, lambda path, rule: path == "b.md")) == 2


def test_counts_shrink_too() -> None:
    three = taken([_found(1), _found(2), _found(3)], _notes(a="one\none\none\n"))
    assert size(shrunk(three, [_found(1)], _notes(a="one\n"), lambda path, rule: True)) == 1


def test_the_file_is_a_sorted_line_for_each_and_reads_as_it_was_written() -> None:
    found = [
        _found(1, "日記.md"),
        _found(1, "a\udcff\n.md", message="»x«\n"),
        _found(1, "a\udcff\n.md", message="»x«\n"),
    ]
    known = taken(found, lambda path: b"one\n")
    data = write_baseline(known)
    assert read_baseline(data) == known
    lines = data.decode().splitlines()
    assert json.loads(lines[0]) == {"version": 1}
    assert "日記" in lines[2]
    assert json.loads(lines[1])["count"] == 2
    assert write_baseline(dict(reversed(list(known.items())))) == data


def test_nothing_set_aside_is_no_file() -> None:
    assert write_baseline({}) == b""
    assert read_baseline(b"") == {}


@pytest.mark.parametrize(
    "data",
    [
        b'{"version": 2}\n',
        b'{"version": 1}\n<<<<<<< ours\n',
        b'{"version": 1}\n{"path": "a.md"}\n',
        b'{"version": 1}\n{"path": 1, "rule": "r", "message": "m", "line": ""}\n',
        b'{"version": 1}\n[]\n',
        b"[]\n",
        b"\xff\n",
        b"[" * 100_000,
    ],
    ids=["newer", "conflict", "keys", "types", "list", "head", "bytes", "deep"],
)
def test_a_damaged_file_is_told(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"lint-baseline\.jsonl"):
        read_baseline(data)
