"""`vaultkit hook conflicts` on real repositories."""

import pytest

from tests.git.test_fixing import ODD_NAMES
from vaultkit.git.conflicts import hook_conflicts
from vaultkit.git.copies import copy_of

MARKED = "Lunch at\n<<<<<<< HEAD\nnoon\n=======\none\n>>>>>>> phone\nwith Ally.\n"
CALLOUT = "Noon.\n\n> [!vaultkit-conflict]- diary: the source changed this passage (vk-7f3a21)\n> One.\n"


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("a.md", MARKED, "a.md:2:1 no-conflict-markers "),
        ("a.md", f"---\n{MARKED}---\n", "a.md:3:1 no-conflict-markers "),
        ("a.md", MARKED.replace("\n", "\r\n"), "a.md:2:1 no-conflict-markers "),
        ("a.md", MARKED.replace("=======", "||||||| base\nat\n======="), "a.md:2:1 no-conflict-markers "),
        ("a.md", CALLOUT, "a.md:3:3 import-conflicts-resolved "),
        ("a.canvas", MARKED, "a.canvas:2:1 no-conflict-markers "),
        (".obsidian/types.json", MARKED, ".obsidian/types.json:2:1 no-conflict-markers "),
        ("notes.txt", MARKED, "notes.txt:2:1 no-conflict-markers "),
        ("a\tb\n\"'é.md", MARKED, "a\\x09b\\x0a\"'é.md:2:1 no-conflict-markers "),
        ("-n.md", MARKED, "-n.md:2:1 no-conflict-markers "),
        ("a.sync-conflict-20260301-120000-ABCDEFG.md", "x", "ABCDEFG.md:1:1 no-sync-copies "),
        ("Day (Conflicted copy phone 202603011200).md", "x", "202603011200).md:1:1 no-sync-copies "),
    ],
)
def test_told_with_its_place(vault, path, text, place):
    vault.stage(path, text)
    code, said = hook_conflicts(vault.top, ())
    assert code == 1
    assert place in said
    assert said.count("\n") == 2  # and what to do


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{MARKED}```\n",
        "Title\n=======\n\nText.\n",
        "<<<<<<< HEAD\nonly one of the three\n",
        "> [!note]- vaultkit-conflict\n> text\n",
        "`> [!vaultkit-conflict]-` is how it looks\n",
        MARKED.encode("utf-16"),
        "",
    ],
    ids=["code", "heading", "no end", "another callout", "in prose", "binary", "empty"],
)
def test_what_is_none(vault, text):
    vault.stage("a.md", text)
    assert hook_conflicts(vault.top, ()) == (0, "")


def test_a_name_that_is_no_utf8(vault):
    vault.stage("caf\udce9.md", MARKED)
    code, said = hook_conflicts(vault.top, ())
    assert (code, said.partition(" ")[0]) == (1, "caf\\xe9.md:2:1")


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_a_note_of_any_name(vault, name):
    vault.stage(name, MARKED)
    code, said = hook_conflicts(vault.top, ())
    assert (code, said.count(":2:1 no-conflict-markers")) == (1, 1)
    assert hook_conflicts(vault.top, (name,)) == (code, said)


def test_what_is_staged_counts(vault):
    vault.stage("a.md", MARKED)
    vault.write("a.md", "settled\n")
    assert hook_conflicts(vault.top, ())[0] == 1
    vault.git("add", ".")
    vault.write("a.md", MARKED)
    assert hook_conflicts(vault.top, ()) == (0, "")


def test_what_was_there_before_refuses_nothing(vault):
    vault.stage("a.md", MARKED)
    vault.commit()
    assert hook_conflicts(vault.top, ()) == (0, "")
    vault.stage("a.md", MARKED + "more\n")
    code, said = hook_conflicts(vault.top, ())
    assert code == 0
    assert "1 conflict of earlier commits" in said
    vault.git("mv", "a.md", "b.md")
    assert hook_conflicts(vault.top, ())[0] == 0
    vault.stage("b.md", MARKED + MARKED.replace("HEAD", "mine"))
    code, said = hook_conflicts(vault.top, ())
    assert code == 1
    assert "b.md:9:1 " in said
    assert "b.md:2:1 " not in said
    assert hook_conflicts(vault.top, ("b.md",))[0] == 1  # named: the same


def test_named_files_are_judged_whole(vault):
    vault.stage("a.md", MARKED)
    vault.stage("b.md", "x")
    vault.commit()
    assert hook_conflicts(vault.top, ("a.md", "b.md", "not there.md"))[0] == 1
    assert hook_conflicts(vault.top / ".obsidian", ("../a.md",))[0] == 1
    assert hook_conflicts(vault.top, ("b.md",)) == (0, "")


def test_files_beside_the_vault_are_not_ours(repo):
    repo.stage("notes/.obsidian/app.json", "{}")
    repo.stage("src/a.md", MARKED)
    assert hook_conflicts(repo.top, ()) == (0, "")
    repo.stage("notes/a.md", MARKED)
    assert "notes/a.md:2:1" in hook_conflicts(repo.top / "notes", ())[1]


def test_a_repository_without_vault(repo):
    repo.stage("a.md", MARKED)
    assert hook_conflicts(repo.top, ()) == (0, "")


def test_a_copy_names_the_note_it_belongs_to(vault):
    vault.stage("Days/a.md", "x")
    vault.stage("Days/a (Conflicted copy).md", "y")
    assert "join it with `a.md`" in hook_conflicts(vault.top, ())[1]


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("a.sync-conflict-20260301-120000-ABCDEFG.md", "a.md"),
        ("a.sync-conflict-20260301-120000.md", "a.md"),
        ("Day (Conflicted copy phone 202603011200).md", "Day.md"),
        ("Day (Ada's conflicted copy 2026-03-01).md", "Day.md"),
        ("日記 (conflicted copy 2026-03-01 120000).md", "日記.md"),
        ("Solve sync-conflict files.md", ""),
        ("conflicted copy.md", ""),
        ("(a) conflicted copy.md", ""),
        ("a (b.md", ""),
    ],
)
def test_names_of_copies(name, original):
    assert copy_of(name) == original
