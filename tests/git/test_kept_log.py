"""The log that is remembered: it says what git says, whatever becomes of the past, and of what was kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.git.conftest import Repo
from vaultkit.git import kept_log as module
from vaultkit.git.commit_history import CommitHistory
from vaultkit.git.kept_log import kept_log
from vaultkit.git.past import read_log
from vaultkit.vault import cache

COMMITS = 300


def grow(repo: Repo, commits: int, seed: int) -> None:
    """Commits on main, one after the other: each makes a note, renames one, or takes one away."""
    chance, there = random.Random(seed), repo.git("ls-tree", "-r", "--name-only", "-z", "HEAD", check=False).stdout
    notes = [name for name in there.split("\0") if name.endswith(".md")]
    parent = repo.git("rev-parse", "--verify", "-q", "HEAD", check=False).stdout.strip()
    stream = []
    for number in range(commits):
        if len(notes) > 20 and chance.random() < 0.3:
            path = notes.pop(chance.randrange(len(notes)))
            change = f'D "{path}"\n'
        elif len(notes) > 5 and chance.random() < 0.2:
            path = notes.pop(chance.randrange(len(notes)))
            notes.append(f"Moved {seed} {number}.md")
            change = f'R "{path}" "{notes[-1]}"\n'
        else:
            notes.append(f"Note {seed} {number} 日記.md")
            text = f"{chance.random()} rain\n"
            change = f'M 644 inline "{notes[-1]}"\ndata {len(text)}\n{text}'
        day = 1_600_000_000 + 600 * number
        first = f"from {parent}\n" if parent and not number else ""
        stream.append(f"commit refs/heads/main\ncommitter A <a@example.org> {day} +0000\ndata 1\nx\n{first}{change}\n")
    told = repo.top / "stream"
    told.write_text("".join(stream))
    repo.git("-c", f"alias.grow=!git fast-import --quiet --force < '{told}'", "grow")
    told.unlink()
    repo.git("reset", "-q", "--hard", "main")


@pytest.fixture
def old(vault: Repo) -> Repo:
    """A vault of some hundred commits, whose log was asked for once."""
    vault.commit()
    grow(vault, COMMITS, 1)
    assert ask(vault) == read_log(vault.top)
    assert record(vault).is_file()
    return vault


def ask(repo: Repo) -> object:
    return kept_log(repo.top, repo.top)


def record(repo: Repo) -> Path:
    return repo.top / cache.FOLDER / "git-log.bin"


def whole(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logs that are asked for from now on."""
    asked: list[str] = []
    read = module.log_text

    def log_text(folder: Path, *options: str) -> bytes:
        asked.extend(options)
        return read(folder, *options)

    monkeypatch.setattr(module, "log_text", log_text)
    return asked


def head(repo: Repo) -> str:
    return repo.git("rev-parse", "HEAD").stdout.strip()


def test_where_nothing_happened_git_is_not_asked_for_its_log(old, monkeypatch):
    asked = whole(monkeypatch)
    assert ask(old) == read_log(old.top)
    assert asked == []


@pytest.mark.parametrize("more", [1, 7, 250], ids=str)
def test_only_what_came_since_is_read(old, monkeypatch, more):
    before = head(old)
    grow(old, more, 2)
    asked = whole(monkeypatch)
    assert ask(old) == read_log(old.top)
    assert asked == [f"{before}..{head(old)}"]
    assert ask(old) == read_log(old.top)
    assert len(asked) == (1 if more > 200 else 2)  # few are read sooner than kept


def amended(repo: Repo) -> None:
    repo.stage("Other.md", "rain")
    repo.git("commit", "-q", "--amend", "-m", "other")


def set_back(repo: Repo) -> None:
    repo.git("reset", "-q", "--hard", "HEAD~40")


def rewritten_and_forgotten(repo: Repo) -> None:
    repo.git("reset", "-q", "--hard", "HEAD~40")
    grow(repo, 30, 3)
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")


def another_root(repo: Repo) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.git("commit", "-q", "-m", "anew")


def merged(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side", "HEAD~100")
    repo.stage("Side.md", "snow and more snow")
    repo.git("commit", "-q", "-m", "side", "--date=2020-10-01T12:00:00")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merged", "side")


@pytest.mark.parametrize("change", [amended, set_back, rewritten_and_forgotten, another_root, merged])
def test_a_past_that_was_rewritten_is_read_anew(old, monkeypatch, change):
    change(old)
    asked = whole(monkeypatch)
    assert ask(old) == read_log(old.top)
    assert asked == [head(old)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:100] + b"x" + data[101:],
        lambda data: b"00000000" + data[8:],
    ],
    ids=["empty", "cut off", "changed", "sum"],
)
def test_what_is_damaged_counts_as_nothing(old, monkeypatch, damage):
    record(old).write_bytes(damage(record(old).read_bytes()))
    asked = whole(monkeypatch)
    assert ask(old) == read_log(old.top)
    assert asked == [head(old)]
    assert ask(old) == read_log(old.top)
    assert asked == [head(old)]  # kept again


@pytest.mark.parametrize("name", [b"--output=/tmp/x", b"HEAD", b"0" * 40, b""], ids=repr)
def test_what_is_no_commit_is_not_given_to_git(old, name):
    text = b"\x012020-01-01\0\nD\0Never.md\0"
    cache.save(str(old.top), "git-log", [module._VERSION, name, text])
    assert ask(old) == read_log(old.top)


def test_a_short_past_is_not_kept(vault):
    vault.commit()
    assert ask(vault) == read_log(vault.top)
    assert not record(vault).exists()


def test_a_vault_below_keeps_it_in_its_own_folder(old):
    (old.top / "below").mkdir()
    assert kept_log(old.top, old.top / "below") == read_log(old.top)
    assert (old.top / "below" / cache.FOLDER / "git-log.bin").is_file()
    assert kept_log(old.top / "below", old.top / "below") == read_log(old.top / "below")


def test_it_is_asked_for_by_commits_and_by_lint_that_may_remember(old, run):
    record(old).unlink()
    run("lint", "--no-cache", str(old.top))
    old.stage("New.md", "[[Note 1 0 日記]] and [[A thought]]\n")
    run("lint", "--no-cache", str(old.top))
    assert not record(old).exists()
    CommitHistory(old.top, "", (), {}).prepare()
    assert record(old).is_file()
