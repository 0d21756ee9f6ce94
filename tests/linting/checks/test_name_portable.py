"""Names: each problem is told by one rule, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic

Lint = Callable[..., list[Diagnostic]]
RULES = (
    "names-portable", "names-link-safe", "names-nfc", "names-short-enough", "names-web-safe", "names-unique-casefold"
)  # fmt: skip
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
        ("100%/C++.md", [("names-web-safe", "read `%`"), ("names-web-safe", "read `+`")]),
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


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Plan.md", "plan.md", [("plan.md", "names-unique-casefold", "Plan.md")]),
        ("Plan?.md", "plan?.md", [
            ("Plan?.md", "names-portable", ""), ("plan?.md", "names-portable", ""),
            ("plan?.md", "names-unique-casefold", "Plan?.md"),
        ]),
        ("が.md", f"{NFD}.md", [(f"{NFD}.md", "names-nfc", ""), (f"{NFD}.md", "names-unique-casefold", "が.md")]),
        ("Pic.png", "pic.md", []),
        ("A/plan.md", "B/plan.md", []),
        ("ＡＢＣ.md", "abc.md", []),
    ],
)  # fmt: skip
def test_two_names_that_are_one_file_are_told_by_one_rule(
    lint_files: Lint, one: str, other: str, told: list[tuple[str, str, str]]
) -> None:
    found = lint_files({one: "", other: ""}, select=RULES)
    assert sorted((d.path, d.rule) for d in found) == sorted((path, rule) for path, rule, _ in told)
    for (_, _, twin), d in zip(sorted(told), sorted(found), strict=True):
        assert twin in d.message
