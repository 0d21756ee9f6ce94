"""What is read without the YAML parser is what the parser reads, in value, type, order and place."""

from __future__ import annotations

import tarfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import SHARED, not_hanging
from vaultkit.vault.frontmatter import find_front_matter, read_parsed
from vaultkit.vault.note import Property
from vaultkit.vault.yaml_core import YamlError
from vaultkit.vault.yaml_simple import read_simple, simple_values

HUB = SHARED / "vaults/obsidian-hub.tar.xz"
START = 4


def parsed(block: bytes) -> tuple[Property, ...] | YamlError | None:
    try:
        return read_parsed(block, START)
    except YamlError as e:
        return e


def agrees(block: bytes) -> bool:
    """Whether `block` was simple; fails when it was and the parser reads it otherwise. `1` is not `1.0` nor `true`."""
    simple = read_simple(block, START)
    assert simple is None or repr(simple) == repr(parsed(block)), block
    keys = {one.key.lower() for one in simple or ()}
    assert repr(simple_values(block, keys)) == repr(simple and {one.key: one.value for one in simple}), block
    return simple is not None


SIMPLE = {
    "plain": "title: The garden\n",
    "empty": "tags:\nother:   \n",
    "typed": "a: true\nb: 12\nc: 1.50\nd: ~\ne: null\nf: .5\ng: 1e3\nh: 0x1F\ni: -7\nj: .inf\nk: False\n",
    "text that looks typed": "a: yes\nb: 12:30\nc: 0123\nd: 2024-01-31\ne: 1.2.3\nf: --\ng: nope\nh: True north\n",
    "colon and hash inside a word": "a: C#\nb: a:b\nc: http://example.org/#top\nd: x:#y\n",
    "marks inside a text": "a: x, y [z] {w} & *v !u | t > s 'r' \"q\" %p @o `n`\nb[c]: d\n<<: e\n",
    "quoted": "a: \"x: y # z\"\nb: 'u, \"v\"'\nc: \"\"\nd: '  w  '   \n",
    "quoted numbers": "a: \"12\"\nb: 'true'\n",
    "spaces behind": "a: x   \nb: \"y\"  \ntags:  \n-   z  \n",
    "list": "tags:\n- a\n- b c\n- \n-\n- 12\n- 'q'\n",
    "indented list": "tags:\n  - a\n  - \"[[b|c]]\"\nz: 1\n",
    "list on and on": "a:\n- 1\nb:\n   - 2\nc:\n- 3\n",
    "flow list": "a: [x, y z, 12, \"p, q\", 'r', -1, ~]\nb: []\nc: [ s ]\n",
    "quotes inside a flow text": "a: [b\"c, d 'e]\n",
    "comments and blank lines": "\n# top\na: 1\n\n# about b\n  \nb:\n# within\n\n- x\n# still within\n- y\n# end\n\n",
    "only carriage returns at line ends": "a: x\r\nb:\r\n- y\r\n\r\n# c\r\nc: [z]\r\n",
    "no line end": "a: x",
    "no line end in a list": "a:\n- x\n-",
    "japanese": "題名: 庭の日記\ntags:\n- 日記、写真\n# 注\nz: [花, '木']\n",
    "spaces YAML does not know": "a: \u00a0x\u3000\n\u3000b: y\nc: z\u00a0\n",
    "a brace behind a space YAML does not know": "\u00a0{a: b\n\n",
    "emoji": "icon: 🌱\nx: 1\n",
    "many stars, no anchor": "a: " + "*b ".join("x" * 30) + "\n",
    "brackets as text": "a: x" + "[" * 60 + "\n",
}  # fmt: skip

NOT_SIMPLE = {
    "nothing": "", "blank": " \n\n", "comments alone": "# a\n",
    "no mapping": "text\n", "list at the top": "- a\n", "map in braces": "{a: b}\n", "list in brackets": "[a]\n",
    "colon in a text": "a: b: c\n", "colon at the end": "a: b:\n", "comment behind": "a: b # c\n",
    "tag comment": "tags:\n- #a\n", "hash value": "a: #b\n", "map in a list": "a:\n- b: c\n",
    "list in a list": "a:\n- - b\n", "list in brackets in a list": "a:\n- [b]\n", "map below": "a:\n  b: c\n",
    "text below": "a:\n  b\n", "text goes on": "a: b\n  c\n", "item goes on": "a:\n- b\n  c\n",
    "list below a text": "a: b\n- c\n", "items not in line": "a:\n  - b\n - c\n",
    "item below an item": "a:\n- b\n  - c\n",
    "anchor": "a: &b c\n", "alias": "a: *b\n", "tag": "a: !!str 12\n", "literal": "a: |\n  b\n",
    "folded": "a: >\n  b\n",
    "at": "a: @b\n", "backtick": "a: `b`\n", "percent": "%a: b\n", "question": "? a\n: b\n", "dash value": "a: -\n",
    "escape": 'a: "b\\nc"\n', "quote doubled": "a: 'b''c'\n", "text behind quotes": 'a: "b" c\n',
    "quote not closed": 'a: "b\n', "quoted key": '"a": b\n', "quote goes on": "a: 'b\n  c'\n",
    "nested brackets": "a: [[b]]\n", "map in brackets": "a: [b: c]\n", "braces": "a: {b: c}\n",
    "template": "a: {{b}}\n",
    "brackets not closed": "a: [b\n", "brackets over lines": "a: [b,\n  c]\n", "nothing between commas": "a: [b,,c]\n",
    "comma at the end": "a: [b, ]\n", "text behind brackets": "a: [b] c\n", "question in brackets": "a: [b?]\n",
    "tab": "a:\tb\n", "tab indents": "\ta: b\n", "indented keys": "  a: b\n  c: d\n",
    "indented comment": "a: b\n  # c\nd: e\n",
    "key twice": "a: b\na: c\n", "space before the colon": "a : b\n", "no space behind the colon": "a:b\n",
    "document starts": "--- \na: b\n", "document ends": "a: b\n...\n", "document ends in a key": "... a: b\n",
    "NEL": "a: b\u0085c: d\n", "LS": "a: b\u2028c: d\n", "PS": "a: b\u2029\n", "byte order mark": "\ufeffa: b\n",
    "null byte": "a: \0\n", "delete": "a: \x7f\n", "C1": "a: \x9b\n", "form feed": "a: b\x0c\n",
    "no character": "a: \uffff\n",
    "carriage return alone": "a: b\rc: d\n", "carriage return at the end": "a: b\r", "long key": "k" * 200 + ": v\n",
    "too many brackets": "a: x" + "[" * 70 + "\n", "dashes as in a deep list": "a: b" + " -" * 80 + "\n",
    "stars as of aliases": "a: b & c" + " *d" * 30 + "\n", "large": "a: " + "x" * 70_000 + "\n",
}  # fmt: skip


