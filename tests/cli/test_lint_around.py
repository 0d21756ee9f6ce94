"""What `vaultkit lint` offers around its findings: forms, counts, baseline, ignores, times."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.test_lint_cache import age
from tests.conftest import Ran, snapshot, write_tree
from vaultkit.cli.lint_report import FORMATS
from vaultkit.linting.fingerprint import BASELINE

FILES = {
    "A.md": "[[B]] 日本語 [[no/where]]\n",
    "sub/B.md": "---\ntags: a, b\n---\n# Yes\n[[no/where]]\n",
}
Run = Callable[..., Ran]
Make = Callable[..., Path]


def test_concise_is_the_default(run: Run, vault: Make) -> None:
    root = vault(FILES)
    assert run("lint", root, "--output-format", "concise") == run("lint", root, "--output-format", "text")
    assert run("lint", root) == run("lint", root, "--output-format", "concise")


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_tells_a_broken_and_a_clean_vault(run: Run, vault: Make, form: str) -> None:
    broken, clean = vault(FILES), vault({"A.md": "a\n"}, name="clean")
    ran = run("lint", broken, "--output-format", form)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.count("links-resolve") >= 2
    assert run("lint", broken, "--output-format", form) == ran
    assert run("lint", clean, "--output-format", form).code == 0


def test_full_shows_the_source_of_every_vault(run: Run, vault: Make) -> None:
    files = {"vaultkit.yaml": "vaults: ['*/']\n", "A.md": "日本 [[/x]]\n", "en/A.md": "a [[/y]]\n"}
    out = run("lint", vault(files), "--output-format", "full").out
    assert "A.md:1:4 links-resolve `[[/x]]` leads nowhere\n    1 | 日本 [[/x]]\n      |      ^^^^^^\n" in out
    assert "en/A.md:1:3 links-resolve `[[/y]]` leads nowhere\n    1 | a [[/y]]\n      |   ^^^^^^\n" in out
    assert out.endswith("2 errors in 2 notes.\n")


def test_services_get_paths_from_where_they_stand(run: Run, vault: Make) -> None:
    root = vault({**FILES, "vaultkit.yaml": "vaults: ['en/']\n", "en/C.md": "[[/x]]\n"}, name="my notes")
    inside, above = (
        [json.loads(run("lint", root, "--output-format", form, cwd=cwd).out) for form in ("gitlab", "sarif")]
        for cwd in (root, root.parent)
    )
    paths = {one["location"]["path"] for one in above[0]}
    assert paths == {"my notes/A.md", "my notes/sub/B.md", "my notes/en/C.md"}
    assert {one["location"]["path"] for one in inside[0]} == {"A.md", "sub/B.md", "en/C.md"}
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in above[1]["runs"][0]["results"]]
    assert set(uris) == {"my%20notes/A.md", "my%20notes/sub/B.md", "my%20notes/en/C.md"}
    github = run("lint", root, "--output-format", "github", cwd=root.parent).out
    assert "file=my notes/A.md," in github
    assert ET.fromstring(run("lint", root, "--output-format", "junit", cwd=root.parent).out)[0].get("name")


def test_a_program_reads_nothing_but_findings_while_notes_are_mended(run: Run, vault: Make) -> None:
    ran = run("lint", vault(FILES), "--fix", "--output-format", "json")
    assert json.loads(ran.out)["summary"]["error"] == 2
    assert "mended sub/B.md" in ran.err


def test_exit_zero(run: Run, vault: Make) -> None:
    root = vault(FILES)
    age(root)
    assert run("lint", root, "--exit-zero").code == 0
    for _ in range(2):
        assert run("lint", root).code == 1
    assert run("lint", root, "--exit-zero", "--output-format", "json").code == 0
    assert run("lint", root, "--exit-zero", "--select", "no-such-rule").code == 2


def test_statistics(run: Run, vault: Make) -> None:
    root = vault(FILES)
    ran = run("lint", root, "--statistics")
    assert ran.code == 1
    assert ran.out == (
        "2  links-resolve  error\n"
        "1  tags-valid     warning  1 can be fixed\n"
        "2 errors, 1 warning in 2 notes; 1 can be fixed with --fix.\n"
    )
    assert run("lint", vault({}, name="clean"), "--statistics").out == "Nothing found.\n"
    assert run("lint", root, "--statistics", "--output-format", "json").code == 2


EXTEND, BOTH = ["--extend-select", "links-resolve"], {"links-resolve", "tags-valid"}


@pytest.mark.parametrize(
    ("config", "words", "rules"),
    [
        pytest.param("lint:\n  ignore: [links-resolve]\n", EXTEND, BOTH, id="ignored"),
        pytest.param("lint:\n  rules:\n    links-resolve: off\n", EXTEND, BOTH, id="off"),
        pytest.param("lint:\n  select: [tags-valid]\n", EXTEND, BOTH, id="select"),
        pytest.param("", ["--select", "tags-valid", *EXTEND], BOTH, id="both"),
        pytest.param("", [*EXTEND, "--ignore", "links-resolve"], {"tags-valid"}, id="ignore wins"),
        pytest.param("", ["--extend-select", "tags-valid"], BOTH, id="on already"),
    ],
)
def test_extend_select_adds(run: Run, vault: Make, config: str, words: list[str], rules: set[str]) -> None:
    root = vault({**FILES, "vaultkit.yaml": config})
    plain = run("lint", root)
    told = run("lint", root, *words, "--output-format", "json").out
    assert {one["rule"] for one in json.loads(told)["diagnostics"]} == rules
    assert run("lint", root) == plain


def test_a_baseline_hides_what_is_known_and_tells_what_is_new(run: Run, vault: Make) -> None:
    root = vault(FILES)
    age(root)
    whole = run("lint", root)
    assert run("lint", root) == whole  # the answer is remembered
    ran = run("lint", root, "--write-baseline")
    hides = "The baseline hides 3 findings (--no-baseline shows all).\n"
    assert (ran.code, ran.out) == (0, f"Nothing found. {hides}")
    assert f"{BASELINE}: 3 findings set aside" in ran.err
    for words in ([], [root / "A.md"], ["--no-cache"], ["--output-format", "grouped"]):
        assert run("lint", *(words or [root]), cwd=root).out.startswith("Nothing found. The baseline hides ")
    assert json.loads(run("lint", root, "--output-format", "json").out)["diagnostics"] == []
    for _ in range(2):
        assert run("lint", root, "--no-baseline") == whole
    write_tree(root, {"A.md": "above\n[[no/Lost]]\n" + FILES["A.md"]})
    for _ in range(2):
        ran = run("lint", root)
        assert (ran.code, ran.out) == (
            1,
            f"A.md:2:1 links-resolve `[[no/Lost]]` leads nowhere\n1 error in 1 note. {hides}",
        )
    (root / BASELINE).unlink()
    assert "3 errors, 1 warning" in run("lint", root).out


def test_a_baseline_only_shrinks(run: Run, vault: Make) -> None:
    root = vault(FILES)
    run("lint", root, "--write-baseline")
    first = (root / BASELINE).read_bytes()
    write_tree(root, {"A.md": "[[no/Lost]]\n"})
    ran = run("lint", root, "--write-baseline")
    assert ran.code == 1
    assert "A.md:1:1 links-resolve `[[no/Lost]]`" in ran.out
    assert "of 3 findings 1 settled" in ran.err
    assert "new findings are not added" in ran.err
    second = (root / BASELINE).read_bytes()
    assert set(second.splitlines()) < set(first.splitlines())
    before = snapshot(root)[BASELINE]
    run("lint", root, "--write-baseline")
    assert snapshot(root)[BASELINE] == before
    write_tree(root, {"A.md": "", "sub/B.md": ""})
    assert run("lint", root, "--write-baseline").code == 0
    assert not (root / BASELINE).exists()
    assert run("lint", root).out == "Nothing found.\n"


def test_what_was_not_asked_for_is_neither_taken_nor_dropped(run: Run, vault: Make) -> None:
    root = vault(FILES)
    run("lint", root / "sub", "--write-baseline", "--select", "tags-valid")
    assert (root / BASELINE).read_bytes().count(b'"path"') == 1
    (root / BASELINE).unlink()
    run("lint", root, "--write-baseline")
    write_tree(root, {"A.md": "", "sub/B.md": ""})
    run("lint", root / "sub", "--write-baseline", "--select", "tags-valid")
    assert (root / BASELINE).read_bytes().count(b'"path"') == 2


def test_each_vault_has_its_own_baseline(run: Run, vault: Make) -> None:
    root = vault({"vaultkit.yaml": "vaults: ['*/']\n", "A.md": "[[/x]]\n", "en/A.md": "[[/y]]\n"})
    run("lint", root, "--write-baseline")
    assert (root / "en" / BASELINE).is_file()
    assert run("lint", root).out == "Nothing found. The baseline hides 2 findings (--no-baseline shows all).\n"
    assert "hides 1 finding (" in run("lint", root / "en").out


def test_a_damaged_baseline_is_told_and_left_alone(run: Run, vault: Make) -> None:
    root = vault({**FILES, BASELINE: '{"version": 1}\n<<<<<<< ours\n'})
    for words in ([], ["--write-baseline"]):
        ran = run("lint", root, *words)
        assert ran.code == 2
        assert f"{BASELINE}:2: " in ran.err
    assert (root / BASELINE).read_text().endswith("ours\n")
    assert run("lint", root, "--no-baseline").code == 1


def test_ignores_are_added_once(run: Run, vault: Make) -> None:
    root = vault(FILES)
    before = snapshot(root)
    shown = run("lint", root, "--add-ignores", "--diff").out
    assert "+[[B]] 日本語 [[no/where]] %% vaultkit: ignore links-resolve %%" in shown
    assert snapshot(root) == before
    ran = run("lint", root, "--add-ignores")
    assert (ran.code, ran.out) == (0, "silenced in A.md\nsilenced in sub/B.md\nNothing found.\n")
    assert "lint-ignore:\n  - tags-valid\n---" in (root / "sub/B.md").read_text()
    after = snapshot(root)
    assert run("lint", root, "--add-ignores").out == "Nothing found.\n"
    assert snapshot(root) == after
    assert run("lint", root).out == "Nothing found.\n"


def test_ignores_leave_alone_what_the_baseline_hides(run: Run, vault: Make) -> None:
    root = vault(FILES)
    run("lint", root, "--write-baseline")
    write_tree(root, {"A.md": FILES["A.md"] + "\n[[no/Lost]]\n"})
    run("lint", root, "--add-ignores")
    assert (root / "A.md").read_text() == FILES["A.md"] + "\n[[no/Lost]] %% vaultkit: ignore links-resolve %%\n"
    assert run("lint", root).out == "Nothing found. The baseline hides 3 findings (--no-baseline shows all).\n"


def test_ignores_of_chosen_rules_in_chosen_notes(run: Run, vault: Make) -> None:
    root = vault(FILES)
    ran = run("lint", root / "sub", "--add-ignores", "--select", "links-resolve")
    assert ran.out == "silenced in sub/B.md\nNothing found.\n"
    assert (root / "sub/B.md").read_text() == FILES["sub/B.md"].replace(
        "[[no/where]]", "[[no/where]] %% vaultkit: ignore links-resolve %%"
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--add-ignores", "--fix"],
        ["--add-ignores", "--write-baseline"],
        ["--write-baseline", "--diff"],
        ["--write-baseline", "--no-baseline"],
        ["--staged", "--write-baseline"],
        ["--staged", "--add-ignores"],
        ["--staged", "--profile"],
        ["--profile", "--fix"],
    ],
    ids=" ".join,
)
def test_what_cannot_go_together_is_refused(run: Run, vault: Make, words: list[str]) -> None:
    root = vault(FILES)
    before = snapshot(root)
    ran = run("lint", *words, cwd=root)
    assert ran.code == 2
    assert words[0] in ran.err
    assert snapshot(root) == before


def test_profile_names_every_rule(run: Run, vault: Make) -> None:
    root = vault(FILES)
    before = snapshot(root)
    ran = run("lint", root, "--profile")
    assert ran.code == 0
    rules = [line.split()[0] for line in run("rules", cwd=root).out.splitlines()]
    lines = ran.out.splitlines()
    assert sorted(line.split()[3] for line in lines[:-1]) == sorted(rules)
    assert next(line for line in lines if "links-resolve" in line).endswith("2 found")
    assert "2 notes" in lines[-1]
    assert snapshot(root) == before


def test_rules_for_programs(run: Run) -> None:
    value = json.loads(run("rules", "--json").out)
    assert [rule["id"] for rule in value["rules"]] == [line.split()[0] for line in run("rules").out.splitlines()]
    assert {"id", "pack", "check", "severity", "fix", "what", "why"} == value["rules"][0].keys()
    assert run("rules", "--json", "--markdown").code == 2
