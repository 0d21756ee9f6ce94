import os

import pytest

from vaultkit.git.plumbing import Repository, UnmergedIndex
from vaultkit.git.tracked import (
    files_before,
    staged_and_announced,
    staged_changes,
    tracked_files,
    tree_changes,
    tree_files,
)

NAMES = {
    "space": "a b.md",
    "quote": 'it\'s "so".md',
    "tab": "a\tb.md",
    "line end": "a\nb.md",
    "backslash": "a\\b.md",
    "dash": "-rf.md",
    "non-ascii": "日記/é🌱.md",
    "not utf-8": os.fsdecode(b"caf\xe9.md"),
    "255 bytes": "あ" * 84 + ".md",
}


def shapes(there):
    return [change[:3] for change in staged_changes(there)]


@pytest.mark.parametrize("quotepath", ["true", "false"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_any_name_comes_back_as_it_is(repo, name, quotepath):
    repo.git("config", "core.quotepath", quotepath)
    repo.stage(name, "text")
    there = Repository(repo.top)
    assert list(tracked_files(there)) == [name]
    assert shapes(there) == [("A", name, "")]


def test_each_kind_of_change(repo):
    lines = "".join(f"line {n}\n" for n in range(20))
    for name in ("changed.md", "gone.md", "link.md", "same.md"):
        repo.stage(name, name)
    repo.stage("old.md", lines)
    repo.commit()
    repo.stage("changed.md", "other")
    repo.git("rm", "-q", "gone.md")
    repo.git("mv", "old.md", "new.md")
    (repo.top / "link.md").unlink()
    (repo.top / "link.md").symlink_to("same.md")
    repo.git("add", "link.md")
    repo.stage("added.md", "new text")
    there = Repository(repo.top)
    assert shapes(there) == [
        ("A", "added.md", ""),
        ("M", "changed.md", ""),
        ("D", "gone.md", ""),
        ("T", "link.md", ""),
        ("R", "new.md", "old.md"),
    ]
    assert files_before(tracked_files(there), staged_changes(there)) == tree_files(there, "HEAD")
    repo.commit()
    assert tree_files(there, "HEAD") == tracked_files(there)
    assert tree_changes(there, "HEAD~1", "HEAD")[3].path == "link.md"
    assert files_before(tree_files(there, "HEAD"), tree_changes(there, "HEAD~1", "HEAD")) == tree_files(there, "HEAD~1")


@pytest.mark.parametrize("setting", ["diff.relative", "diff.noprefix", "diff.mnemonicPrefix", "color.ui"])
def test_the_users_own_diff_settings_do_not_matter(repo, setting):
    repo.stage("sub/a.md", "text")
    repo.git("config", setting, "always" if setting == "color.ui" else "true")
    assert shapes(Repository(repo.top)) == [("A", "sub/a.md", "")]


def test_what_is_announced_is_known_with_what_is_staged(repo):
    there = Repository(repo.top)
    repo.stage("old.md", "text")
    repo.stage("empty before.md", "")
    repo.commit()
    repo.stage("old.md", "other")
    assert staged_and_announced(there) == (staged_changes(there), frozenset())
    repo.stage("empty.md", "")
    assert staged_and_announced(there) == (staged_changes(there), frozenset())
    repo.write("new.md", "text")
    repo.git("rm", "-q", "--cached", "old.md")
    repo.git("add", "-N", "new.md", "old.md")
    changes, announced = staged_and_announced(there)
    assert (changes, announced) == (staged_changes(there), {"new.md", "old.md"})
    assert [change[:2] for change in changes] == [("A", "empty.md"), ("D", "old.md")]
    assert list(tracked_files(there, announced)) == ["empty before.md", "empty.md"]


def test_a_file_only_announced_is_not_there(repo):
    """`git add -N` puts the empty blob into the index, but the commit will not hold it; an empty note it will."""
    repo.stage("empty.md", "")
    repo.write("announced.md", "text")
    repo.git("add", "-N", "announced.md")
    there = Repository(repo.top)
    assert list(tracked_files(there)) == ["empty.md"]
    assert shapes(there) == [("A", "empty.md", "")]


def test_an_unfinished_merge_is_told(repo):
    repo.stage("a.md", "base\n")
    repo.commit()
    repo.git("checkout", "-q", "-b", "other")
    repo.stage("a.md", "theirs\n")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.stage("a.md", "ours\n")
    repo.commit()
    repo.git("merge", "other", check=False)
    for ask in (tracked_files, staged_changes):
        with pytest.raises(UnmergedIndex, match=r"merge not finished: a\.md; resolve") as caught:
            ask(Repository(repo.top))
        assert caught.value.exit_code == 1


def test_a_submodule_is_no_file(repo):
    repo.stage("a.md", "text")
    repo.commit()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.git('rev-parse', 'HEAD').stdout.strip()},sub")
    assert list(tracked_files(Repository(repo.top))) == ["a.md"]


def test_an_empty_repository_has_nothing(repo):
    assert tracked_files(Repository(repo.top)) == {}
    assert staged_changes(Repository(repo.top)) == ()
