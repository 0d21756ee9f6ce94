"""Rows come out by the names of their columns; a quote that is never closed costs its line."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.csv_rows import BrokenRow, Row, csv_header, csv_rows

TABLE = '''sep=;
"Title";Labels;labels;Desc
a;x;y;"multi
line; ""q"""

b;x;;z;extra
"c;x
d;;y;"ok"
e;x;y;"a" b
f;;;"日本"'''


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_rows_of_a_table(size: int) -> None:
    found = list(csv_rows(TABLE[i : i + size] for i in range(0, len(TABLE), size)))
    assert [(one.place, one.get("title") if isinstance(one, Row) else one.text) for one in found] == [
        ("line 3", "a"),
        ("line 6", "b"),
        ("line 7", '"c;x\n'),
        ("line 8", "d"),
        ("line 9", "e"),
        ("line 10", "f"),
    ]
    a, b, _, d, e, f = found
    assert isinstance(a, Row)
    assert (a.all("Labels"), a.get("題名", "desc")) == (("x", "y"), 'multi\nline; "q"')
    assert isinstance(b, Row)
    assert b.surplus == ("extra",)
    assert [one.get("Desc") for one in (d, e, f) if isinstance(one, Row)] == ["ok", "a b", "日本"]


@pytest.mark.parametrize(
    ("text", "header"),
    [("A,B\n", ("A", "B")), ("", ()), ('A\t"b\nc"\tD\n1\t2\t3', ("A", "b\nc", "D")), ('"a;b",c\n', ("a;b", "c"))],
)
def test_the_header(text: str, header: tuple[str, ...]) -> None:
    assert csv_header([text]) == header


def test_a_cell_may_be_large() -> None:
    (row,) = csv_rows(["A,B\n1," + "x" * 1_000_000 + "\n"])
    assert isinstance(row, Row)
    assert len(row.get("B")) == 1_000_000


@pytest.mark.parametrize("text", ['"\n' * 300_001, 'a,"' * 300_000, '"a" b\n' * 100_000, '"a\n' * 100_001])
def test_a_megabyte_of_malice_takes_seconds(text: str) -> None:
    with not_hanging(60):
        found = list(csv_rows(["h,i\n", text]))
    assert any(isinstance(one, BrokenRow) for one in found) or not found
