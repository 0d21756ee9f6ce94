"""Only what a commit brings in refuses it: real commits, judged by the command that the installed hook runs."""

import json
import os
import subprocess
import sys

import pytest

from tests.git.conftest import make_repo
from vaultkit.git.hook import hook_lint
from vaultkit.git.plumbing import Repository

RULES = """\
lint:
  select: [links-resolve, headings-resolve, blocks-resolve, embeds-resolve, canvas-resolves, bookmarks-resolve]
"""
OLD = "# Old\n\nSee [[gone/once]].\n"
NEW = "See [[gone/now]].\n"


@pytest.fixture
def judged(vault):
    """A vault with one commit in which one note is wrong; its commits are judged from now on."""
    vault.stage("vaultkit.yaml", RULES)
    vault.stage("Old.md", OLD)
    vault.stage("Home.md", "# Home\n\nText.\n\n## Below\n\nA thought. ^thought\n")
    assert vault.commit().returncode == 0
    vault.judge_as_installed()
    return vault


def told(repo, *args: str, **env: str) -> tuple[bool, str]:
    """Whether `git commit` goes through, and what was said. Links do not follow renames, so that they are broken."""
    before = repo.git("rev-parse", "HEAD", check=False).stdout
    done = repo.git("commit", "-q", "-m", "notes", *args, check=False, SKIP="relink", **env)
    assert (repo.git("rev-parse", "HEAD", check=False).stdout != before) == (done.returncode == 0)
    return done.returncode == 0, done.stdout + done.stderr


class TestWhatWasWrongBefore:
    """An old note that is wrong can be written on."""

    def test_does_not_refuse_and_is_mentioned(self, judged):
        judged.stage("Old.md", "A line ahead.\n\n" + OLD)
        went, said = told(judged)
        assert went
        assert "1 finding more in these notes was there before; `vaultkit lint --staged --all` shows it" in said
        assert "gone/once" not in said

    def test_is_told_beside_nothing_when_something_new_refuses(self, judged):
        judged.stage("Old.md", OLD + NEW)
        went, said = told(judged)
        assert not went
        assert "Old.md:4:5 links-resolve" in said
        assert "gone/once" not in said

    @pytest.mark.parametrize(
        ("text", "goes"),
        [
            (OLD.replace("See", "Then see"), True),
            ("# Old\n\nMore.\n\nSee [[gone/once]], where it all began.\n", True),
            (OLD + OLD, False),
            (OLD.replace("once", "twice"), False),
            ("", True),
        ],
        ids=["line edited", "moved", "once more", "another in its place", "mended"],
    )
    def test_it_is_known_again(self, judged, text, goes):
        judged.stage("Old.md", text)
        assert (hook_lint(judged.top, ())[0] == 0) == goes

    def test_in_a_renamed_note(self, judged):
        text = OLD + "\n".join(f"line {n}" for n in range(20))
        judged.stage("Old.md", text)
        assert told(judged)[0]
        judged.git("mv", "Old.md", "Older.md")
        judged.stage("Older.md", text + "\nmore")
        assert told(judged)[0]
        judged.git("mv", "Older.md", "Oldest.md")
        judged.stage("Oldest.md", text + NEW)
        went, said = told(judged)
        assert (went, "Oldest.md:23:" in said) == (False, True)

    def test_a_rule_that_is_new_makes_no_old_note_wrong(self, judged):
        judged.stage("Empty.md", "To [[]].\n")
        assert told(judged)[0]
        judged.stage("vaultkit.yaml", RULES.replace("[links", "[links-not-empty, links"))
        judged.stage("Empty.md", "To [[]].\n\nMore.\n")
        assert told(judged)[0]
        judged.stage("New.md", "To [[]].\n")
        went, said = told(judged)
        assert (went, "New.md:1:4 links-not-empty" in said, "Empty.md" in said) == (False, True, False)

    def test_all_is_shown_when_asked_for(self, judged, run):
        judged.stage("Old.md", OLD + NEW)
        ran = run("lint", "--staged", "--all", cwd=judged.top)
        assert ran.code == 1
        assert ran.out.index("gone/once") < ran.out.index("gone/now")
        judged.stage("Old.md", "\n" + OLD)
        ran = run("lint", "--staged", "--all", cwd=judged.top)
        assert (ran.code, "gone/once" in ran.out) == (0, True)
        assert "gone/once" not in run("lint", "--staged", cwd=judged.top).out

    def test_named_by_someone_it_counts(self, judged):
        """`pre-commit run --all-files`: nothing is staged."""
        assert hook_lint(judged.top, ("Old.md", "Home.md"))[0] == 1


