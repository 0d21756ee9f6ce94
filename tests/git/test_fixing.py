"""Staged notes fixed: what git holds afterwards, and what lies in the work tree, however the commit was begun."""

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import snapshot
from tests.git.conftest import make_repo
from tests.git.stopping import stopped_at
from tests.scenes import unsynced
from vaultkit.git import restage
from vaultkit.git.fixing import hook_fix
from vaultkit.git.plumbing import GitError, UnmergedIndex
from vaultkit.vault.journal import Journal

RULES = "lint:\n  select: [no-deprecated-properties, urls-end]\n"
OLD = "---\ntag: walk\n---\n"
NEW = "---\ntags:\n  - walk\n---\n"
BODY = "Rain in the morning.\n\n" + "".join(f"Line {n} of the day.\n" for n in range(12))
ODD_NAMES = {
    "a quote": 'it\'s "so".md',
    "a tab": "a\tb.md",
    "a line end": "a\nb.md",
    "non-ASCII": "図/日記 é.md",
    "invalid UTF-8": os.fsdecode(b"caf\xe9.md"),
    "a dash first": "-n.md",
    "a space last": "a .md",
    "a backslash": "a\\b.md",
    "like a pathspec": ":(top)*.md",
}


@pytest.fixture
def vault(vault, monkeypatch):
    """A vault with one commit, where old names of properties and ends of addresses matter."""
    unsynced(monkeypatch)
    vault.stage("vaultkit.yaml", RULES)
    vault.commit()
    return vault


def fix_commits(repo, **options: bool) -> None:
    """A pre-commit hook that asks `hook_fix` and nothing else."""
    ask = "import sys, pathlib; from vaultkit.git.fixing import hook_fix; "
    ask += f"code, text = hook_fix(pathlib.Path.cwd(), **{options}); sys.stdout.write(ascii(text)); sys.exit(code)"
    repo.hook("pre-commit", f"exec '{sys.executable}' -c \"{ask}\"\n")


def staged(repo, path: str) -> str:
    return repo.git("cat-file", "blob", f":./{path}").stdout


def on_disk(repo, path: str) -> str:
    return (repo.top / path).read_bytes().decode("utf-8", "surrogateescape")


def committed(repo, path: str) -> str:
    return repo.git("cat-file", "blob", f"HEAD:./{path}").stdout


def unstaged(repo) -> list[str]:
    """The lines that differ between index and work tree."""
    lines = repo.git("diff", "--no-ext-diff", "-U0").stdout.splitlines()
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_nothing_is_staged(vault):
    vault.write("a.md", OLD)
    before = snapshot(vault.top)
    assert hook_fix(vault.top) == (0, "")
    assert snapshot(vault.top) == before


def test_there_is_nothing_to_fix(vault):
    vault.stage("a.md", NEW + BODY)
    before = snapshot(vault.top)
    assert hook_fix(vault.top) == (0, "")
    assert snapshot(vault.top) == before


def test_fixed_told_and_the_second_commit_goes_through(vault):
    fix_commits(vault)
    vault.stage("a.md", OLD + BODY)
    done = vault.commit()
    assert done.returncode == 1
    assert "a.md: 1 fix made" in done.stdout + done.stderr
    assert "commit again" in done.stdout + done.stderr
    assert staged(vault, "a.md") == on_disk(vault, "a.md") == NEW + BODY
    assert vault.git("status", "--porcelain").stdout == "A  a.md\n"
    assert vault.commit().returncode == 0
    assert committed(vault, "a.md") == NEW + BODY


def test_the_commit_goes_on_when_that_is_wanted(vault):
    fix_commits(vault, restage=True)
    vault.stage("a.md", OLD + BODY)
    assert vault.commit().returncode == 0
    assert committed(vault, "a.md") == on_disk(vault, "a.md") == NEW + BODY
    assert unstaged(vault) == []


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_odd_names(vault, name):
    fix_commits(vault, restage=True)
    vault.write(name, OLD)
    vault.git("add", "--all")
    vault.write(name, OLD + "Wind.\n")
    assert vault.commit().returncode == 0
    assert staged(vault, name) == NEW
    assert on_disk(vault, name) == NEW + "Wind.\n"
    assert vault.git("status", "--porcelain", "-z").stdout == f" M {name}\0"


