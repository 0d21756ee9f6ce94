"""Links without a target: which places are one, and where the finding stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import not_hanging
from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[]]", ["[[]]"]),
        ("![[]] [[ ]] [[ # ]]", ["![[]]", "[[ ]]", "[[ # ]]"]),
        ("[[|見出し]] [[#|x]]", ["[[|見出し]]", "[[#|x]]"]),
        ("[a b]() ![]() [x](<>) [x]( )", ["[a b]()", "![]()", "[x](<>)", "[x]( )"]),
        ("(see [a]())", ["[a]()"]),
        ("> - [[]]\n> - [a]()\n", ["[[]]", "[a]()"]),
        ("[[]] %% vaultkit: ignore links-not-empty %%", []),
        ("[[A]]() a[0]() ]() () [] [ ] [x] [a\nb]()", []),
        ("---\nrelated: '[[]]'\n---\n", []),
        ("```\n[[]]\n```\n    [[]]\n<!-- [[]] -->\n", []),
    ],
)
def test_where(lint_files: Lint, text: str, found: list[str]) -> None:
    data = text.encode()
    said = lint_files({"a.md": text}, select=("links-not-empty",))
    assert [data[d.span.start : d.span.end].decode() for d in said] == found


@pytest.mark.parametrize("part", ["[[", "[[|", "[]()", "\\[", "![", "]()", "[[ ", "[" * 300 + "]()", "\\]"])
def test_hostile_text_takes_no_time(lint_files: Lint, part: str) -> None:
    text = part * (600_000 // len(part)) + "[[]]"
    with not_hanging():
        lint_files({"a.md": text}, select=("links-not-empty",))
