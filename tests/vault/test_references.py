"""What notes, canvases and bases refer to, and by which words."""

from __future__ import annotations

import json

import pytest

from tests.conftest import not_hanging
from vaultkit.vault.board import read_file
from vaultkit.vault.references import Reference, references


def read(text: str, path: str = "N.md") -> list[str]:
    return [one.path for one in references(read_file(path, text.encode()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[A#x|y]] ![[b/C.png|300]] [d](./D%20d.md#z) [[#Below]] `[[E]]`", ["A", "b/C.png", "./D d.md"]),
        ("[r]: <E e.md>\n\n%% [[F]] %%", ["E e.md", "F"]),
        ("---\nup: '[[A|b]]'\nmore: ['[[B]]', C]\n---\n", ["A", "B"]),
        ('```base\nfilters: file.hasLink("A#x")\nformulas: {b: \'link("B.md")\'}\n```\n', ["A", "B.md"]),
        ('```base\nfilters: file.inFolder("A") && file.hasTag("b")\n```\n', []),
        ("```base\n[\n```\n", []),
        ("---\ncover: Pics/Lamp.png\nv: 1.5\nsite: https://example.org/x.png\nnote: Other.md\nn: a.b c\n---\n", []),
        ("<img alt='x' SRC = \"../Pics/Lamp%201.png\"> <a href='Plan.pdf#page=2'> <a href='N.md'>", []),
    ],
    ids=["text", "definition-comment", "properties", "base", "no-link", "broken-base", "plain-property", "html"],
)
def test_notes(text: str, expected: list[str]) -> None:
    found = read(text)
    assert [path for path in found if path in expected] == expected
    assert all(path.endswith((".png", ".pdf", ".b c")) for path in found if path not in expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ncover: Pics/Lamp.png\n---\n", ["Pics/Lamp.png"]),
        ("---\nbanner: '![[Lamp.png|x]] and [[雨.jpg#t=1]]'\n---\n", ["Lamp.png", "雨.jpg"]),
        ("---\nfiles: [a.pdf, {b: c.zip}, 5, null]\n---\n", ["a.pdf", "c.zip"]),
        ("<img src=\"../P/Lamp%201.png\"><video poster='a.jpg' src=b.mp4>", ["../P/Lamp 1.png", "a.jpg"]),
        ("<a href='Plan.pdf#page=2'>", ["Plan.pdf"]),
        ("<img src=\"https://example.org/x.png\"> <a href='N.md'> <img src=''> <img src=\"x.png\n", []),
    ],
)
def test_what_only_attachments_are_named_by(text: str, expected: list[str]) -> None:
    assert sorted(read(text)) == sorted(expected)


def test_a_canvas_and_a_base() -> None:
    nodes = [
        {"type": "file", "file": "x/A.md"},
        {"type": "text", "text": "[[B]] ![[C.png]]"},
        {"type": "group", "background": "P/D.png"},
        {"type": "link", "url": "https://example.org"},
    ]
    found = references(read_file("P.canvas", json.dumps({"nodes": nodes}).encode()))
    assert sorted(found) == [("B", False), ("C.png", False), ("P/D.png", True), ("x/A.md", True)]
    assert read("{", "P.canvas") == []
    assert read("filters: link('A.md', \"shown\")\n", "P.base") == ["A.md"]


@pytest.mark.parametrize("unit", ['src="', "src='", "<img src=", "href = ", "[[", "---\na: [[", "```base\n", "link("])
def test_much_of_anything(unit: str) -> None:
    with not_hanging():
        for text in (unit * (300_000 // len(unit)), f"---\na: '{unit.strip()}{'x' * 100_000}'\n---\n"):
            assert all(isinstance(one, Reference) for one in references(read_file("N.md", text.encode())))
