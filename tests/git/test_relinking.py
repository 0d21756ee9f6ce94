"""Renames that a commit makes: the links that led to the file lead there again, in index and work tree."""

import json
import os
import sys

import pytest

from tests.conftest import snapshot
from tests.git.stopping import stopped_at
from tests.git.test_fixing import ODD_NAMES, committed, on_disk, staged, unstaged
from tests.scenes import unsynced
from vaultkit.git.plumbing import UnmergedIndex
from vaultkit.git.relinking import hook_relink

TEXT = "# Boat\n\n" + "".join(f"Plank {n} is of oak and was cut in spring.\n" for n in range(30))
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture
def vault(vault, monkeypatch):
    """A vault with a note that is about to be renamed, and one that links to it."""
    unsynced(monkeypatch)
    vault.stage("Old.md", TEXT)
    vault.stage("a.md", "See [[Old]].\n")
    vault.commit()
    return vault


def relink_commits(repo, **options: bool) -> None:
    """A pre-commit hook that asks `hook_relink` and nothing else."""
    ask = "import sys, pathlib; from vaultkit.git.relinking import hook_relink; "
    ask += f"code, text = hook_relink(pathlib.Path.cwd(), **{options}); sys.stdout.write(ascii(text)); sys.exit(code)"
    repo.hook("pre-commit", f"exec '{sys.executable}' -c \"{ask}\"\n")


def rename(repo, old: str, new: str) -> None:
    """As a file manager does it; then all is staged."""
    (repo.top / new).parent.mkdir(parents=True, exist_ok=True)
    (repo.top / old).rename(repo.top / new)
    repo.git("add", "--all")


def test_no_rename(vault):
    before = snapshot(vault.top)
    assert hook_relink(vault.top) == (0, "")
    vault.stage("b.md", "[[Old]]\n")
    vault.git("rm", "-q", "a.md")
    assert hook_relink(vault.top) == (0, "")
    assert {path: seen for path, seen in snapshot(vault.top).items() if path in before and ".git/" not in path} == {
        path: seen for path, seen in before.items() if path != "a.md" and ".git/" not in path
    }


def test_renamed_told_and_the_second_commit_goes_through(vault):
    relink_commits(vault)
    rename(vault, "Old.md", "New.md")
    done = vault.commit()
    assert done.returncode == 1
    assert "a.md: 1 link rewritten" in done.stdout + done.stderr
    assert staged(vault, "a.md") == on_disk(vault, "a.md") == "See [[New]].\n"
    assert vault.commit().returncode == 0
    assert committed(vault, "a.md") == "See [[New]].\n"
    assert vault.git("status", "--porcelain").stdout == ""


@pytest.mark.parametrize("arguments", [(), ("-a",)], ids=["staged", "commit -a"])
def test_the_commit_goes_on_when_that_is_wanted(vault, arguments):
    relink_commits(vault, restage=True)
    vault.git("mv", "Old.md", "New.md")
    assert vault.commit(*arguments).returncode == 0
    assert committed(vault, "a.md") == "See [[New]].\n"
    assert vault.git("status", "--porcelain").stdout == ""


LINKS = {
    "a wikilink": ("[[Old]]", "[[New]]"),
    "with all of it": ("![[Old#Boat|the boat]]", "![[New#Boat|the boat]]"),
    "in another case": ("[[oLD]]", "[[New]]"),
    "in a table": ("| a |\n| - |\n| [[Old\\|x]] |", "| a |\n| - |\n| [[New\\|x]] |"),
    "a Markdown link": ("[x](Old.md#Boat)", "[x](New.md#Boat)"),
    "in angle brackets": ("[x](<Old.md> 'Title')", "[x](<New.md> 'Title')"),
    "a definition": ("[x]: ./Old.md", "[x]: New.md"),
    "a property": (
        '---\nup: "[[Old|x]]"\nall:\n  - "[[Old]]"\n---\n',
        '---\nup: "[[New|x]]"\nall:\n  - "[[New]]"\n---\n',
    ),
    "code": ("`[[Old]]` [[Old]]", "`[[Old]]` [[New]]"),
    "with CRLF": ("[[Old]]\r\n[[Old]]\r\n", "[[New]]\r\n[[New]]\r\n"),
    "an address": ("[x](https://example.org/Old.md)", None),
    "a word": ("Old and (Old) and /Old", None),
    "another note": ("[[Older]] [[x/Old]]", None),
}


