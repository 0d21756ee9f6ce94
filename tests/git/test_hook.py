"""Commits judged: `hook_lint` in the environment that git gives a hook, and once through the installed hook."""

import json
import os
import shutil
import subprocess
from hashlib import blake2b
from pathlib import Path

import pytest

from vaultkit.errors import UsageError
from vaultkit.git.hook import hook_lint
from vaultkit.git.install import install
from vaultkit.git.plumbing import UnmergedIndex

GOOD = "# Good\n\nBack to [[#Good]].\n"
BROKEN = "# Broken\n\nSee [[gone/nowhere at all]].\n"


RULES = "lint:\n  select: [links-resolve, headings-resolve]\n"


@pytest.fixture
def vault(vault):
    """A vault where only links matter."""
    vault.stage("vaultkit.yaml", RULES)
    return vault


@pytest.fixture
def judged(vault):
    """A vault with one commit, whose commits are judged from now on."""
    vault.commit()
    vault.judge_commits()
    return vault


def accepted(repo, *args: str) -> bool:
    """Whether `git commit` goes through; when it does not, that must be because of the link."""
    before = repo.commits
    done = repo.commit(*args)
    assert (repo.commits > before) == (done.returncode == 0)
    assert done.returncode == 0 or "nowhere at all" in done.stdout + done.stderr
    return done.returncode == 0


def test_through_the_installed_hook(vault):
    """The whole way: a broken link is refused with its place, mended, and accepted."""
    install(vault.top)
    vault.stage("a b/é.md", BROKEN)
    done = vault.commit()
    assert done.returncode == 1
    assert "a b/é.md:3:" in done.stdout + done.stderr
    assert "links-resolve" in done.stdout + done.stderr
    vault.write("a b/é.md", GOOD)
    assert vault.commit().returncode == 1  # mended, but not staged
    vault.git("add", ".")
    assert vault.commit().returncode == 0
    assert vault.commits == 1


def test_through_the_installed_hook_after_the_one_before(vault):
    vault.hook("pre-commit", "touch ran; exit 3\n")
    install(vault.top)
    vault.stage("a.md", GOOD)
    assert vault.commit().returncode == 1  # git makes one of every refusal
    assert (vault.top / "ran").exists()
    vault.hook("pre-commit.vaultkit-prev", "exit 0\n")
    assert vault.commit().returncode == 0


def test_a_wrong_configuration_is_not_committed(judged):
    judged.stage("vaultkit.yaml", "lint:\n  rules:\n    nope: off\n")
    done = judged.commit()
    assert done.returncode == 1
    assert "nope" in done.stderr + done.stdout
    judged.stage("vaultkit.yaml", "lint:\n  rules:\n    note-has-tags: off\n")
    assert accepted(judged)


def test_the_first_commit(vault):
    vault.judge_commits()
    vault.stage("a.md", BROKEN)
    assert not accepted(vault)
    vault.stage("a.md", GOOD)
    assert accepted(vault)


def test_what_is_staged_counts_not_what_is_on_disk(judged):
    judged.stage("a.md", BROKEN)
    judged.write("a.md", GOOD)
    assert not accepted(judged)
    judged.stage("a.md", GOOD)
    judged.write("a.md", BROKEN)
    assert accepted(judged)


def test_only_what_the_commit_touches_is_judged(vault):
    vault.stage("old.md", BROKEN)
    vault.commit()
    vault.judge_commits()
    vault.stage("new.md", GOOD)
    assert accepted(vault)


def test_what_silenced_nothing_before_is_no_news_beside_another_finding(vault):
    vault.stage("vaultkit.yaml", "lint:\n  select: [links-resolve, unused-suppressions]\n")
    idle = "# Idle\n\n[[#Idle]] %% vaultkit: ignore links-resolve %%\n"
    vault.stage("idle.md", idle)
    vault.commit()
    vault.stage("idle.md", idle + "\nAnd more.\n")
    assert hook_lint(vault.top, ())[0] == 0
    vault.stage("idle.md", idle + BROKEN)
    code, text = hook_lint(vault.top, ())
    assert code == 1
    assert "nowhere at all" in text
    assert "unused-suppressions" not in text


def test_a_note_is_connected_by_what_is_staged(vault):
    vault.stage("vaultkit.yaml", "lint:\n  select: [notes-connected, attachments-used]\n")
    vault.stage("Shown.md", "text\n")
    vault.stage("Alone.md", "text\n")
    vault.stage("Pic.png", "")
    vault.stage("P.canvas", json.dumps({"nodes": [{"type": "file", "file": "Shown.md"}]}))
    vault.write("Later.md", "[[Alone]]\n")  # not staged
    code, text = hook_lint(vault.top, ())
    assert (code, text.count("\n")) == (0, 1)
    assert text.startswith("Alone.md:1:1 notes-connected ")