class TestLinksElsewhere:
    """What a commit takes away breaks links in notes that it does not touch."""

    @pytest.fixture
    def judged(self, judged):
        judged.stage("Far/Away.md", "To [[Home]], [[Home#Below]] and [[Home#^thought]].\n")
        judged.stage("Far/Pic.md", "![[Pics/Lamp.png]] [a](../Home.md) [b](My%20Note.md)\n")
        judged.stage("Far/My Note.md", "# Ünder\n")
        judged.stage("Pics/Lamp.png", b"\x89PNG")
        judged.stage("Board.canvas", json.dumps({"nodes": [{"id": "a", "type": "file", "file": "Home.md"}]}))
        judged.git("commit", "-q", "-m", "more", "--no-verify")
        return judged

    def test_deleted(self, judged):
        judged.git("rm", "-q", "Home.md")
        went, said = told(judged)
        assert not went
        assert [line.split()[0] for line in said.splitlines()[:-1]] == [
            "Board.canvas:1:49",
            "Far/Away.md:1:4",
            "Far/Away.md:1:14",
            "Far/Away.md:1:33",
            "Far/Pic.md:1:20",
        ]

    def test_an_attachment_that_is_deleted(self, judged):
        judged.git("rm", "-q", "Pics/Lamp.png")
        went, said = told(judged)
        assert (went, "Far/Pic.md:1:1 embeds-resolve" in said) == (False, True)

    def test_renamed(self, judged):
        judged.git("mv", "Home.md", "House.md")
        went, said = told(judged)
        assert not went
        assert "`Home.md` became `House.md`" in said

    def test_mended_in_the_same_commit(self, judged):
        judged.git("mv", "Home.md", "House.md")
        for path in ("Far/Away.md", "Far/Pic.md", "Board.canvas"):
            judged.stage(path, (judged.top / path).read_text().replace("Home", "House"))
        assert told(judged) == (True, "")

    def test_moved_so_that_its_name_still_leads_there(self, judged):
        judged.git("rm", "-q", "Far/Pic.md", "Board.canvas")
        assert told(judged)[0]
        (judged.top / "Deep").mkdir()
        judged.git("mv", "Home.md", "Deep/Home.md")
        assert told(judged) == (True, "")

    def test_moved_so_that_a_path_does_not(self, judged):
        (judged.top / "Deep").mkdir()
        judged.git("mv", "Far/My Note.md", "Deep/My Note.md")
        judged.git("mv", "Home.md", "Deep/Home.md")
        went, said = told(judged)
        assert (went, "Board.canvas" in said, "Far/Away.md" in said) == (False, True, False)

    def test_only_the_case_of_the_name(self, judged):
        judged.git("mv", "Home.md", "home.md")
        assert "Far/Away.md" not in told(judged)[1]

    def test_a_heading_that_goes(self, judged):
        judged.stage("Home.md", "# Home\n\nText.\n\n## Other\n\nA thought. ^thought\n")
        went, said = told(judged)
        assert (went, "Far/Away.md:1:14 headings-resolve" in said, "blocks-resolve" in said) == (False, True, False)

    def test_a_block_that_goes(self, judged):
        judged.stage("Home.md", "# Home\n\nText.\n\n## Below\n\nA thought.\n")
        went, said = told(judged)
        assert (went, "Far/Away.md:1:33 blocks-resolve" in said, "headings-" in said) == (False, True, False)

    def test_text_that_goes_is_nobodys_target(self, judged):
        judged.stage("Home.md", "# Home\n\n## Below\n\nA thought. ^thought\n\n## Last\n")
        assert told(judged) == (True, "")

    def test_what_was_broken_elsewhere_before_is_not_spoken_of(self, judged):
        judged.stage("Far/Gone.md", "# Gone\n")
        judged.stage("Far/Away.md", "[[Home]] [[Far/Nowhere]] [[Far/Gone]]\n")
        judged.git("commit", "-q", "-m", "more", "--no-verify")
        judged.git("rm", "-q", "Far/Gone.md")
        went, said = told(judged)
        assert (went, "Far/Gone" in said, "Nowhere" in said) == (False, True, False)

    def test_bookmarks(self, judged):
        marks = {"items": [{"type": "file", "ctime": 1, "path": "Far/My Note.md"}]}
        judged.stage(".obsidian/bookmarks.json", json.dumps(marks))
        assert told(judged)[0]
        judged.stage(".obsidian/bookmarks.json", json.dumps(marks).replace("My Note", "No Note"))
        went, said = told(judged)
        assert (went, ".obsidian/bookmarks.json:1:" in said) == (False, True)
        judged.git("checkout", "-q", "HEAD", ".obsidian/bookmarks.json")
        judged.stage("Far/Pic.md", "")
        judged.git("rm", "-q", "Far/My Note.md")
        went, said = told(judged)
        assert (went, ".obsidian/bookmarks.json:1:" in said) == (False, True)

    def test_a_file_that_only_the_work_tree_lacks_is_there(self, judged):
        (judged.top / "Home.md").unlink()
        judged.stage("New.md", "[[Home]]\n")
        assert told(judged) == (True, "")

    def test_of_named_files_only_those_are_spoken(self, judged):
        judged.git("rm", "-q", "Home.md")
        assert hook_lint(judged.top, ("Far/My Note.md",)) == (0, "")


