"""Front matter of other tools: three grammars, strict limits, nothing lost when it is broken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing.front_matter import MAX_CHARACTERS, read_front_matter
from vaultkit.importing.front_matter_values import as_text


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        pytest.param("---\ntitle: A\n---\n\nBody", {"title": "A"}, "\nBody", id="yaml"),
        pytest.param(
            "---\ntitle: A\n...\n    code\n", {"title": "A"}, "    code\n", id="yaml ended by dots, body's indent kept"
        ),
        pytest.param("---\n---\nBody", {}, "Body", id="empty"),
        pytest.param(
            "---\nt: 12:30\nv: 1.10\non: no\nn: 7\nd: true\ne:\n---\n",
            {"t": "12:30", "v": "1.10", "on": "no", "n": 7, "d": True, "e": ""},
            "",
            id="yaml 1.2 values",
        ),
        pytest.param(
            "---\nd: 2025-07-21 16:33:37 +0900\n---\n", {"d": "2025-07-21 16:33:37 +0900"}, "", id="dates stay text"
        ),
        pytest.param("---\na: [x, {b: c}]\n---\n", {"a": ["x", {"b": "c"}]}, "", id="nested"),
        pytest.param(
            '+++\ntitle = "A"\nd = 2025-07-21\nv = 1.10\n[p]\nq = 1\n+++\nBody',
            {"title": "A", "d": "2025-07-21", "v": "1.10", "p": {"q": 1}},
            "Body",
            id="toml",
        ),
        pytest.param(
            '{\n"title": "A }",\n"n": null, "v": 1.10\n}\n\nBody',
            {"title": "A }", "n": "", "v": "1.10"},
            "\nBody",
            id="json",
        ),
    ],
)
def test_read(text: str, fields: dict[str, object], body: str) -> None:
    front = read_front_matter(text)
    assert front
    assert (front.fields, front.body, front.problems, front.leftover) == (fields, body, (), "")
    assert text.split("\n")[front.line - 1 :] == body.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("# Title\n\n---\na: b\n---\n", id="further below"),
        pytest.param("---\nSome prose.\n---\nmore", id="prose between two breaks"),
        pytest.param("---\na: b\n", id="never closed"),
        pytest.param('{"a": 1}\n', id="nothing but JSON"),
        pytest.param('{"a": 1}\n{"a": 2}\n', id="JSON lines"),
        pytest.param('{"a": 1} text', id="JSON in a line"),
        pytest.param("{{ liquid }}\n", id="template code"),
    ],
)
def test_no_front_matter(text: str) -> None:
    assert read_front_matter(text) is None


@pytest.mark.parametrize(
    ("block", "fields", "line", "message"),
    [
        pytest.param("a: 1\ntitle: foo: bar\n", {"a": 1, "title": "foo: bar"}, 3, "not YAML", id="colon in a value"),
        pytest.param("title: A\ntags:\n\t- x\n\t- y\n", {"title": "A", "tags": ["x", "y"]}, 4, "not YAML", id="tabs"),
        pytest.param("t: *x\nl: [a, 'b']\n", {"t": "*x", "l": ["a", "b"]}, 2, "refers to", id="alias"),
        pytest.param("a: &x [1]\nb: *x\n", {"a": "&x [1]", "b": "*x"}, 3, "refers to", id="anchor"),
        pytest.param('t: "A\n  b\n', {"t": '"A b'}, 4, "not YAML", id="unclosed quote"),
    ],
)
def test_broken_yaml_is_read_line_by_line(block: str, fields: dict[str, object], line: int, message: str) -> None:
    front = read_front_matter(f"---\n{block}---\nBody")
    assert front
    assert front.fields == fields
    (problem,) = front.problems
    assert problem.line == line
    assert message in problem.message


def test_the_last_of_two_equal_keys_counts_and_the_first_is_named() -> None:
    front = read_front_matter("---\na: one\nb: x\na: two\n---\n")
    assert front
    assert front.fields == {"a": "two", "b": "x"}
    assert [(p.line, p.text) for p in front.problems] == [(4, "one")]


def test_comments_are_left_over() -> None:
    front = read_front_matter("---\n# written by hand\na: b # why\nc: |\n  # text\n---\n")
    assert front
    assert front.fields == {"a": "b", "c": "# text\n"}
    assert front.leftover == "# written by hand\na: b # why"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\na: " + "[" * 60_000 + "\n---\n", id="deep flow"),
        pytest.param("---\na:\n " + "- " * 30_000 + "x\n---\n", id="deep blocks"),
        pytest.param("---\n" + "a: &a [*a]\n" * 5_000 + "---\n", id="aliases"),
        pytest.param("---\n" + "a: b\n" * 100_000 + "---\n", id="long"),
        pytest.param("---\nk: v\n<<: &x {a: b}\nc: *x\n---\n", id="merge"),
        pytest.param("+++\na" + ".a" * 30_000 + " = 1\n+++\n", id="dotted toml key"),
        pytest.param("+++\na = " + "[" * 60_000 + "\n+++\n", id="deep toml"),
    ],
)
def test_hostile_blocks_are_read_line_by_line_at_once(text: str) -> None:
    with not_hanging():
        front = read_front_matter(text)
    assert front
    assert front.problems


@pytest.mark.parametrize("start", ["{", '{"a":', '{ "\\', '{"a": "'])
def test_endless_json_is_no_front_matter(start: str) -> None:
    assert read_front_matter(start * (MAX_CHARACTERS // len(start))) is None


@given(st.text(alphabet=st.sampled_from("ab:= -\n\t\"'[]{}#&*|>,!?%@`\\\u00e9\u3042"), max_size=120))
def test_every_word_of_a_block_is_in_a_field_or_left_over(block: str) -> None:
    front = read_front_matter(f"---\nkey: value\n{block}\n---\nBody")
    assert front
    held = " ".join([as_text(front.fields), front.leftover, front.body, *(p.text for p in front.problems)])
    assert set(re.findall(r"\w+", block)) <= set(re.findall(r"\w+", held))
