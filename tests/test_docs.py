"""The documents say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vaultkit import __version__
from vaultkit.cli import VERBS
from vaultkit.importing.sources import SOURCES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_formats_is_current() -> None:
    rows = [f"| `{name}` | {source.LABEL} | `{source.NAME}/` |" for name, source in SOURCES.items()]
    table = "\n".join(["| format | what it is | ids begin with |", "| --- | --- | --- |", *rows])
    found = re.search(r"<!-- formats -->\n(.*?)\n<!-- /formats -->", README, re.S)
    assert found is not None
    assert found[1] == table, f"the table in README.md should be:\n{table}"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "hook"])
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"vaultkit {verb}" in README


def test_every_verb_has_help(run) -> None:
    for verb in VERBS:
        ran = run(verb, "--help")
        assert ran.code == 0, ran.err
        assert "Usage: vaultkit" in ran.out
    assert run("--version").out == f"vaultkit, version {__version__}\n"


def test_the_promises_name_tests_that_exist() -> None:
    named = re.findall(r"`(tests/[^`]+)`", README)
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_the_rule_of_the_contributing_guide_works(run, vault) -> None:
    """The YAML in CONTRIBUTING.md, in a pack of the vault's own."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rule = re.search(r"```yaml\n(id: .*?)```", text, re.S)
    assert rule is not None
    root = vault(
        {
            "my-rules/no-todo-left.yaml": rule[1],
            "vaultkit.yaml": "lint:\n  packs: [recommended, my-rules]\n",
            "A.md": "TODO buy a lamp\n",
        }
    )
    ran = run("lint", root)
    assert "A.md:1:1 no-todo-left `TODO` is still to be done" in ran.out
    assert ran.code == 0  # an info is no reason to fail


def test_the_product_speaks_only_of_itself() -> None:
    """No file of the product names this workplace."""
    words = ("../" + "shared", "/wor" + "k/")
    folders = ("vaultkit", "rules", "vault-template", "demo-exports")
    files = [
        p for folder in folders for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts
    ]
    files += [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "pyproject.toml")]
    assert [p.name for p in files if any(w in p.read_text("utf-8", "replace") for w in words)] == []