@pytest.mark.parametrize("text", SIMPLE.values(), ids=SIMPLE)
def test_simple_front_matter_is_read_without_the_parser(text: str) -> None:
    assert agrees(text.encode())


@pytest.mark.parametrize("text", NOT_SIMPLE.values(), ids=NOT_SIMPLE)
def test_the_parser_has_the_word_on_the_rest(text: str) -> None:
    assert read_simple(text.encode(), START) is None


def test_bytes_that_are_no_utf8_are_not_simple() -> None:
    assert read_simple(b"a: caf\xe9\n") is None


def test_values_types_and_places() -> None:
    block = "# top\n題: 12\ntags:\n- 花\n-\n\n# end\nz: [a, 'b']\n".encode()
    read = read_simple(block)
    assert read is not None
    assert [(p.key, p.value, block[slice(*p.span)].decode()) for p in read] == [
        ("題", 12, "題: 12\n"),
        ("tags", ["花", None], "tags:\n- 花\n-\n"),
        ("z", ["a", "b"], "z: [a, 'b']\n"),
    ]


FRAGMENTS = [
    "a", "b", "key: ", "k:", "tags:\n", "tags:\n- a\n", "x: [a, b]\n", "- ", "-", "- - ", "  - b\n", "  - c\n",
    "- [a]\n",
    ": ", ":", "::", " #", "#", "# c\n", "  # c\n", "'", '"', "''", '""', ",", "[", "]", "{", "}", "yes", "true",
    "null",
    "12:30", "0123", "1e3", ".5", "0x1F", "~", "-1", "+1", ".inf", "2024-01-31", "C#", "a#b", "a:b", "é", "日記", "😀",
    "\n", "\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "\u00a0", "\u3000", "\u0085", "\u2028", "\ufeff", "\ufffe",
    "\x00", "\x0b", "\x1c", "\x7f", "&a", "*a", "!", "!!str ", "|", ">", "%", "@", "`", "?", "? ", "\\", "<<", "=",
    "...", "... ", "---", "--- ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
LINE = st.one_of(
    st.builds("{}: {}\n".format, st.sampled_from("abc"), TEXT),
    st.builds("{}:\n{}- {}\n{}- {}\n".format, st.sampled_from("def"), *[st.sampled_from(["", "", "  "]), TEXT] * 2),
    st.builds("{}: [{}, {}]\n".format, st.sampled_from("ghi"), TEXT, TEXT),
    st.sampled_from(["\n", "# c\n", "  \n", "z: 1\n"]),
    TEXT,
)


@settings(max_examples=1000)
@given(st.one_of(TEXT, st.lists(LINE, max_size=4).map("".join)))
@example("\u00a0{a: b\n\n")
def test_near_yaml_is_read_alike(text: str) -> None:
    agrees(text.encode())


@given(st.lists(LINE, max_size=4).map("".join))
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    block = find_front_matter(f"---\n{text}\n---\n".encode())
    assert block is not None
    assert not (block.error and block.properties)


@pytest.mark.parametrize(
    "unit", ["\n", "# c\n", "a:\n", "- \n", "-", ":", " ", "a: [", "a:\n  - x\n", "'", "k", " #", "x: y\n\n\n"]
)
def test_long_repetitions_are_read_in_time(unit: str) -> None:
    with not_hanging():
        for head in ("", "a: ", "a:\n- ", "a: ["):
            agrees((head + unit * (60_000 // len(unit))).encode())


@pytest.mark.skipif(not HUB.is_file(), reason="needs the sample vault")
def test_a_real_vault_is_read_alike_and_nearly_all_of_it_is_simple() -> None:
    with tarfile.open(HUB) as packed:
        notes = [packed.extractfile(m).read() for m in packed if m.isfile() and m.name.endswith(".md")]  # type: ignore[union-attr]
    found = [(data, block) for data in notes if (block := find_front_matter(data))]
    simple = [agrees(data[slice(*block.content)]) for data, block in found]
    assert len(simple) > 6000
    share = sum(simple) / len(simple)
    print(f"simple: {share:.2%} of {len(simple)}")
    assert share >= 0.95