def test_a_target_that_is_only_on_disk_is_missing(judged):
    judged.write("gone/nowhere at all.md", GOOD)
    judged.stage("a.md", BROKEN)
    assert not accepted(judged)
    judged.git("add", "gone/nowhere at all.md")
    assert accepted(judged)


def test_a_target_that_the_commit_still_holds_is_there(judged):
    judged.stage("gone/nowhere at all.md", GOOD)
    (judged.top / "gone/nowhere at all.md").unlink()
    judged.stage("a.md", BROKEN)
    assert accepted(judged)


def test_commit_all(judged):
    judged.stage("a.md", GOOD)
    assert accepted(judged)
    judged.write("a.md", BROKEN)
    assert not accepted(judged, "-a")
    judged.write("a.md", GOOD + "more\n")
    assert accepted(judged, "-a")


def test_commit_only(judged):
    """`git commit PATH` takes the work tree's text of that path, and nothing else that is staged."""
    judged.stage("a.md", GOOD)
    judged.stage("b.md", GOOD)
    assert accepted(judged)
    judged.stage("a.md", BROKEN)
    judged.write("b.md", GOOD + "more\n")
    assert accepted(judged, "-o", "b.md")
    judged.write("b.md", BROKEN)
    judged.stage("a.md", GOOD + "more\n")
    assert not accepted(judged, "-o", "b.md")
    assert accepted(judged)


def test_amend(judged):
    judged.stage("a.md", GOOD)
    assert accepted(judged)
    judged.stage("a.md", BROKEN)
    assert judged.commit("--amend").returncode == 1
    judged.git("checkout", "-q", "HEAD", "a.md")
    assert judged.commit("--amend").returncode == 0


def test_a_commit_that_only_deletes(judged):
    judged.stage("a.md", GOOD)
    assert accepted(judged)
    judged.git("rm", "-q", "a.md")
    assert accepted(judged)


def test_a_renamed_note_is_judged_under_its_new_name(judged):
    judged.stage("a.md", GOOD * 9)
    assert accepted(judged)
    judged.git("mv", "a.md", "b.md")
    judged.stage("b.md", GOOD * 9 + BROKEN)
    assert not accepted(judged)


def test_another_work_tree(judged, tmp_path):
    second = type(judged)(tmp_path / "second")
    judged.git("worktree", "add", "-q", "-b", "second", str(second.top))
    second.stage("a.md", BROKEN)
    assert not accepted(second)
    second.stage("a.md", GOOD)
    assert accepted(second)


def test_a_vault_in_a_subfolder(repo):
    repo.judge_commits()
    repo.stage("notes/.obsidian/app.json", "{}")
    repo.stage("notes/vaultkit.yaml", RULES)
    repo.stage("notes/deep/a.md", BROKEN)
    repo.stage("README.md", BROKEN)  # in no vault: not ours to judge
    (repo.top / "notes" / "nested").mkdir()
    inside = type(repo)(repo.top / "notes" / "nested")
    done = inside.commit()  # GIT_PREFIX is set, the hook runs at the top
    assert done.returncode == 1
    assert "notes/deep/a.md:3:" in done.stdout + done.stderr
    assert "README" not in done.stdout + done.stderr
    repo.stage("notes/deep/a.md", GOOD)
    assert inside.commit().returncode == 0


def test_several_vaults_are_told_together(repo):
    for root in ("one", "two"):
        repo.stage(f"{root}/.obsidian/app.json", "{}")
        repo.stage(f"{root}/a.md", BROKEN)
    code, text = hook_lint(repo.top, ())
    assert code == 1
    assert "one/a.md:3:" in text
    assert "two/a.md:3:" in text


@pytest.mark.parametrize(
    "name",
    [
        "it's.md",
        'a"b.md',
        "a\tb.md",
        "a\nb.md",
        "日記 é🌱.md",
        os.fsdecode(b"caf\xe9.md"),
        "-x.md",
        "\\.md",
        "$HOME.md",
    ],
    ids=["quote", "double", "tab", "line end", "non-ascii", "not UTF-8", "dash", "backslash", "dollar"],
)
def test_a_note_of_any_name(judged, name):
    judged.stage(name, BROKEN)
    assert not accepted(judged)
    judged.stage(name, "no link")
    assert "nowhere" not in hook_lint(judged.top, ())[1]


def test_a_heading_is_looked_up_in_the_staged_text(judged):
    judged.stage("target.md", "# Old\n")
    assert accepted(judged)
    judged.write("target.md", "# New\n")
    judged.stage("a.md", "[[target#New]]\n")
    assert hook_lint(judged.top, ())[0] == 1
    judged.git("add", "target.md")
    assert hook_lint(judged.top, ()) == (0, "")


