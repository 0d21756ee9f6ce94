"""Dataview's inline fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.inline_fields import inline_fields
from vaultkit.vault.parse import parse


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Key:: value", [("Key", "value", "")]),
        ("  Step count :: 8 000 \r\n", [("Step count", "8 000", "")]),
        ("Empty::", [("Empty", "", "")]),
        ("Empty:: \nx", [("Empty", "", "")]),
        ("**Mood**:: good", [("Mood", "good", "")]),
        ("天気:: 晴れ", [("天気", "晴れ", "")]),
        ("Read:: [[Book]], [x](u)", [("Read", "[[Book]], [x](u)", "")]),
        ("a:: b:: c", [("a", "b:: c", "")]),
        ("- key:: v\n* b:: w\n1. c:: x", [("key", "v", ""), ("b", "w", ""), ("c", "x", "")]),
        ("> d:: y\n- [x] e:: z", [("d", "y", ""), ("e", "z", "")]),
        ("it was [mood:: good] and (place:: Ōta (west))", [("mood", "good", "["), ("place", "Ōta (west)", "(")]),
        ("- [ ] call [due:: 2024-01-31]", [("due", "2024-01-31", "[")]),
        ("[with:: [[Ines]]]", [("with", "[[Ines]]", "[")]),
        ("[a:: x [b] y]", [("a", "x [b] y", "[")]),
        ("[a:: (b]", [("a", "(b", "[")]),
        ("[a::]", [("a", "", "[")]),
        ("Line:: x [b:: y]", [("b", "y", "[")]),
        ("[a:: x (b:: y)]", [("a", "x (b:: y)", "[")]),
        ("%% hidden:: yes %%\n%%\nk:: v\n%%", [("k", "v", "")]),
        ("---\nk: a:: b\n---\nl:: w", [("l", "w", "")]),
        ("Bob's goal:: x", [("Bob's goal", "x", "")]),
    ],
)  # fmt: skip
def test_fields(text: str, fields: list[tuple[str, str, str]]) -> None:
    found = inline_fields(parse("N.md", text.encode()))
    assert [one[:3] for one in found] == fields
    for one in found:
        assert text.encode()[slice(*one.value_span)].decode() == one.value
        assert text.encode()[slice(*one.span)].decode().startswith(one.bracket or ("*", one.key))


@pytest.mark.parametrize(
    "text",
    [
        "std::vector is a class",
        "use (std::vector) here",
        "https://example.org/a:: b",
        "<https://a::b>",
        "`key:: value`",
        "a `key:: value` b",
        "```\nkey:: value\n```",
        "    key:: value",
        "$key:: value$",
        "<!-- key:: value -->",
        "[[key:: value]]",
        "[x](<key:: value>)",
        "# Key:: value",
        "| key:: v |",
        ":: value",
        "key: value",
        "a, b:: c",
        "end.\\[k:: v\\]",
        "#tag:: x",
    ],
)
def test_what_is_none(text: str) -> None:
    assert inline_fields(parse("N.md", text.encode())) == ()


@given(st.text(alphabet="[]()k: \n\\`v>-*é\r", max_size=60))
def test_places_are_right(text: str) -> None:
    data = text.encode()
    reached = 0
    for one in inline_fields(parse("N.md", data)):
        assert one.span.start >= reached
        reached = one.span.end
        assert data[slice(*one.value_span)].decode() == one.value
        assert one.span.start < one.value_span.start <= one.value_span.end <= one.span.end
        assert one.key


UNITS = [
    "[a:: ", "[a:: b]", "(a:: ", "[", "]", "[[", "a:: ", "a::", "::", ": ", "a:: b\n", "[a::b", "- x\n", "> ", "*",
    "[(", "`[a:: b]",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_long_ones(unit: str) -> None:
    note = parse("N.md", b"k:: v\n" + unit.encode() * (1_000_000 // len(unit)) + b" k:: v]")
    with not_hanging(20):
        inline_fields(note)
