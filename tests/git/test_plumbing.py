from pathlib import Path

import pytest

from vaultkit.git.plumbing import GitError, NotARepository, open_repository, run_git


def test_the_top_is_found_from_a_subfolder(repo):
    (repo.top / "a b" / "é").mkdir(parents=True)
    assert open_repository(repo.top / "a b" / "é").top == repo.top.resolve()


def test_a_folder_without_repository_is_told(tmp_path):
    with pytest.raises(NotARepository, match="not in a git repository; `git init`"):
        open_repository(tmp_path)


def test_a_bare_repository_is_told(tmp_path):
    run_git(tmp_path, "init", "-q", "--bare", "bare.git")
    with pytest.raises(NotARepository, match="bare repository"):
        open_repository(tmp_path / "bare.git")


def test_no_git_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git: not found"):
        open_repository(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(GitError, match="gone: is not a folder"):
        open_repository(tmp_path / "gone")


def test_an_index_locked_by_another_git_is_told(repo):
    repo.write("a.md", "a")
    repo.write(".git/index.lock", "")
    with pytest.raises(GitError, match=r"index\.lock: another git process is at work"):
        run_git(repo.top, "add", "a.md")


def test_other_refusals_are_told_in_gits_words(repo):
    with pytest.raises(GitError, match=r"^git rev-parse in .*: Needed a single revision"):
        run_git(repo.top, "rev-parse", "--verify", "nowhere")


def test_arguments_are_never_seen_by_a_shell(repo):
    assert run_git(repo.top, "rev-parse", "--sq-quote", b"$(touch owned) `x` \xff") == b" '$(touch owned) `x` \xff'\n"
    assert not (repo.top / "owned").exists()


def test_a_file_system_monitor_is_not_started(repo, tmp_path: Path):
    monitor = repo.hook("monitor", f"touch '{tmp_path}/started'\n")
    repo.git("config", "core.fsmonitor", str(monitor))
    run_git(repo.top, "status")
    assert not (tmp_path / "started").exists()
    repo.git("status")  # the control: git by itself does start it
    assert (tmp_path / "started").exists()
