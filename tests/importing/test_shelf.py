"""What is held on disk comes back as it was, in order, and a disk that refuses is told."""

from __future__ import annotations

from random import Random

import pytest

from vaultkit.errors import DiskError
from vaultkit.importing.calling import Target
from vaultkit.importing.shelf import Rows, Shelf, kept_alike

THINGS = [("灯台", 1), None, "x" * 10_000, b"\x80\x05", Target("a/1", "#^comment-7")]


def test_rows_give_back_what_was_added() -> None:
    rows = Rows[object]()
    assert [rows.append(thing) for thing in THINGS] == [0, 1, 2, 3, 4]
    assert (list(rows), len(rows), rows[2], rows[-1], rows[1:3]) == (THINGS, 5, THINGS[2], THINGS[-1], THINGS[1:3])
    with pytest.raises(IndexError):
        rows[5]


def test_many_rows_come_in_order_while_more_are_added() -> None:
    rows = Rows[int]()
    for number in range(300):
        rows.append(number)
    seen = []
    for number in rows:
        seen.append(number)
        rows.append(-number)
    assert (seen, len(rows)) == ([*range(300)], 600)


def test_a_shelf_is_a_mapping() -> None:
    shelf, plain = Shelf[object](), dict[str, object]()
    for each in (shelf, plain):
        each.update({f"n{number}": number for number in range(200)} | {"日": None})
        each["n7"] = "again"  # stays in its place
        del each["n9"]
        assert each.setdefault("n8", 0) == 8
        assert (each.get("none"), "n9" in each, "日" in each) == (None, False, True)
    assert (list(shelf.items()), len(shelf)) == (list(plain.items()), len(plain))
    with pytest.raises(KeyError):
        del shelf["n9"]


def test_what_is_kept_alike_is_on_disk_where_the_other_is() -> None:
    rows = kept_alike(iter("abc"), Rows[int]())
    assert (type(rows), list(rows)) == (Rows, ["a", "b", "c"])
    assert kept_alike(iter("abc"), ()) == ["a", "b", "c"]


def test_a_disk_that_refuses_is_told_with_what_to_do() -> None:
    rows = Rows[bytes]()
    rows._database.execute("PRAGMA max_page_count = 8")
    with pytest.raises(DiskError, match=r"full.*free some space there, or name another folder by TMPDIR"):
        rows.append(Random(1).randbytes(100_000))
