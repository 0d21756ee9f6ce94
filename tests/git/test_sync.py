"""`vaultkit sync --pull --commit --push` in real repositories, with a real bare remote."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot
from tests.git.conftest import Repo, make_repo
from tests.scenes import unsynced
from vaultkit.cli import run as call

Sync = Callable[..., Ran]
DIARY = "2024/03/02\n\nFog.\n\n2024/03/01\n\nThe lamp was lit.\n"
CONFIG = "sources:\n  log: {path: ~/log.txt}\n"
NOTES = ["Diary/2024-03-01.md", "Diary/2024-03-02.md"]


@pytest.fixture
def export(tmp_path: Path, alone: None) -> Path:
    path = tmp_path / "home" / "log.txt"
    path.write_text(DIARY)
    return path


@pytest.fixture
def home(repo: Repo, export: Path) -> Repo:
    """A vault in a repository, with one commit."""
    repo.stage(".obsidian/app.json", "{}")
    repo.stage("vaultkit.yaml", CONFIG)
    repo.stage("Mine.md", "mine\n")
    repo.git("commit", "-q", "-m", "start")
    return repo


@pytest.fixture
def remote(home: Repo, tmp_path: Path) -> Repo:
    """The bare repository that `home` follows."""
    home.git("init", "-q", "--bare", "-b", "main", str(tmp_path / "remote.git"))
    home.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    home.git("push", "-q", "-u", "origin", "main")
    return Repo(tmp_path / "remote.git")


@pytest.fixture
def elsewhere(remote: Repo, tmp_path: Path) -> Repo:
    """Another clone of the remote."""
    remote.git("clone", "-q", str(remote.top), str(tmp_path / "clone"))
    return Repo(tmp_path / "clone")


@pytest.fixture
def sync(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Sync:
    """`sync(folder, "--commit")`, in this process."""
    unsynced(monkeypatch)

    def one(folder: Path, *arguments: str) -> Ran:
        monkeypatch.chdir(folder)
        code = call(["sync", *arguments])
        said = capfd.readouterr()
        return Ran(code, said.out, said.err)

    return one


def committed(repo: Repo, commit: str = "HEAD") -> list[str]:
    """What a commit changed, without the records of imports."""
    names = repo.git("show", "--name-only", "--format=", "-z", commit).stdout.split("\0")
    return [name for name in names if name and "vaultkit/" not in name]


def state(repo: Repo) -> tuple[object, ...]:
    """All that a command that stops must leave as it is."""
    files = {path: data for path, (data, _) in snapshot(repo.top).items() if not path.startswith(".git/")}
    status = repo.git("status", "--porcelain").stdout
    return files, status, repo.git("rev-parse", "--verify", "-q", "HEAD", check=False).stdout


def test_one_commit_of_what_was_written_with_counts(home: Repo, sync: Sync, export: Path) -> None:
    ran = sync(home.top, "--commit")
    assert (ran.code, ran.err) == (0, "")
    assert committed(home) == NOTES
    assert home.git("log", "--format=%s").stdout == "vaultkit sync: log +2\nstart\n"
    assert home.git("status", "--porcelain").stdout == ""
    assert home.git("show", "--name-only", "--format=").stdout.count(".vaultkit/") == 3
    export.write_text(DIARY.replace("was lit", "went out") + "\n2024/02/29\n\nA day more.\n")
    sync(home.top, "--commit")
    assert home.git("log", "-1", "--format=%s").stdout == "vaultkit sync: log +1 ~1\n"
    assert committed(home) == ["Diary/2024-02-29.md", "Diary/2024-03-01.md"]


def test_nothing_new_is_no_commit(home: Repo, sync: Sync) -> None:
    sync(home.top, "--commit")
    before = state(home)
    ran = sync(home.top, "--commit")
    assert (ran.code, ran.out) == (0, "log: 2 unchanged\nthere was nothing to commit\n")
    assert state(home) == before


def test_what_the_user_staged_or_changed_stays_as_it_was(home: Repo, sync: Sync) -> None:
    home.stage("Mine.md", "staged\n")
    home.write("Mine.md", "and changed again\n")
    home.stage("New.md", "new, staged\n")
    home.write("Loose.md", "known to nobody\n")
    home.stage("Mine too.md", "staged and gone\n")
    (home.top / "Mine too.md").unlink()
    before = home.git("status", "--porcelain").stdout
    index = home.git("ls-files", "--stage").stdout
    assert sync(home.top, "--commit").code == 0
    assert committed(home) == NOTES
    assert home.git("status", "--porcelain").stdout == before
    after = home.git("ls-files", "--stage").stdout.splitlines()
    assert [line for line in after if "Diary/" not in line and ".vaultkit/" not in line] == index.splitlines()
    assert home.git("show", ":Mine.md").stdout == "staged\n"


@pytest.mark.parametrize("is_staged", [False, True], ids=["changed", "staged"])
def test_a_note_with_changes_that_were_not_committed_is_left_out_and_named(
    home: Repo, sync: Sync, export: Path, is_staged: bool
) -> None:
    """The note is merged or updated in the folder, but the user's own words are not put into a commit of ours."""
    sync(home.top, "--commit")
    home.write("Diary/2024-03-01.md", (home.top / NOTES[0]).read_text().replace("lit.", "lit.  "))
    if is_staged:
        home.git("add", "Diary")
    home.git("commit", "-q", "--allow-empty", "-m", "mine")
    if is_staged:
        home.write(NOTES[0], home.git("show", f"HEAD~1:{NOTES[0]}").stdout)
        home.git("add", NOTES[0])
    else:
        home.git("rm", "-q", "--cached", NOTES[0])
        home.git("commit", "-q", "-m", "not followed by git")
        home.write(NOTES[0], home.git("show", f"HEAD~2:{NOTES[0]}").stdout)
    export.write_text(DIARY.replace("was lit", "went out").replace("Fog", "Rain"))
    ran = sync(home.top, "--commit")
    assert "went out" in (home.top / NOTES[0]).read_text()
    assert committed(home) == [NOTES[1]]
    assert f"{NOTES[0]}: had changes that were not committed before this run; it is not in the commit" in ran.err


