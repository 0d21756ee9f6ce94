"""Which lines begin an entry of jrnl, and what is a journal of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import not_hanging
from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry
from vaultkit.importing.export import open_export
from vaultkit.importing.jrnl.heads import heads, is_journal, read_when
from vaultkit.importing.jrnl.note import split_star, split_title
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import jrnl


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-08-29 11:11:00 PM", dt.datetime(2020, 8, 29, 23, 11)),
        ("2020-08-29 11:11", dt.datetime(2020, 8, 29, 11, 11)),
        ("09.06.2013 15:39", dt.datetime(2013, 6, 9, 15, 39)),
        ("25/06/2013 03:39 PM", dt.datetime(2013, 6, 25, 15, 39)),
        ("Sat Aug 29 2020 11:11", dt.datetime(2020, 8, 29, 11, 11)),
        ("2020年8月29日 午後3時05分00秒", dt.datetime(2020, 8, 29, 15, 5)),
        ("2020-08-29", dt.date(2020, 8, 29)),
        ("1", None),
        ("1234567890", None),
        ("2019-07 14:23", None),
        ("03/04/2013 15:39", None),
        ("31.06.2013 10:00", None),
        ("see 2020-08-29", None),
    ],
)
def test_a_date(text: str, expected: dt.date | None) -> None:
    assert read_when(text) == expected


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["[2020-08-29 11:11] a", "[1] b", "[x] c", "[2020-08-30] d"], [0]),
        (["2013-06-09 15:39 a", "[2020-08-29 11:11] b", "2013-06-09 later", "2013-06-10 15:39 c"], [0, 3]),
        (["[13/04/2020 10:00] a", "[05/06/2020 10:00] b"], [0, 1]),
        (["text", "[2020-08-29 11:11]", " [2020-08-29 11:11] indented"], [1]),
        ([], []),
    ],
)
def test_what_begins_an_entry(lines: list[str], found: list[int]) -> None:
    assert [head.index for head in heads(lines).found] == found


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("\n[2020-08-29 11:11] Title", ".txt", True),
        ("[2020-08-29 11:11:00 AM] a\n[2020-08-29 11:12:00 AM] b\n[2020-08-29 11:13:00 AM] c", ".txt", True),
        ("[2020-08-29 11:11:00] a\n[2020-08-29 11:12:00] b\n[2020-08-29 11:13:00] c", ".txt", False),
        ("[2020-08-29 11:11:00] a\n[2020-08-29 11:12:00] b\n[2020-08-29 11:13:00] c", ".journal", True),
        ("[2020-08-29] Title", ".txt", False),
        ("[2020-08-29 11:11]\n\nA diary in text", ".txt", False),
        ("2020-08-29 11:11 Title\n\nText", ".txt", False),
        ("2020-08-29 11:11 Title\n\nText", ".journal", True),
        ("2020-08-29 11:11 A sentence.\nText", ".txt", True),
        ("[unreadable] x", ".journal", True),
        ("A story", ".journal", False),
        ("", ".journal", False),
    ],
)
def test_a_journal(text: str, suffix: str, expected: bool) -> None:
    assert is_journal(text, suffix) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("First line\nrest", ("First line", "rest")),
        ("First line\n\n  indented\nrest\n", ("First line", "  indented\nrest")),
        ("One. Two.", ("One.", "Two.")),
        ("一つ目。二つ目。", ("一つ目。", "二つ目。")),
        ("Only one.", ("", "Only one.")),
        ("v1.2 is out", ("", "v1.2 is out")),
        ("x" * 201 + "\nrest", ("", "x" * 201 + "\nrest")),
    ],
)
def test_a_title(text: str, expected: tuple[str, str]) -> None:
    assert split_title(text) == expected


def test_a_star() -> None:
    assert split_star("A day *") == ("A day", True)
    assert split_star("5 * 3 * x") == ("5 * 3 * x", False)
    assert split_star("so *much*") == ("so *much*", False)


def test_an_encrypted_journal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.txt"
    path.write_text("gAAAAABjx8" + "aB3-_" * 40 + "==", "ascii")
    export = open_export(str(path))
    assert jrnl.identify(export).claimed
    with pytest.raises(ExportError, match=r"journal.txt: is encrypted; run `jrnl --decrypt` first"):
        list(jrnl.read((export,), ReadOptions()))


def test_days_and_months_that_nothing_tells_apart(tmp_path: Path) -> None:
    path = tmp_path / "diary.journal"
    path.write_text("[03/04/2013 15:39] Which?\nText\n", "utf-8")
    export = open_export(str(path))
    with pytest.raises(ExportError, match=r"line 1: `\[03/04/2013 15:39\] Which\?` does not say .* --date-order"):
        list(jrnl.read((export,), ReadOptions()))
    (entry,) = (one for one in jrnl.read((export,), ReadOptions(date_order="dmy")) if isinstance(one, Entry))
    assert entry.date == dt.date(2013, 4, 3)


@pytest.mark.parametrize("piece", ["[2020-08-29 11:11] a\n", "[", "[2020", "2020-08-29 11:11 a. ", "@", "* "])
def test_a_megabyte(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    with not_hanging():
        is_journal(text, ".journal")
        heads(text.split("\n"))
        split_title(text)
