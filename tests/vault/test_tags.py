"""Levels of tags."""

from __future__ import annotations

import pytest

from vaultkit.vault.edit import apply_edits
from vaultkit.vault.edit_tag import rename_tags
from vaultkit.vault.parse import parse
from vaultkit.vault.tags import known_level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("a", "a"),
        ("A/x", "A"),
        ("a/b/c", "a/b"),
        ("a/bc", "a"),
        ("ab", ""),
        ("x/a", ""),
        ("a/", "a"),
        ("日記/雨", "日記"),
        ("x/" * 200_000, ""),
    ],
    ids=lambda value: value[:10],
)
def test_known_level(name: str, level: str) -> None:
    assert known_level(name, {"a", "a/b", "日記"}) == level


@pytest.mark.parametrize(
    ("renames", "expected"),
    [
        ({"a": "b", "#B": "#a"}, "---\ntags: [b/x, a]\n---\n#b #a/y #c\n"),
        ({"a/x": "d", "a": "c", "b/y": "e"}, "---\ntags: [d, b]\n---\n#c #e #c\n"),
        ({"z": "y"}, None),
        ({"a": "b c"}, None),
        ({}, None),
    ],
)
def test_several_tags_at_once(renames: dict[str, str], expected: str | None) -> None:
    note = parse("n.md", b"---\ntags: [a/x, b]\n---\n#a #b/y #c\n")
    edits = rename_tags(note, renames)
    assert (apply_edits(note.data, edits).decode() if edits else None) == expected
