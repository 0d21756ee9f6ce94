from __future__ import annotations

import pytest

from vaultkit.errors import NewerError
from vaultkit.importing.ledger import (
    Asset,
    Record,
    canonical,
    digest,
    pack,
    read_ledger,
    taken_back,
    unpack,
    write_ledger,
)

NOTE = b"---\nvaultkit-id: diary/x\ndate: 2024-01-01\n---\ntext\n"


def test_records_survive_being_written() -> None:
    records = [
        Record("b/1", "あ.md", ()),
        Record("b/2", "B.md", ("h1", "h2"), "x.txt", "paper", "deleted", (Asset("a.png", "h3"),)),
    ]
    data = write_ledger(records)
    assert list(read_ledger(lambda _: data, "b").records.values()) == records


@pytest.mark.parametrize(
    "line", [b"not json", b"[]", b'{"id": "b/9"}', b'{"id": "b/9", "path": 1, "bases": 3}', b"[" * 100_000, b"\xff\xfe"]
)
def test_a_damaged_line_costs_only_itself(line: bytes) -> None:
    data = write_ledger([Record("b/1", "A.md", ())]) + line + b"\n"
    found = read_ledger(lambda _: data, "b")
    assert (list(found.records), found.damaged) == (["b/1"], (line,))


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(NewerError, match="newer vaultkit"):
        read_ledger(lambda _: b'{"version": 99}\n', "b")


def test_no_file_is_no_records() -> None:
    assert read_ledger(lambda _: None, "b").records == {}


@pytest.mark.parametrize(
    "other",
    [
        NOTE.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + NOTE,
        NOTE.replace(b"vaultkit-id: diary/x\n", b""),
        NOTE.replace(b"diary/x", b"diary/y"),
    ],
    ids=["crlf", "bom", "no id", "other id"],
)
def test_what_is_no_edit_has_the_same_digest(other: bytes) -> None:
    assert digest(other) == digest(NOTE)


def test_an_edit_has_another_digest() -> None:
    assert digest(NOTE + b"x") != digest(NOTE)
    body_only = NOTE + b"vaultkit-id: in the body\n"
    assert b"in the body" in canonical(body_only)


def test_stored_texts_come_back_and_damaged_ones_count_as_missing() -> None:
    assert unpack(pack(NOTE)) == NOTE
    assert unpack(b"damaged") == b""


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b"], ids=ascii)
def test_a_name_with_another_kind_of_line_end_is_one_line(sign: str) -> None:
    before = Record("b/1", "A.md", ("h1",), names=(f"one{sign}two",))
    after = Record("b/1", "A.md", ("h2", "h1"), names=(f"one{sign}two",))
    later = Record("b/2", "B.md", ("h3",))
    old, new, now = write_ledger([before]), write_ledger([after]), write_ledger([after, later])
    assert taken_back(".vaultkit/sources/b.jsonl", now, old, new, ()) == write_ledger([before, later])
