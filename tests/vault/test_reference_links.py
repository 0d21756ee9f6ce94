"""Links by reference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.vault.parse import parse
from vaultkit.vault.reference_links import definitions, label_key, reference_links

DEFINED = "\n\n[ref]: My%20Note.md#Part\n[Web site]: <https://example.org/a%20b> 'T'\n[ref]: second.md\n"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[text][ref]", [("text", "My Note.md#Part", False)]),
        ("[ref][]", [("ref", "My Note.md#Part", False)]),
        ("[ref]", [("ref", "My Note.md#Part", False)]),
        (
            "[REF] and [web\nSITE]",
            [("REF", "My Note.md#Part", False), ("web\nSITE", "https://example.org/a%20b", False)],
        ),
        ("![pic][ref]", [("pic", "My Note.md#Part", True)]),
        ("![ref]", [("ref", "My Note.md#Part", True)]),
        ("[a [b] c][ref]", [("a [b] c", "My Note.md#Part", False)]),
        (
            "[![pic][ref]][Web site]",
            [("![pic][ref]", "https://example.org/a%20b", False), ("pic", "My Note.md#Part", True)],
        ),
        ("[x [ref] y][ref]", [("ref", "My Note.md#Part", False), ("ref", "My Note.md#Part", False)]),
        ("[nope][ref][x]", [("nope", "My Note.md#Part", False)]),
        ("[nope][gone] [ref]", [("ref", "My Note.md#Part", False)]),
        ("> [ref]\n- [ref]", [("ref", "My Note.md#Part", False)] * 2),
        ("[a `]` b][ref]", [("a `]` b", "My Note.md#Part", False)]),
        ("[ref](other.md)", []),
        ("[ref][gone]", []),
        (r"\[ref] [ref\]", []),
        ("`[ref]`", []),
        ("[[ref]]", []),
        ("[^ref]", []),
        ("[x [ref\n\n] y][ref", []),
        ("[]", []),
        ("$[ref]$ <!-- [ref] -->", []),
    ],
)
def test_links(text: str, links: list[tuple[str, str, bool]]) -> None:
    data = (text + DEFINED).encode()
    found = reference_links(parse("N.md", data))
    assert [(data[slice(*one.text_span)].decode(), one.definition.target, one.embed) for one in found] == links
    assert all(data[slice(*one.span)].startswith(b"![" if one.embed else b"[") for one in found)


def test_a_task_is_no_link() -> None:
    found = reference_links(parse("N.md", b"- [x] done [x]\n\n[x]: a.md\n"))
    assert [one.span for one in found] == [(11, 14)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]: b.md", {"a": ("b.md", False)}),
        ("[A  B]: <b c.md> 't'", {"a b": ("b c.md", False)}),
        ("[a]: mailto:x@example.org", {"a": ("mailto:x@example.org", True)}),
        ("[a]: //example.org", {"a": ("//example.org", True)}),
        ("[a]: one.md\n[b]: two.md\n[A]: three.md", {"a": ("one.md", False), "b": ("two.md", False)}),
        ("# H\n[a]: b.md", {"a": ("b.md", False)}),
        ("> [a]: b.md", {"a": ("b.md", False)}),
        ("```\nx\n```\n[a]: b.md", {"a": ("b.md", False)}),
        ("---\nk: v\n---\n[a]: b.md", {"a": ("b.md", False)}),
        ("text\r\n\r\n[a]: b.md\r\n", {"a": ("b.md", False)}),
        ("text\n[a]: b.md", {}),
        ("[^a]: b.md", {}),
        ("```\n[a]: b.md\n```", {}),
        ("    [a]: b.md", {}),
        ("x [a]: b.md", {}),
        ("[]: b.md", {}),
        ("[a]:", {}),
        ("[[a]]: b.md", {}),
    ],
)
def test_definitions(text: str, expected: dict[str, tuple[str, bool]]) -> None:
    found = definitions(parse("N.md", text.encode()))
    assert {label: (one.target, one.external) for label, one in found.items()} == expected


def test_labels() -> None:
    assert label_key(" Über\n  UNS ") == label_key("über uns")
    assert label_key("a-b") != label_key("a b")


@given(st.text(alphabet="[]!()a:\n\\` x^>", max_size=50))
def test_places_are_right(text: str) -> None:
    data = (text + "\n\n[a]: t.md\n").encode()
    for one in reference_links(parse("N.md", data)):
        assert data[slice(*one.span)].startswith(b"![" if one.embed else b"[")
        assert data[one.span.end - 1 : one.span.end] == b"]"
        assert one.span.start < one.text_span.start <= one.text_span.end < one.span.end


UNITS = [
    "[", "]", "[]", "[a]", "[a][a]", "![", "![![a][a]][a]", "[a]: b\n", "[a][", "][", "[" + "x" * 3000, "![a", "a]",
    "\\[", "\n[a]: b", "> [a]: b\n", " ", "[a [", "][a]",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_long_ones(unit: str) -> None:
    note = parse("N.md", b"[a]: b.md\n\n" + unit.encode() * (1_000_000 // len(unit)))
    with not_hanging(20):
        reference_links(note)


def test_many_inside_each_other() -> None:
    note = parse("N.md", b"[a]: b.md\n\n" + b"![" * 100_000 + b"x" + b"][a]" * 100_000)
    with not_hanging(20):
        assert len(reference_links(note)) == 100_000
