"""Names: each problem is told by one rule, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]
RULES = ("names-portable", "names-link-safe", "names-nfc", "names-short-enough")
NFD = "か\u3099"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("a:b.md", [("names-portable", "it holds : (not allowed on Windows and Android)")]),
        ("con.md", [("names-portable", "Windows reserves it")]),
        ("x./a.md", [("names-portable", "it ends in a dot")]),
        ("a|b.md", [("names-link-safe", "links cannot hold |")]),
        ("a#[b].md", [("names-link-safe", "links cannot hold # [ ]")]),
        ("a?#b.md", [("names-link-safe", "links cannot hold #"), ("names-portable", "it holds ?")]),
        (f"{NFD}.md", [("names-nfc", "NFD")]),
        (f"{NFD}/a.md", [("names-nfc", "NFD")]),
        ("あ" * 90 + ".md", [("names-short-enough", "it has 273 bytes, and no more than 255 are safe")]),
        ("あ" * 84 + ".md", []),
        ("a" * 252 + ".md", []),
        ("a" * 253 + ".md", [("names-short-enough", "256 bytes")]),
        ("日記/" * 60 + "a.md", []),
        ("Ｃ＃？/2024-01-31 計画 (1).md", []),
    ],
)
def test_names(lint_files: Lint, path: str, told: list[tuple[str, str]]) -> None:
    found = lint_files({path: ""}, select=RULES)
    assert [d.rule for d in found] == [rule for rule, _ in told]
    assert all(problem in d.message for d, (_, problem) in zip(found, told, strict=True))


@pytest.mark.parametrize(
    ("folder", "rule"),
    [("Why?", "names-portable"), ("C#", "names-link-safe"), (NFD, "names-nfc"), ("あ" * 86, "names-short-enough")],
)
def test_a_folder_is_told_once(lint_files: Lint, folder: str, rule: str) -> None:
    found = lint_files({f"{folder}/{name}.md": "" for name in "cab"}, select=RULES)
    assert [(d.path, d.rule) for d in found] == [(f"{folder}/a.md", rule)]
