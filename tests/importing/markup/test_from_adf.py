"""Atlassian's document format → Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from tests.importing.markup.laws import lost_words, resolve
from vaultkit.importing.markup.from_adf import from_adf

Node = dict[str, object]


def node(kind: str, *content: Node, **attrs: object) -> Node:
    return {"type": kind, "attrs": attrs, "content": list(content)}


def text(words: str, *marks: str, **link: str) -> Node:
    found: list[Node] = [{"type": mark} for mark in marks]
    if link:
        found.append({"type": "link", "attrs": link})
    return {"type": "text", "text": words, "marks": found}


def par(*content: Node) -> Node:
    return node("paragraph", *content)


def row(kind: str, *words: str) -> Node:
    return node("tableRow", *(node(kind, par(text(one))) for one in words))


CASES: dict[str, tuple[object, str]] = {
    "paragraphs": (node("doc", par(text("a")), par(text("b"), node("hardBreak"), text("c"))), "a\n\nb\nc"),
    "heading": (node("heading", text("a"), level=2), "## a"),
    "marks": (
        par(text("a", "strong"), text(" "), text("b", "em", "strike"), text(" "), text("c", "code")),
        "**a** *~~b~~* `c`",
    ),
    "marks that go on": (par(text("a ", "strong"), text("b", "strong", "em"), text(" c")), "**a *b*** c"),
    "link": (par(text("a", href="http://b.c")), "[a](http://b.c)"),
    "sub": (
        par({"type": "text", "text": "2", "marks": [{"type": "subsup", "attrs": {"type": "sub"}}]}),
        "<sub>2</sub>",
    ),
    "lists": (
        node(
            "bulletList",
            node("listItem", par(text("a")), node("orderedList", node("listItem", par(text("b"))), order=1)),
        ),
        "- a\n  1. b",
    ),
    "tasks": (
        node("taskList", node("taskItem", text("a"), state="DONE"), node("taskItem", text("b"))),
        "- [x] a\n- [ ] b",
    ),
    "code": (node("codeBlock", text("x = *1*"), language="python"), "```python\nx = *1*\n```"),
    "quote": (node("blockquote", par(text("a"))), "> a"),
    "panel": (node("panel", par(text("a")), panelType="warning"), "> [!warning]\n> a"),
    "expand": (node("expand", par(text("a")), title="T"), "> [!note]- T\n> a"),
    "rule": (node("doc", par(text("a")), node("rule"), par(text("b"))), "a\n\n---\n\nb"),
    "table": (
        node("table", row("tableHeader", "A", "B"), row("tableCell", "1", "2|")),
        "| A | B |\n| --- | --- |\n| 1 | 2\\| |",
    ),
    "mention": (par(node("mention", id="1", text="@Ann")), "@Ann"),
    "emoji": (par(node("emoji", shortName=":x:", text="😀")), "😀"),
    "date": (par(node("date", timestamp="1700000000000")), "2023-11-14"),
    "status": (par(node("status", text="DONE")), "`DONE`"),
    "card": (par(node("inlineCard", url="http://a.b/c")), "<http://a.b/c>"),
    "file": (node("mediaSingle", node("media", id="u-1", alt="pic.png")), "![[pic.png]]"),
    "file that is not here": (node("mediaSingle", node("media", id="u-1", alt="x.png")), "`x.png`"),
    "unknown": (node("mystery", par(text("a"))), "a"),
    "plain text": ("a *b*", "a \\*b\\*"),
    "null": (None, ""),
    "nonsense": ({"type": 3, "content": [None, 4, {"content": {}}], "attrs": []}, ""),
}


@pytest.mark.parametrize(("given_node", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(given_node: object, expected: str) -> None:
    assert from_adf(given_node, resolve).text == expected


_KINDS = "doc paragraph heading bulletList listItem taskItem blockquote panel expand table tableRow tableCell codeBlock x".split()
_LEAVES = st.integers(0, 99).map(lambda n: text(f"w{n} "))
_NODES = st.recursive(
    _LEAVES,
    lambda inner: st.builds(
        lambda kind, content: node(kind, *content), st.sampled_from(_KINDS), st.lists(inner, max_size=3)
    ),
)


@given(_NODES)
def test_no_word_is_lost(tree: Node) -> None:
    assert lost_words(str(tree), from_adf(tree)) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "content", "attrs", "text", "marks"]), inner)
    ),
)


@given(_JSON)
def test_it_never_raises(value: object) -> None:
    from_adf(value)


def test_no_depth_is_too_deep() -> None:
    deep: Node = text("w1")
    for _ in range(20_000):
        deep = {"type": "blockquote", "content": [deep]}
    with not_hanging():
        assert "w1" in from_adf(deep).text


def test_much_is_read_in_linear_time() -> None:
    with not_hanging():
        from_adf(node("doc", *(par(text("*a ", "strong")) for _ in range(30_000))))
