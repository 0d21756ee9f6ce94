"""Links to notes that git knew: told the same whether lint remembers the vault or not, whatever happens to its past."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, write_tree
from vaultkit.cli import unchanged

Run = Callable[..., Ran]
Make = Callable[..., Path]
TEXT = "Rain all day, and in the evening a long talk about boats.\n"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    values = {"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    values |= {f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    values["GIT_AUTHOR_DATE"] = "2024-01-17T12:00:00Z"
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "notes", "--allow-empty")


def age(root: Path) -> None:
    """Let every note be old, so that its time proves something."""
    for path in root.rglob("*.md"):
        os.utime(path, ns=(10**18, path.stat().st_mtime_ns - 10**10))


def told(run: Run, root: Path) -> list[str]:
    """Rule and link of each finding: the same cold, warm, and warm again when nothing changed."""
    cold = run("lint", root, "--no-cache")
    assert [run("lint", root), run("lint", root)] == [cold, cold]
    return [" ".join(line.split()[1:3]) for line in cold.out.splitlines() if "links-" in line]


LOST, NEVER = "links-resolve `[[Soup]]`", "links-unresolved `[[Soup]]`"


def test_the_past_moves_on(run: Run, vault: Make) -> None:
    root = vault({"A.md": "[[Soup]]\n", ".gitignore": ".vaultkit/\n", "Soup.md": TEXT})
    (root / "Soup.md").unlink()
    age(root)
    assert told(run, root) == [NEVER]
    git(root, "init", "-q", "-b", "main")
    assert told(run, root) == [NEVER]
    write_tree(root, {"Soup.md": TEXT})
    age(root)
    assert told(run, root) == []
    commit(root)
    (root / "Soup.md").unlink()
    assert told(run, root) == [LOST]  # it is gone, though the past does not say so yet
    commit(root)
    assert told(run, root) == [LOST]
    git(root, "reset", "-q", "--hard", "HEAD~1")
    age(root)
    assert told(run, root) == []
    git(root, "checkout", "-q", "--orphan", "other")
    git(root, "rm", "-q", "--cached", "Soup.md")
    (root / "Soup.md").unlink()
    commit(root)
    assert told(run, root) == [NEVER]
    git(root, "checkout", "-q", "main")
    (root / "Soup.md").unlink()
    age(root)
    assert told(run, root) == [LOST]
    (root / ".git").rename(root.parent / "away")
    assert told(run, root) == [NEVER]


def test_an_unmoved_past_is_answered_without_the_linter(
    run: Run, vault: Make, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    root = vault({"A.md": "[[Soup]]\n", ".gitignore": ".vaultkit/\n", "Soup.md": TEXT})
    git(root, "init", "-q")
    commit(root)
    (root / "Soup.md").unlink()
    age(root)
    first = run("lint", root)
    assert first.code == 1
    assert unchanged.answer([str(root)]) == 1
    assert capsysbinary.readouterr().out.decode() == first.out
    commit(root)
    assert unchanged.answer([str(root)]) is None
    assert "was deleted on 2024-01-17" in run("lint", root).out


def test_in_two_processes(run: Run, vault: Make) -> None:
    root = vault({f"{n}.md": "[[Soup]]\n" for n in range(30)} | {"Soup.md": TEXT})
    git(root, "init", "-q")
    commit(root)
    git(root, "mv", "Soup.md", "Stew.md")
    commit(root)
    one, two = (run("lint", root, "--no-cache", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == two
    assert one.out.count("`Soup.md` became `Stew.md` on 2024-01-17; write `[[Stew|Soup]]`") == 30


def test_a_renamed_note_is_found_again_when_asked(run: Run, vault: Make) -> None:
    root = vault({"A.md": "[[Soup]] [[Soup|the soup]] ![[Soup]]\n[[Tea]]\n", "Soup.md": TEXT, "Tea.md": "Green.\n"})
    git(root, "init", "-q")
    commit(root)
    git(root, "mv", "Soup.md", "買い物.md")
    git(root, "rm", "-q", "Tea.md")
    commit(root)
    assert run("lint", root, "--fix").code == 1
    assert (root / "A.md").read_text("utf-8").startswith("[[Soup]]")
    assert run("lint", root, "--fix", "--unsafe-fixes").code == 1
    text = (root / "A.md").read_text("utf-8")
    assert text == "[[買い物|Soup]] [[買い物|the soup]] ![[Soup]]\n[[Tea]]\n"


def test_silenced_where_it_stands(run: Run, vault: Make) -> None:
    root = vault({"A.md": "[[Soup]]\n", "Soup.md": TEXT})
    git(root, "init", "-q")
    commit(root)
    (root / "Soup.md").unlink()
    assert run("lint", root, "--add-ignores").code == 0
    assert "ignore links-resolve" in (root / "A.md").read_text("utf-8")
    assert run("lint", root).out == "Nothing found.\n"


def test_git_is_left_alone_when_that_is_wanted(run: Run, vault: Make) -> None:
    off = "lint: {rules: {links-resolve: {options: {history: false}}, links-unresolved: {options: {history: false}}}}"
    root = vault({"A.md": "[[Soup]]\n", "Soup.md": TEXT, "vaultkit.yaml": off})
    git(root, "init", "-q")
    commit(root)
    (root / "Soup.md").unlink()
    assert told(run, root) == [NEVER]


def test_git_is_not_asked_when_no_link_is_unresolved(run: Run, vault: Make, tmp_path: Path) -> None:
    root = vault({"A.md": "[[B]] [[Away/C]]\n", "B.md": ""})
    git(root, "init", "-q")
    commit(root)
    write_tree(tmp_path / "bin", {"git": f"#!/bin/sh\ntouch '{tmp_path}/asked'\nexit 1\n"})
    (tmp_path / "bin" / "git").chmod(0o755)
    path = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    assert "links-resolve" in run("lint", root, "--no-cache", env=path).out
    assert not (tmp_path / "asked").exists()
    write_tree(root, {"A.md": "[[Soup]]\n"})
    assert "links-unresolved" in run("lint", root, "--no-cache", env=path).out
    assert (tmp_path / "asked").exists()
