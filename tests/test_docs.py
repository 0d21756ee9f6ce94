"""The documents say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vaultkit import __version__
from vaultkit.cli import VERBS
from vaultkit.importing.formats import Format, formats, table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_table_of_formats_is_current() -> None:
    """After a change put what `vaultkit formats --markdown` prints between the marks."""
    wanted = table(formats())
    found = re.search(r"<!-- formats -->\n(.*?)\n<!-- /formats -->", README, re.S)
    assert found is not None
    assert found[1] == wanted, f"the table in README.md should be:\n{wanted}"


@pytest.mark.parametrize("one", formats(), ids=lambda one: one.name)
def test_every_format_says_how_to_get_its_export(one: Format) -> None:
    assert one.how.startswith("How to get")
    assert one.how.count("\n\n    ") == one.how.count("\n\n   "), "code is indented by four"
    assert len(one.kept) > 3
    assert one.extensions
    assert all(extension.startswith(".") for extension in one.extensions)


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


def test_the_example_of_importing_again_is_what_it_prints(run, vault, tmp_path: Path) -> None:
    found = re.search(r"<!-- again -->\n(.*?)<!-- /again -->", README, re.S)
    assert found is not None
    printed, note = re.findall(r"```\w+\n(.*?)```", found[1], re.S)
    root, diary = vault(), tmp_path / "diary.txt"
    diary.write_text(
        "2025/03/09\n\n- The enclosure survived its first storm.\n- To do: a longer cable.\n\n"
        "2025/03/05\n\n- Rain all day. Wrote the importer for the old logbook.\n\n2025/03/02\n\n- All is well.\n"
    )
    assert run("import", "../diary.txt", cwd=root).code == 0
    storm, rain = (root / f"Diary/2025-03-0{day}.md" for day in (9, 5))
    storm.write_text(storm.read_text().replace("storm", "storm, barely") + "\nWhat a storm it was.\n")
    rain.write_text(rain.read_text().replace("all day", "from dawn to dusk"))
    diary.write_text(diary.read_text().replace("longer cable", "cable of ten metres").replace("all day", "until four"))
    ran = run("import", "../diary.txt", "--dry-run", cwd=root)
    assert ran.out.replace(str(root), "vault") == "".join(printed.splitlines(keepends=True)[1:])
    assert run("import", "../diary.txt", cwd=root).code == 0
    assert rain.read_text().endswith(note)
    assert storm.read_text().endswith("a cable of ten metres.\n\nWhat a storm it was.\n")


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