@pytest.mark.parametrize(
    ("severity", "code", "shown"),
    [("error", 1, True), ("warning", 1, True), ("info", 0, True), ("off", 0, False)],
)
def test_what_refuses(judged, severity, code, shown):
    judged.stage("vaultkit.yaml", f"{RULES}  rules:\n    links-resolve: {severity}\n")
    judged.stage("a.md", BROKEN)
    found, text = hook_lint(judged.top, ())
    assert found == code
    assert ("nowhere at all" in text) == shown
    assert ("--no-verify" in text) == (code == 1)


def test_nothing_staged_says_nothing(judged):
    assert hook_lint(judged.top, ()) == (0, "")


def test_a_repository_without_vault_is_told_and_passes(repo):
    repo.stage("README.md", BROKEN)
    code, text = hook_lint(repo.top, ())
    assert code == 0
    assert "no vault here" in text


def test_an_unfinished_merge_is_refused(judged):
    blob = judged.git("rev-parse", ":.obsidian/app.json").stdout.strip()
    entries = "".join(f"100644 {blob} {stage}\ta.md\n" for stage in (1, 2, 3))
    subprocess.run(["git", "update-index", "--index-info"], cwd=judged.top, input=entries.encode(), check=True)
    with pytest.raises(UnmergedIndex, match=r"a\.md; resolve"):
        hook_lint(judged.top, ())


def test_a_wrong_configuration_is_not_passed_over(judged):
    judged.stage("vaultkit.yaml", "lint: [\n")
    judged.stage("a.md", GOOD)
    with pytest.raises(UsageError, match=r"^vaultkit\.yaml:"):
        hook_lint(judged.top, ())


class TestNamedFiles:
    """As the framework calls it; with `--all-files` nothing is staged, and unstaged changes are not set aside."""

    @pytest.fixture
    def vault(self, vault):
        vault.stage("broken.md", BROKEN)
        vault.stage("sub/good.md", GOOD)
        vault.commit()
        vault.write("broken.md", GOOD)
        vault.write("sub/good.md", BROKEN)
        vault.write("untracked.md", BROKEN)
        return vault

    @pytest.mark.parametrize(
        ("names", "code"),
        [
            (("broken.md",), 1),
            (("sub/good.md",), 0),
            (("sub/good.md", "broken.md"), 1),
            (("./sub/../broken.md",), 1),
            (("untracked.md",), 0),
            (("no such.md",), 0),
            (("../outside.md",), 0),
            ((".",), 0),
        ],
        ids=["broken", "good", "both", "roundabout", "untracked", "missing", "outside", "folder, nothing staged"],
    )
    def test_they_are_judged_as_the_index_holds_them(self, vault, names, code):
        assert hook_lint(vault.top, names)[0] == code

    def test_names_are_those_of_the_folder(self, vault):
        assert hook_lint(vault.top / "sub", ("../broken.md",))[0] == 1
        assert hook_lint(vault.top / "sub", ("broken.md",))[0] == 0

    def test_absolute_names_and_a_linked_folder_do(self, vault, tmp_path):
        (tmp_path / "link").symlink_to(vault.top)
        assert hook_lint(tmp_path / "link", ("broken.md",))[0] == 1
        assert hook_lint(vault.top, (str(vault.top / "broken.md"),))[0] == 1

    def test_of_a_folder_what_is_staged_below(self, vault):
        vault.git("add", "sub")
        assert hook_lint(vault.top, ("sub",))[0] == 1
        assert hook_lint(vault.top, ("other",))[0] == 0


def test_reads_nothing_of_the_work_tree(judged):
    """Without a work tree but its folder, the answer is the same."""
    judged.stage("a.md", BROKEN)
    before = hook_lint(judged.top, ())
    for path in judged.top.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert before[0] == 1
    assert hook_lint(judged.top, ()) == before


def test_writes_nothing(judged):
    judged.stage("a.md", BROKEN)
    judged.write("a.md", GOOD)

    def state() -> dict[Path, tuple[int, int]]:
        return {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in judged.top.rglob("*")}

    before = state()
    hook_lint(judged.top, ())
    assert state() == before


def test_what_the_staged_baseline_hides_is_let_through(judged):
    """Known findings go through, also when the note changes elsewhere; a new one does not."""
    key = blake2b(b"See [[gone/nowhere at all]].", digest_size=8).hexdigest()
    known = {"path": "b.md", "rule": "links-resolve", "message": "`[[gone/nowhere at all]]` leads nowhere", "line": key}
    judged.stage("b.md", BROKEN)
    assert not accepted(judged)
    judged.stage(".vaultkit/lint-baseline.jsonl", f'{{"version": 1}}\n{json.dumps(known)}\n')
    assert accepted(judged)
    judged.stage("b.md", BROKEN + "\nMore.\n")
    assert accepted(judged)
    judged.stage("b.md", BROKEN + "\nSee also [[gone/nowhere at all]].\n")
    assert not accepted(judged)
