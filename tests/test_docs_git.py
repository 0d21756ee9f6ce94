"""docs/git.md says what the program does: its blocks are read by those they are for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from vaultkit.cli.hook_run import HOOKS
from vaultkit.cli.lint_report import FORMATS
from vaultkit.config import parse_config
from vaultkit.config_hooks import HooksConfig
from vaultkit.git.git_hooks import GIT_HOOKS
from vaultkit.git.managers import MANAGERS
from vaultkit.schema import fields_of

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/git.md").read_text("utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```\n<!-- /{name} -->", PAGE, re.S)
    assert found is not None
    return found[1]


def test_the_defaults() -> None:
    text = block("hooks")
    assert parse_config(text).hooks == HooksConfig()
    assert list(yaml.safe_load(text)["hooks"]) == list(fields_of(HooksConfig))


def test_what_git_passes_over() -> None:
    shipped = (ROOT / "vault-template/.gitignore").read_text("utf-8").splitlines()
    assert set(block("gitignore").splitlines()) <= set(shipped)


def test_every_hook_of_gits_is_told() -> None:
    assert [hook.name for hook in GIT_HOOKS if f"`{hook.name}`" not in PAGE] == []
    assert [hook.name for hook in GIT_HOOKS if hook.name not in HOOKS] == []


def test_the_hooks_of_the_framework_are_offered() -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    offered = {hook["id"]: hook["entry"] for hook in manifest}
    assert {entry.split()[2] for entry in offered.values()} <= set(HOOKS)
    named = {hook["id"] for hook in yaml.safe_load(block("pre-commit"))["repos"][0]["hooks"]}
    assert named | {"vaultkit-fix"} == set(offered)
    stages = {
        stage for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text()) for stage in hook["stages"]
    }
    assert set(yaml.safe_load(block("pre-commit"))["default_install_hook_types"]) == stages - {"manual"}


def program(name: str) -> str:
    """A hook manager, beside this Python or in PATH; without it the test is skipped."""
    found = shutil.which(name, path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))))
    if found is None:
        pytest.skip(f"{name} is not here")
    return found


def says(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("framework", ["pre-commit", "prek"])
def test_the_framework_takes_its_block(tmp_path: Path, framework: str) -> None:
    (tmp_path / "config.yaml").write_text(block("pre-commit"))
    (tmp_path / "hooks.yaml").write_bytes((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    says([program(framework), "validate-config", "config.yaml"], tmp_path)
    says([program(framework), "validate-manifest", "hooks.yaml"], tmp_path)


@pytest.mark.parametrize("framework", ["pre-commit", "prek"])
def test_the_framework_runs_the_hooks(tmp_path: Path, framework: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hook for its stage, as the manifest says; of the vaultkit that is here, since none is fetched."""
    found = program(framework)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        monkeypatch.delenv(name)
    top = tmp_path / "vault"
    subprocess.run(["git", "init", "-q", top], check=True)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    for hook in hooks:
        hook["entry"] = f"{sys.executable} -P -m {hook['entry']}"
        hook["language"] = "system"
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (top / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    (top / ".obsidian").mkdir()
    (top / ".obsidian" / "app.json").write_text("{}")
    (top / "a.md").write_text("[[b/c]]\n\n<<<<<<< HEAD\nnoon\n=======\none\n>>>>>>> phone\n")
    subprocess.run(["git", "add", "-A"], cwd=top, check=True)
    done = subprocess.run([found, "run"], cwd=top, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a.md:1:1 links-resolve" in done.stdout
    assert "a.md:3:1 no-conflict-markers" in done.stdout
    (top / "a.md").write_text("Rain.\n")
    subprocess.run(["git", "add", "-A"], cwd=top, check=True)
    says([found, "run"], top)


def test_lefthook_is_told_the_same_by_install() -> None:
    told = next(manager for manager in MANAGERS if manager.name == "lefthook").snippet
    assert yaml.safe_load(told.split("\n", 1)[1]) == yaml.safe_load(block("lefthook"))


def test_lefthook_takes_its_block(tmp_path: Path) -> None:
    found = program("lefthook")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "lefthook.yml").write_text(block("lefthook"))
    says([found, "validate"], tmp_path)


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_ci_asks_for_a_format_that_there_is(name: str) -> None:
    text = block(name)
    assert yaml.safe_load(text)
    assert re.findall(r"--output-format (\w+)", text) == [name]
    assert name in FORMATS
    assert ".vaultkit/cache" in text