@pytest.mark.parametrize("quotepath", ["true", "false"])
def test_quoted_paths_make_no_difference(vault, quotepath):
    vault.git("config", "core.quotepath", quotepath)
    vault.stage("é.md", OLD)
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "é.md") == NEW


UNSTAGED = {
    "a distant hunk": (OLD + BODY, OLD + BODY + "Wind.\n", NEW + BODY + "Wind.\n"),
    "the next line": (OLD + BODY, OLD + BODY.replace("Rain", "Snow", 1), NEW + BODY.replace("Rain", "Snow", 1)),
    "another property": (OLD + BODY, OLD.replace("tag:", "mood: calm\ntag:") + BODY, None),
    "two hunks": (
        OLD + BODY,
        OLD + BODY.replace("Line 2 ", "Line II ").replace("Line 11 of the day.\n", ""),
        NEW + BODY.replace("Line 2 ", "Line II ").replace("Line 11 of the day.\n", ""),
    ),
    "the fix itself": (OLD + BODY, NEW + BODY, NEW + BODY),
    "the fix and more": (OLD + BODY, NEW + BODY + "Wind.\n", NEW + BODY + "Wind.\n"),
}


@pytest.mark.parametrize(("index", "tree", "after"), UNSTAGED.values(), ids=UNSTAGED)
def test_what_is_not_staged_stays_so(vault, index, tree, after):
    vault.stage("a.md", index)
    vault.write("a.md", tree)
    before = unstaged(vault)
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "a.md") == NEW + BODY
    after = after or on_disk(vault, "a.md")
    assert on_disk(vault, "a.md") == after
    assert "mood: calm" in after or "mood: calm" not in tree
    assert "tag:" not in after
    if "tag:" in tree:
        assert unstaged(vault) == before  # nothing was staged, nothing is taken back


def test_hunks_staged_one_by_one(vault):
    vault.stage("a.md", NEW + BODY)
    vault.commit()
    vault.write("a.md", OLD + BODY.replace("Line 11", "Line XI"))
    done = vault.git("diff", "-U0", "--", "a.md").stdout
    first = done[: done.index("@@ -", done.index("@@ -") + 3)]  # the hunk of the front matter alone
    vault.write(".git/first.patch", first)
    vault.git("apply", "--cached", "--unidiff-zero", ".git/first.patch")
    assert staged(vault, "a.md") == OLD + BODY
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "a.md") == NEW + BODY
    assert on_disk(vault, "a.md") == NEW + BODY.replace("Line 11", "Line XI")
    assert vault.git("diff", "--cached", "--name-only").stdout == ""  # what was staged is as it was committed


def test_a_hunk_in_the_same_place_stays_and_is_told(vault):
    tree = OLD.replace("walk", "walk, swim") + BODY + "See https://example.org/a。\n"
    vault.stage("a.md", OLD + BODY + "See https://example.org/a。\n")
    vault.write("a.md", tree)
    code, text = hook_fix(vault.top)
    assert code == 1
    assert "a.md: has changes that are not staged in the same place" in text
    assert staged(vault, "a.md") == NEW + BODY + "See <https://example.org/a>。\n"
    assert on_disk(vault, "a.md") == tree  # not half of the fixes


def test_commit_all(vault):
    fix_commits(vault)
    vault.stage("a.md", NEW + BODY)
    vault.commit()
    vault.write("a.md", OLD + BODY + "Wind.\n")
    assert vault.commit("-a").returncode == 1
    assert on_disk(vault, "a.md") == NEW + BODY + "Wind.\n"
    assert vault.commit("-a").returncode == 0
    assert committed(vault, "a.md") == NEW + BODY + "Wind.\n"
    assert unstaged(vault) == []


def test_commit_all_that_goes_on(vault):
    fix_commits(vault, restage=True)
    vault.stage("a.md", NEW)
    vault.git("commit", "-q", "-m", "one", "--no-verify")
    vault.write("a.md", OLD + "Wind.\n")
    assert vault.commit("-a").returncode == 0
    assert committed(vault, "a.md") == on_disk(vault, "a.md") == NEW + "Wind.\n"
    assert vault.git("status", "--porcelain").stdout == ""