def test_a_vault_in_a_folder_of_the_repository(repo: Repo, sync: Sync, export: Path) -> None:
    repo.stage("notes/my vault/.obsidian/app.json", "{}")
    repo.stage("notes/my vault/vaultkit.yaml", CONFIG)
    repo.stage("main.c", "int main;\n")
    repo.git("commit", "-q", "-m", "start")
    repo.write("main.c", "int changed;\n")
    assert sync(repo.top / "notes/my vault", "--commit").code == 0
    assert committed(repo) == [f"notes/my vault/{name}" for name in NOTES]
    assert repo.git("status", "--porcelain").stdout == " M main.c\n"


def test_the_first_commit_of_a_repository(repo: Repo, sync: Sync, export: Path) -> None:
    repo.write(".obsidian/app.json", "{}")
    repo.write("vaultkit.yaml", CONFIG)
    assert sync(repo.top, "--commit").code == 0
    assert committed(repo) == NOTES
    assert repo.git("status", "--porcelain").stdout == "?? .obsidian/\n?? vaultkit.yaml\n"


def test_names_that_git_could_take_for_patterns_and_files_it_ignores(home: Repo, sync: Sync, export: Path) -> None:
    home.stage("vaultkit.yaml", 'sources:\n  log: {path: ~/log.txt, into: "日記 (x)", note-name: "(top) {date}é!"}\n')
    home.stage(".gitignore", ".vaultkit/base/\n")
    home.git("commit", "-q", "-m", "names")
    assert sync(home.top, "--commit").code == 0
    assert committed(home) == ["日記 (x)/(top) 2024-03-01é!.md", "日記 (x)/(top) 2024-03-02é!.md"]
    assert home.git("status", "--porcelain").stdout == ""


