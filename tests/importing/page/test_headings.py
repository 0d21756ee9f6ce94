"""Links to headings of a site's pages lead to these headings."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.importing.page.headings import fragments, headings, link_inside


@pytest.mark.parametrize(
    ("text", "link", "heading"),
    [
        pytest.param("## Low Tide", "low-tide", "Low Tide", id="words"),
        pytest.param("# What's new? ##", "whats-new", "What's new?", id="punctuation, closing signs"),
        pytest.param("## 夕方の浜", "夕方の浜", "夕方の浜", id="Japanese"),
        pytest.param("## 夕方", "%E5%A4%95%E6%96%B9", "夕方", id="as addresses write it"),
        pytest.param("## A & b", "a--b", "A & b", id="what goes leaves its blanks"),
        pytest.param("## Same\n\n## Same", "same-1", "Same", id="the second of a name"),
        pytest.param("## [Tide](/x/) tables", "tide-tables", "Tide tables", id="a link in it"),
        pytest.param("## C#: x", "c-x", "C x", id="what breaks a link"),
    ],
)
def test_ids(text: str, link: str, heading: str) -> None:
    assert headings(text, fragments([f"[x](/a/#{link})"])) == {link.lower(): heading}


@pytest.mark.parametrize("text", ["```\n## Tide\n```", "text ## Tide", "####### Tide", "## Other"])
def test_no_heading_of_that_id(text: str) -> None:
    assert headings(text, frozenset({"tide"})) == {}


def test_inside_one_page() -> None:
    own = {"low-tide": "Low tide", "a": "(A)"}
    text = "[x](#low-tide) [y](#none) `[x](#low-tide)` ![x](#low-tide) [z](#A)"
    assert link_inside(text, own) == "[x](#Low%20tide) [y](#none) `[x](#low-tide)` ![x](#low-tide) [z](#%28A%29)"


@pytest.mark.parametrize("piece", ["# a\n", "[a](#", "#", "[a](#a)", "# [a](", "##\t"])
def test_a_megabyte_is_read_in_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    with not_hanging():
        link_inside(text, headings(text, fragments([text]) | {"a"}))