@pytest.mark.parametrize(("before", "after"), LINKS.values(), ids=LINKS)
def test_links(vault, before, after):
    vault.stage("b.md", before)
    vault.commit()
    rename(vault, "Old.md", "New.md")
    code, _ = hook_relink(vault.top)
    assert code == 1  # because of a.md
    assert (vault.top / "b.md").read_bytes().decode() == (after or before)
    assert unstaged(vault) == []


def test_canvases(vault):
    cards = [{"id": "1", "type": "file", "file": "Old.md"}, {"id": "2", "type": "text", "text": "é [[Old]]\n[[Old|é]]"}]
    vault.stage("M.canvas", json.dumps({"nodes": cards}, indent="\t"))
    vault.commit()
    rename(vault, "Old.md", "sub/New é.md")
    assert hook_relink(vault.top)[0] == 1
    nodes = json.loads(staged(vault, "M.canvas"))["nodes"]
    assert (nodes[0]["file"], nodes[1]["text"]) == ("sub/New é.md", "é [[New é]]\n[[New é|é]]")
    assert unstaged(vault) == []


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ({}, "[[New]]"),
        ({"newLinkFormat": "absolute"}, "[[deep/er/New]]"),
        ({"newLinkFormat": "relative"}, "[[../deep/er/New]]"),
    ],
    ids=["shortest", "absolute", "relative"],
)
def test_written_as_the_vault_writes_links(vault, settings, link):
    vault.stage(".obsidian/app.json", json.dumps(settings))
    vault.stage("sub/b.md", "[[Old]]")
    vault.commit()
    rename(vault, "Old.md", "deep/er/New.md")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "sub/b.md") == link


def test_attachments(vault):
    vault.stage("pic.png", PNG)
    vault.stage("b.md", "![[pic.png|100]] ![](pic.png)\n")
    vault.commit()
    rename(vault, "pic.png", "Pictures/boat.png")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "b.md") == "![[boat.png|100]] ![](boat.png)\n"


def test_the_relative_links_of_what_moves(vault):
    vault.stage("dir/Note.md", f"[a](../a.md) [[./Near]] [[../Old]] [[a]] [[#Boat]]\n{TEXT}")
    vault.stage("dir/Near.md", "Near.\n")
    vault.commit()
    rename(vault, "dir/Note.md", "other/deep/Note.md")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "other/deep/Note.md").splitlines()[0] == "[a](a.md) [[Near]] [[Old]] [[a]] [[#Boat]]"