class TestEachWayToCommit:
    """What is judged is what this very commit will hold."""

    def test_all(self, judged):
        judged.write("Home.md", NEW)
        assert told(judged, "-a")[0] is False
        (judged.top / "Old.md").unlink()
        judged.write("Home.md", "# Home\n")
        assert told(judged, "-a") == (True, "")

    def test_all_with_a_file_that_is_gone(self, judged):
        judged.stage("Far.md", "[[Home]]\n")
        assert told(judged)[0]
        (judged.top / "Home.md").unlink()
        went, said = told(judged, "-a")
        assert (went, "Far.md:1:1" in said) == (False, True)

    def test_only(self, judged):
        judged.stage("Home.md", NEW)
        judged.stage("Fine.md", "Fine.\n")
        assert told(judged, "-o", "Fine.md") == (True, "")
        assert told(judged, "-o", "Home.md")[0] is False

    def test_amend(self, judged):
        judged.stage("Home.md", NEW)
        judged.git("commit", "-q", "-m", "past the hook", "--no-verify")
        judged.stage("Fine.md", "Fine.\n")
        assert told(judged, "--amend")[0]  # HEAD is what a hook can see: this was wrong before
        judged.stage("Home.md", NEW + "And [[gone/later]].\n")
        went, said = told(judged, "--amend")
        assert (went, "gone/later" in said, "gone/now" in said) == (False, True, False)

    def test_the_first(self, repo):
        repo.stage(".obsidian/app.json", "{}")
        repo.stage("a.md", NEW)
        repo.judge_as_installed()
        assert told(repo)[0] is False
        repo.stage("a.md", "Fine.\n")
        assert told(repo)[0]

    def test_detached(self, judged):
        judged.git("checkout", "-q", "--detach")
        judged.stage("Old.md", OLD + "More.\n")
        assert told(judged)[0]
        judged.stage("Home.md", NEW)
        assert told(judged)[0] is False

    def test_in_another_work_tree(self, judged, tmp_path):
        second = type(judged)(tmp_path / "second")
        judged.git("worktree", "add", "-q", "-b", "second", str(second.top))
        second.stage("Old.md", OLD + "More.\n")
        assert told(second)[0]
        second.stage("Old.md", OLD + NEW)
        assert told(second)[0] is False

    def test_from_a_folder_below(self, repo):
        repo.stage("notes/.obsidian/app.json", "{}")
        repo.stage("notes/vaultkit.yaml", RULES)
        repo.stage("notes/Old.md", OLD)
        repo.stage("notes/Far.md", "[[Old]]\n")
        repo.commit()
        repo.judge_as_installed()
        inside = type(repo)(repo.top / "notes")
        inside.stage("Old.md", OLD + "More.\n")
        assert told(inside)[0]
        inside.git("rm", "-q", "Old.md")
        went, said = told(inside)
        assert (went, "notes/Far.md:1:1" in said) == (False, True)

    def test_several_vaults(self, repo):
        for root in ("one", "two"):
            repo.stage(f"{root}/.obsidian/app.json", "{}")
            repo.stage(f"{root}/vaultkit.yaml", RULES)
            repo.stage(f"{root}/Old.md", OLD)
            repo.stage(f"{root}/Far.md", "[[Old]]\n")
        repo.commit()
        repo.judge_as_installed()
        repo.git("rm", "-q", "one/Old.md")
        repo.stage("two/Old.md", OLD + "More.\n")
        went, said = told(repo)
        assert (went, "one/Far.md:1:1" in said, "two/Far.md" in said, "1 finding more" in said) == (
            False,
            True,
            False,
            True,
        )

    def test_a_vault_that_is_a_submodule(self, judged, tmp_path):
        outer = make_repo(tmp_path / "outer")
        outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(judged.top), "vault")
        inner = type(outer)(outer.top / "vault")
        hooks = inner.git("rev-parse", "--git-path", "hooks").stdout.strip()
        judged.judge_as_installed((inner.top / hooks).resolve())
        inner.stage("Old.md", OLD + "More.\n")
        assert told(inner)[0]
        inner.git("rm", "-q", "Home.md")
        inner.stage("Far.md", "[[Home]]\n")
        assert told(inner)[0] is False
        outer.judge_as_installed()
        outer.git("add", "vault")
        assert told(outer)[0]  # a submodule is no note

    def test_an_unfinished_merge(self, judged):
        blob = judged.git("rev-parse", ":Home.md").stdout.strip()
        entries = "".join(f"100644 {blob} {stage}\ta.md\n" for stage in (1, 2, 3))
        subprocess.run(["git", "update-index", "--index-info"], cwd=judged.top, input=entries.encode(), check=True)
        ran = subprocess.run(
            [sys.executable, "-m", "vaultkit", "hook", "pre-commit"], cwd=judged.top, capture_output=True, text=True
        )
        assert (ran.returncode, "merge not finished: a.md" in ran.stderr) == (1, True)

    def test_without_home_and_terminal(self, judged):
        judged.stage("Home.md", NEW)
        bare = {name: os.environ[name] for name in os.environ if name.startswith("GIT_")} | {"PATH": os.environ["PATH"]}
        commit = ["git", "commit", "-q", "-m", "notes"]
        done = subprocess.run(
            commit, cwd=judged.top, env=bare, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        assert (done.returncode, "Home.md:1:5" in done.stdout + done.stderr) == (1, True)

    def test_three_thousand_notes(self, judged):
        for number in range(3000):
            judged.write(f"Many/日 {number}.md", f"To [[日 {(number + 1) % 3000}]].\n")
        judged.git("add", "Many")
        judged.stage("Many/日 7.md", NEW)
        went, said = told(judged)
        assert (went, said.count("links-resolve")) == (False, 1)

    @pytest.mark.parametrize(
        "name",
        [
            "it's.md",
            'a"b.md',
            "a\nb.md",
            "日記 é🌱.md",
            "-x.md",
            "$HOME.md",
            os.fsdecode(b"caf\xe9.md"),
            "é" * 126 + ".md",
        ],
        ids=["quote", "double", "line end", "non-ascii", "dash", "dollar", "not UTF-8", "255 bytes"],
    )
    def test_a_note_of_any_name(self, judged, name):
        judged.stage(name, OLD)
        judged.git("commit", "-q", "-m", "past the hook", "--no-verify")
        judged.stage(name, OLD + "More.\n")
        assert told(judged)[0]
        judged.stage(name, OLD + NEW)
        assert told(judged)[0] is False


def test_what_is_remembered_changes_no_answer(judged):
    """The claims of blobs are kept; with them, without them, and with half of them the answer is the same."""
    judged.stage("vaultkit.yaml", RULES.replace("[links", "[tags-consistent, ids-unique, links"))
    for number in range(60):
        judged.stage(f"n/{number}.md", f"---\nvaultkit-id: id-{number}\n---\n#some-tag [[../Home#Below]]\n")
    judged.git("commit", "-q", "-m", "more", "--no-verify")
    kept = judged.top / ".vaultkit/cache/git-claims.bin"
    judged.stage("n/New.md", "---\nvaultkit-id: id-7\n---\n#some_tag\n")
    judged.git("rm", "-q", "Home.md")
    first = hook_lint(judged.top, ())
    assert first[0] == 1
    assert "ids-unique" in first[1]
    assert "tags-consistent" in first[1]
    assert first[1].count("links-resolve") == 60
    assert kept.is_file()
    assert hook_lint(judged.top, ()) == first
    for data in (kept.read_bytes()[:-3], b"", kept.read_bytes()[:20] + b"x"):
        kept.write_bytes(data)
        assert hook_lint(judged.top, ()) == first
    assert Repository(judged.top).ask("status", "--porcelain", "--", ".vaultkit") == b""
