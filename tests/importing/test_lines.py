"""Looking at a few lines finds what looking at the whole text finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.importing import protected, reference
from vaultkit.importing.issue.references import FORMS
from vaultkit.importing.lines import find_on_lines

PAIRS = {
    **{f"form {number}": (form.pattern, form.hint) for number, form in enumerate(FORMS)},
    "address": (reference._ADDRESS, reference._HAS_ADDRESS),
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


@pytest.mark.parametrize(("pattern", "mark"), PAIRS.values(), ids=PAIRS)
@given(text=st.lists(PIECES, max_size=14).map("".join))
def test_nothing_is_missed(pattern: re.Pattern[str], mark: re.Pattern[str], text: str) -> None:
    found = [m.span() for m in find_on_lines(pattern, mark, text)]
    assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("text", ["#1 " * 300_000, "#1\n" * 300_000, "a" * 1_000_000], ids=["line", "lines", "none"])
def test_a_megabyte_takes_a_moment(text: str) -> None:
    with not_hanging():
        assert len(list(find_on_lines(*PAIRS["form 0"], text))) == text.count("#")
