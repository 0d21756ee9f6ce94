"""What is committed already is judged by its tree: pushes through a real remote, and `lint --from-ref --to-ref`."""

import sys

import pytest

from tests.git.conftest import make_repo
from vaultkit.git.plumbing import GitError
from vaultkit.git.pushing import hook_push, judge_between

RULES = "lint:\n  select: [links-resolve]\n"
OLD = "See [[gone/once]].\n"
NEW = "See [[gone/now]].\n"
NONE = "0" * 40


@pytest.fixture
def clone(vault, tmp_path):
    """A vault with a remote that has its first commit; pushes are judged, commits are not."""
    make_repo(tmp_path / "remote")
    remote = tmp_path / "remote" / ".git"
    vault.git("--git-dir", str(remote), "config", "core.bare", "true")
    vault.stage("vaultkit.yaml", RULES)
    vault.stage("Old.md", OLD)
    vault.stage("Home.md", "Home.\n")
    vault.stage("Far.md", "[[Home]]\n")
    vault.commit()
    vault.git("remote", "add", "origin", str(remote))
    vault.git("push", "-q", "-u", "origin", "main")
    script = "import sys, pathlib; from vaultkit.git.pushing import hook_push; "
    script += "code, text = hook_push(pathlib.Path.cwd(), sys.stdin.buffer.read().splitlines()); "
    vault.hook("pre-push", f"exec '{sys.executable}' -c '{script} sys.stdout.write(text); sys.exit(code)'\n")
    return vault


def pushed(repo, *args: str) -> tuple[bool, str]:
    done = repo.git("push", "-q", *(args or ("origin", "main")), check=False)
    return done.returncode == 0, done.stdout + done.stderr


def commit(repo, **notes: str) -> str:
    for name, text in notes.items():
        repo.stage(f"{name}.md", text)
    assert repo.commit().returncode == 0
    return repo.git("rev-parse", "HEAD").stdout.strip()


def test_what_the_commits_bring_in_is_refused(clone):
    commit(clone, Old=OLD + "More.\n")
    assert pushed(clone)[0]
    commit(clone, New=NEW)
    commit(clone, Home="Home, and more.\n")
    went, said = pushed(clone)
    assert (went, "New.md:1:5 links-resolve" in said, "Old.md" in said) == (False, True, False)
    assert "git push --no-verify" in said
    commit(clone, New="Mended.\n")
    assert pushed(clone)[0]  # what a later commit mended is mended


def test_the_tree_is_judged_and_not_the_work_tree(clone):
    commit(clone, New=NEW)
    clone.stage("New.md", "Staged.\n")
    clone.write("New.md", "Mended.\n")
    assert pushed(clone)[0] is False
    clone.git("reset", "-q", "--hard", "HEAD~1")
    clone.stage("New.md", NEW)
    assert pushed(clone)[0]


def test_another_branch_than_the_one_checked_out(clone):
    clone.git("checkout", "-q", "-b", "other")
    commit(clone, New=NEW)
    clone.git("checkout", "-q", "main")
    assert pushed(clone, "origin", "main")[0]
    went, said = pushed(clone, "origin", "other", "main")
    assert (went, said.count("New.md:1:5")) == (False, 1)


def test_a_new_branch_is_compared_with_what_the_remote_has(clone):
    clone.git("checkout", "-q", "-b", "other")
    commit(clone, Fine="[[Home]]\n", Old=OLD + "More.\n")
    went, said = pushed(clone, "origin", "other")
    assert (went, "1 finding more in these notes was there before" in said) == (True, True)
    assert "--from-ref" in said
    clone.git("checkout", "-q", "-b", "same")
    assert pushed(clone, "origin", "same") == (True, "")


def test_to_a_remote_that_has_nothing_all_is_judged(clone, tmp_path):
    make_repo(tmp_path / "second")
    clone.git("remote", "remove", "origin")
    clone.git("remote", "add", "second", str(tmp_path / "second"))
    went, said = pushed(clone, "second", "main:new")
    assert (went, "Old.md:1:5" in said) == (False, True)
    commit(clone, Old="Mended.\n")
    assert pushed(clone, "second", "main:new")[0]


def test_a_deletion_breaks_links_elsewhere(clone):
    clone.git("rm", "-q", "Home.md")
    commit(clone)
    went, said = pushed(clone)
    assert (went, "Far.md:1:1 links-resolve" in said) == (False, True)


@pytest.mark.parametrize(
    "lines",
    [[], [b""], [b"nonsense"], [f"(delete) {NONE} refs/heads/x {'1' * 40}".encode()]],
    ids=["nothing", "empty", "nonsense", "a branch is deleted"],
)
def test_what_pushes_nothing_is_let_through(clone, lines):
    assert hook_push(clone.top, lines) == (0, "")


