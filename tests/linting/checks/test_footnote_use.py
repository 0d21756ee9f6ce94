"""Footnotes: what is told of them, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import not_hanging
from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]


def _said(lint_files: Lint, text: str) -> list[str]:
    return [d.message for d in lint_files({"a.md": text}, select=("footnotes-resolve",))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a[^1][^2]\n\n[^2]: b\n", ["the footnote `[^1]` is written nowhere"]),
        ("| a[^1] |\n|---|\n| *b[^2]* (c[^3])? |\n", [f"the footnote `[^{n}]` is written nowhere" for n in "123"]),
        ("本当？[^注]", ["the footnote `[^注]` is written nowhere"]),
        ("[^my-note]", ["the footnote `[^my-note]` is written nowhere"]),
        ("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n", []),
        ("a[^A]\n\n[^a]: b\n", []),
        ("> a[^1]\n>\n> [^1]: b\n", []),
        ("[^1]: a\n[^2]: b\n\nc[^2]\n", ["the footnote `[^1]` is referred to nowhere"]),
        ("a[^1]\n\n[^1]: b\n\n[^1]: c\n", ["the footnote `[^1]` is written here again; only one of them is shown"]),
        ("[^a-z] [^a-zA-Z] [^\\s] [^,]+ [^abc]* [^>]", []),
        ("x^[in place] [[a#^b]] [[#[^1]]] \\[^1]", []),
        ("```\na[^1]\n```\n", []),
        ("", []),
    ],
)
def test_footnotes(lint_files: Lint, text: str, said: list[str]) -> None:
    assert _said(lint_files, text) == said


@pytest.mark.parametrize("part", ["[^a]", "[^a]: b\n", "[^", "\n[^a]:", "> [^1]: a\n>    b\n"])
def test_hostile_text_takes_no_time(lint_files: Lint, part: str) -> None:
    with not_hanging():
        _said(lint_files, part * (300_000 // len(part)))
