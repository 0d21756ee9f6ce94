"""Git's own hooks before a commit, as `vaultkit git install` puts them in place."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vaultkit.git.hooks_config import read_hooks_config
from vaultkit.git.install import install
from vaultkit.git.plumbing import open_repository
from vaultkit.git.pre_commit import hook_pre_commit

MARKED = "<<<<<<< HEAD\nnoon\n=======\none\n>>>>>>> phone\n"
LINT = "lint:\n  select: [links-resolve, no-conflict-markers]\n"


@pytest.fixture
def installed(vault):
    """A vault with one commit and the hooks in place."""
    vault.stage("vaultkit.yaml", LINT)
    vault.stage("a.md", "Rain.\n")
    vault.commit()
    install(vault.top)
    return vault


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """What the hook said when it refused; empty when it did not."""
    return done.stdout + done.stderr if done.returncode else ""


def test_all_that_is_wrong_is_told_at_once_and_once(installed):
    installed.stage("b.md", f"[[no/where]]\n\n{MARKED}")
    installed.stage("aux.md", "x\n")
    said = refused(installed.commit())
    assert said.count("b.md:1:1 links-resolve") == 1
    assert said.count("b.md:3:1 no-conflict-markers") == 1
    assert said.count("aux.md:1:1 names-portable") == 1


@pytest.mark.parametrize(
    ("off", "path", "text"),
    [
        ("conflicts", "a (Conflicted copy).md", "x\n"),
        ("hygiene", "aux.md", "x\n"),
        ("lint: false, links", "b.md", "[[no/where]]\n"),
    ],
)
def test_each_can_be_switched_off(installed, off, path, text):
    installed.stage(path, text)
    assert refused(installed.commit())
    off = "hygiene: false, conflicts" if off == "conflicts" else off
    installed.stage("vaultkit.yaml", f"{LINT}hooks: {{{off}: false}}\n")
    assert not refused(installed.commit())


def test_what_holds_is_staged(installed):
    installed.stage("aux.md", "x\n")
    installed.write("vaultkit.yaml", f"{LINT}hooks: {{hygiene: false}}\n")
    assert refused(installed.commit())


@pytest.mark.parametrize("skip", ["hygiene", "vaultkit-hygiene", "lint, vaultkit-hygiene"])
def test_skip(installed, skip):
    installed.stage("aux.md", "x\n")
    assert refused(installed.commit())
    assert installed.git("commit", "-qm", "x", SKIP=skip).returncode == 0


@pytest.mark.parametrize("way", ["VAULTKIT=0", "--no-verify"])
def test_without(installed, way):
    installed.stage("aux.md", "x\n")
    if way == "--no-verify":
        assert installed.commit(way).returncode == 0
    else:
        assert installed.git("commit", "-qm", "x", VAULTKIT="0").returncode == 0


def test_a_window_program_commits(installed, tmp_path):
    """No PATH but the system's, no HOME, no terminal, nothing on standard input."""
    installed.stage("aux.md", "x\n")
    who = {name: value for name, value in os.environ.items() if name.startswith(("GIT_", "PYTHONPATH"))}
    bare = {"PATH": "/usr/bin:/bin", **who}

    def commit() -> subprocess.CompletedProcess[str]:
        command = ["git", "commit", "-qm", "x"]
        return subprocess.run(
            command, cwd=installed.top, env=bare, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )

    assert "aux.md:1:1 names-portable" in refused(commit())
    installed.git("rm", "-qf", "aux.md")
    installed.stage("b.md", "x\n")
    assert not refused(commit())


def test_an_unfinished_merge_is_told(installed):
    installed.git("switch", "-qc", "phone")
    installed.stage("a.md", "Snow.\n")
    installed.commit("--no-verify")
    installed.git("switch", "-q", "main")
    installed.stage("a.md", "Hail.\n")
    installed.commit("--no-verify")
    installed.git("config", "--remove-section", "merge.vaultkit")
    installed.git("merge", "-q", "phone", check=False)
    assert "resolve" in refused(installed.commit())