@pytest.mark.parametrize("options", [{}, {"restage": True}], ids=["", "restage"])
def test_commit_of_paths_is_only_reported(vault, options):
    vault.stage("a.md", NEW)
    vault.stage("b.md", "Rain.\n")
    vault.commit()
    fix_commits(vault, **options)
    vault.stage("b.md", "Sun.\n")
    vault.write("a.md", OLD)
    done = vault.commit("-o", "a.md")
    assert done.returncode == 0
    assert "a.md: 1 fix could be made" in done.stdout + done.stderr
    assert "git commit PATH" in done.stdout + done.stderr
    assert committed(vault, "a.md") == on_disk(vault, "a.md") == OLD
    assert vault.git("status", "--porcelain").stdout == "M  b.md\n"


def test_amend_and_the_first_commit(repo, monkeypatch):
    unsynced(monkeypatch)
    repo.stage("vaultkit.yaml", RULES)
    fix_commits(repo, restage=True)
    repo.stage("a.md", OLD)
    assert repo.commit().returncode == 0
    assert committed(repo, "a.md") == NEW
    repo.stage("b.md", OLD)
    assert repo.commit("--amend").returncode == 0
    assert committed(repo, "b.md") == on_disk(repo, "b.md") == NEW
    assert repo.commits == 1


def test_a_detached_head(vault):
    vault.git("checkout", "-q", "--detach")
    vault.stage("a.md", OLD)
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "a.md") == NEW


def test_another_work_tree(vault):
    fix_commits(vault, restage=True)
    vault.git("worktree", "add", "-q", "../other")
    other = type(vault)(vault.top.parent / "other")
    other.stage("a.md", OLD)
    assert other.commit().returncode == 0
    assert committed(other, "a.md") == on_disk(other, "a.md") == NEW
    assert not (vault.top / "a.md").exists()


def test_vaults_in_subfolders(repo, monkeypatch):
    unsynced(monkeypatch)
    for root in ("one", "two/deep"):
        repo.stage(f"{root}/.obsidian/app.json", "{}")
        repo.stage(f"{root}/vaultkit.yaml", RULES)
        repo.stage(f"{root}/sub/a.md", OLD)
    repo.stage("README.md", OLD)
    fix_commits(repo, restage=True)
    assert repo.commit().returncode == 0
    assert committed(repo, "one/sub/a.md") == committed(repo, "two/deep/sub/a.md") == NEW
    assert on_disk(repo, "two/deep/sub/a.md") == NEW
    assert committed(repo, "README.md") == OLD  # of no vault


def test_begun_in_a_subfolder(vault):
    fix_commits(vault, restage=True)
    vault.stage("sub/a.md", OLD)
    vault.git("-C", "sub", "commit", "-q", "-m", "notes")
    assert committed(vault, "sub/a.md") == NEW


def test_a_submodule(vault, tmp_path):
    outer = make_repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(vault.top), "notes")
    inner = type(vault)(outer.top / "notes")
    inner.stage("a.md", OLD)
    assert hook_fix(inner.top)[0] == 1
    assert staged(inner, "a.md") == on_disk(inner, "a.md") == NEW
    outer.git("add", "notes")
    assert hook_fix(outer.top) == (0, "")


def test_under_the_framework_only_the_work_tree_changes(vault, monkeypatch):
    monkeypatch.setenv("PRE_COMMIT", "1")
    vault.stage("a.md", OLD)
    vault.stage("b.md", OLD)
    code, text = hook_fix(vault.top, ("a.md",), restage=True)
    assert code == 1
    assert "git add" in text
    assert (staged(vault, "a.md"), on_disk(vault, "a.md")) == (OLD, NEW)
    assert on_disk(vault, "b.md") == OLD


def test_modes_stay(vault):
    vault.stage("a.md", OLD)
    (vault.top / "a.md").chmod(0o755)
    vault.git("add", "a.md")
    assert hook_fix(vault.top)[0] == 1
    assert vault.git("ls-files", "-s", "a.md").stdout.startswith("100755")
    assert (vault.top / "a.md").stat().st_mode & 0o777 == 0o755
    assert vault.git("status", "--porcelain").stdout == "A  a.md\n"


