"""`vaultkit init` and the vault it makes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import snapshot, write_tree
from vaultkit.cli import VERBS
from vaultkit.config import Config, read_config
from vaultkit.config_hooks import HooksConfig
from vaultkit.schema import fields_of, read_yaml

ROOT = Path(__file__).parents[2]


def test_the_template_lints_clean(run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "v").code == 0
    ran = run("lint", tmp_path / "v")
    assert (ran.code, ran.out) == (0, "Nothing found.\n")


def test_the_template_opens_well(tmp_path: Path, run) -> None:
    root = tmp_path / "v"
    run("init", root)
    settings = {p.stem: json.loads(p.read_text()) for p in (root / ".obsidian").glob("*.json")}
    assert {"app", "core-plugins", "daily-notes", "templates", "types"} <= set(settings)
    assert settings["core-plugins"]["bases"] is True
    for name in (settings["daily-notes"]["template"], "Templates/Paper note"):
        assert (root / f"{name}.md").is_file()
    assert (root / settings["templates"]["folder"]).is_dir()
    assert {p.name for p in (root / "Bases").iterdir()} == {"Diary.base", "Papers.base", "Issues.base"}
    assert all((root / name).is_file() for name in ("Home.md", ".gitignore", ".gitattributes", "vaultkit.yaml"))


def test_the_shipped_configuration_says_the_defaults_and_explains_every_key(tmp_path: Path, run) -> None:
    root = tmp_path / "v"
    run("init", root)
    made = read_config(root)
    assert (made.lint, made.import_, made.hooks) == (Config().lint, Config().import_, Config().hooks)
    lines = (root / "vaultkit.yaml").read_text().splitlines()
    keys = {key for section in ("lint", "import", "hooks") for key in read_keys(lines, section)}
    assert {"packs", "select", "ignore", "exclude", "rules", "overrides"} <= keys
    assert {"folders", "tags", "site-url", "pull-requests"} <= keys
    assert set(fields_of(HooksConfig)) <= keys
    assert read_yaml("\n".join(lines), "vaultkit.yaml")


def read_keys(lines: list[str], section: str) -> list[str]:
    """The keys below `section`, each of which has a comment above it or above its neighbour."""
    inside, out, explained = False, [], False
    for line in lines:
        if line and not line.startswith(" "):
            inside = line.startswith(f"{section}:")
        elif inside and line.startswith("  #"):
            explained = True
        elif inside and line.startswith("  ") and line[2] not in " -":
            assert explained, line
            out.append(line.strip().split(":")[0])
    return out


def test_an_existing_vault_gets_what_it_lacks_and_keeps_what_it_has(run, tmp_path: Path) -> None:
    root = write_tree(
        tmp_path / "v",
        {".obsidian/app.json": '{"mine": 1}', "Home.md": "mine", "Notes/A.md": "x", ".gitignore": "mine\n"},
    )
    before = snapshot(root)
    ran = run("init", root)
    assert ran.code == 0
    assert "added" in ran.out
    assert "Home.md" in ran.out
    after = snapshot(root)
    assert {path: after[path] for path in before} == before
    assert "vaultkit.yaml" in after
    assert not (root / "Diary").exists()  # its owner has folders already
    again = snapshot(root)
    assert "nothing was missing" in run("init", root).out
    assert snapshot(root) == again


def test_the_demo_makes_a_vault_and_can_be_run_again(run, tmp_path: Path) -> None:
    ran = run("demo", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "8 created" in ran.out
    assert "What to open next" in ran.out
    before = snapshot(tmp_path / "vaultkit-demo")
    assert "8 unchanged" in run("demo", cwd=tmp_path).out
    assert snapshot(tmp_path / "vaultkit-demo") == before
    write_tree(tmp_path, {"mine/x.txt": "x"})
    assert run("demo", "mine", cwd=tmp_path).code == 2


def test_help_names_every_verb(run) -> None:
    out = run("--help").out
    assert all(verb in out for verb in VERBS if verb != "hook")


def test_what_the_disk_refuses_is_told_as_such(run, tmp_path: Path) -> None:
    root = tmp_path / "v"
    (tmp_path / "out").mkdir()
    root.mkdir()
    (root / "Templates").symlink_to(tmp_path / "out")
    ran = run("init", root)
    assert ran.code == 3
    assert "leads outside" in ran.err
    assert not list((tmp_path / "out").iterdir())