def test_a_merge_that_brings_markers_is_refused(installed):
    installed.git("switch", "-qc", "phone")
    installed.stage("b.md", MARKED)
    installed.commit("--no-verify")
    installed.git("switch", "-q", "main")
    installed.stage("a.md", "Hail.\n")
    installed.commit()
    before = installed.commits
    said = refused(installed.git("merge", "-q", "--no-edit", "phone", check=False))
    assert "b.md:1:1 no-conflict-markers" in said
    assert installed.commits == before
    installed.stage("b.md", "noon\n")
    assert not refused(installed.commit())


def test_run_twice_it_says_the_same(installed):
    installed.stage("aux.md", "x\n")
    assert refused(installed.commit()) == refused(installed.commit())


def test_nothing_staged(installed):
    assert hook_pre_commit(installed.top, dt.date(2026, 3, 1)) == (0, "")
    assert installed.commit("--allow-empty").returncode == 0


def test_nothing_staged_loads_neither_linter_nor_yaml_nor_click(installed):
    command = [sys.executable, "-X", "importtime", "-m", "vaultkit", "hook", "pre-commit"]
    done = subprocess.run(command, cwd=installed.top, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "vaultkit.git.pre_commit" in loaded
    assert not loaded & {"click", "yaml", "git", "ruamel.yaml", "vaultkit.linting.run", "vaultkit.vault.parse"}


def test_the_configuration_nearest_to_the_top_holds(repo):
    def hygiene() -> bool:
        return read_hooks_config(open_repository(repo.top)).hygiene

    repo.stage("b/vault/vaultkit.yaml", "hooks: {hygiene: false}\n")
    assert not hygiene()
    repo.stage("vaultkit.yaml", "lint: {}\n")
    assert not hygiene()
    repo.stage("a/vaultkit.yaml", "hooks: {lint: true}\n")
    assert hygiene()
    repo.stage("vaultkit.yaml", "hooks:\n  hygiene: false\n")
    assert not hygiene()


def test_a_configuration_that_git_does_not_track(repo):
    repo.write("vaultkit.yaml", "hooks: {hygiene: false}\n")
    assert not read_hooks_config(open_repository(repo.top)).hygiene


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hooks: {hygene: false}\n", "vaultkit.yaml:1: hooks.hygene: there is no key"),
        ("hooks: {lint: [a]}\n", "hooks.lint: must be true or false"),
        ("hooks: {largest-file: -1}\n", "must not be negative"),
    ],
)
def test_a_wrong_configuration_is_told(installed, text, words):
    installed.stage("vaultkit.yaml", text)
    assert words in refused(installed.commit())


def test_a_vault_in_a_subfolder_and_a_name_with_a_dash(repo):
    repo.stage("notes/.obsidian/app.json", "{}")
    repo.stage("notes/vaultkit.yaml", LINT)
    repo.stage("src/aux.c", "")
    install(repo.top)
    assert not refused(repo.commit())
    repo.stage("notes/-b.md", "[[no/where]]\n")
    done = subprocess.run(["git", "commit", "-qm", "x"], cwd=repo.top / "notes", capture_output=True, text=True)
    assert "notes/-b.md:1:1 links-resolve" in refused(done)


@pytest.mark.parametrize("where", ["worktree", "submodule", "split"])
def test_where_git_lies_elsewhere(installed, repo, tmp_path: Path, where):
    top = tmp_path / "other"
    if where == "worktree":
        installed.git("worktree", "add", "-q", str(top))
    elif where == "submodule":
        outer = tmp_path / "outer"
        subprocess.run(["git", "init", "-q", outer], check=True)
        add = ["git", "-c", "protocol.file.allow=always", "submodule", "-q", "add", installed.top, "notes"]
        subprocess.run(add, cwd=outer, check=True)
        top = outer / "notes"
    else:
        subprocess.run(["git", "clone", "-q", "--separate-git-dir", tmp_path / "git", installed.top, top], check=True)
    install(top)
    other = type(repo)(top)
    other.stage("aux.md", "x\n")
    assert "aux.md:1:1 names-portable" in refused(other.commit())
    other.git("rm", "-qf", "aux.md")
    other.stage("b.md", "x\n")
    assert not refused(other.commit())
