"""Silencing in the note: which findings a directive hides, and which it does not."""

from __future__ import annotations

import pytest

from tests.conftest import not_hanging
from vaultkit.linting.suppress import suppressions
from vaultkit.vault.note import Span
from vaultkit.vault.parse import parse


def _silent(text: str, rule: str = "links-resolve") -> list[str]:
    """The `[[x]]` links of `text` at which `rule` is silent."""
    note = parse("n.md", text.encode())
    found = suppressions(note)
    return [link.target for link in note.links if found.hides(rule, link.span)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[[a]] %% vaultkit: ignore %%\n[[b]]\n", ["a"], id="at the line's end: that line"),
        pytest.param("[[z]]\n%% vaultkit: ignore %%\n[[a]]\n[[b]]\n", ["a"], id="on its own line: the next"),
        pytest.param("%% vaultkit: ignore %%\n\n[[a]]\n[[b]]\n", ["a"], id="blank lines do not count"),
        pytest.param("%% vaultkit: ignore %%\r\n[[a]]\r\n[[b]]\r\n", ["a"], id="CRLF"),
        pytest.param("> %% vaultkit: ignore %%\n> [[a]]\n> [[b]]\n", ["a"], id="in a quote"),
        pytest.param("[[a]]\n%% vaultkit: ignore %%", [], id="on the last line"),
        pytest.param("[[a]] %% vaultkit: ignore links-resolve %%\n", ["a"], id="by id"),
        pytest.param("[[a]] %% vaultkit: ignore tags-valid %%\n", [], id="another id"),
        pytest.param("[[a]] %% vaultkit: ignore tags-valid, links-resolve %%\n", ["a"], id="several ids"),
        pytest.param("[[a]] %% vaultkit: ignore links-resolve tags-valid %%\n", ["a"], id="several ids, spaces"),
        pytest.param("[[a]] <!-- vaultkit: ignore links-resolve -->\n[[b]]\n", ["a"], id="HTML comment"),
        pytest.param("[[a]] %%vaultkit: ignore%%\n", ["a"], id="without spaces"),
        pytest.param("%% vaultkit: ignore-start %%\n[[a]]\n%% vaultkit: ignore-end %%\n[[b]]\n", ["a"], id="stretch"),
        pytest.param("[[z]]\n\n%% vaultkit: ignore-start %%\n[[a]]\n\n[[b]]\n", ["a", "b"], id="stretch without end"),
        pytest.param(
            "%% vaultkit: ignore-start links-resolve %%\n[[a]]\n%% vaultkit: ignore-end tags-valid %%\n[[b]]\n",
            ["a", "b"],
            id="the end of another rule",
        ),
        pytest.param(
            "%% vaultkit: ignore-start links-resolve %%\n[[a]]\n%% vaultkit: ignore-end %%\n[[b]]\n",
            ["a"],
            id="an end without ids ends all",
        ),
        pytest.param("[[a]]\n\n%% vaultkit: ignore-file links-resolve %%\n", ["a"], id="whole note"),
        pytest.param("---\nlint-ignore: [links-resolve]\n---\n[[a]]\n", ["a"], id="property"),
        pytest.param("---\nlint-ignore: links-resolve, tags-valid\n---\n[[a]]\n", ["a"], id="property, text"),
        pytest.param("---\nlint-ignore: true\n---\n[[a]]\n", ["a"], id="property, all"),
        pytest.param("---\nlint-ignore: [tags-valid]\n---\n[[a]]\n", [], id="property, another rule"),
        pytest.param("---\nlint-ignore:\n---\n[[a]]\n", [], id="property, empty"),
        pytest.param("[[a]] `%% vaultkit: ignore %%`\n", [], id="in code it is an example"),
        pytest.param("```\n%% vaultkit: ignore-file %%\n```\n[[a]]\n", [], id="in a fence it is an example"),
        pytest.param("[[a]] %% vaultkit: ignored %%\n", [], id="another word"),
        pytest.param("[[a]] vaultkit: ignore\n", [], id="not in a comment"),
    ],
)
def test_what_is_silent(text: str, expected: list[str]) -> None:
    assert _silent(text) == expected


def test_findings_about_the_whole_note() -> None:
    note = parse("n.md", b"a\n\n%% vaultkit: ignore-file note-has-tags %%\n")
    assert suppressions(note).hides("note-has-tags", Span(0, 0))
    assert not suppressions(note).hides("links-resolve", Span(0, 0))


def test_an_empty_note_can_be_silenced_and_is_not_by_itself() -> None:
    assert not suppressions(parse("n.md", b"")).hides("note-has-tags", Span(0, 0))


@pytest.mark.parametrize(
    "text", ["%% vaultkit: ignore" + " " * 500_000, "%% vaultkit: ignore " * 50_000, "%" * 500_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    note = parse("n.md", text.encode())
    with not_hanging():
        suppressions(note)
