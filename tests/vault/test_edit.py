"""Edits of properties: only the bytes that must change, and what is read back is what was asked."""

from __future__ import annotations

import pytest

from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.edit_list import add_to_list, remove_from_list
from vaultkit.vault.edit_property import remove_property, rename_property, set_property
from vaultkit.vault.note import Note, Span
from vaultkit.vault.parse import parse


def note(block: str, body: str = "body\n") -> Note:
    """A note with the lines of `block` between fences."""
    return parse("n.md", f"---\n{block}---\n{body}".encode())


def block_behind(found: Note, edit: Edit | None) -> str | None:
    """What stands between the fences behind the edit; None without edit."""
    if edit is None:
        return None
    after = apply_edits(found.data, [edit]).decode()
    assert after.startswith("---\n")
    assert after.endswith("---\nbody\n")
    return after[4:-9]


def test_edits_must_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits(b"abcdef", [Edit(Span(0, 3), b"x"), Edit(Span(2, 4), b"y")])
    assert apply_edits(b"abcdef", [Edit(Span(4, 5), b"Y"), Edit(Span(0, 1), b"")]) == b"bcdYf"


SET = {
    "plain": ("k: a\n", "b", "k: b\n"),
    "comment stays": ("k:   a   # why\n", "b", "k:   b   # why\n"),
    "double quotes": ('k: "a"\n', 'say "b"', 'k: "say \\"b\\""\n'),
    "single quotes": ("k: 'a'\n", "it's", "k: 'it''s'\n"),
    "single quotes cannot hold it": ("k: 'a'\n", "\x07", 'k: "\\u0007"\n'),
    "quotes where they are needed": ("k: a # c\n", "[[B]]", 'k: "[[B]]" # c\n'),
    "text that looks like a number": ("k: a\n", "007", 'k: "007"\n'),
    "number for text": ("k: '1'\n", 1, "k: 1\n"),
    "text for number": ("k: 1\n", "1", 'k: "1"\n'),
    "true": ("k: a # c\n", True, "k: true # c\n"),
    "float": ("k: a\n", 1.5, "k: 1.5\n"),
    "nothing": ("k: a\n", None, "k:\n"),
    "nothing before a comment": ("k: a  # c\n", None, "k:  # c\n"),
    "for nothing": ("k:\nl: 1\n", "a", "k: a\nl: 1\n"),
    "for nothing with a comment": ("k: # c\n", "a", "k: a # c\n"),
    "for a tilde": ("k: ~\n", "a", "k: a\n"),
    "list for scalar": ("k: a # c\nl: 1\n", ["b", "c"], "k: # c\n  - b\n  - c\nl: 1\n"),
    "list that begins with the scalar": ("k: 'a' # c\n", ["a", "c"], "k: # c\n  - 'a'\n  - c\n"),
    "empty list": ("k: a # c\n", [], "k: [] # c\n"),
    "more items": ("k:\n- a # c\n# d\nl: 1\n", ["a", "b"], "k:\n- a # c\n- b\n# d\nl: 1\n"),
    "fewer items": ("k:\n  # x\n  - a # c\n  - b # d\n", ["b"], "k:\n  # x\n  - b # d\n"),
    "items in another order": ("k: # c\n  - a\n  - b\n", ["b", "a"], "k: # c\n  - b\n  - a\n"),
    "no items": ("k: # c\n  # x\n  - a\n", [], "k: [] # c\n  # x\n"),
    "scalar for list": ("k: # c\n  - a\n  - b\nl: 1\n", "x", "k: x # c\nl: 1\n"),
    "scalar for brackets": ("k: [a,\n  b] # c\nl: 1\n", "x", "k: x # c\nl: 1\n"),
    "map": ("k: a # c\n", {"a": 1, "b": ["c"]}, "k: # c\n  a: 1\n  b:\n    - c\n"),
    "for a map": ("k: # c\n  a: 1\n\n# d\nl: 1\n", "x", "k: x # c\n\n# d\nl: 1\n"),
    "several lines": ("k: a # c\n", "b\nc", "k: |- # c\n  b\n  c\n"),
    "several lines for quotes": ('k: "a"\n', "b\n", "k: |\n  b\n"),
    "for several lines": ("k: | # c\n  a\n  # b\n\nl: 1\n", "x", "k: x # c\n\nl: 1\n"),
    "for blank lines that count": ("k: |+\n  a\n\nl: 1\n", "x", "k: x\n\nl: 1\n"),
    "for folded plain text": ("k: a\n  b # c\nl: 1\n", "x", "k: x # c\nl: 1\n"),
    "anchor": ("k: &x a\nl: 1\n", "x", "k: x\nl: 1\n"),
    "anchor that is used": ("k: &x a\nl: *x\n", "x", None),
    "alias": ("l: &x a\nk: *x\n", "x", None),
    "other case": ("K: a\n", "b", "K: b\n"),
    "the same case before another": ("K: a\nk: b\n", "c", "K: a\nk: c\n"),
    "quoted key": ('"k": a\n', "b", '"k": b\n'),
    "new": ("a: 1\n", "b", "a: 1\nk: b\n"),
    "new behind comments": ("a: 1\n\n# c\n", "b", "a: 1\n\n# c\nk: b\n"),
    "only a comment": ("# c\n", "b", "# c\nk: b\n"),
    "empty": ("", "b", "k: b\n"),
    "indented block": ("  a: 1\n", ["b"], "  a: 1\n  k:\n    - b\n"),
    "braces": ("{a: 1}\n", "b: c", '{a: 1, k: "b: c"}\n'),
    "braces in place": ("{k: 1, a: [2]}\n", [1, None], "{k: [1, null], a: [2]}\n"),
    "braces, for nothing": ("{k: , a}\n", "x", "{k: x, a}\n"),
    "empty braces": ("{}\n", 1, '{"k": 1}\n'),
    "json": ('{\n  "a": 1\n}\n', ["b"], '{\n  "a": 1,\n  "k": ["b"]\n}\n'),
    "line of dashes": ("a: 1\n", "---", 'a: 1\nk: "---"\n'),
    "same text": ("k: 'a'\n", "a", None),
    "same date": ("k: 2024-01-02\n", "2024-01-02", None),
    "same list": ("k: [a, 1]\n", ["a", 1], None),
    "same nothing": ("k:\n", None, None),
    "not yaml": ("k: a: b\n", 1, None),
    "no mapping": ("- k\n", 1, None),
}  # fmt: skip


