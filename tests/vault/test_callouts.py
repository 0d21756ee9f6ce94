"""Callouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.callouts import callouts
from vaultkit.vault.parse import parse


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("> [!note]", ("note", "", "", "")),
        ("> [!WARNING] Mind the gap", ("warning", "", "", "Mind the gap")),
        ("> [!tip]- Closed", ("tip", "", "-", "Closed")),
        ("> [!tip]+", ("tip", "", "+", "")),
        ("> [!tip] - dash", ("tip", "", "", "- dash")),
        ("> [!info|wide left] T", ("info", "wide left", "", "T")),
        ("> [!info|]", ("info", "", "", "")),
        ("> [!my own kind] T", ("my own kind", "", "", "T")),
        ("> [!注意] 題", ("注意", "", "", "題")),
        (">[!note]T", ("note", "", "", "T")),
        ("   > [!note]\r", ("note", "", "", "")),
        (">\t[!note] with [[link]] and `code`", ("note", "", "", "with [[link]] and `code`")),
        ("---\na: b\n---\n> [!note]", ("note", "", "", "")),
        ("- > [!note] in an item", ("note", "", "", "in an item")),
        ("1. > [!note]", ("note", "", "", "")),
        ("- a\n\n  > [!note]", ("note", "", "", "")),
        ("text\n> [!note]", ("note", "", "", "")),
    ],
)
def test_headers(line: str, expected: tuple[str, ...]) -> None:
    (found,) = callouts(parse("N.md", line.encode()))
    assert found[:4] == expected
    header = line.encode()[slice(*found.header)].decode()
    assert header.startswith("[!")
    assert header.endswith(expected[3] or ("]", "+", "-"))


@pytest.mark.parametrize(
    "text",
    [
        "[!note]",
        "> text [!note]",
        "> text\n> [!note]",
        ">\n> [!note]",
        "> - [!note]",
        "- [!note]",
        "> [!]",
        "> [!note",
        "> ![!note]",
        "> \\[!note]",
        "> [! note\n> x]",
        "    > [!note]",
        "```\n> [!note]\n```",
        "> ```\n> > [!note]\n> ```",
        "%%\n> [!note]\n%%",
        "<!--\n> [!note]\n-->",
        "> `[!note]`",
        "> > x\n> [!note]",
        "---\nk: |\n  > [!note]\n---\n",
    ],
)
def test_what_is_none(text: str) -> None:
    assert callouts(parse("N.md", text.encode())) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!a] T\n> one\n> two\n\n> [!b]\n", [("a", 1, "> [!a] T\n> one\n> two"), ("b", 1, "> [!b]")]),
        ("> [!a]\r\n> one\r\nlazy\r\n", [("a", 1, "> [!a]\r\n> one")]),
        ("> [!a]\n> > [!b]\n> > in\n> up", [("a", 1, "> [!a]\n> > [!b]\n> > in\n> up"), ("b", 2, "> [!b]\n> > in")]),
        ("> > [!b]\n> up\n> > [!c]", [("b", 2, "> [!b]"), ("c", 2, "> [!c]")]),
        ("> [!a]\n>\n> > [!b]\n>\n>> [!c]", [
            ("a", 1, "> [!a]\n>\n> > [!b]\n>\n>> [!c]"), ("b", 2, "> [!b]"), ("c", 2, "> [!c]"),
        ]),
        ("> [!a]\n> ```\n> > x\n> [!b]\n> ```\n> end", [("a", 1, "> [!a]\n> ```\n> > x\n> [!b]\n> ```\n> end")]),
        ("> [!a]\n> ```\n> > [!b]\n", [("a", 1, "> [!a]\n> ```\n> > [!b]")]),
        ("- > [!a]\n  > more\n- > [!b]", [("a", 1, "> [!a]\n  > more"), ("b", 1, "> [!b]")]),
        ("> - > [!a]\n> - > [!b]", [("a", 2, "> [!a]"), ("b", 2, "> [!b]")]),
        ("> [!a]\n```\n> x\n```\n> [!b]", [("a", 1, "> [!a]"), ("b", 1, "> [!b]")]),
        ("> [!a]\n> %% x %%\n> y", [("a", 1, "> [!a]\n> %% x %%\n> y")]),
    ],
)  # fmt: skip
def test_what_belongs_to_one(text: str, expected: list[tuple[str, int, str]]) -> None:
    found = callouts(parse("N.md", text.encode()))
    assert [(one.type, one.depth, text.encode()[slice(*one.span)].decode()) for one in found] == expected


@given(st.text(alphabet="> -[!a]|+\n`\r1.\té", max_size=60))
def test_places_are_right(text: str) -> None:
    data = text.encode()
    found = callouts(parse("N.md", data))
    for one in found:
        assert data[one.span.start : one.span.start + 1] == b">"
        assert data[slice(*one.header)].startswith(b"[!")
        assert one.span.start < one.header.start < one.header.end <= one.span.end
    assert [one.header.start for one in found] == sorted({one.header.start for one in found})


UNITS = [
    "> [!a]\n", "> ", ">", "> [!a]\n\n", "- > [!a]\n", "- ", "> - ", "> [!", "[!a]", "> [!a|", "> [!a]\n> > [!b]\n",
    "> [!a]- ", "\n>",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_long_ones(unit: str) -> None:
    note = parse("N.md", b"> [!x]\n" + unit.encode() * (1_000_000 // len(unit)))
    with not_hanging(20):
        callouts(note)


def test_many_inside_each_other() -> None:
    lines = [">" * depth + "[!a]" for depth in range(1, 1400)] + [">" * 1400 + "x"] * 300
    note = parse("N.md", "\n".join(lines).encode())
    with not_hanging(20):
        assert len(callouts(note)) == 1399
