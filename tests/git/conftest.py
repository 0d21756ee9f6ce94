"""Real repositories, apart from the configuration of whoever runs the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


class Repo:
    """A repository in a folder of the test. Paths and texts may be given as bytes, too."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def git(self, *args: str | bytes, check: bool = True, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["git", *args],
            cwd=self.top,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            errors="surrogateescape",
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def write(self, path: str, text: str | bytes) -> None:
        target = self.top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def stage(self, path: str, text: str | bytes) -> None:
        self.write(path, text)
        self.git("add", "-f", "--", path)

    def commit(self, *args: str) -> subprocess.CompletedProcess[str]:
        """What `git commit` said; it may have been refused."""
        return self.git("commit", "-q", "-m", "notes", *args, check=False)

    @property
    def commits(self) -> int:
        return len(self.git("rev-list", "--all").stdout.split())

    def judge_commits(self) -> None:
        """A pre-commit hook that asks `hook_lint` and nothing else."""
        ask = "import sys, pathlib; from vaultkit.git.hook import hook_lint; "
        ask += "code, text = hook_lint(pathlib.Path.cwd(), ()); sys.stdout.write(ascii(text)); sys.exit(code)"
        self.hook("pre-commit", f"exec '{sys.executable}' -c '{ask}'\n")

    def judge_as_installed(self, hooks: Path | None = None) -> None:
        """A pre-commit hook (in the folder `hooks`, or the usual one) that runs what the installed one runs."""
        path = self.hook("pre-commit", f"exec '{sys.executable}' -m vaultkit hook pre-commit\n")
        if hooks is not None:
            hooks.mkdir(parents=True, exist_ok=True)
            (hooks / "pre-commit").write_text(path.read_text())
            (hooks / "pre-commit").chmod(0o755)

    def hook(self, name: str, script: str, mode: int = 0o755) -> Path:
        path = self.top / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}")
        path.chmod(mode)
        return path


def make_repo(top: Path) -> Repo:
    top.mkdir(parents=True)
    repo = Repo(top)
    repo.git("init", "-q", "-b", "main")
    return repo


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration and no hook environment from outside."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT", "VAULTKIT"))]:
        monkeypatch.delenv(name)
    (tmp_path / "home").mkdir()
    values = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
    values |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    values |= {f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for name, value in values.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty repository."""
    return make_repo(tmp_path / "repo")


@pytest.fixture
def vault(repo: Repo) -> Repo:
    """A repository that is a vault, without a commit yet."""
    repo.stage(".obsidian/app.json", "{}")
    return repo
