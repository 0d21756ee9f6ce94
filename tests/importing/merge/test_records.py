"""The records of imports that two branches changed: by what they are about, and never with markers."""

from __future__ import annotations

import json

import pytest

from vaultkit.importing.ledger import KEPT_BASES, Asset, Record, base_path, digest, ledger_path, pack, read_ledger
from vaultkit.importing.ledger import write_ledger as written
from vaultkit.importing.merge import Conflict
from vaultkit.importing.merge.records import merge_ledgers, merge_records
from vaultkit.importing.open_conflicts import OpenConflicts, read_open, write_open
from vaultkit.linting.baseline import Key, write_baseline

ONE, TWO, NEW = Record("d/1", "one.md", ("b1",)), Record("d/2", "two.md", ("c1",)), Record("d/3", "three.md", ("n1",))


def records(base: list[Record], ours: list[Record], theirs: list[Record]) -> dict[str, Record]:
    """What is read of the merged ledger; both directions know of the same notes, and what is written is a ledger."""
    data = merge_ledgers(*map(written, (base, ours, theirs)))
    found = read_ledger({ledger_path("d"): data}.get, "d")
    assert not found.damaged
    assert written(found.records.values()) == data
    again = read_ledger({ledger_path("d"): merge_ledgers(*map(written, (base, theirs, ours)))}.get, "d")
    assert again.records.keys() == found.records.keys()
    return found.records


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ([TWO], [ONE, TWO], [TWO, NEW], [ONE, TWO, NEW]),
        ([ONE, TWO], [TWO], [ONE, TWO, NEW], [TWO, NEW]),
        ([ONE], [], [ONE.with_base("b2")], [ONE.with_base("b2")]),
        ([ONE], [ONE.with_base("b2")], [], [ONE.with_base("b2")]),
        ([], [ONE], [TWO], [ONE, TWO]),
        (
            [ONE],
            [Record("d/1", "moved.md", ("b1",))],
            [Record("d/1", "one.md", ("b2", "b1"), state="orphan")],
            [Record("d/1", "moved.md", ("b2", "b1"), state="orphan")],
        ),
        (
            [ONE],
            [Record("d/1", "one.md", ("b2", "b1"), unlinked="u2", pending=("x",))],
            [Record("d/1", "one.md", ("b3", "b2", "b1"), unlinked="u3", pending=("y",))],
            [Record("d/1", "one.md", ("b3", "b2", "b1"), unlinked="u3", pending=("y",))],
        ),
        (
            [Record("d/1", "one.md", ("b1",), assets=(Asset("a.png"), Asset("b.png")))],
            [Record("d/1", "one.md", ("b1",), assets=(Asset("b.png"), Asset("c.png", "99")))],
            [Record("d/1", "one.md", ("b1",), assets=(Asset("a.png"), Asset("b.png"), Asset("d.png")))],
            [Record("d/1", "one.md", ("b1",), assets=(Asset("b.png"), Asset("c.png", "99"), Asset("d.png")))],
        ),
    ],
    ids=[
        "added",
        "taken away",
        "away and changed",
        "changed and away",
        "no base",
        "fields",
        "newer text",
        "attachments",
    ],
)
def test_records_by_id(base, ours, theirs, expected):
    assert list(records(base, ours, theirs).values()) == expected


def test_texts_of_both_sides_are_known_as_bases():
    ours, theirs = Record("d/1", "one.md", ("o2", "o1", "b")), Record("d/1", "one.md", ("t2", "t1", "b"))
    bases = records([Record("d/1", "one.md", ("b",))], [ours], [theirs])["d/1"].bases
    assert bases[:2] == ("o2", "t2")
    assert len(bases) == KEPT_BASES


def test_what_is_not_known_is_kept():
    base, ours, theirs = (
        f'{{"version": {version}}}\n{{"id": "d/1", "path": "{path}", "bases": [], "mood": {mood}}}\n{rest}'.encode()
        for version, path, mood, rest in ((1, "a", 1, ""), (1, "b", 1, "not json\n"), (2, "a", 2, "<x>\n"))
    )
    lines = merge_ledgers(base, ours, theirs).decode().splitlines()
    assert json.loads(lines[0]) == {"version": 2}
    assert json.loads(lines[1]) == {"id": "d/1", "path": "b", "bases": [], "mood": 2}
    assert lines[2:] == ["<x>", "not json"]


def test_line_ends_and_bytes_of_others():
    ours = b'{"version": 1}\r\n{"id": "a", "path": "\xff"}\r\n'
    assert merge_ledgers(b"", ours, b'{"version": 1}\n') == b'{"version": 1}\n{"id": "a", "path": "\xff"}\n'


def test_findings_that_were_set_aside():
    a, b, c = (Key("rule", "message", line) for line in "abc")
    sides = ({"x.md": {a: 1, b: 1}}, {"x.md": {b: 2}, "é.md": {c: 1}}, {"x.md": {a: 1, b: 1, c: 1}})
    data = merge_records("v/.vaultkit/lint-baseline.jsonl", *map(write_baseline, sides))
    expected = {"x.md": {b: 2, c: 1}, "é.md": {c: 1}}
    assert data == write_baseline(expected)


def test_stored_texts():
    text = b"# Rain\n"
    path = base_path(digest(text))
    good, other = pack(text), b"x" + pack(text)
    assert merge_records(path, b"", good, other) == good
    assert merge_records(path, b"", other, good) == good
    assert merge_records(f"vault/{path}", b"", b"", b"?") is None


def test_open_conflicts_by_id():
    a, b, c = (Conflict(f"vk-00000{n}", "mood", b"x", b"y\xff") for n in range(3))
    base = OpenConflicts("d/1", "b", "m", "t", (a, b))
    data = merge_records(
        ".vaultkit/conflicts/d 1-00.json",
        write_open(base),
        write_open(base._replace(conflicts=(b,))),
        write_open(base._replace(conflicts=(a, b, c), theirs="t2")),
    )
    assert data is not None
    assert read_open(data) == base._replace(conflicts=(b, c), theirs="t2")


@pytest.mark.parametrize("path", [".vaultkit/baseline.json", ".vaultkit/sources/x.txt", "sources/x.jsonl"])
def test_other_files_are_gits(path):
    assert merge_records(path, b"", b"a", b"b") is None


def test_open_conflicts_that_cannot_be_read_are_gits():
    assert merge_records(".vaultkit/conflicts/a.json", b"{}", b"{", b"{}") is None