def test_deleting_a_branch_and_pushing_tags(clone):
    clone.git("push", "-q", "origin", "main:other", "--no-verify")
    assert pushed(clone, "origin", ":other")[0]
    blob = clone.git("rev-parse", "HEAD:Old.md").stdout.strip()
    clone.git("tag", "of-a-blob", blob)
    assert pushed(clone, "origin", "of-a-blob")[0]
    commit(clone, New=NEW)
    clone.git("tag", "-a", "-m", "v1", "v1")
    assert pushed(clone, "origin", "v1")[0] is False


def test_a_remote_that_is_ahead_and_was_not_fetched(clone):
    head = commit(clone, New=NEW)
    code, text = hook_push(clone.top, [f"refs/heads/main {head} refs/heads/main {'1' * 40}".encode()])
    assert (code, "New.md:1:5" in text, "Old.md" in text) == (1, True, False)


def test_nothing_that_is_judged(clone):
    clone.stage("script.py", "pass\n")
    assert clone.commit().returncode == 0
    assert pushed(clone) == (True, "")


class TestBetween:
    """`vaultkit lint --from-ref A --to-ref B`."""

    def test_notes_changed_between(self, clone, run):
        commit(clone, Old=OLD + "More.\n", New=NEW)
        clone.git("checkout", "-q", "HEAD~1")
        ran = run("lint", "--from-ref", "main~1", "--to-ref", "main", cwd=clone.top)
        assert (ran.code, "New.md:1:5" in ran.out, "gone/once" in ran.out) == (1, True, False)
        assert "1 finding more in these notes was there before; `--all` shows it" in ran.out
        ran = run("lint", "--from-ref", "main~1", "--to-ref", "main", "--all", cwd=clone.top)
        assert (ran.code, "gone/once" in ran.out) == (1, True)
        ran = run("lint", "--from-ref", "main", "--to-ref", "main", cwd=clone.top)
        assert (ran.code, ran.out) == (0, "Nothing found.\n")

    def test_all_there_is(self, clone):
        for name in ("none", "", NONE):
            judged = judge_between(clone.top, name, "HEAD").judged
            assert judged
            assert [(one.path, one.line) for one in judged.new] == [("Old.md", 1)]

    def test_since_they_parted(self, clone):
        clone.git("checkout", "-q", "-b", "other")
        commit(clone, New="Fine.\n")
        clone.git("checkout", "-q", "main")
        commit(clone, Far="See [[Home]] and [[gone/far]].\n")
        judged = judge_between(clone.top, "main...", "other").judged
        assert judged
        assert not judged.new

    @pytest.mark.parametrize("name", ["nowhere", "--output=x", "1" * 40])
    def test_what_is_no_commit_is_told(self, clone, name):
        with pytest.raises(GitError, match="is no commit here"):
            judge_between(clone.top, name, "HEAD")

    @pytest.mark.parametrize(
        ("form", "told"),
        [
            ("concise", "New.md:1:5"),
            ("github", "::error file=New.md,line=1,endLine=1,title=vaultkit links-resolve,col=5"),
            ("gitlab", '"path": "New.md"'),
            ("json", '"path": "New.md"'),
            ("sarif", '"uri": "New.md"'),
            ("junit", "New.md"),
        ],
    )
    def test_in_the_forms_of_services(self, clone, run, form, told):
        commit(clone, Old=OLD + "More.\n", New=NEW)
        between = ("lint", "--from-ref", "main~1", "--to-ref", "main", "--output-format", form)
        ran = run(*between, cwd=clone.top)
        assert (ran.code, told in ran.out, "gone/once" in ran.out) == (1, True, False)
        assert "gone/once" in run(*between, "--all", cwd=clone.top).out
        assert run(*between, "--exit-zero", cwd=clone.top).code == 0

    @pytest.mark.parametrize(
        "options",
        [
            ["--from-ref", "HEAD"],
            ["--to-ref", "HEAD"],
            ["--from-ref", "HEAD", "--to-ref", "HEAD", "--staged"],
            ["--from-ref", "HEAD", "--to-ref", "HEAD", "Old.md"],
            ["--from-ref", "HEAD", "--to-ref", "HEAD", "--fix"],
            ["--from-ref", "HEAD", "--to-ref", "HEAD", "--output-format", "full"],
            ["--all"],
        ],
        ids=["no to", "no from", "staged", "a path", "fix", "full", "all of nothing"],
    )
    def test_options_that_do_not_go_together(self, clone, run, options):
        assert run("lint", *options, cwd=clone.top).code == 2