@pytest.mark.parametrize("autocrlf", ["true", "input"])
@pytest.mark.parametrize("more", ["", "Wind.\r\n"], ids=["", "with a line that is not staged"])
def test_line_ends_that_git_converts(vault, autocrlf, more):
    vault.git("config", "core.autocrlf", autocrlf)
    vault.git("config", "core.safecrlf", "false")
    crlf = (OLD + BODY).replace("\n", "\r\n")
    vault.stage("a.md", crlf)
    vault.write("a.md", crlf + more)
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "a.md") == NEW + BODY
    assert (vault.top / "a.md").read_bytes().decode() == (NEW + BODY).replace("\n", "\r\n") + more
    assert vault.git("diff", "--name-only").stdout == ("a.md\n" if more else "")


def test_crlf_that_is_committed_stays(vault):
    vault.stage("a.md", (OLD + BODY).replace("\n", "\r\n"))
    assert hook_fix(vault.top)[0] == 1
    assert (vault.top / "a.md").read_bytes().decode() == (NEW + BODY).replace("\n", "\r\n")
    assert vault.git("diff", "--name-only").stdout == ""


@pytest.mark.parametrize("attribute", ["filter=secret", "working-tree-encoding=UTF-16LE"])
def test_what_goes_through_a_filter_is_left_alone(vault, attribute):
    vault.git("config", "filter.secret.clean", "tr a-z n-za-m")
    vault.git("config", "filter.secret.smudge", "tr a-z n-za-m")
    vault.stage(".gitattributes", f"*.md {attribute}\n")
    text = OLD.translate(str.maketrans("agtwlk", "ntgjyx")) if "secret" in attribute else OLD
    vault.stage("a.md", text.encode("utf-16-le") if "UTF" in attribute else text)
    assert staged(vault, "a.md") == OLD
    before = snapshot(vault.top)
    code, text = hook_fix(vault.top)
    assert code == 0
    assert f"a.md: goes through the git filter `{attribute.partition('=')[2]}`" in text
    assert snapshot(vault.top) == before


def test_what_is_no_text_of_its_own_is_left_alone(vault):
    vault.stage("pointer.md", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12\n")
    vault.write("elsewhere.txt", OLD)
    (vault.top / "link.md").symlink_to("elsewhere.txt")
    vault.git("add", "link.md")
    assert hook_fix(vault.top) == (0, "")
    assert on_disk(vault, "elsewhere.txt") == OLD


@pytest.mark.parametrize("what", ["gone", "a link", "below a link", "a folder"])
def test_a_work_tree_that_is_otherwise_is_left_alone(vault, what):
    vault.stage("sub/a.md", OLD)
    vault.write("elsewhere/a.md", OLD)
    (vault.top / "sub/a.md").unlink()
    if what == "a link":
        (vault.top / "sub/a.md").symlink_to("../elsewhere/a.md")
    elif what == "below a link":
        (vault.top / "sub").rmdir()
        (vault.top / "sub").symlink_to("elsewhere")
    elif what == "a folder":
        (vault.top / "sub/a.md").mkdir()
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "sub/a.md") == NEW
    assert on_disk(vault, "elsewhere/a.md") == OLD
    assert os.path.lexists(vault.top / "sub/a.md") == (what != "gone")


def test_a_sparse_checkout_stays_sparse(vault):
    vault.stage("in/a.md", OLD)
    vault.stage("out/b.md", OLD)
    vault.git("update-index", "--skip-worktree", "out/b.md")
    (vault.top / "out/b.md").unlink()
    assert hook_fix(vault.top)[0] == 1
    assert staged(vault, "out/b.md") == NEW
    assert vault.git("ls-files", "-t").stdout.count("S out/b.md") == 1
    assert vault.git("diff", "--name-only").stdout == ""


