"""Git's hooks that refuse nothing: after a merge, a checkout, a rewrite; and the first line of a message."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vaultkit.errors import DiskError
from vaultkit.git.after import hook_after
from vaultkit.git.install import install
from vaultkit.git.message import summary
from vaultkit.git.tracked import StagedChange
from vaultkit.vault import disk

ANSWER = ".vaultkit/cache/lint-answer.bin"


@pytest.fixture
def installed(vault):
    """A vault with two branches that go apart, the hooks, and an answer of lint's."""
    vault.stage(".gitignore", ".vaultkit/cache/\n")
    for number in range(5):
        vault.stage(f"{number}.md", "Rain.\n")
    vault.commit()
    vault.git("branch", "phone")
    for number in range(5):
        vault.stage(f"{number}.md", "Snow.\n")
        vault.commit()
    install(vault.top)
    return vault


def remembered(repo) -> bool:
    return (repo.top / ANSWER).exists()


def remember(repo) -> None:
    repo.write(ANSWER, "x")


def test_a_real_answer_is_forgotten(installed, run):
    for note in installed.top.glob("*.md"):
        os.utime(note, (1_700_000_000, 1_700_000_000))  # one that was just written may change again
    run("lint", installed.top)
    assert remembered(installed)
    installed.git("switch", "-q", "phone")
    assert not remembered(installed)


def test_after_a_merge(installed):
    installed.git("switch", "-q", "phone")
    remember(installed)
    installed.git("merge", "-q", "--ff-only", "main")
    assert not remembered(installed)


def test_after_a_rebase_of_five_it_is_done_once(installed, tmp_path: Path):
    """The program is started for each hook that git runs, and does nothing until the end."""
    installed.git("switch", "-q", "phone")
    installed.stage("other.md", "x\n")
    installed.commit()
    installed.git("switch", "-q", "main")
    remember(installed)
    counted = tmp_path / "counted"
    installed.hook("pre-commit.vaultkit-prev", f"echo pre-commit >> {counted}\n")
    for name in ("post-checkout", "post-rewrite"):
        installed.hook(f"{name}.vaultkit-prev", f"test -e {ANSWER} && echo {name} >> {counted}; cat > /dev/null\n")
    installed.git("rebase", "-q", "phone")
    assert not remembered(installed)
    assert counted.read_text().split().count("post-rewrite") <= 1
    assert len(counted.read_text().split()) <= 2


def test_after_amend(installed):
    remember(installed)
    installed.git("commit", "-q", "--amend", "-m", "other words")
    assert not remembered(installed)


@pytest.mark.parametrize(
    ("hook", "arguments", "environment", "forgets"),
    [
        ("post-checkout", ("a" * 40, "b" * 40, "1"), {}, True),
        ("post-checkout", ("a" * 40, "a" * 40, "0"), {}, False),
        ("post-checkout", ("a" * 40, "b" * 40, "1"), {"_PRE_COMMIT_SKIP_POST_CHECKOUT": "1"}, False),
        ("post-merge", ("0",), {}, True),
        ("post-rewrite", ("amend",), {}, True),
        ("reindex", (), {}, True),
    ],
)
def test_when(vault, hook, arguments, environment, forgets):
    remember(vault)
    assert hook_after(vault.top, hook, arguments, environment) == (0, "")
    assert remembered(vault) != forgets


@pytest.mark.parametrize("way", ["a folder", "GIT_DIR", "a file"])
def test_while_a_rebase_goes_on(vault, way):
    remember(vault)
    environment = {}
    if way == "a folder":
        (vault.top / ".git/rebase-merge").mkdir()
    else:
        (vault.top / "elsewhere/rebase-apply").mkdir(parents=True)
    if way == "GIT_DIR":
        environment["GIT_DIR"] = str(vault.top / "elsewhere")
    elif way == "a file":
        (vault.top / ".git").rename(vault.top / "was")
        (vault.top / ".git").write_text("gitdir: elsewhere\n")
    hook_after(vault.top, "post-checkout", ("a", "b", "1"), environment)
    assert remembered(vault)
    hook_after(vault.top, "post-rewrite", ("rebase",), environment)
    assert not remembered(vault)


