"""Edits of properties in whatever shape people write them: read back as asked, undone without a trace, in good time."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.edit_list import add_to_list, remove_from_list
from vaultkit.vault.edit_property import remove_property, rename_property, set_property
from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse

VALUES = [
    " x", " 'it''s' # c", ' "a \\"q\\"\\u00e9"', " 日記 # 注", "", " # c", " ~ # c", " [a, 'b', \"日\"] # c", " []",
    " [ a ,]",
    " [\n  a, # one\n  b\n  ]", "\n- a\n- b # c", '\n  - "a"\n  # mid\n  - "b"\n  # end', " |\n  text\n\n  # more",
    " >-\n  a\n  b", " {a: 1, b: [c]}", "\n  a: 1\n  b: [x] # c", " &anchor v", " 12", " true # c", "\n  -\n  - x",
    " a\n  folded", ' "over\n  lines" # c', "\n  - a: 1\n    b:\n  - [c]", "   spaced",
]  # fmt: skip
KEYS = ["tags", "Aliases", "'quoted'", '"double"', "日付", "a b", "k-1", "2024"]
BETWEEN = ["", "", "# comment\n", "\n", "\n# about the next\n\n"]


@st.composite
def notes(draw: st.DrawFn) -> Note:
    """Notes with readable properties in the shapes that people write, in either line end, or without a block."""
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=4, unique=True))
    pad = draw(st.sampled_from(["", "", "", "  "]))
    lines = "".join(
        draw(st.sampled_from(BETWEEN)) + f"{pad}{key}:{value}\n".replace("\n", f"\n{pad}").rstrip(" ")
        for key in keys
        for value in [draw(st.sampled_from(VALUES)).replace("&anchor", f"&anchor{keys.index(key)}")]
    )
    block = f"---\n{lines}{draw(st.sampled_from(BETWEEN))}---"
    body = draw(st.sampled_from(["", "\n", "\ntext", "\n---\ntext #tag\n", "\n\n日記\n"]))
    text = draw(st.sampled_from([block + body, block + body, block + body, body]))
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    found = parse("n.md", text.encode())
    assert not (found.front_matter and found.front_matter.error), text
    return found


WORDS = st.text(st.sampled_from("ab:#- '\"\\[]{},|>&*!%@`~?=日。\t\n0.é\U0001f600"), max_size=8)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-99, 10**6), st.sampled_from([0.5, 1e300]), WORDS)
ANY = st.one_of(SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(WORDS.filter(bool), SCALARS, max_size=2))
thorough = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def behind(found: Note, edit: Edit) -> Note:
    """The note behind the edit, which changed no byte outside its span."""
    data = apply_edits(found.data, [edit])
    assert data.startswith(found.data[: edit.span.start])
    assert data.endswith(found.data[edit.span.end :])
    return parse("n.md", data)


def comments(found: Note) -> list[str]:
    return sorted(re.findall(r"# ?\w+", found.data[: found.body].decode()))


@thorough
@given(notes(), st.sampled_from(["tags", "quoted", "日付", "2024", "double", "new"]), ANY)
def test_what_is_set_is_read_and_nothing_else_changes(found: Note, key: str, value: object) -> None:
    old = found.find_property(key)
    edit = set_property(found, key, value)
    if edit is None:
        assert old is not None
        assert repr(old.value) == repr(value)
        return
    after = behind(found, edit)
    assert after.data[after.body :] == found.data[found.body :]
    name = old.key if old else key
    assert {k: v for k, v in after.properties.items() if k != name} == {
        k: v for k, v in found.properties.items() if k != name
    }
    assert list(after.properties) == list({**found.properties, name: None})
    assert repr(after.properties[name]) == repr(value)
    assert set_property(after, key, value) is None
    assert b"\r" not in after.data.replace(b"\r\n", b"")
    assert b"\n" not in after.data.replace(b"\r\n", b"") or b"\r" not in found.data


@thorough
@given(notes(), ANY)
def test_a_property_that_comes_and_goes_leaves_no_trace(found: Note, value: object) -> None:
    assume(found.front_matter is None or found.data[found.front_matter.content.start : found.front_matter.content.end])
    edit = set_property(found, "new", value)
    assert edit
    after = behind(found, edit)
    assert comments(found) == comments(after) or "#" in str(value)
    back = remove_property(after, "new")
    assert back
    assert apply_edits(after.data, [back]) == found.data


@thorough
@given(notes(), st.sampled_from(["tags", "aliases", "日付"]), st.lists(WORDS.filter(bool), min_size=1, max_size=2))
def test_items_that_come_and_go_leave_no_trace(found: Note, key: str, items: list[str]) -> None:
    items = [f"new{item.strip()}" for item in items]
    old = found.find_property(key)
    edit = add_to_list(found, key, items)
    assert edit or (old and isinstance(old.value, dict))
    if not edit:
        return
    after = behind(found, edit)
    now = after.find_property(key)
    assert now
    assert isinstance(now.value, list)
    assert add_to_list(after, key, items) is None
    back = remove_from_list(after, key, items)
    assert back
    undone = behind(after, back)
    if old and isinstance(old.value, list):
        assert "#" in "".join(items) or comments(found) == comments(after)
        assert undone.data == found.data or b"[ a ,]" in found.data or not old.value
        assert undone.properties == found.properties


@thorough
@given(notes(), WORDS.filter(bool))
def test_a_key_is_renamed_and_back(found: Note, new: str) -> None:
    assume(found.find_property(new) is None)
    for key, value in found.properties.items():
        edit = rename_property(found, key, new)
        assert edit
        after = behind(found, edit)
        assert list(after.properties.values()) == list(found.properties.values())
        assert repr(after.properties[new]) == repr(value)
        back = rename_property(after, new, key)
        assert back
        undone = behind(after, back)
        assert undone.properties == found.properties
        if re.fullmatch(r"\w+", new):
            assert undone.data == found.data


@thorough
@given(notes())
def test_every_property_can_go(found: Note) -> None:
    for key in found.properties:
        edit = remove_property(found, key)
        assert edit
        after = behind(found, edit)
        assert after.properties == {k: v for k, v in found.properties.items() if k != key}
        assert after.data[after.body :] == found.data[found.body :]


HOSTILE = {
    "long list": "k:\n" + "- a\n" * 15_000,
    "long brackets": "k: [" + "a, " * 20_000 + "]\n",
    "many keys": "".join(f"k{i}: 1\n" for i in range(5000)),
    "blanks": "k: a" + " " * 60_000 + "\n",
    "comments": "k: a\n" + "#\n" * 30_000,
}


@pytest.mark.parametrize("block", HOSTILE.values(), ids=HOSTILE)
def test_long_blocks_are_edited_in_good_time(block: str) -> None:
    found = parse("n.md", f"---\n{block}---\n".encode() + b"x\n" * 400_000)
    with not_hanging():
        assert add_to_list(found, "k", ["b"])
        assert set_property(found, "new", ["a"])
        remove_from_list(found, "k", ["a"])
        set_property(found, "k", "x")
        remove_property(found, "k")
        rename_property(found, "k", "l")
