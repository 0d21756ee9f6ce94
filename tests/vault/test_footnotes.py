"""Footnotes: references, definitions, and those written in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.footnotes import Footnotes, footnotes
from vaultkit.vault.parse import parse


def read(text: str) -> Footnotes:
    return footnotes(parse("N.md", text.encode()))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("a[^1] b[^näher]", ["1", "näher"]),
        ("a[^1][^2]", ["1", "2"]),
        ("| a[^1] |", ["1"]),
        ("[text[^1]](u)", ["1"]),
        ("> - [^1]", ["1"]),
        ("---\nk: '[^1]'\n---\n[^2]", ["2"]),
        ("mid [^1]: colon", ["1"]),
        ("`[^1]` [^2]", ["2"]),
        ("```\n[^1]\n```\n", []),
        ("$[^1]$", []),
        ("<!-- [^1] -->", []),
        ("<div>\n[^1]\n</div>", []),
        ("%% [^1] %%", []),
        ('<a title="[^1]">', []),
        (r"\[^1]", []),
        (r"\\[^1]", ["1"]),
        ("[[^1]]", []),
        ("[^a b] [^] [^ ] [^a\nb] [^[x]]", []),
    ],
)
def test_references(text: str, ids: list[str]) -> None:
    found = read(text)
    assert [one.id for one in found.references] == ids
    assert found.definitions == ()
    for one in found.references:
        assert text.encode()[slice(*one.span)].decode() == f"[^{one.id}]"


@pytest.mark.parametrize(
    ("text", "definitions"),
    [
        ("[^1]: one", [("1", "one")]),
        ("[^1]:one\n[^2]: two\n", [("1", "one"), ("2", "two")]),
        ("[^1]: one\n  more\n\tand more\nnot", [("1", "one\n  more\n\tand more")]),
        ("[^1]: one\n\n    par\n\n  not", [("1", "one\n\n    par")]),
        ("[^1]: one\n\n\n\tpar\n", [("1", "one\n\n\n\tpar")]),
        ("[^1]:\n    below", [("1", "below")]),
        ("[^1]:", [("1", "")]),
        ("[^1]: one\r\n  more\r\n\r\nnot", [("1", "one\r\n  more")]),
        ("> [^1]: one\n>   more\n> not\n", [("1", "one\n>   more")]),
        ("> [^1]: one\n  not", [("1", "one")]),
        ("   [^1]: one", [("1", "one")]),
        ("text\n[^1]: one", [("1", "one")]),
        ("[^1]: has [^2]: inside", [("1", "has [^2]: inside")]),
        ("    [^1]: code", []),
        ("```\n[^1]: code\n```", []),
        ("%%\n[^1]: x\n%%", []),
        ("a [^1]: no", []),
        ("- [^1]: no", []),
        (r"\[^1]: no", []),
        ("[1]: no", []),
    ],
)
def test_definitions(text: str, definitions: list[tuple[str, str]]) -> None:
    found = read(text)
    assert [(one.id, one.text) for one in found.definitions] == definitions
    for one in found.definitions:
        written = text.encode()[slice(*one.span)].decode()
        assert written.startswith(f"[^{one.id}]:")
        assert written.endswith(one.text)


@pytest.mark.parametrize(
    ("text", "inline"),
    [
        ("a^[note] b^[two]", ["note", "two"]),
        ("^[a [b] c]", ["a [b] c"]),
        ("^[see [[Note]]]", ["see [[Note]]"]),
        ("^[a ^[b] c]", ["a ^[b] c"]),
        ("[x ^[in a link] y](u)", ["in a link"]),
        ("^[over\ntwo lines]", ["over\ntwo lines"]),
        (r"^[a \] b]", [r"a \] b"]),
        ("^[a `]` b]", ["a `]` b"]),
        ("^[two\n\nparagraphs]", []),
        ("^[open", []),
        ("x] ^[after]", ["after"]),
        ("`^[code]`", []),
        ("%% ^[hidden] %%", []),
    ],
)
def test_inline(text: str, inline: list[str]) -> None:
    found = read(text)
    assert [one.text for one in found.inline] == inline
    assert [text.encode()[slice(*one.span)].decode() for one in found.inline] == [f"^[{one}]" for one in inline]


def test_what_does_not_go_together() -> None:
    found = read("a[^One] b[^2]\n\n[^one]: x\n[^ONE]: y\n[^3]: z\n")
    assert [one.id for one in found.undefined] == ["2"]
    assert [one.id for one in found.unused] == ["3"]
    assert [one.text for one in found.duplicates] == ["y"]


@given(st.text(alphabet="[^]: 1a\n>\\`\t\r%é", max_size=60))
def test_places_are_right(text: str) -> None:
    data = text.encode()
    found = footnotes(parse("N.md", data))
    assert all(data[slice(*one.span)] == f"[^{one.id}]".encode() for one in found.references)
    assert all(data[slice(*one.span)].startswith(f"[^{one.id}]:".encode()) for one in found.definitions)
    assert all(data[slice(*one.span)][:2] == b"^[" for one in found.inline)
    starts = [one.span.start for one in (*found.references, *found.definitions)]
    assert len(starts) == len(set(starts))


UNITS = [
    "[^1]", "[^1]: a\n", "[^1]: a\n\n\n", "[^1]:\n    b\n", "^[", "^[]", "^[[", "]", "[^", "> [^1]: a\n>   b\n",
    "\n    ", "[^1]: a\n  b\n", "\\[^1]", "`[^1]` ", " ", ">",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_long_ones(unit: str) -> None:
    note = parse("N.md", b"^[x] [^1]: y\n[^2]: a\n" + unit.encode() * (1_000_000 // len(unit)))
    with not_hanging(20):
        footnotes(note)