def test_a_vault_in_a_subfolder(repo):
    repo.write(f"notes/{ANSWER}", "x")
    hook_after(repo.top, "post-merge", ("0",), {})
    assert not (repo.top / "notes" / ANSWER).exists()


def test_it_never_fails(vault, monkeypatch, capfd):
    from vaultkit.cli.hook_run import run_hook

    def refuse(number: int, operation: str, path: str) -> None:
        raise OSError(errno.EROFS, "read-only")

    remember(vault)
    monkeypatch.chdir(vault.top)
    monkeypatch.setattr(disk, "on_step", refuse)
    assert run_hook("post-merge", ("0",)) == 0
    assert "read-only" in capfd.readouterr().err


def test_it_is_not_missed(installed, tmp_path: Path):
    """Vaultkit is gone: git goes on as without."""
    for hook in (installed.top / ".git/hooks").glob("post-*"):
        if not hook.name.endswith(".sample"):
            hook.write_bytes(hook.read_bytes().replace(os.fsencode(Path(sys.executable).parent), b"/gone"))
    done = subprocess.run(
        ["git", "switch", "-q", "phone"],
        cwd=installed.top,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_read_only_repository_is_told(vault, monkeypatch):
    def refuse(number: int, operation: str, path: str) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(disk, "on_step", refuse)
    with pytest.raises(DiskError, match="read-only"):
        install(vault.top)


class TestMessage:
    EDITOR = 'f() { cp "$1" said; }; f'

    @pytest.fixture
    def asked(self, vault):
        vault.stage("vaultkit.yaml", "hooks: {message: true}\n")
        vault.stage("a.md", "Rain.\n")
        vault.commit()
        install(vault.top)
        vault.stage("b.md", "Snow.\n")
        vault.stage("c.md", "Hail.\n")
        vault.git("mv", "a.md", "日記.md")
        return vault

    def said(self, repo, *args: str) -> list[str]:
        """The message as the editor is given it."""
        repo.git("commit", "-q", *args, check=False, GIT_EDITOR=self.EDITOR)
        return (repo.top / "said").read_text().splitlines() if (repo.top / "said").exists() else []

    def test_an_empty_one_gets_a_line(self, asked):
        lines = self.said(asked)
        assert lines[0] == "vault: +2 R1"
        assert lines[1] == ""
        assert lines[2].startswith("#")
        assert asked.git("log", "-1", "--format=%B").stdout.strip() == "vault: +2 R1"

    def test_what_is_said_stays(self, asked):
        assert self.said(asked, "-m", "mine", "-e")[0] == "mine"
        assert self.said(asked, "--amend")[0] == "mine"

    def test_a_template_stays(self, asked):
        asked.write(".git/template", "why:\n")
        assert self.said(asked, "-t", ".git/template")[0] == "why:"

    def test_only_where_it_is_switched_on(self, asked):
        asked.stage("vaultkit.yaml", "hooks: {message: false}\n")
        assert self.said(asked)[0] == ""

    def test_a_wrong_configuration_does_not_stop_it(self, asked):
        asked.stage("vaultkit.yaml", "hooks: {message: [}\n")
        assert self.said(asked, "--no-verify")[0] == ""


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ("A a.md, A b.md, M c.md, D d.md, R e.md, T f.md", "vault: +2 ~2 -1 R1"),
        ("M .obsidian/app.json, A .gitignore", ""),
        ("M .obsidian/app.json, M a.md", "vault: ~1"),
        ("", ""),
    ],
)
def test_the_line(changes, line):
    found = [change.split() for change in changes.split(", ") if change]
    assert summary(StagedChange(kind, path) for kind, path in found) == line