@pytest.mark.parametrize(("block", "value", "expected"), SET.values(), ids=SET)
def test_set(block: str, value: object, expected: str | None) -> None:
    found = note(block)
    edit = set_property(found, "k", value)
    assert block_behind(found, edit) == expected
    if edit:
        after = parse("n.md", apply_edits(found.data, [edit])).properties
        assert after["K" if "k" not in after else "k"] == value


WHOLE = {
    "no block": (b"text", b"---\nk: v\n---\ntext"),
    "empty note": (b"", b"---\nk: v\n---\n"),
    "crlf": (b"text\r\nmore", b"---\r\nk: v\r\n---\r\ntext\r\nmore"),
    "crlf block": (b"---\r\na: 1\r\n---\r\ntext", b"---\r\na: 1\r\nk: v\r\n---\r\ntext"),
    "no final newline": (b"---\na: 1\n---", b"---\na: 1\nk: v\n---"),
    "rule first": (b"---\ntext", b"---\nk: v\n---\n---\ntext"),
    "not utf-8 below": (b"---\na: 1\n---\n\xff", b"---\na: 1\nk: v\n---\n\xff"),
    "not utf-8 inside": (b"---\na: \xff\n---\n", None),
    "a reader that sees no properties": (b"---\n~\n---\n", None),
    "bom": (b"\xef\xbb\xbftext", None),
    "bom before a block": (b"\xef\xbb\xbf---\na: 1\n---\n", None),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), WHOLE.values(), ids=WHOLE)
def test_set_in_whole_notes(data: bytes, expected: bytes | None) -> None:
    found = parse("n.md", data)
    edit = set_property(found, "k", "v")
    assert (apply_edits(data, [edit]) if edit else None) == expected
    if expected:
        after = parse("n.md", expected)
        removal = remove_property(after, "k")
        assert removal
        assert apply_edits(expected, [removal]) == data


