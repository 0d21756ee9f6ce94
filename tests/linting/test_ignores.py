"""Silencing where a finding stands: where the comment goes, and where none can."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from tests.linting.conftest import make_index
from vaultkit.config import Config
from vaultkit.linting.ignores import Ignored, ignored
from vaultkit.linting.packs import active_rules
from vaultkit.vault.settings import Settings

LINKS = "%% vaultkit: ignore links-unresolved %%"
RULES = active_rules(Config(), select=["links-unresolved", "tags-valid", "kramdown-leftovers", "fences-closed"])


def _silence(text: str) -> Ignored:
    index = make_index({"a.md": text})
    return ignored("a.md", index, Settings(), RULES, Config(), lambda note, found: found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[x]]\n", f"[[x]] {LINKS}\n", id="at the line's end"),
        pytest.param("[[x]]", f"[[x]] {LINKS}", id="without a line end"),
        pytest.param("日本 [[x]] 語\r\nb\r\n", f"日本 [[x]] 語 {LINKS}\r\nb\r\n", id="CRLF"),
        pytest.param("\ufeff[[x]]\n", f"\ufeff[[x]] {LINKS}\n", id="BOM"),
        pytest.param("[[x]]  \nb\n", f"[[x]] {LINKS}  \nb\n", id="before a hard break"),
        pytest.param("[[x]] end ^id\n", f"[[x]] end {LINKS} ^id\n", id="before a block id"),
        pytest.param("> - [ ] [[x]]\n", f"> - [ ] [[x]] {LINKS}\n", id="in a quote, list and task"),
        pytest.param("[[x]] [[y]]\n", f"[[x]] [[y]] {LINKS}\n", id="one for two findings"),
        pytest.param(
            "[[x]] {:.a}\n", "[[x]] {:.a} %% vaultkit: ignore kramdown-leftovers, links-unresolved %%\n", id="two rules"
        ),
        pytest.param(
            "[[x]] %% vaultkit: ignore tags-valid %%\n",
            "[[x]] %% vaultkit: ignore tags-valid, links-unresolved %%\n",
            id="a comment is there already",
        ),
        pytest.param("> # H [[x]]\n", f"> # H [[x]] {LINKS}\n", id="a heading in a quote, which no link finds"),
        pytest.param("# H [[x]]\n", f"{LINKS}\n# H [[x]]\n", id="above a heading"),
        pytest.param("a\r\n\r\n# H [[x]]\r\n", f"a\r\n\r\n{LINKS}\r\n# H [[x]]\r\n", id="above a heading, CRLF"),
        pytest.param(
            "%% vaultkit: ignore tags-valid %%\n# H [[x]]\n",
            "%% vaultkit: ignore tags-valid, links-unresolved %%\n# H [[x]]\n",
            id="above a heading there is one already",
        ),
        pytest.param(
            "[[x]] %% vaultkit: ignore tags-valid ,  %%\n",
            "[[x]] %% vaultkit: ignore tags-valid, links-unresolved ,  %%\n",
            id="a comment with odd blanks",
        ),
        pytest.param("key:: [[x]]\n", f"{LINKS}\nkey:: [[x]]\n", id="above an inline field"),
        pytest.param("[[x|y]] z\n", f"[[x|y]] z {LINKS}\n", id="a bar in a link is no table"),
    ],
)
def test_by_a_comment(text: str, expected: str) -> None:
    result = _silence(text)
    assert result == (expected.encode(), 0)
    assert _silence(expected) == result


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("| a | [[x]] |\n| --- | --- |\n", id="table"),
        pytest.param("a | [[x]]\n--- | ---\n", id="table without outer bars"),
        pytest.param("%%\n[[x]]\n%%\n", id="comment"),
        pytest.param("%% [[x]] %%\n", id="comment in a line"),
        pytest.param("Title [[x]]\n===\n", id="heading underlined"),
        pytest.param("| a |\n| --- |\n# H [[x]]\n", id="heading below a table"),
        pytest.param("- key:: [[x]]\n", id="inline field in a list"),
        pytest.param("- [ ] [[x]] 📅 2024-01-31\n", id="date of a task"),
        pytest.param("[[x]] `code\nmore`\n", id="code that goes on"),
        pytest.param("[[x]] <!-- more\nmore -->\n", id="HTML comment that goes on"),
        pytest.param("[[x]]\\\nb\n", id="hard break by a backslash"),
        pytest.param("---\nrel: '[[x]]'\n---\na\n", id="property"),
    ],
)
def test_in_the_properties_where_no_comment_can_stand(text: str) -> None:
    result = _silence(text)
    assert result.left == 0
    data = result.data.decode()
    assert "lint-ignore:\n  - links-unresolved\n---\n" in data
    assert "%% vaultkit" not in data
    assert data.endswith(text.rpartition("---\n")[2] if text.startswith("---") else text.removeprefix("\ufeff"))
    assert _silence(data) == result


def test_a_rule_in_the_properties_needs_no_comment() -> None:
    data = _silence("[[x]]\n\n| [[x]] |\n| --- |\n").data.decode()
    assert "%%" not in data


def test_a_fence_that_is_never_closed_stays_as_it_is() -> None:
    data = _silence("a\n\n```js\nb\n").data.decode()
    assert data == "---\nlint-ignore:\n  - fences-closed\n---\na\n\n```js\nb\n"


def test_where_there_is_no_place_nothing_is_written() -> None:
    text = "---\na: [\nb: '[[x]]'\n---\n| [[x]] |\n| --- |\n"
    assert _silence(text) == (text.encode(), 1)


def test_only_what_is_wanted() -> None:
    index = make_index({"a.md": "[[x]]\n[[y]]\n"})
    only_y = lambda note, found: [d for d in found if "y" in d.message]  # noqa: E731
    result = ignored("a.md", index, Settings(), RULES, Config(), only_y)
    assert result == (f"[[x]]\n[[y]] {LINKS}\n".encode(), 0)


def test_what_is_left_out_of_linting_is_left_alone() -> None:
    index = make_index({"a.excalidraw.md": "[[x]]\n"})
    assert ignored("a.excalidraw.md", index, Settings(), RULES, Config(), lambda note, found: found).data == b"[[x]]\n"


@pytest.mark.parametrize(
    "text",
    ["[[x]] %% vaultkit: ignore a" + " " * 300_000, "[[x]] $\n\n" * 300 + "[[x]] `\n`\n", "- " * 100_000 + "[[x]]\n"],
    ids=["blanks", "many lines", "marks"],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    with not_hanging():
        _silence(text)
