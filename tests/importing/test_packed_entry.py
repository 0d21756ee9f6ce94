"""An entry whose body is held compressed is the same entry."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import pytest

from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.packed_entry import packed

ENTRY = Entry(kind=Kind.ISSUE, key="a/b#1", body="夜。 " * 1000, place="issues[0]", labels=("x",), aliases=("a",))


@pytest.mark.parametrize("body", ["", "short", ENTRY.body, "\0🎉\r\n"])
def test_all_of_it_is_there(body: str) -> None:
    entry = replace(ENTRY, body=body)
    assert {f.name: getattr(packed(entry), f.name) for f in fields(Entry)} == {
        f.name: getattr(entry, f.name) for f in fields(Entry)
    }


def test_it_is_changed_and_sent_as_an_entry_is() -> None:
    one = packed(ENTRY)
    assert (replace(one, key="c").body, replace(one, body="new").body) == (ENTRY.body, "new")
    assert pickle.loads(pickle.dumps(one)).body == ENTRY.body
    assert packed(one) == one


def test_the_text_itself_is_not_held() -> None:
    assert len(pickle.dumps(packed(ENTRY))) > len(ENTRY.body)  # a copy for another process holds it
    assert packed(ENTRY).body is not packed(ENTRY).body