def test_folders(vault):
    for n in range(30):
        vault.stage(f"Trips/day {n}.md", f"Day {n} was {'long' * n}. [[Trips/day {(n + 1) % 30}|next]] [[a]]\n")
    vault.stage("b.md", "".join(f"[[Trips/day {n}]] [x](Trips/day%20{n}.md)\n" for n in range(30)))
    vault.commit()
    vault.git("mv", "Trips", "Travels")
    code, text = hook_relink(vault.top)
    assert code == 1
    assert "… and 11 more" in text
    assert staged(vault, "b.md").splitlines()[7] == "[[day 7]] [x](day%207.md)"
    assert "[[day 8|next]]" in on_disk(vault, "Travels/day 7.md")
    assert hook_relink(vault.top) == (0, "")


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_links_in_notes_with_odd_names(vault, name):
    vault.write(name, "[[Old]]\n")
    vault.git("add", "--all")
    vault.git("commit", "-q", "-m", "notes")
    vault.write(name, "[[Old]]\n\nWind.\n")
    vault.git("mv", "Old.md", "New.md")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, name) == "[[New]]\n"
    assert on_disk(vault, name) == "[[New]]\n\nWind.\n"


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("Käse é.md", "図 表.md", "[x](K%C3%A4se%20é.md) [[ka\u0308se é]]", "[x](図%20表.md) [[図 表]]"),
        ("日記.md", "日誌.md", "[[日記]] [x](%E6%97%A5%E8%A8%98.md)", "[[日誌]] [x](日誌.md)"),
        ("É.md", "Ö.md", "[[é]] [[E\u0301]]", "[[Ö]] [[Ö]]"),
        ("🗂️.md", "🗃️.md", "[[🗂️]] [x](%F0%9F%97%82%EF%B8%8F.md)", "[[🗃️]] [x](🗃️.md)"),
        ("(!).md", "(?).md", "[[(!)]]", "[[(?)]]"),
        ("it's.md", "its.md", "[[it's]] [x](it's.md)", "[[its]] [x](its.md)"),
        ("a\u00a0b.md", "c.md", "[[a b]] [[a\u00a0b]]", "[[c]] [[c]]"),
        ("-n.md", "n.md", "[[-n]]", "[[n]]"),
    ],
    ids=["marks", "Japanese", "one letter", "emoji", "marks alone", "a quote", "a no-break space", "a dash"],
)  # fmt: skip
def test_odd_names_of_what_is_renamed(vault, old, new, before, after):
    vault.stage(old, TEXT + "More.\n")
    vault.stage("b.md", f"{before}\n")
    vault.commit()
    rename(vault, old, new)
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "b.md") == f"{after}\n"


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("Tide.md", "tide.md", "[[Tide]] [[TIDE]] [x](Tide.md)", "[[tide]] [[TIDE]] [x](tide.md)"),
        ("sub/Tide.md", "Sub/Tide.md", "[[sub/Tide]] [[Tide]]", "[[Tide]] [[Tide]]"),
        ("cafe\u0301.md", "café.md", "[[cafe\u0301]] [[café]]", "[[café]] [[café]]"),
        ("café.md", "cafe\u0301.md", "[[café]]", "[[café]]"),
    ],
    ids=["case", "case of a folder", "NFC", "NFD"],
)
def test_respelled_names(vault, old, new, before, after):
    """However much else changed."""
    vault.stage(old, "Ebb.\n")
    vault.stage("b.md", f"{before}\n")
    vault.commit()
    vault.git("rm", "-q", "--cached", old)
    (vault.top / old).unlink()
    vault.stage(new, TEXT)
    code, _ = hook_relink(vault.top)
    assert staged(vault, "b.md") == on_disk(vault, "b.md") == f"{after}\n"
    assert code == (before != after)


def test_twins_in_one_index(vault):
    vault.stage("CAFÉ.md", "Upper.\n" + TEXT)
    vault.stage("cafe\u0301.md", "Lower.\n" + TEXT * 2)
    vault.stage("b.md", "[[CAFÉ]]\n")
    vault.commit()
    rename(vault, "cafe\u0301.md", "Bar.md")
    hook_relink(vault.top)
    assert staged(vault, "b.md") == "[[CAFÉ]]\n"


@pytest.mark.parametrize(
    ("changed", "is_renamed"), [(0, True), (6, True), (14, False), (29, False)], ids=["same", "alike", "half", "else"]
)
def test_likeness(vault, changed, is_renamed):
    text = TEXT
    for n in range(changed):
        text = text.replace(f"Plank {n} is of oak and was cut in spring.", f"{n}: nobody knows what this had been for.")
    (vault.top / "Old.md").unlink()
    vault.write("New.md", text)
    vault.git("add", "--all")
    code, told = hook_relink(vault.top)
    assert code == is_renamed
    assert staged(vault, "a.md") == ("See [[New]].\n" if is_renamed else "See [[Old]].\n")
    assert ("Old.md: is gone, and 1 link" in told and "if it is New.md" in told) == (changed == 14)


def test_the_same_id_is_the_same_note(vault):
    vault.stage("Day.md", f"---\nvaultkit-id: diary/1\n---\n{TEXT}Old text.\n")
    vault.stage("b.md", "[[Day]]\n")
    vault.commit()
    (vault.top / "Day.md").unlink()
    vault.write("Night.md", "---\nvaultkit-id: diary/1\n---\nAll is new.\n")
    vault.write("Copy.md", f"---\nvaultkit-id: diary/2\n---\n{TEXT}Old text.\n")  # alike, but another one
    vault.git("add", "--all")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "b.md") == "[[Night]]\n"


@pytest.mark.parametrize("text", [TEXT, ""], ids=["equal", "empty"])
def test_equal_notes_are_told_apart_by_their_folders(vault, text):
    for folder in ("one", "two"):
        vault.stage(f"{folder}/log/index.md", text)
    vault.stage("b.md", "[[/one/log/index]] [[/two/log/index]]\n")
    vault.commit()
    (vault.top / "far").mkdir()
    vault.git("mv", "one", "two", "far")
    vault.git("rm", "-q", "Old.md")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "b.md") == "[[far/one/log/index]] [[far/two/log/index]]\n"