def test_a_hook_that_refuses_the_commit(home: Repo, sync: Sync) -> None:
    home.hook("pre-commit", "echo 'not on a Sunday' >&2\nexit 1\n")
    home.stage("New.md", "staged\n")
    ran = sync(home.top, "--commit")
    assert ran.code == 1
    assert ran.err == "vaultkit: git commit: not on a Sunday\nthe notes are written, and in no commit yet\n"
    assert (home.top / NOTES[0]).is_file()
    assert home.commits == 1
    assert home.git("status", "--porcelain", "-uno").stdout == "A  New.md\n"  # nothing is left announced to git


def test_hooks_see_what_is_committed(home: Repo, sync: Sync) -> None:
    home.hook("pre-commit", "git diff --cached --name-only --diff-filter=A > .git/seen\n")
    home.stage("New.md", "staged\n")
    assert sync(home.top, "--commit").code == 0
    seen = (home.top / ".git/seen").read_text().splitlines()
    assert [name for name in seen if not name.startswith(".vaultkit/")] == NOTES


def test_json_names_the_commit(home: Repo, sync: Sync) -> None:
    ran = sync(home.top, "--commit", "--json")
    assert json.loads(ran.out)["commit"] == home.git("rev-parse", "HEAD").stdout.strip()


def test_pull_import_commit_push(home: Repo, remote: Repo, elsewhere: Repo, sync: Sync) -> None:
    elsewhere.stage("Theirs.md", "from elsewhere\n")
    elsewhere.git("commit", "-q", "-m", "theirs")
    elsewhere.git("push", "-q")
    home.write("Mine.md", "changed, and not touched by the pull\n")
    ran = sync(home.top, "--pull", "--commit", "--push")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("pulled 1 commit\nlog: 2 created\n")
    assert ran.out.endswith("pushed to origin/main\n")
    assert remote.git("log", "--format=%s").stdout == "vaultkit sync: log +2\ntheirs\nstart\n"
    assert home.git("status", "--porcelain").stdout == " M Mine.md\n"
    assert "pulled" not in sync(home.top, "--pull").out


def test_sources_that_the_pull_brings_are_imported(home: Repo, elsewhere: Repo, sync: Sync) -> None:
    elsewhere.stage("vaultkit.yaml", "sources:\n  other: {path: ~/log.txt}\n")
    elsewhere.git("commit", "-q", "-m", "another name")
    elsewhere.git("push", "-q")
    assert "other: 2 created" in sync(home.top, "--pull").out


def diverged(home: Repo, elsewhere: Repo) -> str:
    home.stage("Ours.md", "ours\n")
    home.git("commit", "-q", "-m", "ours")
    return "have diverged (commits: 1 here, 1 there); `git pull --rebase`"


def touched(home: Repo, elsewhere: Repo) -> str:
    home.write("Theirs.md", "here already\n")
    home.write("Mine.md", "changed here\n")
    return "the pull would change files that have changes of yours: Mine.md, Theirs.md; commit them"


def staged(home: Repo, elsewhere: Repo) -> str:
    home.stage("Mine.md", "staged here\n")
    return "the pull would change files that have changes of yours: Mine.md; commit them"


def no_upstream(home: Repo, elsewhere: Repo) -> str:
    home.git("switch", "-q", "-c", "side")
    return "the branch side follows none; `git push -u REMOTE side` sets that up"


def detached(home: Repo, elsewhere: Repo) -> str:
    home.git("switch", "-q", "--detach")
    return "no branch is checked out (HEAD is detached)"


def merging(home: Repo, elsewhere: Repo) -> str:
    home.git("switch", "-q", "-c", "side")
    home.stage("Mine.md", "side\n")
    home.git("commit", "-q", "-m", "side")
    home.git("switch", "-q", "main")
    home.stage("Mine.md", "main\n")
    home.git("commit", "-q", "-m", "main")
    assert home.git("merge", "side", check=False).returncode
    return "a merge is not finished"