ADD = {
    "lines": ("k:\n  - a # c\n  # d\nl: 1\n", ["b"], "k:\n  - a # c\n  - b\n  # d\nl: 1\n"),
    "at the margin": ("k:\n- a\n\n# d\n", ["b", "c"], "k:\n- a\n- b\n- c\n\n# d\n"),
    "wide": ('k:\n    -   "a"\n', ["b"], 'k:\n    -   "a"\n    -   "b"\n'),
    "behind lines of text": ("k:\n  - |\n    a\n\nl: 1\n", ["b"], "k:\n  - |\n    a\n  - b\n\nl: 1\n"),
    "behind a map": ("k:\n  - a: 1\n    b: # c\n# d\n", ["b"], "k:\n  - a: 1\n    b: # c\n  - b\n# d\n"),
    "behind nothing": ("k:\n  -\n", ["b"], "k:\n  -\n  - b\n"),
    "brackets": ("k: [a, 'b'] # c\n", ["d, e"], "k: [a, 'b', 'd, e'] # c\n"),
    "tight brackets": ("k: [a,b]\n", ["c"], "k: [a,b,c]\n"),
    "brackets over lines": ("k: [\n  a, # c\n  b\n  ]\n", ["d"], "k: [\n  a, # c\n  b,\n  d\n  ]\n"),
    "comma at the end": ("k: [a, b,]\n", ["c"], "k: [a, b, c,]\n"),
    "empty brackets": ("k: [ ] # c\n", ["a", None], "k: [a, null ] # c\n"),
    "scalar": ("k: 'a' # c\nl: 1\n", ["b"], "k: # c\n  - 'a'\n  - b\nl: 1\n"),
    "number": ("k: 5\n", ["b"], "k:\n  - 5\n  - b\n"),
    "lines of text": ("k: |\n  a\n  b\n", ["c"], "k:\n  - |\n    a\n    b\n  - c\n"),
    "nothing": ("k: # c\nl: 1\n", ["b"], "k: # c\n  - b\nl: 1\n"),
    "tilde": ("k: ~\n", ["b"], "k:\n  - b\n"),
    "no property": ("l: 1\n", ["b", "b"], "l: 1\nk:\n  - b\n"),
    "there": ("k: [a, b]\n", ["b", "a"], None),
    "other case": ("k: [a]\n", ["A"], "k: [a, A]\n"),
    "other type": ("k: [1]\n", ["1"], 'k: [1, "1"]\n'),
    "map": ("k: {a: 1}\n", ["b"], None),
    "alias": ("k: [&x a, *x]\n", ["b"], "k:\n  - a\n  - a\n  - b\n"),
    "in braces": ("{k: a}\n", ["b"], "{k: [a, b]}\n"),
    "json": ('{"k": ["a"]}\n', ["b"], '{"k": ["a", "b"]}\n'),
    "nothing to add": ("k: a\n", [], None),
}  # fmt: skip


@pytest.mark.parametrize(("block", "items", "expected"), ADD.values(), ids=ADD)
def test_add_to_list(block: str, items: list[str], expected: str | None) -> None:
    found = note(block)
    assert block_behind(found, add_to_list(found, "k", items)) == expected


def test_tags_are_added_once_whatever_their_case() -> None:
    found = note('Tags: [one, "#two"]\n')
    assert add_to_list(found, "tags", ["#ONE", "two"]) is None
    assert block_behind(found, add_to_list(found, "tags", ["#three", "Three"])) == 'Tags: [one, "#two", "three"]\n'
    assert block_behind(found, remove_from_list(found, "tags", ["TWO"])) == "Tags: [one]\n"


def test_a_list_is_added_to_a_note_without_properties() -> None:
    found = parse("n.md", b"text")
    edit = add_to_list(found, "tags", ["#a"])
    assert edit
    assert apply_edits(found.data, [edit]) == b"---\ntags:\n  - a\n---\ntext"
    assert remove_from_list(found, "tags", ["a"]) is None


