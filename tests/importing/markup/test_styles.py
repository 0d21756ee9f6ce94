"""What styles mean."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.markup.styles import mark_styles

SHEET = "<style>span.a {font-weight: bold} span.b {font-style: italic; text-decoration: underline}</style>"
CASES = {
    "a style of its own": ('<span style="font-weight:700">x</span>', "<b>x</b>"),
    "a class": ('<span class="a">x</span><span class="b">y</span>', "<b>x</b><u><i>y</i></u>"),
    "nothing": ('<span style="font-weight:400;text-decoration:none">x</span>', "x"),
    "a blank": ('<span class="a"> </span>', '<span class="a"> </span>'),
    "struck out": ("<span style='text-decoration: line-through'>x</span>", "<s>x</s>"),
}


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_what_becomes_of_it(html: str, expected: str) -> None:
    assert mark_styles(html, SHEET) == expected


def test_much_is_read_in_linear_time() -> None:
    with not_hanging():
        for piece in ("<span ", "<span a>", "<style>", "span.a {", '<span style="'):
            mark_styles(piece * 20_000, piece * 20_000)
