"""No text of an entry reaches a note that the note cannot hold, whichever field it is in."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.entry_texts import encodable

ENTRY = Entry(kind=Kind.ISSUE, key="a/b#1", body="日記\n", place="issues[0]", title="茶", properties=(("weight", 3),))


@pytest.mark.parametrize(("bad", "good"), [("x\ud83d", "x?"), ("x\0", "x␀")], ids=["half-a-pair", "nul"])
@pytest.mark.parametrize(
    "field", [f for f in fields(Entry) if "str" in str(f.type) or f.name in ("anchors", "properties")]
)
def test_every_text_is_made_such_that_a_file_holds_it(field: Any, bad: str, good: str) -> None:
    def of(text: str) -> object:
        if field.name == "anchors":
            return (("https://forge.example/1", text),)
        if field.name == "properties":
            return (("weight", 3), ("assignees", ("bo", text)))
        return text if field.type == "str" else ("bo", text)

    assert encodable(replace(ENTRY, **{field.name: of(bad)})) == replace(ENTRY, **{field.name: of(good)})


def test_an_entry_that_a_file_can_hold_is_left_as_it_is() -> None:
    assert encodable(ENTRY) is ENTRY