TAKE = {
    "line": ("k:\n  - a # c\n  - b # d\n", ["a"], "k:\n  - b # d\n"),
    "comment between": ("k:\n  - a\n  # on b\n  - b\n  # end\n", ["b"], "k:\n  - a\n  # on b\n  # end\n"),
    "lines of text": ("k:\n- |\n  a\n  # text\n- b\n", ["a\n# text\n"], "k:\n- b\n"),
    "last line": ("k: # c\n- a\n# d\nl: 1\n", ["a"], "k: [] # c\n# d\nl: 1\n"),
    "brackets, first": ("k: [a, b, c]\n", ["a"], "k: [b, c]\n"),
    "brackets, last": ("k: [a, b, c]\n", ["c", "b"], "k: [a]\n"),
    "brackets, outer": ("k: [a, b, c]\n", ["c", "a"], "k: [b]\n"),
    "brackets, all": ("k: [ a, b ] # c\n", ["b", "a"], "k: [  ] # c\n"),
    "brackets, all with a comma": ("k: [a, ]\n", ["a"], "k: [ ]\n"),
    "comment in brackets": ("k: [a, # c\n  b]\n", ["b"], "k: [a # c\n  ]\n"),
    "scalar": ("k: a # c\n", ["a"], "k: [] # c\n"),
    "not there": ("k: [a]\n", ["b"], None),
    "nothing": ("k:\n", ["b"], None),
    "map": ("k: {a: 1}\n", ["a"], None),
    "no property": ("l: 1\n", ["a"], None),
    "in braces": ("{k: [a, b]}\n", ["a"], "{k: [b]}\n"),
}  # fmt: skip


@pytest.mark.parametrize(("block", "items", "expected"), TAKE.values(), ids=TAKE)
def test_remove_from_list(block: str, items: list[str], expected: str | None) -> None:
    found = note(block)
    assert block_behind(found, remove_from_list(found, "k", items)) == expected


RENAME = {
    "plain": ("a: 1 # c\nk: [x]\n", "k", "日 記", "a: 1 # c\n日 記: [x]\n"),
    "double quotes": ('"k": 1\n', "k", 'a"b', '"a\\"b": 1\n'),
    "single quotes": ("'k': 1\n", "k", "it's", "'it''s': 1\n"),
    "needs quotes": ("k: 1\n", "k", "a: b", '"a: b": 1\n'),
    "number": ("k: 1\n", "k", "2024", "2024: 1\n"),
    "case": ("tags: [x]\n", "Tags", "TAGS", "TAGS: [x]\n"),
    "there": ("k: 1\nl: 2\n", "k", "L", None),
    "the same": ("k: 1\n", "k", "k", None),
    "absent": ("k: 1\n", "l", "m", None),
    "braces": ('{"k": 1}\n', "k", "l", '{"l": 1}\n'),
    "not yaml": ("k: a: b\n", "k", "l", None),
}  # fmt: skip


@pytest.mark.parametrize(("block", "old", "new", "expected"), RENAME.values(), ids=RENAME)
def test_rename(block: str, old: str, new: str, expected: str | None) -> None:
    found = note(block)
    assert block_behind(found, rename_property(found, old, new)) == expected


REMOVE = {
    "first": ("k: 1\na: 2\n", "a: 2\n"),
    "comments before stay": ("# c\n\nk:\n  - 1\n  # own\n# d\na: 2\n", "# c\n\n# d\na: 2\n"),
    "a comment keeps the block": ("# c\nk: 1\n", "# c\n"),
    "a blank line keeps the block": ("k: 1\n\n", "\n"),
    "indented": ("  k: 1\n  a: 2\n", "  a: 2\n"),
    "anchor that is used": ("k: &x 1\na: *x\n", None),
    "braces": ("{a: 1, k: 2}\n", "{a: 1}\n"),
    "all of the braces": ("{k: 2}\n", "{}\n"),
    "absent": ("a: 1\n", None),
    "not yaml": ("k: a: b\n", None),
}  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), REMOVE.values(), ids=REMOVE)
def test_remove(block: str, expected: str | None) -> None:
    found = note(block)
    assert block_behind(found, remove_property(found, "k")) == expected


def test_the_last_property_takes_the_fences_with_it_unless_others_would_take_their_place() -> None:
    found = note("k: 1\n", "body")
    assert remove_property(found, "k") == Edit(Span(0, 13), b"")
    found = note("k: 1\n", "---\nnot: a property\n---\n")
    edit = remove_property(found, "k")
    assert edit
    assert apply_edits(found.data, [edit]) == b"---\n---\n---\nnot: a property\n---\n"


def test_half_a_character_cannot_be_written() -> None:
    found = note("k: [a]\n")
    assert set_property(found, "k", "\ud800") is set_property(found, "\ud800", 1) is None
    assert add_to_list(found, "k", ["\ud800"]) is rename_property(found, "k", "\ud800") is None
