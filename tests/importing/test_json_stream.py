"""Whichever way records follow each other, they come out one by one, each with its place."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.errors import ExportError
from vaultkit.importing.json_stream import BrokenLine, Record, listed, records

A, B, C = {"a": 1}, {"b": [1, 2]}, {"c": "ä ] , ["}


def places(text: str) -> list[tuple[object, str]]:
    return [(r.value, r.place) for r in records([text], "x.json") if isinstance(r, Record)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n ", [], id="blank"),
        pytest.param("[]", [], id="empty-array"),
        pytest.param('{"a": 1}', [(A, "line 1")], id="one-object"),
        pytest.param('\n\n{\n "a": 1\n}', [(A, "line 3")], id="one-indented-object"),
        pytest.param(json.dumps([A, B, C]), [(A, "[0]"), (B, "[1]"), (C, "[2]")], id="one-array"),
        pytest.param(json.dumps([A, B], indent=2), [(A, "[0]"), (B, "[1]")], id="indented-array"),
        pytest.param('[{"a": 1}][{"b": [1, 2]}]', [(A, "[0]"), (B, "[1]")], id="arrays-back-to-back"),
        pytest.param('[{"a": 1}]\n[]\n[{"b": [1, 2]}]\n', [(A, "[0]"), (B, "[1]")], id="arrays-on-lines"),
        pytest.param('[[{"a": 1}], [{"b": [1, 2]}]]', [(A, "[0]"), (B, "[1]")], id="array-of-arrays"),
        pytest.param('[[[1]], {"a": 1}]', [([1], "[0]"), (A, "[1]")], id="deeper-arrays-are-values"),
        pytest.param('{"a": 1}\n\n{"b": [1, 2]}\n', [(A, "line 1"), (B, "line 3")], id="object-per-line"),
        pytest.param('{\n"a": 1\n}\n{"b":\n[1, 2]}', [(A, "line 1"), (B, "line 4")], id="objects-back-to-back"),
        pytest.param('[{"a": 1}]\ufeff[{"a": 1}]', [(A, "[0]"), (A, "[1]")], id="mark-between-files"),
        pytest.param('[null, 3, "x"]', [(None, "[0]"), (3, "[1]"), ("x", "[2]")], id="scalars"),
    ],
)
def test_shapes(text: str, expected: list[tuple[object, str]]) -> None:
    assert places(text) == expected


def test_a_bad_line_costs_only_itself() -> None:
    found = list(records(['{"a": 1}\n{"a": \n{"b": [1, 2]}\n' + "[" * 100_000], "x.json"))
    assert [r.place for r in found] == ["line 1", "line 2", "line 3", "line 4"]
    assert [type(r) for r in found] == [Record, BrokenLine, Record, BrokenLine]
    assert isinstance(found[1], BrokenLine)
    assert found[1].text == '{"a":'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("hello", "not JSON", id="prose"),
        pytest.param('[{"a": 1}', "cut off", id="cut-between-records"),
        pytest.param('[\n{"a": 1},\n{"a', "line 3", id="cut-inside-a-record"),
        pytest.param('{"a": 1}]', "not JSON", id="bracket-too-many"),
        pytest.param('[{"a": ' + "[" * 200_000, "too deeply", id="deep-array"),
        pytest.param('{"a":' * 200_000, "too deeply", id="deep-object"),
        pytest.param('{"a": 1' + "0" * 5000 + "}", "number is too long", id="huge-integer"),
    ],
)
def test_unusable_text_is_named(text: str, said: str) -> None:
    with pytest.raises(ExportError, match=r"x\.json.*" + said):
        list(records([text], "x.json"))


def test_brackets_alone_are_fast() -> None:
    with not_hanging():
        with pytest.raises(ExportError):
            list(records(["[" * 1_000_000], "x.json"))
        assert list(records(["[]" * 500_000], "x.json")) == []
        assert len(list(records(['{"a":\n1}' * 200_000], "x.json"))) == 200_000
        with pytest.raises(ExportError, match="line 1: not JSON"):
            list(records(itertools.repeat('{"a": "' + "x" * 100, 20_000), "x.json"))


def test_a_broken_element_is_said_before_the_rest_is_read() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[str]:
        yield '[{"a": 1}, {"b": tru, "c": 2}]' + " " * 100
        for number in range(1000):
            taken.append(number)
            yield " " * 100

    found = records(pieces(), "x.json")
    assert next(found) == Record({"a": 1}, "[0]")
    assert next(found) == BrokenLine('{"b": tru, "c": 2}', "[1]", "not JSON (Expecting value)")
    assert taken == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.lists(st.dictionaries(st.text(min_size=1), JSON, min_size=1, max_size=3), max_size=5)


@given(OBJECTS, st.sampled_from(["array", "pages", "slurp", "lines", "indented"]))
def test_every_shape_gives_the_same_records(objects: list[dict[str, object]], shape: str) -> None:
    half = len(objects) // 2
    text = {
        "array": json.dumps(objects),
        "pages": json.dumps(objects[:half]) + json.dumps(objects[half:], ensure_ascii=False),
        "slurp": json.dumps([objects[:half], objects[half:]], indent=1),
        "lines": "\n".join(json.dumps(o) for o in objects),
        "indented": "\n".join(json.dumps(o, indent=2) for o in objects),
    }[shape]
    assert [r.value for r in records([text], "x") if isinstance(r, Record)] == objects


def told(pieces: list[str]) -> tuple[list[object], str]:
    """All records, and the fault that ended them."""
    found: list[object] = []
    try:
        found.extend(records(pieces, "x"))
    except ExportError as e:
        return found, str(e)
    return found, ""


TEXTS = st.one_of(
    st.builds(json.dumps, OBJECTS, indent=st.sampled_from([None, 1]), ensure_ascii=st.booleans()),
    st.lists(
        st.sampled_from(
            [
                "[",
                "]",
                "{",
                "}",
                '{"a": 1}',
                '"',
                ":",
                ",",
                " ",
                "\n",
                "12345",
                "-Infinity",
                '"\\u30',
                "42",
                "\ufeff",
                "x",
            ]
        ),
        max_size=12,
    ).map("".join),
)


@given(TEXTS, st.integers(1, 40))
def test_it_is_all_one_where_the_text_is_cut(text: str, size: int) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert told(pieces) == told([text])


JOURNAL = '{"metadata": {"v": "1"}, "entries": [{"n": "x}"}, {"n": nope, "b": "]}"}, {"n": "c}, {"n": 4}], "more": [1]}'


@pytest.mark.parametrize("size", [1, 3, 10, 1000])
def test_lists_inside_an_object_are_read_one_by_one(size: int) -> None:
    pieces = [JOURNAL[i : i + size] for i in range(0, len(JOURNAL), size)]
    found = list(listed(pieces, "x.json", ("entries",)))
    assert [(type(one).__name__, one.place) for one in found] == [
        ("Field", "metadata"),
        ("Record", "entries[0]"),
        ("BrokenLine", "entries[1]"),
        ("BrokenLine", "entries[2]"),
        ("Record", "entries[3]"),
        ("Field", "more"),
    ]
    assert [one.text for one in found if isinstance(one, BrokenLine)] == ['{"n": nope, "b": "]}"}', '{"n": "c}']


@pytest.mark.parametrize(
    "text", ['{"entries": [{"a": 1}', '{"entries": [1]', '{"entries" [1]}', '{"entries": [{"a": x']
)
def test_an_object_that_is_cut_off_is_told(text: str) -> None:
    with pytest.raises(ExportError, match=r"x\.json: "):
        list(listed([text], "x.json", ("entries",)))
