"""Notes that git knew and that are gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.git.conftest import Repo, make_repo
from vaultkit.git.head import head_of
from vaultkit.git.history import GitHistory
from vaultkit.linting.history import Lost

TEXT = "Rain all day, and in the evening a long talk about boats.\n"


def commit(repo: Repo, day: str, *args: str) -> None:
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "notes", "--allow-empty", f"--date={day}T23:30:00+0900", *args)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def lost_notes(folder: Path, inside: str = "") -> Mapping[str, Lost]:
    return GitHistory(folder, inside)._known


def test_deleted_renamed_and_merely_gone(repo: Repo) -> None:
    repo.write("Old/買い物 リスト.md", TEXT)
    repo.write("Soup.md", TEXT * 2 + "Salt.\n")
    repo.write("pic.png", b"\x89PNG")
    repo.write(".trash/Away.md", "Gone.\n")
    commit(repo, "2024-01-17")
    repo.git("rm", "-q", "Old/買い物 リスト.md", "pic.png")
    repo.git("mv", "Soup.md", "Stew.md")
    commit(repo, "2024-02-01")
    repo.git("mv", "Stew.md", "line\nend.md")
    commit(repo, "2024-03-01")
    assert lost_notes(repo.top) == {
        "買い物 リスト": Lost("Old/買い物 リスト.md", day("2024-02-01")),
        "soup": Lost("Soup.md", day("2024-02-01"), "line\nend.md"),
        "stew": Lost("Stew.md", day("2024-03-01"), "line\nend.md"),
        "line\nend": Lost("line\nend.md", None),  # which is there, or was taken away since
    }


def test_what_was_renamed_and_then_deleted_was_deleted(repo: Repo) -> None:
    repo.write("a.md", TEXT)
    commit(repo, "2024-01-17")
    repo.git("mv", "a.md", "b.md")
    commit(repo, "2024-02-01")
    repo.git("rm", "-q", "b.md")
    commit(repo, "2024-03-01")
    assert lost_notes(repo.top)["a"] == Lost("a.md", day("2024-02-01"))


def test_what_was_put_into_a_hidden_folder_was_deleted(repo: Repo) -> None:
    repo.write("a.md", TEXT)
    commit(repo, "2024-01-17")
    (repo.top / ".trash").mkdir()
    repo.git("mv", "a.md", ".trash/a.md")
    commit(repo, "2024-02-01")
    assert lost_notes(repo.top) == {"a": Lost("a.md", day("2024-02-01"))}


def test_the_last_note_of_a_name_counts(repo: Repo) -> None:
    for at, folder in enumerate(("x", "Y"), 1):
        repo.write(f"{folder}/Note.MD", TEXT)
        commit(repo, f"2024-0{at}-01")
        repo.git("rm", "-q", f"{folder}/Note.MD")
        commit(repo, f"2024-0{at}-02")
    assert lost_notes(repo.top) == {"note": Lost("Y/Note.MD", day("2024-02-02"))}


def test_a_vault_below_the_top(repo: Repo) -> None:
    repo.write("vault/a.md", TEXT)
    repo.write("vault/b.md", TEXT * 2 + "More.\n")
    repo.write("c.md", "C\n")
    commit(repo, "2024-01-17")
    repo.git("rm", "-q", "vault/a.md", "c.md")
    repo.git("mv", "vault/b.md", "d.md")
    commit(repo, "2024-02-01")
    expected = {"a": Lost("a.md", day("2024-02-01")), "b": Lost("b.md", day("2024-02-01"))}
    (repo.top / "vault").mkdir(exist_ok=True)
    assert lost_notes(repo.top / "vault") == expected
    assert lost_notes(repo.top, "vault") == expected


def test_without_a_past(repo: Repo, tmp_path: Path) -> None:
    assert lost_notes(repo.top) == {}
    (tmp_path / "elsewhere").mkdir()
    assert lost_notes(tmp_path / "elsewhere") == {}
    assert head_of(str(tmp_path / "elsewhere")) == ""
    assert GitHistory(tmp_path / "elsewhere").lost("a") is None


def test_a_shallow_clone_knows_nothing(repo: Repo, tmp_path: Path) -> None:
    repo.write("a.md", TEXT)
    commit(repo, "2024-01-17")
    repo.git("rm", "-q", "a.md")
    commit(repo, "2024-02-01")
    repo.git("clone", "-q", "--depth=1", f"file://{repo.top}", str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone")
    assert lost_notes(clone.top) == {}
    before = head_of(str(clone.top))
    clone.git("fetch", "-q", "--unshallow")
    assert head_of(str(clone.top)) != before  # the commit is the same, its past is not
    assert set(lost_notes(clone.top)) == {"a"}


MOVES = {
    "a commit": [["commit", "-q", "-m", "x", "--allow-empty"]],
    "another branch": [["checkout", "-q", "-b", "other", "HEAD~1"]],
    "a reset": [["reset", "-q", "--hard", "HEAD~1"]],
    "a detached head": [["checkout", "-q", "--detach", "HEAD~1"]],
}


@pytest.mark.parametrize("packed", [False, True], ids=["loose", "packed"])
@pytest.mark.parametrize("move", MOVES)
def test_the_head_moves(repo: Repo, move: str, packed: bool) -> None:
    for at in (1, 2):
        repo.write("a.md", TEXT * at)
        commit(repo, f"2024-01-0{at}")
    (repo.top / "sub").mkdir()

    def head() -> str:
        if packed:
            repo.git("pack-refs", "--all")
        known = head_of(str(repo.top / "sub"))
        assert known == head_of(str(repo.top)) == repo.git("rev-parse", "HEAD").stdout.strip()
        return known

    before = head()
    for command in MOVES[move]:
        repo.git(*command)
    assert head() != before


def test_a_further_work_tree_has_a_head_of_its_own(repo: Repo, tmp_path: Path) -> None:
    repo.write("a.md", TEXT)
    commit(repo, "2024-01-17")
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    tree = Repo(tmp_path / "tree")
    assert head_of(str(tree.top)) == head_of(str(repo.top)) != ""
    commit(tree, "2024-02-01")
    assert head_of(str(tree.top)) == tree.git("rev-parse", "HEAD").stdout.strip()
    assert head_of(str(tree.top)) != head_of(str(repo.top))


def test_a_repository_that_keeps_its_refs_in_tables(tmp_path: Path) -> None:
    repo = make_repo(tmp_path / "tables")
    done = repo.git("init", "-q", "--ref-format=reftable", str(tmp_path / "other"), check=False)
    if done.returncode:
        pytest.skip("this git has no reftable")
    other = Repo(tmp_path / "other")
    heads = {head_of(str(other.top))}
    for at in (1, 2):
        commit(other, f"2024-01-0{at}")
        heads.add(head_of(str(other.top)))
    assert len(heads) == 3


@pytest.mark.parametrize("text", ["gitdir: /nowhere", "what is this", ""])
def test_a_broken_repository_has_no_past(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").write_text(text)
    assert GitHistory(tmp_path).lost("a") is None
