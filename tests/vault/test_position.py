from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.vault.position import Lines


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("", "", (1, 1)),
        ("abc", "", (1, 1)),
        ("abc", "ab", (1, 3)),
        ("a\nb", "a\n", (2, 1)),
        ("a\nb", "a", (1, 2)),
        ("a\r\nb", "a\r", (1, 2)),
        ("a\r\nbc", "a\r\nb", (2, 2)),
        ("日本語x", "日本語", (1, 4)),
        ("日本\r\n語x", "日本\r\n語", (2, 2)),
        ("\ufeffab", "\ufeffa", (1, 2)),
        ("😀a", "😀", (1, 2)),
        ("a\n", "a\n", (2, 1)),
    ],
)
def test_place_behind(text: str, before: str, expected: tuple[int, int]) -> None:
    assert Lines(text.encode()).position(len(before.encode())) == expected


def test_offsets_outside_and_stray_bytes() -> None:
    lines = Lines(b"a\xffb")
    assert lines.position(99) == (1, 4)
    assert lines.position(-1) == (1, 1)
    assert lines.position(2) == (1, 3)


@given(st.text("a日\r\n\ufeff😀"), st.lists(st.integers(0, 30)))
def test_places_do_not_depend_on_what_was_asked_before(text: str, asked: list[int]) -> None:
    lines = Lines(text.encode())
    for chars in asked:
        before = text[:chars]
        line = before.rpartition("\n")[2].removesuffix("\r")
        if "\n" not in before:
            line = line.removeprefix("\ufeff")
        assert lines.position(len(before.encode())) == (before.count("\n") + 1, len(line) + 1)
