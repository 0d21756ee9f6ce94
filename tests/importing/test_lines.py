"""Looking at a few lines or words finds what looking at the whole text finds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing import protected, reference
from vaultkit.importing.issue.references import FORMS
from vaultkit.importing.lines import find_in, lines_with, words_with

WORDS = {
    **{f"form {number}": (form.pattern, form.hint) for number, form in enumerate(FORMS)},
    "address": (reference._ADDRESS, reference._HAS_ADDRESS),
}
LINES = {
    "address": (reference._ADDRESS, "://"),
    "markdown": (reference._MARKDOWN, "]("),
    "day": (reference._DAY, "](day:"),
    "embed": (reference._EMBED, "]("),
    "bracketed": (protected._BRACKETED, "["),
    "definition": (protected._DEFINITION, "]:"),
}
HASH = re.compile("#")
PIECES = st.sampled_from(
    [
        "#1",
        "GH-2",
        "o/r",
        "#",
        "-",
        "a",
        "\n",
        "\r",
        "\u2028",
        " ",
        "https://",
        "x.example/b",
        "<",
        ">",
        "[",
        "](",
        ")",
        "!",
        "!3",
        "AB-4",
        "[^1]",
        "]:",
        "/",
        "(day:2024-01-31)",
    ]
)


@pytest.mark.parametrize(("pattern", "mark"), LINES.values(), ids=LINES)
@given(text=st.lists(PIECES, max_size=14).map("".join))
def test_nothing_is_missed_on_lines(pattern: re.Pattern[str], mark: str, text: str) -> None:
    found = [m.span() for m in find_in(pattern, lines_with(mark, text), text)]
    assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize(("pattern", "mark"), WORDS.values(), ids=WORDS)
@given(text=st.lists(PIECES, max_size=14).map("".join))
def test_nothing_is_missed_in_words(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> None:
    found = [m.span() for m in find_in(pattern, words_with(mark, text), text)]
    assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("text", ["#1 " * 300_000, "#1\n" * 300_000, "a" * 1_000_000], ids=["line", "lines", "none"])
@pytest.mark.parametrize(
    "stretches", [lambda text: lines_with("#", text), lambda text: words_with(HASH, text)], ids=["lines", "words"]
)
def test_a_megabyte_takes_a_moment(stretches: Callable[[str], list[tuple[int, int]]], text: str) -> None:
    with not_hanging():
        assert len(list(find_in(HASH, stretches(text), text))) == text.count("#")
