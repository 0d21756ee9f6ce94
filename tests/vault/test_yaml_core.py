"""YAML by the parser: its limits, its keys, aliases and tags."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from vaultkit.vault.frontmatter import find_front_matter, read_parsed
from vaultkit.vault.yaml_core import MAX_BYTES, YamlError, compose, read_mapping


def values(text: str) -> dict[str, object]:
    return {entry.key: entry.value for entry in read_mapping(text) or []}


def levels(line: str, count: int) -> str:
    """`line` again and again, each time one space further in."""
    return "".join(" " * i + line for i in range(count))


def multiplied(base: str) -> str:
    """Six anchors, each of which stands for the one before three times."""
    return f"a: &a {base}\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
    )


REFUSED = {
    "brackets": "a: " + "[" * 60_000,
    "braces": "a: " + "{" * 60_000,
    "braces with keys": "a: " + "{a: " * 15_000,
    "brackets in a block": "a:\n- b\n- " + "[[" * 20_000,
    "brackets and braces by turns": "a: " + "[{" * 100,
    "brackets opened in a quote": 'a: "' + "[" * 60_000,
    "brackets closed as often": "a: " + "[" * 65 + "]" * 65,
    "dashes": "- " * 30_000,
    "dashes and tabs": "-\t" * 30_000,
    "dashes below a key": "a:\n" + "- " * 30_000,
    "question marks": "? " * 30_000,
    "question marks and dashes by turns": "? - " * 15_000,
    "colons": ": " * 30_000,
    "indented keys": levels("a:\n", 350),
    "indented question marks": levels("?\n", 350),
    "stacks of question marks": "".join(" " * 126 * i + "? " * 63 + "\n" for i in range(31)),
    "ten thousand levels": levels("a:\n", 10_000),
    "large": "a: " + "x" * 70_000,
    "aliases": "a: &a [x, x]\n" + "".join(f"b{i}: [*a, *a, *a]\n" for i in range(10)),
    "aliases of a long list": multiplied("[" + "x," * 20_000 + "x]"),
    "aliases of a long text": multiplied('"' + "x" * 50_000 + '"'),
    "aliases in keys": "a: &a {? [" + "x" * 30_000 + "] : y}\nb: &b {? *a : *a}\nc: &c {? *b : *b}\nd: {? *c : *c}\n",
    "aliases under merge keys": "a: &a {" + ", ".join(f"k{i}: v" for i in range(9)) + "}\n"
    + "".join(f"l{i}: &l{i} {{<<: [{', '.join(['*a'] * 9)}]}}\n" for i in range(9)),
    "an alias inside its anchor": "a: &a [*a]\n",
    "an alias inside its anchor, branching": "a: &a [*a, *a, *a]\n",
    "an alias in a key inside its anchor": "a: &a {? *a : x}\n",
    "an alias as a key": "a: &k x\n*k : y\n",
}  # fmt: skip
LISTS = {
    "indented lists": levels("-\n", 350),
    "stacks of dashes": "".join(" " * 126 * i + "- " * 63 + "\n" for i in range(31)),
}
READ = {
    "braces as keys, forty deep": "{" * 40 + "a" + "}" * 40,
    "braces as keys of a value": "a: " + "{" * 60 + "b" + "}" * 60,
    "question marks, sixty deep": "? " * 60 + "a",
    "brackets as a key": "? " + "[" * 50 + "a" + "]" * 50 + "\n: b",
    "brackets next to each other": "a: [" + "[], " * 10_000 + "[]]",
    "merge keys": "a: &a {b: c}\nd:\n  <<: *a\n",
    "as many aliases as are allowed": "a: &a [x]\nb: [" + "*a, " * 19 + "*a]\n",
    "stars without an anchor": "a: x" + " *y" * 10_000 + "\n",
}


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        *(pytest.param(text, False, id=name) for name, text in REFUSED.items()),
        *(pytest.param(text, True, id=name) for name, text in {**READ, **LISTS}.items()),
    ],
)
def test_what_could_stop_the_parser_is_read_or_refused_at_once(text: str, readable: bool) -> None:
    code = "import sys; from vaultkit.vault.frontmatter import find_front_matter as f\n"
    code += "r = f(sys.stdin.buffer.read()); print(r.error and 'refused' if r.indexed else 'list', len(repr(r)))"
    note = f"---\n{text}\n---\nbody\n".encode()
    done = subprocess.run([sys.executable, "-c", code], input=note, capture_output=True, timeout=20, check=False)
    assert done.returncode == 0, done.stderr[-300:]
    said = done.stdout.decode().split()
    assert (said[0] != "refused") == readable
    assert int(said[-1]) < 4 * MAX_BYTES


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_deep_list_is_no_mapping(text: str) -> None:
    assert read_mapping(text) is None


TAGGED = [
    ("!!str 12", "12"), ("!!str true", "true"), ("!!str", ""), ("!!str '12'", "12"), ("!!str ~", "~"),
    ("!!int 12", 12), ('!!int "3"', 3), ("!!int 0x1F", 31), ("!!int x", "x"), ("!!int 1.5", "1.5"),
    ("!!int 0123", "0123"),
    ("!!float 3", 3.0), ("!!float '1.5'", 1.5), ("!!float .inf", math.inf), ("!!float x", "x"),
    ('!!bool "true"', True), ("!!bool yes", "yes"), ("!!bool 1", "1"), ('!!null ""', None), ("!!null x", "x"),
    ("!<tag:yaml.org,2002:str> 12", "12"), ("!mine 12", 12), ('!mine "12"', "12"), ("!!binary 12", 12), ("! 12", 12),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), TAGGED, ids=[text for text, _ in TAGGED])
def test_tags_of_the_core_schema_decide_the_type(text: str, value: object) -> None:
    read = values(f"k: {text}\n")["k"]
    assert (read, type(read)) == (value, type(value))
    assert values(f"k: [ {text} ]\n")["k"] == [value]


def test_tags_of_lists_and_mappings_say_nothing() -> None:
    assert values("a: !!seq [1]\nb: !!map {c: 1}\nd: !!str [1]\n") == {"a": [1], "b": {"c": 1}, "d": [1]}


def test_a_tag_does_not_change_a_key() -> None:
    assert values("!!str 12: x\n") == {"12": "x"}


KEYS = [
    ("k: {{date}}", {"{ date }": None}),
    ("k: {{date:YYYY}}", {"{ date:YYYY }": None}),
    ("k: {{{a}}}", {"{ { a } }": None}),
    ("k: {{a: b, c: true}: d}", {"{ a: b, c: true }": "d"}),
    ("k: {[a, ~, 1]: b}", {"[ a, null, 1 ]": "b"}),
    ("k: {[]: a, {}: b}", {"[]": "a", "{}": "b"}),
]


@pytest.mark.parametrize(("text", "value"), KEYS, ids=[text for text, _ in KEYS])
def test_a_key_that_is_no_word_is_its_text(text: str, value: object) -> None:
    assert values(text) == {"k": value}


def test_aliases_are_what_they_stand_for() -> None:
    assert values("a: &a [x]\nb: *a\nc: [*a, *a]\n") == {"a": ["x"], "b": ["x"], "c": [["x"], ["x"]]}
    assert values("a: &a {b: c}\nd:\n  <<: *a\n")["d"] == {"<<": {"b": "c"}}


def test_nodes_without_a_tag_have_none() -> None:
    assert [(key.tag, value.tag) for key, value in compose("a: 1\nb: !x 2\n").value] == [(None, None), (None, "!x")]


SPANS = {
    "no entry": ("{}\n", []),
    "braces": ('{"a": 1, "b": [2]}\n', ['"a": 1', '"b": [2]']),
    "braces over lines": ("# top\n{ # first\n  a: 1,\n  b: 2\n}\n", ["a: 1", "b: 2"]),
    "a brace behind a wide space": ("\u3000{a: 1\n\nb: 2\n", ["\u3000{a: 1\n", "b: 2\n"]),
    "a wide space at the end of a literal": ("a: |\n  x\n  \u3000\n\nb: 1\n", ["a: |\n  x\n  \u3000\n", "b: 1\n"]),
    "blank lines and comments": ("a:\n  b: 1\n  \n# c\n\nd: 2\n# end\n", ["a:\n  b: 1\n", "d: 2\n"]),
    "carriage returns": ("a:\r\n  b: 1\r\n\r\n# c\r\nd: 2\r\n", ["a:\r\n  b: 1\r\n", "d: 2\r\n"]),
    "wide characters": ("題: {花: 木}\n# 注\n名: |\n  日\n", ["題: {花: 木}\n", "名: |\n  日\n"]),
}


@pytest.mark.parametrize(("text", "spans"), SPANS.values(), ids=SPANS)
def test_the_place_of_each_property(text: str, spans: list[str]) -> None:
    data = f"---\n{text}---\n".encode()
    block = find_front_matter(data)
    assert block is not None
    assert not block.error
    assert [data[slice(*p.span)].decode() for p in block.properties] == spans


def test_places_beside_bytes_that_are_no_utf8() -> None:
    data = b"a: caf\xe9\nb: \xe6\x97 x\n# \xff\nc: {d: 1}\n"
    read = read_parsed(data)
    assert read is not None
    assert [data[slice(*p.span)] for p in read] == [b"a: caf\xe9\n", b"b: \xe6\x97 x\n", b"c: {d: 1}\n"]
    assert read[0].value == "caf\ufffd"


@pytest.mark.parametrize("text", ["a: 1\u2028b: [\n", "a: 1\n\n\u2029\u2029\u2029- x\n"])
def test_an_error_is_placed_inside_the_block(text: str) -> None:
    block = find_front_matter(f"---\n{text}---\nbody\n".encode())
    assert block is not None
    assert block.error
    assert block.content.start <= block.error_at <= block.content.end


def test_an_alias_as_a_key_has_no_place() -> None:
    with pytest.raises(YamlError, match="alias") as caught:
        read_mapping("a: &k x\nb: 1\n*k : y\n")
    assert caught.value.line == 2


OPENINGS = {
    "lf": (b"---\na: 1\n---\nbody", (0, 13), (4, 9)),
    "crlf": (b"---\r\na: 1\r\n---\r\nbody", (0, 16), (5, 11)),
    "closed at the end": (b"---\na: 1\n---", (0, 12), (4, 9)),
    "closed at the end by a carriage return": (b"---\na: 1\n---\r", (0, 13), (4, 9)),
    "empty": (b"---\n---\n", (0, 8), (4, 4)),
    "four dashes close nothing": (b"---\na: 1\n----\nb: 1\n---\n", (0, 23), (4, 19)),
    "a space behind the dashes": (b"---\n# x\n--- \n---\n", (0, 17), (4, 13)),
}


@pytest.mark.parametrize(("data", "span", "content"), OPENINGS.values(), ids=OPENINGS)
def test_where_the_block_is(data: bytes, span: tuple[int, int], content: tuple[int, int]) -> None:
    block = find_front_matter(data)
    assert block is not None
    assert (block.span, block.content) == (span, content)


@pytest.mark.parametrize(
    "data", [b"", b"---", b"---\n", b"----\na: 1\n---\n", b" ---\n---\n", b"---\r---\n", b"---\na: 1\n"]
)
def test_where_none_is(data: bytes) -> None:
    assert find_front_matter(data) is None
