"""Looking at a few lines or words finds what looking at the whole text finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing import protected, reference
from vaultkit.importing.issue.references import FORMS
from vaultkit.importing.lines import find_in_words, find_on_lines

Finder = Callable[[re.Pattern[str], re.Pattern[str], str], Iterator[re.Match[str]]]
WORDS = {
    **{f"form {number}": (form.pattern, form.hint) for number, form in enumerate(FORMS)},
    "address": (reference._ADDRESS, reference._HAS_ADDRESS),
}
LINES = {
    **WORDS,
    "markdown": (reference._MARKDOWN, reference._HAS_MARKDOWN),
    "bracketed": (protected._BRACKETED, protected._BRACKET),
}
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
    ]
)


@pytest.mark.parametrize(("pattern", "mark"), LINES.values(), ids=LINES)
@given(text=st.lists(PIECES, max_size=14).map("".join))
def test_nothing_is_missed_on_lines(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> None:
    found = [m.span() for m in find_on_lines(pattern, mark, text)]
    assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize(("pattern", "mark"), WORDS.values(), ids=WORDS)
@given(text=st.lists(PIECES, max_size=14).map("".join))
def test_nothing_is_missed_in_words(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> None:
    found = [m.span() for m in find_in_words(pattern, mark, text)]
    assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("text", ["#1 " * 300_000, "#1\n" * 300_000, "a" * 1_000_000], ids=["line", "lines", "none"])
@pytest.mark.parametrize("find", [find_on_lines, find_in_words])
def test_a_megabyte_takes_a_moment(find: Finder, text: str) -> None:
    with not_hanging():
        assert len(list(find(*WORDS["form 0"], text))) == text.count("#")
