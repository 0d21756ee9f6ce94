"""What the file of the bookmarks says, whatever shape it has."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.vault.bookmarks import read_bookmarks


def read(value: object) -> list[tuple[str, bool, str]]:
    """Of what is written, the same in every way of writing JSON."""
    found = []
    for data in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent="\t"), "\ufeff" + json.dumps(value)):
        raw = data.encode()
        items = read_bookmarks(raw).items
        for one in items:
            assert json.loads(b'"' + raw[slice(*one.span)] + b'"') == one.path
            assert not one.subpath or json.loads(b'"' + raw[slice(*one.subpath_span)] + b'"') == one.subpath
        found.append([(one.path, one.is_folder, one.subpath) for one in items])
    assert found[0] == found[1] == found[2]
    return found[0]


NOTE = {"type": "file", "ctime": 1, "path": 'A "b" 日\\記.md', "title": "x"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"items": [NOTE]}, [('A "b" 日\\記.md', False, "")]),
        ({"items": [{**NOTE, "path": "A.md", "subpath": "#B#^c"}]}, [("A.md", False, "#B#^c")]),
        ({"items": [{"type": "heading", "path": "A", "subpath": "#B"}]}, [("A", False, "#B")]),
        ({"items": [{"type": "folder", "path": "F/G", "subpath": "#x"}]}, [("F/G", True, "")]),
        (
            {
                "items": [
                    {"type": "group", "items": [{"type": "group", "items": [NOTE]}, {"type": "folder", "path": "F"}]}
                ]
            },
            [(NOTE["path"], False, ""), ("F", True, "")],
        ),
        ({"items": [{"items": [NOTE], "type": "folder", "path": "F"}]}, [(NOTE["path"], False, ""), ("F", True, "")]),
        ({"other": [NOTE], "items": [{"other": [NOTE], "options": {"items": [NOTE]}}]}, []),
        ({"items": [{"type": "search", "query": "path", "path": "x"}, {"type": "graph"}, {"type": "url"}]}, []),
        ({"items": [None, 1, "type", [NOTE], {"type": ["file"], "path": "x"}, {"type": "file", "path": 7}]}, []),
        ({"items": [{"type": "file", "path": ""}, {"type": "file"}, {"path": "x"}]}, []),
        ({"items": NOTE}, []),
        ([NOTE, {"items": [NOTE]}], []),
        ("items", []),
        (None, []),
    ],
)
def test_shapes(value: object, expected: list[tuple[str, bool, str]]) -> None:
    assert read(value) == expected


def test_of_a_key_that_is_there_twice_the_last_counts() -> None:
    data = b'{"items": [{"type": "file", "path": "a", "path": "b", "type": "folder"}]}'
    (one,) = read_bookmarks(data).items
    assert (one.path, one.is_folder) == ("b", True)


@pytest.mark.parametrize("data", [b'{"items": [', b"{", b"items", b'{"items": "\xff"}', b"[" * 100_000, b"9" * 5000])
def test_what_is_no_json(data: bytes) -> None:
    found = read_bookmarks(data)
    assert found.error.startswith("are no valid JSON (")
    assert found.items == ()


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_empty_file_holds_none(data: bytes) -> None:
    assert read_bookmarks(data) == ((), "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["file", "folder", "a", "#b", "items", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["items", "type", "path", "subpath"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_whatever_stands_there_what_is_read_is_what_json_says(value: object) -> None:
    def items(value: object) -> list[tuple[str, bool, str]]:
        held = value.get("items") if isinstance(value, dict) else None
        out = []
        for one in held if isinstance(held, list) else []:
            if isinstance(one, dict):
                kind, path, sub = one.get("type"), one.get("path"), one.get("subpath")
                if path and isinstance(path, str) and kind in ("file", "folder"):
                    is_folder = kind == "folder"
                    out.append((path, is_folder, sub if isinstance(sub, str) and not is_folder else ""))
                out += items(one)
        return out

    raw = json.dumps(value).encode()
    assert sorted((one.path, one.is_folder, one.subpath) for one in read_bookmarks(raw).items) == sorted(items(value))
