"""Front matter as Obsidian reads and writes it, behind limits."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.parse import parse
from vaultkit.vault.yaml_core import YamlError, core_scalar, read_mapping
from vaultkit.vault.yaml_write import write_properties

SCALARS = [
    ("yes", "yes"), ("on", "on"), ("12:30", "12:30"), ("2024-01-31", "2024-01-31"), ("0123", "0123"),
    ("1_000", "1_000"),
    ("true", True), ("FALSE", False), ("~", None), ("null", None), ("42", 42), ("-7", -7), ("+1", 1), ("0", 0),
    ("1.10", 1.1), (".5", 0.5), ("1e3", 1000.0), ("0x1F", 31), ("0o17", 15), ("1.2.3", "1.2.3"), ("--", "--"),
    ("9" * 30, "9" * 30), (".inf", float("inf")), ("日記", "日記"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_scalars_of_the_core_schema(text: str, value: object) -> None:
    assert core_scalar(text) == value
    entries = read_mapping(f"k: {text}\n")
    assert entries is not None
    assert entries[0].value == value


@pytest.mark.parametrize("text", ["a: b: c", "a: [", "a: @x", "a: `x`", "a: 1\na: 2", "\ta: 1", "a: *x", "a: \0", '"a'])
def test_what_obsidian_cannot_read_is_an_error_and_the_body_counts(text: str) -> None:
    note = parse("n.md", f"---\n{text}\n---\n[[x]] #t\n".encode())
    assert note.front_matter is not None
    assert note.front_matter.error
    assert note.properties == {}
    assert ([link.target for link in note.links], [tag.name for tag in note.tags]) == (["x"], ["t"])


def test_the_error_has_a_place() -> None:
    data = b"---\na: 1\nb: [\nc: 2\n---\n"
    block = find_front_matter(data)
    assert block is not None
    assert data[block.error_at :].startswith((b"b:", b"c:", b"---"))


BOMBS = {
    "merge keys": "a: &a {" + ", ".join(f"k{i}: v" for i in range(9)) + "}\n"
    + "".join(f"l{i}: &l{i} {{<<: [{', '.join(['*l' + str(i - 1) if i else '*a'] * 9)}]}}\n" for i in range(9)),
    "aliases": "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(30)),
    "brackets": "a: " + "[" * 60_000,
    "braces": "a: " + "{a: " * 20_000,
    "stacked lists": "- " * 30_000,
    "stacked keys": "? " * 30_000,
    "size": "a: " + "x" * 70_000,
    "digits": "a: " + "1" * 50_000,
}  # fmt: skip


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_bombs_are_read_or_refused_and_the_interpreter_lives(text: str) -> None:
    code = "import sys; from vaultkit.vault.parse import parse\n"
    code += "print(len(str(parse('n', sys.stdin.buffer.read()).properties)))"
    note = f"---\n{text}\n---\nbody\n".encode()
    done = subprocess.run([sys.executable, "-c", code], input=note, capture_output=True, timeout=20, check=False)
    assert done.returncode == 0, done.stderr[-300:]
    assert int(done.stdout) < 200_000


def test_properties_know_their_lines() -> None:
    data = "---\n# top\n題: 一\nlist:\n  - a # note\n\n# about b\nb: >\n  x\n  y\n---\n".encode()
    note = parse("n.md", data)
    spans = [data[slice(*p.span)].decode() for p in note.front_matter.properties]  # type: ignore[union-attr]
    assert spans == ["題: 一\n", "list:\n  - a # note\n", "b: >\n  x\n  y\n"]


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.text(max_size=30),
    st.lists(st.text(max_size=12), max_size=4),
)


@given(st.dictionaries(st.text(min_size=1, max_size=12), values, max_size=5))
def test_what_is_written_reads_back(data: dict) -> None:
    def plain(value: object) -> object:
        return json.loads(json.dumps(value)) if not isinstance(value, str) else value

    text = write_properties(data)
    try:
        text.encode()
    except UnicodeEncodeError:
        return  # lone surrogates never reach a note
    entries = read_mapping(text) or []
    assert {e.key: e.value for e in entries} == {k: plain(v) for k, v in data.items()}


@given(st.text(max_size=40))
def test_a_title_cannot_end_the_block(title: str) -> None:
    text = write_properties([("title", title)]).encode("utf-8", "replace")
    note = parse("n.md", b"---\n" + text + b"---\nbody\n")
    assert note.data[note.body :] == b"body\n"


def test_reading_agrees_with_a_yaml_library_where_both_mean_the_same() -> None:
    text = "a: x\nb: [1, two, 3.5]\nc:\n  - d: e\n    f: g\nh: 'q: r'\ni: |\n  lines\n  more\n"
    assert {e.key: e.value for e in read_mapping(text) or []} == yaml.safe_load(text)


def test_yaml_errors_carry_a_line() -> None:
    with pytest.raises(YamlError) as caught:
        read_mapping("a: 1\nb: 2\na: 3\n")
    assert caught.value.line == 2
