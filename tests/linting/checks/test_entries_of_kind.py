"""Rules on imported papers and issues: which notes they are asked of, and which properties they leave to others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.vault.settings import Settings

Lint = Callable[..., list[Diagnostic]]


@pytest.mark.parametrize(
    ("path", "properties", "told"),
    [
        ("Issues/a.md", "", True),
        ("Issues/marsh/garden/a.md", "", True),
        ("Issues.md", "", False),
        ("Old/a.md", "vaultkit-id: github/marsh/garden#1", True),
        ("Old/a.md", "vaultkit-id: papers/2024-01-17/a", False),
        ("Old/a.md", "vaultkit-id: [github/marsh]", False),
        ("Issues/All.md", "type: index", False),
    ],
)
def test_which_notes_are_issues(lint_files: Lint, path: str, properties: str, told: bool) -> None:
    text = f"---\n{properties}\nstate: Offen\n---\n"
    assert bool(lint_files({path: text}, select=("issue-state-consistent",))) is told


def test_the_folder_is_that_of_the_configuration(lint_files: Lint) -> None:
    files = {"Tickets/a.md": "---\nstate: Offen\n---\n", "Issues/b.md": "---\nstate: Offen\n---\n"}
    found = lint_files(files, config="import: {folders: {issue: Tickets}}", select=("issue-state-consistent",))
    assert [d.path for d in found] == ["Tickets/a.md"]


def test_a_property_that_obsidian_was_told_of_is_told_once(lint_files: Lint) -> None:
    rules = ("properties-typed", "issue-properties-typed")
    files = {"Issues/a.md": "---\nClosed: soon\nlocked: soon\n---\n", "b.md": "---\nclosed: soon\nlocked: soon\n---\n"}
    found = lint_files(files, settings=Settings(types={"closed": "datetime"}), select=rules)
    assert [(d.path, d.rule, d.message.split("`")[1]) for d in found] == [
        ("Issues/a.md", "properties-typed", "Closed"),
        ("Issues/a.md", "issue-properties-typed", "locked"),
        ("b.md", "properties-typed", "closed"),
    ]


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("", ["date", "title"]),
        ("---\nTitle: Roses\n---\n", ["date"]),
        ("---\ntitle: [\n---\n", []),  # what cannot be read may hold them
    ],
)
def test_what_a_paper_lacks(lint_files: Lint, text: str, needed: list[str]) -> None:
    found = lint_files({"Papers/Roses.md": text}, select=("paper-is-described",))
    assert [d.message.split("`")[1] for d in found] == needed


def test_one_rule_asks_for_folders_and_for_entries(lint_files: Lint) -> None:
    config = "lint: {rules: {paper-is-described: {options: {folders: {Papers: [title, venue]}}}}}"
    found = lint_files({"Papers/Roses.md": ""}, config=config, select=("paper-is-described",))
    assert [d.message.split("`")[1] for d in found] == ["date", "title", "venue"]