def rebasing(home: Repo, elsewhere: Repo) -> str:
    merging(home, elsewhere)
    home.git("merge", "--abort")
    assert home.git("rebase", "side", check=False).returncode
    return "a rebase is not finished"


def gone(home: Repo, elsewhere: Repo) -> str:
    home.git("remote", "set-url", "origin", str(home.top / "nowhere.git"))
    return "git fetch origin: "


def unsettled(home: Repo, elsewhere: Repo) -> str:
    home.write("Mine.md", "stashed\n")
    home.git("stash", "-q")
    home.stage("Mine.md", "committed\n")
    home.git("commit", "-q", "-m", "other")
    assert home.git("stash", "pop", check=False).returncode
    return "has conflicts that are not settled"


def locked(home: Repo, elsewhere: Repo) -> str:
    home.write(".git/index.lock", "")
    return "index.lock: another git process is at work"


CASES = [diverged, touched, staged, no_upstream, detached, merging, rebasing, gone, unsettled, locked]


@pytest.mark.parametrize("prepare", CASES, ids=lambda case: case.__name__)
def test_a_pull_that_is_no_mere_going_forward_stops_before_anything_is_changed(
    home: Repo, elsewhere: Repo, sync: Sync, prepare: Callable[[Repo, Repo], str]
) -> None:
    for name in ("Theirs.md", "Mine.md"):
        elsewhere.stage(name, "from elsewhere\n")
    elsewhere.git("commit", "-q", "-m", "theirs")
    elsewhere.git("push", "-q")
    message = prepare(home, elsewhere)
    before = state(home)
    ran = sync(home.top, "--pull", "--commit")
    assert ran.code == 2
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert state(home) == before


def test_nobody_to_commit_as(home: Repo, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name)
    home.git("config", "user.useConfigOnly", "true")
    before = state(home)
    ran = sync(home.top, "--commit")
    assert ran.code == 2
    assert "git does not know who commits; say so once: git config --global user.name NAME" in ran.err
    assert state(home) == before


def test_a_push_that_is_rejected(home: Repo, remote: Repo, elsewhere: Repo, sync: Sync) -> None:
    elsewhere.stage("Theirs.md", "from elsewhere\n")
    elsewhere.git("commit", "-q", "-m", "theirs")
    elsewhere.git("push", "-q")
    ran = sync(home.top, "--commit", "--push")
    assert ran.code == 1
    assert "was rejected; it has commits that are not here: `git pull --rebase`, then `git push`" in ran.err
    assert remote.git("log", "-1", "--format=%s").stdout == "theirs\n"
    assert home.git("log", "-1", "--format=%s").stdout == "vaultkit sync: log +2\n"


def test_a_push_that_a_hook_of_the_remote_refuses(home: Repo, remote: Repo, sync: Sync) -> None:
    hook = remote.top / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'closed for today'\nexit 1\n")
    hook.chmod(0o755)
    ran = sync(home.top, "--commit", "--push")
    assert ran.code == 1
    assert "closed for today" in ran.err
    assert "the commit is made, and only here" in ran.err


def test_a_bare_repository_and_none(tmp_path: Path, sync: Sync, export: Path) -> None:
    bare = make_repo(tmp_path / "x")
    bare.git("config", "core.bare", "true")
    for folder, message in ((bare.top, "has no work tree"), (tmp_path / "y", "is not in a git repository")):
        (folder / ".obsidian").mkdir(parents=True)
        (folder / "vaultkit.yaml").write_text(CONFIG)
        ran = sync(folder, "--commit")
        assert (ran.code, message in ran.err) == (2, True), ran.err


def test_a_hook_speaks_the_language_of_the_user(home: Repo, sync: Sync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    home.hook("pre-commit", 'echo "$LC_ALL" > .git/seen\n')
    assert sync(home.top, "--commit").code == 0
    assert (home.top / ".git/seen").read_text() == "C.UTF-8\n"
