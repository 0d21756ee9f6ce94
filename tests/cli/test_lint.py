"""`vaultkit lint`, `explain`, `rules`, `inspect`, `resolve` as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import snapshot

BROKEN = {
    "A.md": "[[B]] [[Nowhere]] 日本語 [[B#No]]\n",
    "B.md": "---\ntags: a, b\n---\n# Yes\ntext{:target='_blank'}\n\nend ^id\n",
}


def test_findings_have_place_rule_and_message(run, vault) -> None:
    ran = run("lint", vault(BROKEN))
    assert ran.code == 1
    assert re.search(r"^A\.md:1:7 links-unresolved .*Nowhere", ran.out, re.M)
    assert re.search(r"^A\.md:1:23 headings-resolve ", ran.out, re.M)
    assert "B.md:2:1 tags-valid" in ran.out
    assert "B.md:5:5 kramdown-leftovers" in ran.out
    assert "\x1b" not in ran.out


def test_json_for_programs(run, vault) -> None:
    ran = run("lint", vault(BROKEN), "--output-format", "json")
    value = json.loads(ran.out)
    assert value["version"] == 1
    first = value["diagnostics"][0]
    assert {"path", "line", "column", "end_line", "end_column", "rule", "severity", "message", "fixable"} <= set(first)


def test_paths_choose_notes_and_folders(run, vault) -> None:
    root = vault({**BROKEN, "sub/C.md": "[[Nowhere]]\n"})
    assert "A.md" not in run("lint", root / "sub").out
    assert run("lint", root / "B.md").out.count("B.md:") == 2
    assert "C.md:1:1" in run("lint", cwd=root / "sub").out


def test_select_and_ignore(run, vault) -> None:
    root = vault(BROKEN)
    assert set(re.findall(r":\d+ ([a-z-]+) ", run("lint", root, "--select", "tags-valid,links-unresolved").out)) == {
        "tags-valid",
        "links-unresolved",
    }
    assert "tags-valid" not in run("lint", root, "--ignore", "tags-valid").out
    assert run("lint", root, "--select", "tags-valit").code == 2


def test_diff_shows_and_fix_writes_and_a_second_fix_changes_nothing(run, vault) -> None:
    root = vault(BROKEN)
    before = snapshot(root)
    shown = run("lint", root, "--diff").out
    assert "-text{:target='_blank'}" in shown
    assert "+text" in shown
    assert snapshot(root) == before
    ran = run("lint", root, "--fix")
    assert ran.code == 1
    assert "mended B.md" in ran.out
    assert (root / "B.md").read_text() == "---\ntags:\n  - a\n  - b\n---\n# Yes\ntext\n\nend ^id\n"
    assert (root / "A.md").read_text() == BROKEN["A.md"]
    after = snapshot(root)
    assert "mended" not in run("lint", root, "--fix").out
    assert snapshot(root) == after


def test_silencing_in_the_note_and_by_folder(run, vault) -> None:
    root = vault(
        {
            "A.md": "[[Nowhere]] %% vaultkit: ignore links-unresolved %%\n",
            "Old/B.md": "[[Nowhere]]\n",
            "vaultkit.yaml": "lint:\n  overrides:\n    - paths: ['Old/**']\n      ignore: [links-unresolved]\n",
        }
    )
    assert run("lint", root).out == "Nothing found.\n"


def test_a_read_only_note_is_not_mended_and_said_so(run, vault) -> None:
    root = vault(BROKEN)
    (root / "B.md").chmod(0o444)
    ran = run("lint", root, "--fix")
    assert ran.code == 1
    assert "B.md: is read-only" in ran.err
    assert "mended B.md" not in ran.out
    assert (root / "B.md").read_text() == BROKEN["B.md"]


def test_a_diff_keeps_tabs_and_shows_what_a_terminal_would_obey(run, vault) -> None:
    root = vault({"A.md": "---\ntags: [a b]\n---\n\t- one\x1b[2Jtwo\n"})
    assert " \t- one\\x1b[2Jtwo\n" in run("lint", root, "--diff").out


@pytest.mark.parametrize("option", [["--fix"], ["--diff"], ["--select", "tags-valid"], ["--output-format", "full"]])
def test_staged_refuses_what_it_would_ignore(run, vault, option: list[str]) -> None:
    ran = run("lint", "--staged", *option, cwd=vault(BROKEN))
    assert ran.code == 2
    assert "--staged" in ran.err


def test_explain_and_rules(run) -> None:
    ran = run("explain", "links-resolve")
    assert ran.code == 0
    assert "Silence it" in ran.out
    assert run("rules").out.count("\n") >= 15
    assert "links-resolve" in run("explain", "links-resolv").err


def test_inspect_shows_what_obsidian_would_see(run, vault) -> None:
    root = vault(
        {**BROKEN, "C.md": "---\nrel: '[[A]]'\naliases: [See]\n---\n# H\n#t [[B#Yes]] ![[no.png]] - x ^b1\n- [x] d\n"}
    )
    seen = json.loads(run("inspect", root / "C.md", "--json").out)
    assert seen["properties"] == {"rel": "[[A]]", "aliases": ["See"]}
    assert [t["tag"] for t in seen["tags"]] == ["t"]
    assert [h["text"] for h in seen["headings"]] == ["H"]
    assert [b["id"] for b in seen["blocks"]] == ["b1"]
    assert [(x["link"], x.get("path"), x.get("subpath_found")) for x in seen["links"]] == [
        ("B#Yes", "B.md", True),
        ("no.png", None, None),
        ("A", "A.md", None),
    ]
    assert json.loads(run("inspect", root / "B.md", "--json").out)["backlinks"] == ["A.md", "C.md"]
    words = run("inspect", root / "C.md").out
    assert "[[B#Yes]] → B.md" in words


@pytest.mark.parametrize(
    ("link", "code", "words"),
    [
        ("B", 0, "B.md"),
        ("[[b#yes|x]]", 0, "B.md#yes"),
        ("B#^id", 0, "B.md"),
        ("B#No", 1, "not"),
        ("Nowhere", 1, "nowhere"),
        ("See", 1, "alias"),
    ],
)
def test_resolve(run, vault, link: str, code: int, words: str) -> None:
    root = vault({**BROKEN, "C.md": "---\naliases: [See]\n---\n"})
    ran = run("resolve", link, "--from", root / "A.md")
    assert ran.code == code
    assert words in ran.out
    assert json.loads(run("resolve", link, "--from", root / "A.md", "--json").out)["link"]


def test_the_template_folder_is_left_alone(run, vault) -> None:
    root = vault({".obsidian/templates.json": '{"folder": "T"}', "T/x.md": "[[{{title}}]] [[Nowhere]]\n"})
    assert run("lint", root).out == "Nothing found.\n"


def test_looking_writes_nothing_but_what_it_remembers(run, vault) -> None:
    root: Path = vault(BROKEN)
    before = snapshot(root)
    run("lint", root, "--no-cache")
    run("lint", root / "A.md")
    run("lint", root, "--diff")
    run("inspect", root / "A.md")
    run("resolve", "B", "--from", root / "A.md")
    assert snapshot(root) == before
    run("lint", root)
    after = {path: seen for path, seen in snapshot(root).items() if not path.startswith(".vaultkit/cache/")}
    assert after == before


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"LC_ALL": "tr_TR.UTF-8"}, {"HOME": "/nonexistent"}]
)
def test_the_locale_does_not_matter(run, vault, env: dict[str, str]) -> None:
    root = vault({"日記/一月.md": "[[読書]]\n", "読書.md": "INFO [[日記/一月]]\n"})
    assert run("lint", root, env=env).out == "Nothing found.\n"


NESTED = {
    "vaultkit.yaml": "vaults: ['*/']\n",
    "Top.md": "[[A]]\n",
    "en/A.md": "[[B]] [[Top]]\n",
    "de/A.md": "text{:target='_blank'}\n",
    "de/B.md": "",
}


def test_vaults_that_a_vault_names_are_linted_each_as_its_own(run, vault) -> None:
    root = vault(NESTED)
    for _ in range(2):
        ran = run("lint", root)
        assert re.findall(r"^(\S+):1:\d+ (\S+)", ran.out, re.M) == [
            ("Top.md", "links-unresolved"),
            ("de/A.md", "kramdown-leftovers"),
            ("en/A.md", "links-unresolved"),
            ("en/A.md", "links-unresolved"),
        ]
        assert ran.out.endswith("3 notes; 1 can be fixed with --fix.\n")
    assert run("lint", root / "en").out.count("en/A.md:1:") == 2
    assert json.loads(run("lint", root, "--output-format", "json").out)["diagnostics"][1]["path"] == "de/A.md"


def test_a_vault_named_by_the_one_above_is_found_from_inside(run, vault) -> None:
    root = vault({**NESTED, "en/.obsidian/app.json": "{}"})
    for _ in range(2):
        assert re.findall(r"^(\S+):1:", run("lint", cwd=root / "en").out, re.M) == ["en/A.md", "en/A.md"]


def test_mending_and_showing_name_the_whole_path(run, vault) -> None:
    root = vault(NESTED)
    assert "--- de/A.md\n+++ de/A.md\n" in run("lint", root, "--diff").out
    ran = run("lint", root, "--fix")
    assert "mended de/A.md\n" in ran.out
    assert (root / "de/A.md").read_text() == "text\n"
    assert re.findall(r"^(\S+):1:", ran.out, re.M) == ["Top.md", "en/A.md", "en/A.md"]


def test_a_vault_inside_that_nobody_named_is_told_each_time(run, vault) -> None:
    root = vault({"A.md": "[[B]]\n", "in/.obsidian/app.json": "{}", "in/B.md": ""})
    for _ in range(2):
        ran = run("lint", root)
        assert ran.code == 0
        assert "vaults: [...]" in ran.err
