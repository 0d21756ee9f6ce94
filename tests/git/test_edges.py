"""All hooks at once, installed, with everything on, in the repositories and surroundings that go wrong most."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.git.conftest import Repo, make_repo
from tests.git.test_fixing import ODD_NAMES, staged, unstaged
from vaultkit.git.install import install

CONFIG = """\
lint:
  select: [links-resolve, urls-end, no-conflict-markers]
hooks:
  fix: true
  restage: true
  hygiene: false
"""
TEXT = "".join(f"Line {n} of a day with rain and wind.\n" for n in range(12))
URL, FIXED = "See https://example.org/a。\n", "See <https://example.org/a>。\n"
MARKED = "<<<<<<< HEAD\nnoon\n=======\none\n>>>>>>> phone\n"


def installed(repo: Repo, root: str = "") -> Repo:
    """A vault with a commit, of which `Home.md` links to `Old.md`, and all hooks."""
    repo.stage(f"{root}.obsidian/app.json", "{}")
    repo.stage(f"{root}vaultkit.yaml", CONFIG)
    repo.stage(f"{root}Old.md", f"# Of {root or 'here'}\n{TEXT}")
    repo.stage(f"{root}Home.md", "[[Old]]\n")
    assert repo.commit().returncode == 0
    install(repo.top)
    return repo


@pytest.fixture
def vault(repo: Repo) -> Repo:
    return installed(repo)


def commit(repo: Repo, *args: str, **env: str) -> tuple[bool, str]:
    """Whether the commit went through, and what was said."""
    done = repo.commit(*args) if not env else repo.git("commit", "-qm", "notes", *args, check=False, **env)
    return done.returncode == 0, done.stdout + done.stderr


def change_all(repo: Repo, root: str = "") -> None:
    """A note to fix, partly staged, and a renamed one."""
    repo.stage(f"{root}New.md", URL + TEXT)
    repo.write(f"{root}New.md", URL + TEXT + "Not staged.\n")
    repo.git("mv", f"{root}Old.md", f"{root}Older.md")


def is_changed(repo: Repo, root: str = "") -> bool:
    """Whether the commit holds the fix and the link, and the work tree keeps what was not staged."""
    assert repo.git("show", f"HEAD:{root}New.md").stdout == FIXED + TEXT
    assert (repo.top / f"{root}New.md").read_text() == FIXED + TEXT + "Not staged.\n"
    assert repo.git("show", f"HEAD:{root}Home.md").stdout == "[[Older]]\n"
    assert (repo.top / f"{root}Home.md").read_text() == "[[Older]]\n"
    return unstaged(repo) == ["+Not staged."]


# -- names -----------------------------------------------------------------------------------------

NAMES = {
    **ODD_NAMES,
    "emoji": "🌱 day.md",
    "255 bytes": "é" * 126 + ".md",
    "a dollar": "$(HOME).md",
    "a percent": "%O %A.md",
}


@pytest.mark.parametrize(
    ("name", "quote"),
    [*((name, "true") for name in NAMES.values()), ("図/日記 é.md", "false")],
    ids=[*NAMES, "not quoted by git"],
)
def test_a_note_of_any_name_goes_through_all_hooks(vault, name, quote):
    vault.git("config", "core.quotepath", quote)
    vault.stage(name, f"[[Nowhere/at all]] [[Old]]\n\n{URL}{MARKED}")
    went, said = commit(vault)
    assert not went
    assert said.count("links-resolve") == said.count("no-conflict-markers") == 1
    assert FIXED in staged(vault, name)
    vault.stage(name, f"[[Old]]\n\n{URL}")
    vault.git("mv", "Old.md", "Older.md")
    went, said = commit(vault)
    assert went, said
    assert staged(vault, name) == f"[[Older]]\n\n{FIXED}"
    assert vault.git("status", "--porcelain").stdout == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Caf\u00e9.md", "Cafe\u0301.md"), ("CAFE.md", "cafe.md"), ("X/n.md", "x/m.md")],
    ids=["NFC and NFD", "case", "case of a folder"],
)
def test_twins_are_told(vault, one, other):
    vault.stage("vaultkit.yaml", CONFIG.replace("hygiene: false", "hygiene: true"))
    vault.stage(one, "one\n")
    assert commit(vault)[0]
    vault.stage(other, "other\n")
    went, said = commit(vault)
    assert (went, "names-unique-casefold" in said) == (False, True)


@pytest.mark.parametrize("ignorecase", ["true", "false"])
def test_only_the_case_of_a_name_changes(vault, ignorecase):
    vault.git("config", "core.ignorecase", ignorecase)
    vault.git("mv", "-f", "Old.md", "OLD.md")
    assert commit(vault)[0]
    assert vault.git("ls-files", "*ld.md", "*LD.md").stdout == "OLD.md\n"


# -- how a commit is made --------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("--amend",)], ids=["commit", "amend"])
def test_a_commit(vault, arguments):
    change_all(vault)
    assert commit(vault, *arguments)[0]
    assert is_changed(vault)


def test_commit_all(vault):
    vault.stage("New.md", "Empty.\n")
    assert commit(vault)[0]
    vault.write("New.md", URL)
    vault.git("mv", "Old.md", "Older.md")
    assert commit(vault, "-a")[0]
    assert vault.git("show", "HEAD:New.md", "HEAD:Home.md").stdout == FIXED + "[[Older]]\n"
    assert vault.git("status", "--porcelain").stdout == ""


def test_commit_of_paths_changes_nothing_and_tells(vault):
    vault.stage("New.md", URL)
    vault.stage("Other.md", URL)
    went, said = commit(vault, "-o", "New.md")
    assert "New.md: 1 fix could be made" in said
    assert "Other.md" not in said
    assert not went
    assert staged(vault, "New.md") == staged(vault, "Other.md") == URL


def test_a_detached_head(vault):
    vault.git("checkout", "-q", "--detach")
    change_all(vault)
    assert commit(vault)[0]
    assert is_changed(vault)


def test_another_work_tree(vault, tmp_path):
    second = Repo(tmp_path / "second")
    vault.git("worktree", "add", "-q", "-b", "second", str(second.top))
    change_all(second)
    assert commit(second)[0]
    assert is_changed(second)
    assert vault.git("status", "--porcelain").stdout == ""


def test_a_vault_in_a_subfolder_and_a_commit_from_there(repo):
    installed(repo, "notes/mine/")
    change_all(repo, "notes/mine/")
    assert commit(Repo(repo.top / "notes" / "mine"))[0]
    assert is_changed(repo, "notes/mine/")


def test_several_vaults(repo):
    installed(repo, "one/")
    installed(repo, "two/")
    change_all(repo, "one/")
    change_all(repo, "two/")
    assert commit(repo)[0]
    for root in ("one/", "two/"):
        assert repo.git("show", f"HEAD:{root}New.md").stdout == FIXED + TEXT
        assert repo.git("show", f"HEAD:{root}Home.md").stdout == "[[Older]]\n"


def test_a_vault_that_is_a_submodule(vault, tmp_path):
    outer = make_repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(vault.top), "vault")
    inner = Repo(outer.top / "vault")
    install(inner.top)
    assert (outer.top / ".git/modules/vault/hooks/pre-commit").is_file()
    change_all(inner)
    assert commit(inner)[0]
    assert is_changed(inner)
    assert (outer.top / "vault" / ".git").is_file()


def test_a_linked_folder(vault, tmp_path):
    (tmp_path / "link").symlink_to(vault.top)
    change_all(vault)
    assert commit(Repo(tmp_path / "link"))[0]
    assert is_changed(vault)


def test_where_git_lies_elsewhere(tmp_path):
    repo = Repo(tmp_path / "notes")
    subprocess.run(["git", "init", "-q", "-b", "main", "--separate-git-dir", tmp_path / "git", repo.top], check=True)
    installed(repo)
    change_all(repo)
    assert commit(repo)[0]
    assert is_changed(repo)


def test_a_bare_repository_has_no_hooks_of_ours(tmp_path):
    bare = Repo(tmp_path / "bare.git")
    subprocess.run(["git", "init", "-q", "--bare", bare.top], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit", "git", "install"], cwd=bare.top, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "bare" in done.stderr
    assert not (bare.top / "hooks" / "pre-commit").exists()


@pytest.mark.parametrize("autocrlf", ["true", "input"])
def test_line_ends_that_git_converts(vault, autocrlf):
    vault.git("config", "core.autocrlf", autocrlf)
    vault.git("config", "core.safecrlf", "false")
    vault.stage("New.md", URL.replace("\n", "\r\n"))
    vault.stage("Home.md", "[[Old]]\r\nMore.\r\n")
    vault.git("mv", "Old.md", "Older.md")
    assert commit(vault)[0]
    assert vault.git("show", "HEAD:New.md", "HEAD:Home.md").stdout == FIXED + "[[Older]]\nMore.\n"
    assert (vault.top / "Home.md").read_bytes() == b"[[Older]]\r\nMore.\r\n"
    assert vault.git("status", "--porcelain").stdout == ""


# -- history ---------------------------------------------------------------------------------------


def diverge(vault: Repo, commits: int) -> None:
    """`other` with a note more, and so many commits on main."""
    vault.git("checkout", "-q", "-b", "other")
    vault.stage("Theirs.md", "Sun.\n")
    assert commit(vault)[0]
    vault.git("checkout", "-q", "main")
    for n in range(commits):
        vault.stage(f"n{n}.md", f"[[Old]] {n}\n")
        assert commit(vault)[0]


@pytest.mark.parametrize(
    "how",
    [("rebase", "-q", "other"), ("merge", "-q", "--no-edit", "other"), ("cherry-pick", "other")],
    ids=["rebase of five", "merge", "cherry-pick"],
)
def test_commits_that_git_makes(vault, how):
    diverge(vault, 5)
    done = vault.git(*how)
    assert "vaultkit" not in done.stdout + done.stderr
    assert vault.git("ls-files").stdout.split().count("Theirs.md") == 1
    assert vault.git("status", "--porcelain").stdout == ""
    assert vault.git("fsck", "--strict").returncode == 0


def test_stash_pop_brings_a_rename_back(vault):
    change_all(vault)
    vault.git("stash", "-q")
    vault.stage("Between.md", "[[Old]]\n")
    assert commit(vault)[0]
    vault.git("stash", "pop", "-q", "--index")
    assert commit(vault)[0]
    assert is_changed(vault)
    assert vault.git("show", "HEAD:Between.md").stdout == "[[Older]]\n"


def test_a_merge_of_a_rename_with_a_new_link(vault):
    vault.git("checkout", "-q", "-b", "other")
    vault.stage("Far.md", "[[Old]]\n")
    assert commit(vault)[0]
    vault.git("checkout", "-q", "main")
    vault.git("mv", "Old.md", "Older.md")
    assert commit(vault)[0]
    vault.git("merge", "-q", "--no-edit", "other", check=False)
    vault.git("commit", "-q", "--no-edit", check=False)
    assert vault.git("show", "HEAD:Home.md").stdout == "[[Older]]\n"
    assert vault.git("status", "--porcelain", "-uno").stdout == ""


# -- surroundings ----------------------------------------------------------------------------------


def test_three_thousand_staged_notes_are_fixed(vault):
    for n in range(3000):
        vault.write(f"Many/日 {n}.md", f"To [[日 {(n + 1) % 3000}]]. {URL}")
    vault.git("add", "Many")
    went, said = commit(vault)
    assert went, said[-500:]
    assert vault.git("grep", "--cached", "-c", "<https", "--", "Many").stdout.count("\n") == 3000
    assert vault.git("status", "--porcelain").stdout == ""


@pytest.mark.parametrize("env", [{}, {"CI": "1"}, {"LC_ALL": "C"}, {"TERM": "dumb"}], ids=["bare", "CI", "C", "dumb"])
def test_a_window_program_without_home_terminal_and_path(vault, env):
    change_all(vault)
    kept = {name: os.environ[name] for name in os.environ if name.startswith("GIT_") or name == "PYTHONPATH"}
    done = subprocess.run(
        ["git", "commit", "-qm", "notes"],
        cwd=vault.top,
        env={**kept, "PATH": "/usr/bin:/bin", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert done.returncode == 0, done.stderr
    assert is_changed(vault)


def test_an_index_that_another_process_holds_is_git_s_to_tell(vault):
    change_all(vault)
    (vault.top / ".git/index.lock").write_bytes(b"")
    went, said = commit(vault)
    assert (went, "index.lock" in said) == (False, True)
    (vault.top / ".git/index.lock").unlink()
    assert commit(vault)[0]
    assert is_changed(vault)


@pytest.mark.parametrize(
    "skip", ["lint,links,fix,relink,conflicts", "vaultkit-lint, vaultkit-links,fix,relink, conflicts"]
)
def test_skip(vault, skip):
    vault.stage("New.md", f"[[Nowhere/now]] {URL}{MARKED}")
    assert commit(vault, SKIP=skip)[0]
    assert vault.git("show", "HEAD:New.md").stdout == f"[[Nowhere/now]] {URL}{MARKED}"


def test_no_verify(vault):
    vault.stage("New.md", f"[[Nowhere/now]] {URL}")
    assert commit(vault, "--no-verify") == (True, "")
    assert vault.git("show", "HEAD:New.md").stdout == f"[[Nowhere/now]] {URL}"


def test_run_twice_nothing_is_left_to_do(vault):
    change_all(vault)
    ask = ["git", "hook", "run", "pre-commit"]
    for _ in range(2):
        done = subprocess.run(ask, cwd=vault.top, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert staged(vault, "New.md") == FIXED + TEXT
        assert staged(vault, "Home.md") == "[[Older]]\n"
    assert "rewritten" not in done.stdout + done.stderr


def test_links_and_pointers_are_not_texts(vault):
    vault.write("elsewhere.txt", URL)
    (vault.top / "link.md").symlink_to("elsewhere.txt")
    vault.stage("big.md", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n")
    vault.git("add", "link.md")
    assert commit(vault)[0]
    assert (vault.top / "elsewhere.txt").read_text() == URL


def test_a_note_that_is_only_announced(vault):
    vault.write("sub/New.md", f"[[Nowhere/now]] {URL}")
    vault.git("add", "-N", "sub/New.md")
    vault.stage("empty.md", "")
    vault.stage("Home.md", "[[Old]] [[empty]]\n")
    assert commit(vault)[0]
    vault.stage("Home.md", "[[Old]] [[sub/New]]\n")
    went, said = commit(vault)
    assert (went, "links-" in said) == (False, True)


# -- clones that do not hold all -------------------------------------------------------------------


@pytest.fixture
def served(vault: Repo) -> Repo:
    """What is cloned: notes in two folders, one of which links to `Old.md`."""
    vault.git("config", "uploadpack.allowFilter", "true")
    vault.git("config", "uploadpack.allowAnySHA1InWant", "true")
    for n in range(5):
        vault.stage(f"in/{n}.md", f"[[Old]] {n}\n")
        vault.stage(f"out/{n}.md", f"[[Old]] and {n}\n")
    assert commit(vault)[0]
    return vault


def clone(served: Repo, top: Path, *options: str) -> Repo:
    subprocess.run(["git", "clone", "-q", *options, served.top.as_uri(), top], check=True, capture_output=True)
    install(top)
    return Repo(top)


def is_relinked(repo: Repo) -> bool:
    return all(
        repo.git("show", f"HEAD:{folder}/{n}.md").stdout.startswith("[[Older]]")
        for folder in ("in", "out")
        for n in range(5)
    )


@pytest.mark.parametrize("cone", ["--cone", "--no-cone"])
def test_a_sparse_checkout(served, tmp_path, cone):
    repo = clone(served, tmp_path / "clone")
    repo.git("sparse-checkout", "set", cone, *(["in"] if cone == "--cone" else ["/*.md", "/vaultkit.yaml", "/in/"]))
    assert not (repo.top / "out").exists()
    change_all(repo)
    went, said = commit(repo)
    assert went, said
    assert is_relinked(repo)
    assert not (repo.top / "out").exists()
    assert unstaged(repo) == ["+Not staged."]
    repo.stage("in/0.md", "[[out/3]] [[out/nowhere]]\n")
    went, said = commit(repo)
    assert (went, said.count("links-resolve")) == (False, 1)


def test_a_partial_clone(served, tmp_path):
    repo = clone(served, tmp_path / "clone", "--filter=blob:none", "--sparse")
    missing = repo.git("rev-list", "--objects", "--missing=print", "HEAD").stdout.count("\n?")
    assert missing >= 10
    change_all(repo)
    trace = tmp_path / "trace"
    went, said = commit(repo, GIT_TRACE=str(trace))
    assert went, said
    assert is_relinked(repo)
    assert not (repo.top / "out").exists()
    assert trace.read_text().count("built-in: git fetch") <= missing // 2  # not one for each


def test_a_partial_clone_whose_server_is_away(served, tmp_path):
    repo = clone(served, tmp_path / "clone", "--filter=blob:none", "--sparse")
    served.top.rename(tmp_path / "away")
    before = repo.git("ls-files", "-s").stdout
    repo.stage("New.md", URL)
    went, said = commit(repo)
    assert not went
    assert said.count("vaultkit: ") == 1
    assert "this clone, which is a partial one, and its server did not send it" in said
    assert "fsck" not in said
    assert (repo.top / "New.md").read_text() == URL
    assert repo.git("ls-files", "-s").stdout.count("\n") == before.count("\n") + 1
    (tmp_path / "away").rename(served.top)
    went, said = commit(repo)
    assert went, said
    assert repo.git("show", "HEAD:New.md").stdout == FIXED


def test_a_shallow_clone(served, tmp_path):
    repo = clone(served, tmp_path / "clone", "--depth=1")
    change_all(repo)
    assert commit(repo)[0]
    assert is_changed(repo)
    assert is_relinked(repo)
