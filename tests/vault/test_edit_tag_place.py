"""Tags brought to one place, and what keeps them where they are."""

from __future__ import annotations

import pytest

from vaultkit.vault.edit import apply_edits
from vaultkit.vault.edit_tag_place import tags_to_property, tags_to_text
from vaultkit.vault.parse import parse
from vaultkit.vault.tag_lines import tag_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#a", "---\ntags:\n  - a\n---\n"),
        ("#a #b, #c\nx\n", "---\ntags:\n  - a\n  - b\n  - c\n---\nx\n"),
        ("x\n#a　#A\n", "---\ntags:\n  - a\n---\nx\n"),
        ("x\r\n\r\n#a\r\n\r\ny\r\n", "---\r\ntags:\r\n  - a\r\n---\r\nx\r\n\r\ny\r\n"),
        ("x\n\n#a\n\n#b\n", "---\ntags:\n  - a\n  - b\n---\nx\n"),
        ("# T\n#a\nx\n", "---\ntags:\n  - a\n---\n# T\nx\n"),
        ("x\n\n---\n#a\n", "---\ntags:\n  - a\n---\nx\n\n---\n"),
        ("- x\n\n#a\n", "---\ntags:\n  - a\n---\n- x\n"),
        ("---\ntags: a # c\n---\n#a\n", "---\ntags: a # c\n---\n"),
        ("---\ntags: [b]\n---\n#a", "---\ntags: [b, a]\n---\n"),
        ("---\ntags: b, c\n---\n#a", None),
        ("---\na: b: c\n---\n#a", None),
        ("x\n#a\n---\n", None),
        ("x\n#a\n===\n", None),
        ("x\n- y\n#a\n", None),
        ("> x\n#a\n", None),
        ("| x |\n|---|\n#a\n", None),
        ("a | b\n--|--\n#a\n", None),
        ("1. x\n#a\n", None),
        (" #a\n", None),
        ("#a x\n", None),
        ("%%\n#a\n%%\n", None),
        ("```\n#a\n```\n", None),
        ("x\n#a\n- y\n", "---\ntags:\n  - a\n---\nx\n- y\n"),
    ],
)
def test_lines_of_tags_to_the_property(text: str, expected: str | None) -> None:
    note = parse("n.md", text.encode())
    lines = tag_lines(note)
    edits = tags_to_property(note, lines) if lines else None
    assert (apply_edits(note.data, edits).decode() if edits else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntags: [a, b]\n---\n", "#a #b\n"),
        ("---\ntags: a\n---\nx", "x\n\n#a\n"),
        ("---\nt: 1\nTags:\n  - a\n---\nx #A\n", "---\nt: 1\n---\nx #A\n"),
        ("---\r\ntags: [日記]\r\n---\r\n- x\r\n", "- x\r\n\r\n#日記\r\n"),
        ("---\ntags: [a] # c\n---\n", None),
        ("---\ntags: [a, b c]\n---\n", None),
        ("---\ntags: [a]\n---\n```\nx", None),
        ("x", None),
    ],
)
def test_the_property_to_a_line_of_tags(text: str, expected: str | None) -> None:
    note = parse("n.md", text.encode())
    edits = tags_to_text(note)
    assert (apply_edits(note.data, edits).decode() if edits else None) == expected


def test_words_keep_their_letters() -> None:
    note = parse("n.md", "see #日記 and [x #b](c.md)\n".encode())
    edits = tags_to_property(note, [], note.text.tags)
    assert edits
    assert apply_edits(note.data, edits).decode() == "---\ntags:\n  - 日記\n  - b\n---\nsee 日記 and [x b](c.md)\n"


@pytest.mark.parametrize("text", ["#- x", "a #_x_"])
def test_words_that_would_be_something_else(text: str) -> None:
    note = parse("n.md", text.encode())
    assert tags_to_property(note, [], note.text.tags) is None
