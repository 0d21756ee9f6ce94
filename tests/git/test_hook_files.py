"""What else a commit is judged by: canvases, bases, and notes that git knew."""

import subprocess
import sys

import pytest

from vaultkit.git.hook import hook_lint

CARD = '{"nodes": [{"id": "a", "type": "file", "file": "a.md", "x": 0, "y": 0, "width": 9, "height": 9}]}'
NO_CARD = CARD.replace("a.md", "gone.md")
RULES = """\
lint:
  select: [canvas-resolves, bases-resolve, links-resolve, links-unresolved]
  rules: {bases-resolve: error}
"""


@pytest.fixture
def judged(vault):
    """A vault with one commit, whose commits are judged from now on."""
    vault.stage("vaultkit.yaml", RULES)
    vault.stage("a.md", "Rain.\n")
    vault.commit()
    vault.judge_commits()
    return vault


def accepted(repo) -> bool:
    """Whether `git commit` goes through."""
    before = repo.commits
    done = repo.commit()
    assert (repo.commits > before) == (done.returncode == 0)
    return done.returncode == 0


@pytest.mark.parametrize(
    ("path", "bad", "good"),
    [
        ("Plans.canvas", NO_CARD, CARD),
        ("Plans.canvas", "{", CARD),
        ("Plans.canvas", '{"nodes": [{"id": "a", "type": "text", "text": "[[x/nowhere]]"}]}', CARD),
        ("図/計画.base", "views: [{type: table, filters: 'file.hasLink(\"no\")'}]\n", 'filters: file.hasLink("a")\n'),
    ],
    ids=["a card", "half a canvas", "a link in a card", "a base"],
)
def test_canvases_and_bases_are_judged_as_they_are_staged(judged, path, bad, good):
    judged.stage(path, bad)
    judged.write(path, good)
    assert not accepted(judged)
    assert hook_lint(judged.top, ())[1].startswith(f"{path}:1:")
    assert hook_lint(judged.top, (path,))[0] == 1
    judged.stage(path, good)
    judged.write(path, bad)
    assert accepted(judged)


def test_a_canvas_and_its_note_in_one_commit(judged):
    judged.write("gone.md", "Here.\n")
    judged.stage("Plans.canvas", NO_CARD)
    assert not accepted(judged)  # the note is only on the disk
    judged.git("add", "gone.md")
    assert accepted(judged)


def test_canvases_that_are_none_of_the_vault(repo):
    repo.stage("notes/.obsidian/app.json", "{}")
    repo.stage("Plans.canvas", "{")
    repo.stage("notes/.hidden/Plans.canvas", "{")
    repo.stage("notes/Large.canvas", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n")
    (repo.top / "notes" / "Link.canvas").symlink_to("../Plans.canvas")
    repo.git("add", "notes/Link.canvas")
    assert hook_lint(repo.top, ()) == (0, "")


def test_findings_in_canvases_are_hidden_by_the_baseline(judged):
    judged.stage("Plans.canvas", NO_CARD)
    command = [sys.executable, "-m", "vaultkit", "lint", "--write-baseline"]
    assert subprocess.run(command, cwd=judged.top, capture_output=True, check=False).returncode == 0
    judged.git("add", "-A")
    assert accepted(judged)
    judged.stage("More.canvas", NO_CARD)
    assert not accepted(judged)


def test_a_link_to_a_note_that_the_commit_deletes_is_broken(judged):
    judged.git("rm", "-q", "a.md")
    judged.stage("b.md", "[[a]] [[Never]]\n")
    assert not accepted(judged)
    _, text = hook_lint(judged.top, ())
    assert "links-resolve `[[a]]` leads nowhere: `a.md`, which git knows, is not there any more" in text
    assert "links-unresolved `[[Never]]`" in text
    judged.stage("b.md", "[[Never]]\n")
    assert accepted(judged)


def test_a_vault_in_a_subfolder_has_its_own_past(repo):
    text = "Rain all day, and in the evening a long talk about boats.\n"
    repo.stage("notes/.obsidian/app.json", "{}")
    repo.stage("notes/Soup.md", text)
    repo.stage("Tea.md", "Green.\n")
    repo.commit()
    repo.git("mv", "notes/Soup.md", "notes/買い物.md")
    repo.git("rm", "-q", "Tea.md")
    repo.commit()
    repo.stage("notes/a.md", "[[Soup]] [[Tea]]\n")
    repo.judge_commits()
    done = repo.commit()
    assert done.returncode == 1
    told = done.stdout + done.stderr
    assert "`[[Soup]]` leads nowhere: `Soup.md` became `\\u8cb7\\u3044\\u7269.md` on" in told
    assert "links-unresolved `[[Tea]]`" in told