def test_equal_notes_that_cannot_be_told_apart(vault):
    vault.stage("Twin.md", TEXT)
    vault.commit()
    vault.git("mv", "Old.md", "One.md")
    vault.git("mv", "Twin.md", "Two.md")
    code, told = hook_relink(vault.top)
    assert code == 0
    assert "Old.md: is gone, and 1 link to it would lead nowhere; it could be One.md or Two.md now" in told
    assert staged(vault, "a.md") == "See [[Old]].\n"


def test_a_note_that_was_renamed_and_copied(vault):
    (vault.top / "Old.md").unlink()
    vault.write("One.md", TEXT + "One.\n")
    vault.write("Two.md", TEXT + "Two.\n")
    vault.git("add", "--all")
    code, told = hook_relink(vault.top)
    assert (code, staged(vault, "a.md")) == (0, "See [[Old]].\n")
    assert "it could be" in told
    assert "One.md" in told
    assert "Two.md" in told


def test_another_note_that_has_the_name_now(vault):
    rename(vault, "Old.md", "archive/Old 2023.md")
    vault.stage("sub/Old.md", "Quite another one.\n")
    code, told = hook_relink(vault.top)
    assert code == 0
    assert "a.md: [[Old]] could mean archive/Old 2023.md or sub/Old.md now" in told
    assert staged(vault, "a.md") == "See [[Old]].\n"


def test_a_name_that_is_there_twice_now_is_written_with_its_folder(vault):
    vault.stage("sub/New.md", "Another one.\n")
    rename(vault, "Old.md", "far/New.md")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "a.md") == "See [[far/New]].\n"


def test_a_name_that_no_link_can_say(vault):
    rename(vault, "Old.md", "C#.md")
    code, told = hook_relink(vault.top)
    assert code == 0
    assert "a.md: [[Old]] led to what is now C#.md, and no link can be written that does" in told


def test_the_user_rewrote_the_links(vault):
    vault.stage("a.md", "See [[New]].\n")
    rename(vault, "Old.md", "New.md")
    assert hook_relink(vault.top) == (0, "")


def test_what_is_not_staged_stays_so(vault):
    vault.stage("a.md", f"See [[Old]] and go on.\n\n{TEXT}\nAlso [[Old]].\n")
    vault.commit()
    tree = f"See [[Old]] and go on walking.\n\n{TEXT}\nWind.\n"
    vault.write("a.md", tree)
    vault.git("mv", "Old.md", "New.md")
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "a.md") == f"See [[New]] and go on.\n\n{TEXT}\nAlso [[New]].\n"
    assert on_disk(vault, "a.md") == tree.replace("Old", "New")


def test_only_the_index_knows_of_the_rename(vault):
    """The old file is still there, by a name that git does not know."""
    vault.git("rm", "-q", "--cached", "Old.md")
    vault.stage("New.md", TEXT)
    assert hook_relink(vault.top)[0] == 1
    assert staged(vault, "a.md") == "See [[New]].\n"


def test_commit_of_paths_is_only_reported(vault):
    relink_commits(vault)
    vault.git("mv", "Old.md", "New.md")
    done = vault.commit("-o", "Old.md", "New.md")
    assert done.returncode == 0
    assert "a.md: 1 link would lead nowhere after this commit" in done.stdout + done.stderr
    assert staged(vault, "a.md") == on_disk(vault, "a.md") == "See [[Old]].\n"


def test_under_the_framework_only_the_work_tree_changes(vault, monkeypatch):
    monkeypatch.setenv("PRE_COMMIT", "1")
    vault.git("mv", "Old.md", "New.md")
    code, told = hook_relink(vault.top, restage=True)
    assert code == 1
    assert "git add" in told
    assert (staged(vault, "a.md"), on_disk(vault, "a.md")) == ("See [[Old]].\n", "See [[New]].\n")


