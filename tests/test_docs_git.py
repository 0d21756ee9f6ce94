"""docs/git.md says what the program does: its blocks are read by those they are for."""

from __future__ import annotations

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


def test_the_framework_takes_its_block(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    (tmp_path / "config.yaml").write_text(block("pre-commit"))
    command = [sys.executable, "-m", "pre_commit", "validate-config", tmp_path / "config.yaml"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_lefthook_is_told_the_same_by_install() -> None:
    told = next(manager for manager in MANAGERS if manager.name == "lefthook").snippet
    assert yaml.safe_load(told.split("\n", 1)[1]) == yaml.safe_load(block("lefthook"))


def test_lefthook_takes_its_block(tmp_path: Path) -> None:
    if shutil.which("lefthook") is None:
        pytest.skip("lefthook is not here")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "lefthook.yml").write_text(block("lefthook"))
    done = subprocess.run(["lefthook", "validate"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_ci_asks_for_a_format_that_there_is(name: str) -> None:
    text = block(name)
    assert yaml.safe_load(text)
    assert re.findall(r"--output-format (\w+)", text) == [name]
    assert name in FORMATS
    assert ".vaultkit/cache" in text
