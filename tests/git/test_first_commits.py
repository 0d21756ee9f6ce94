"""The days on which git first saw notes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.git.conftest import Repo
from vaultkit.git.first_commits import first_commit_in, first_commits

TEXT = "Rain all day, and in the evening a long talk about boats.\n"


def commit(repo: Repo, day: str, *args: str) -> None:
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "notes", f"--date={day}T23:30:00+0900", *args)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_each_file_from_its_first_commit(repo: Repo) -> None:
    repo.write("Diary/雨 の日.md", TEXT)
    commit(repo, "2024-01-17")
    repo.write("Diary/雨 の日.md", TEXT * 2)
    repo.write('b "q".md', "B\n")
    repo.write("line\nend.md", "C\n")
    commit(repo, "2024-02-01")
    assert first_commits(repo.top) == {
        "Diary/雨 の日.md": day("2024-01-17"),
        'b "q".md': day("2024-02-01"),
        "line\nend.md": day("2024-02-01"),
    }


def test_a_renamed_file_keeps_its_day(repo: Repo) -> None:
    repo.write("A walk.md", TEXT)
    commit(repo, "2024-01-17")
    repo.git("mv", "A walk.md", "散歩.md")
    commit(repo, "2024-02-01")
    repo.write("A walk.md", "Another one.\n")
    commit(repo, "2024-03-01")
    assert first_commits(repo.top) == {"散歩.md": day("2024-01-17"), "A walk.md": day("2024-03-01")}


def test_a_file_that_came_back_counts_anew(repo: Repo) -> None:
    repo.write("Untitled.md", TEXT)
    commit(repo, "2024-01-17")
    repo.git("rm", "-q", "Untitled.md")
    commit(repo, "2024-02-01", "--allow-empty")
    repo.write("Untitled.md", "Something else.\n")
    commit(repo, "2024-03-01")
    assert first_commits(repo.top) == {"Untitled.md": day("2024-03-01")}


def test_a_clock_that_was_never_set_tells_no_day(repo: Repo) -> None:
    repo.write("a.md", "A\n")
    commit(repo, "1970-06-01")
    repo.write("b.md", "B\n")
    commit(repo, "1971-06-01")
    assert first_commits(repo.top) == {"b.md": day("1971-06-01")}


def test_branches_that_were_merged(repo: Repo) -> None:
    repo.write("a.md", "A\n")
    commit(repo, "2024-01-17")
    repo.git("switch", "-q", "-c", "side")
    repo.write("side.md", TEXT)
    commit(repo, "2024-01-20")
    repo.git("switch", "-q", "main")
    repo.write("main.md", "M\n")
    commit(repo, "2024-01-21")
    repo.git("merge", "-q", "--no-ff", "-m", "both", "side")
    assert first_commits(repo.top) == {
        "a.md": day("2024-01-17"),
        "side.md": day("2024-01-20"),
        "main.md": day("2024-01-21"),
    }


def test_the_paths_are_those_below_the_folder(repo: Repo) -> None:
    repo.write("vault/a.md", "A\n")
    repo.write("vaults.md", "B\n")
    commit(repo, "2024-01-17")
    first = first_commit_in(repo.top / "vault")
    assert first("a.md") == day("2024-01-17")
    assert first("nothing.md") is None


def test_nothing_is_known_of_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    for one in ("2024-01-17", "2024-01-18"):
        repo.write(f"{one}.md", TEXT)
        commit(repo, one)
    repo.git("clone", "-q", "--depth=1", repo.top.as_uri(), str(tmp_path / "clone"))
    assert first_commits(tmp_path / "clone") == {}


def test_nothing_is_known_without_a_commit_or_a_repository(repo: Repo, tmp_path: Path) -> None:
    assert first_commits(repo.top) == {}
    (tmp_path / "plain").mkdir()
    assert first_commits(tmp_path / "plain") == {}


def test_nothing_is_known_without_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert first_commits(repo.top) == {}


def test_an_entry_is_dated_from_its_first_commit_when_a_person_asks_for_it(repo: Repo, run) -> None:
    repo.write(".obsidian/daily-notes.json", '{"folder": "日記"}')
    repo.write("日記/散歩.md", TEXT)
    repo.write("日記/Words.md", "---\ndate: some day\n---\n")
    commit(repo, "2024-01-17")
    repo.write("日記/New.md", TEXT)
    lint = ("lint", "--no-cache", "--select", "entry-is-dated", repo.top)
    assert run(*lint, "--fix").out.count("the entry has no date") == 3
    assert (repo.top / "日記/散歩.md").read_text("utf-8") == TEXT
    assert "+date: 2024-01-17\n" in run(*lint, "--diff", "--unsafe-fixes").out
    assert run(*lint, "--fix", "--unsafe-fixes").out.count("the entry has no date") == 2
    assert (repo.top / "日記/散歩.md").read_text("utf-8") == f"---\ndate: 2024-01-17\n---\n{TEXT}"
    assert (repo.top / "日記/New.md").read_text("utf-8") == TEXT
    assert (repo.top / "日記/Words.md").read_text("utf-8") == "---\ndate: some day\n---\n"
    assert "mended" not in run(*lint, "--fix", "--unsafe-fixes").out