def test_a_merge_of_a_rename_with_a_new_link(vault):
    vault.git("checkout", "-q", "-b", "other")
    vault.stage("b.md", "[[Old]]\n")
    vault.commit()
    vault.git("checkout", "-q", "main")
    vault.git("mv", "Old.md", "New.md")
    vault.stage("a.md", "See [[New]].\n")
    vault.commit()
    vault.git("merge", "--no-commit", "other")
    assert hook_relink(vault.top) == (0, "")  # seen from here nothing was renamed
    vault.git("merge", "--abort")
    vault.git("checkout", "-q", "other")
    relink_commits(vault, restage=True)
    (vault.top / ".git/hooks/pre-commit").rename(vault.top / ".git/hooks/pre-merge-commit")
    done = vault.git("merge", "-q", "--no-edit", "main", check=False)
    assert done.returncode == 1
    assert "`git commit` finishes the merge" in done.stdout + done.stderr
    assert vault.git("commit", "-q", "--no-edit").returncode == 0
    assert committed(vault, "b.md") == on_disk(vault, "b.md") == "[[New]]\n"
    assert vault.git("status", "--porcelain").stdout == ""


def test_an_unfinished_merge_is_refused(vault):
    for branch in ("other", "main"):
        vault.git("checkout", "-q", "-B", branch, "HEAD" if branch == "other" else "main")
        vault.git("mv", "Old.md", f"{branch}.md")
        vault.commit()
    vault.git("merge", "other", check=False)
    vault.stage("a.md", "See [[other]].\n")
    vault.git("mv", "-k", "main.md", "third.md")
    with pytest.raises(UnmergedIndex):
        hook_relink(vault.top)


def test_each_vault_for_itself(repo, monkeypatch):
    unsynced(monkeypatch)
    for root in ("one", "two"):
        repo.stage(f"{root}/.obsidian/app.json", "{}")
        repo.stage(f"{root}/Old.md", f"{root}\n{TEXT}")
        repo.stage(f"{root}/a.md", "[[Old]]\n")
    repo.stage("README.md", "[x](one/Old.md)\n")
    repo.commit()
    repo.git("mv", "one/Old.md", "one/New.md")
    assert hook_relink(repo.top)[0] == 1
    assert [staged(repo, path) for path in ("one/a.md", "two/a.md", "README.md")] == [
        "[[New]]\n", "[[Old]]\n", "[x](one/Old.md)\n",
    ]  # fmt: skip
    repo.git("mv", "two/Old.md", "one/From two.md")
    assert hook_relink(repo.top) == (0, "")
    assert staged(repo, "two/a.md") == "[[Old]]\n"


def test_another_work_tree(vault):
    relink_commits(vault, restage=True)
    vault.git("worktree", "add", "-q", "../other")
    other = type(vault)(vault.top.parent / "other")
    other.git("mv", "Old.md", "New.md")
    assert other.commit().returncode == 0
    assert committed(other, "a.md") == on_disk(other, "a.md") == "See [[New]].\n"
    assert on_disk(vault, "a.md") == "See [[Old]].\n"


def test_no_vault_and_no_commit_yet(repo):
    repo.stage("Old.md", TEXT)
    assert hook_relink(repo.top) == (0, "")
    repo.stage("a.md", "[[Old]]\n")
    repo.commit()
    repo.git("mv", "Old.md", "New.md")
    assert hook_relink(repo.top) == (0, "")


def test_what_is_no_text_of_its_own_is_left_alone(vault):
    vault.stage("pointer.md", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12\n[[Old]]\n")
    (vault.top / "link.md").symlink_to("a.md")
    vault.git("add", "link.md")
    vault.commit()
    vault.git("mv", "Old.md", "New.md")
    code, told = hook_relink(vault.top)
    assert code == 1
    assert "pointer.md" not in told
    assert "link.md" not in told
    assert (vault.top / "link.md").is_symlink()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="stops forks of this process")
def test_stopped_at_any_moment_and_run_again(vault, monkeypatch):
    vault.git("mv", "Old.md", "New.md")
    vault.git("tag", "start", vault.git("write-tree").stdout.strip())
    moment = 0
    while True:
        moment += 1
        vault.git("read-tree", "start")
        vault.git("checkout-index", "-qfa")
        vault.write("a.md", "See [[Old]].\n\nWind.\n")
        stopped = stopped_at(moment, lambda: hook_relink(vault.top))
        assert on_disk(vault, "a.md") in ("See [[Old]].\n\nWind.\n", "See [[New]].\n\nWind.\n"), moment
        hook_relink(vault.top)
        assert staged(vault, "a.md") == "See [[New]].\n", moment
        assert on_disk(vault, "a.md") == "See [[New]].\n\nWind.\n", moment
        if not stopped:
            break
    assert moment > 12