def test_an_index_that_another_process_holds(vault, monkeypatch):
    monkeypatch.setattr(restage, "WAIT", 0.0)
    vault.stage("a.md", OLD)
    lock = vault.top / ".git/index.lock"
    lock.write_bytes(b"")
    before = snapshot(vault.top)
    with pytest.raises(GitError, match=r"index\.lock: another git process is at work, so nothing was changed"):
        hook_fix(vault.top)
    assert {path: seen for path, seen in snapshot(vault.top).items() if "/objects/" not in path} == {
        path: seen for path, seen in before.items() if "/objects/" not in path
    }
    lock.unlink()
    assert hook_fix(vault.top)[0] == 1


def test_an_unfinished_merge_is_refused(vault):
    for branch, text in (("other", "Sun.\n"), ("main", "Rain.\n")):
        vault.git("checkout", "-q", "-B", branch, "HEAD" if branch == "other" else "main")
        vault.stage("a.md", text)
        vault.commit()
    assert vault.git("merge", "other", check=False).returncode == 1
    with pytest.raises(UnmergedIndex, match=r"a\.md"):
        hook_fix(vault.top)


def test_what_a_merge_brings_in_is_not_fixed(vault):
    vault.git("checkout", "-q", "-b", "other")
    vault.stage("theirs.md", OLD)
    vault.stage("both.md", "Sun.\n")
    vault.commit()
    vault.git("checkout", "-q", "main")
    vault.stage("both.md", "Rain.\n")
    vault.commit()
    fix_commits(vault, restage=True)
    assert vault.git("merge", "other", check=False).returncode == 1
    vault.stage("both.md", OLD + "Rain and sun.\n")
    assert vault.commit().returncode == 0
    assert committed(vault, "theirs.md") == OLD  # as they committed it
    assert committed(vault, "both.md") == NEW + "Rain and sun.\n"


def test_many_notes_at_once(vault):
    for n in range(130):  # more than git keeps as single objects
        vault.write(f"day {n}.md", OLD + f"Day {n}.\n")
    vault.git("add", "--all")
    assert hook_fix(vault.top)[0] == 1
    assert vault.git("status", "--porcelain").stdout.count("A  ") == 130
    assert vault.git("grep", "--cached", "-l", "^tag:", check=False).stdout == ""
    assert vault.git("fsck", "--strict").returncode == 0


def test_named_files_and_folders(vault):
    for path in ("a.md", "sub/b.md", "sub/c.md"):
        vault.stage(path, OLD)
    assert hook_fix(vault.top / "sub", ("b.md",))[0] == 1
    assert [staged(vault, path) for path in ("a.md", "sub/b.md", "sub/c.md")] == [OLD, NEW, OLD]


def test_undo_takes_the_work_tree_back(vault, run_here):
    vault.stage("a.md", OLD + BODY)
    hook_fix(vault.top)
    assert run_here("undo", "--vault", str(vault.top), cwd=vault.top).code == 0
    assert on_disk(vault, "a.md") == OLD + BODY
    assert staged(vault, "a.md") == NEW + BODY


def test_two_writers_take_turns(vault, monkeypatch):
    from vaultkit.vault import lock

    monkeypatch.setattr(lock, "WAIT", 0.0)
    vault.stage("a.md", OLD)
    with Journal(vault.top), pytest.raises(lock.VaultBusy):
        hook_fix(vault.top)
    assert (staged(vault, "a.md"), on_disk(vault, "a.md")) == (OLD, OLD)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="stops forks of this process")
def test_stopped_at_any_moment_and_run_again(vault, tmp_path: Path, monkeypatch):
    unsynced(monkeypatch)
    moment = 0
    while True:
        moment += 1
        vault.git("reset", "-q", "--hard")
        vault.stage("a.md", OLD + BODY)
        vault.write("a.md", OLD + BODY + "Wind.\n")
        stopped = stopped_at(moment, lambda: hook_fix(vault.top))
        assert "Wind.\n" in on_disk(vault, "a.md"), moment
        assert staged(vault, "a.md") in (OLD + BODY, NEW + BODY)
        assert (vault.top / ".git/index.lock").exists() is False
        assert hook_fix(vault.top)[0] in (0, 1)
        assert (staged(vault, "a.md"), on_disk(vault, "a.md")) == (NEW + BODY, NEW + BODY + "Wind.\n"), moment
        if not stopped:
            break
    assert moment > 12
