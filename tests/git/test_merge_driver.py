"""The merge driver as git calls it, in real repositories: whatever happens to it, no side is lost."""

import errno
import os
import shlex
import subprocess
import sys

import pytest

from vaultkit.git.driver_install import driver_command, install_driver
from vaultkit.git.merging import ASKS, FAULT, merge_driver
from vaultkit.importing.merge import merge
from vaultkit.vault import disk

BASE = """\
---
mood: calm
tags: [walk]
place: river
---
# Sunday

We met at noon in front of the station and walked to the river.

- milk
"""
OURS = BASE.replace("calm", "happy").replace("[walk]", "[walk, ada]").replace("noon", "two")
THEIRS = BASE.replace("river\n---", "lake\n---").replace("[walk]", "[walk, rain]").replace("station", "library")
BOTH = (
    BASE.replace("calm", "happy")
    .replace("[walk]", "[walk, ada, rain]")
    .replace("river\n---", "lake\n---")
    .replace("noon", "two")
    .replace("station", "library")
)
CLASH = BASE.replace("noon", "midnight")
"""Clashes with OURS in one line of the body."""
ODD_NAMES = [
    'n é\'s $x `y` "z".md',
    "日記/昼 の.md",
    "-n.md",
    "a\tb\nc.md",
    "%O %P %%.md",
    "nested  spaces/a;b&c|d.md",
]


@pytest.fixture
def notes(repo):
    """A repository with the driver in it."""
    install_driver(repo.top)
    repo.stage(".gitignore", "")
    repo.commit()
    return repo


def commit(repo, files: dict[str, str | bytes | None]) -> None:
    for path, text in files.items():
        if text is None:
            repo.git("rm", "-qf", "--", path)
        else:
            repo.stage(path, text)
    assert repo.git("commit", "-q", "--allow-empty", "-m", "notes").returncode == 0


def part(repo, base, ours, theirs) -> None:
    """Two branches that part after `base`: `main` with `ours`, which is checked out, and `other` with `theirs`."""
    commit(repo, base)
    repo.git("branch", "other")
    commit(repo, ours)
    repo.git("checkout", "-q", "other")
    commit(repo, theirs)
    repo.git("checkout", "-q", "main")


def merge_here(repo) -> subprocess.CompletedProcess[str]:
    return repo.git("merge", "-q", "--no-edit", "other", check=False)


def text(repo, path: str = "n.md") -> str:
    return (repo.top / path).read_text("utf-8")


def unmerged(repo) -> bool:
    return bool(repo.git("ls-files", "-u").stdout)


def markers(repo, path: str = "n.md") -> list[str]:
    return [line for line in text(repo, path).split("\n") if line[:7] in ("<<<<<<<", "=======", ">>>>>>>", "|||||||")]


def by_merge(repo, base, ours, theirs):
    part(repo, {"n.md": base}, {"n.md": ours}, {"n.md": theirs})
    return merge_here(repo)


def by_rebase(repo, base, ours, theirs):
    part(repo, {"n.md": base}, {"n.md": theirs}, {"n.md": ours})
    return repo.git("rebase", "-q", "other", check=False)


def by_cherry_pick(repo, base, ours, theirs):
    part(repo, {"n.md": base}, {"n.md": ours}, {"n.md": theirs})
    return repo.git("cherry-pick", "other", check=False)


def by_revert(repo, base, ours, theirs):
    commit(repo, {"n.md": theirs})
    commit(repo, {"n.md": base})  # what is reverted
    commit(repo, {"n.md": ours})
    return repo.git("revert", "--no-edit", "HEAD~1", check=False)


def by_stash_pop(repo, base, ours, theirs):
    commit(repo, {"n.md": base})
    repo.write("n.md", theirs)
    repo.git("stash", "-q")
    commit(repo, {"n.md": ours})
    return repo.git("stash", "pop", check=False)


WAYS = [by_merge, by_rebase, by_cherry_pick, by_revert, by_stash_pop]
ways = pytest.mark.parametrize("way", WAYS, ids=[way.__name__.removeprefix("by_") for way in WAYS])


@ways
def test_both_sides_come_together(notes, way):
    done = way(notes, BASE, OURS, THEIRS)
    assert done.returncode == 0, done.stderr
    assert "vaultkit" not in done.stderr
    assert text(notes) == BOTH
    assert not unmerged(notes)


@ways
def test_a_person_finds_markers_around_what_clashes_only(notes, way):
    done = way(notes, BASE, OURS, CLASH.replace("calm", "sad"))
    assert done.returncode == 1
    line = "We met at {} in front of the station and walked to the river.\n"
    assert text(notes) == (
        "---\n<<<<<<< ours\nmood: happy\n=======\nmood: sad\n>>>>>>> theirs\ntags: [walk, ada]\nplace: river\n---\n"
        f"# Sunday\n\n<<<<<<< ours\n{line.format('two')}=======\n{line.format('midnight')}>>>>>>> theirs\n\n- milk\n"
    )
    assert unmerged(notes)
    assert not list(notes.top.glob(".merge_file*"))


def test_the_merge_of_an_import_comes_to_the_same(notes):
    by_merge(notes, BASE, OURS, THEIRS)
    assert text(notes).encode() == merge(BASE.encode(), OURS.encode(), THEIRS.encode(), "").data


def driver(repo, program: str) -> None:
    """Have git call `program` instead of ours, in the same shell line."""
    line = driver_command()
    assert line.count(" %O %A %B %L %P ") == 1
    repo.git("config", "merge.vaultkit.driver", program + line[line.index(" %O ") :])


@pytest.mark.parametrize(
    "script",
    [
        None,
        "kill -SEGV $$",
        "exit 3",
        "exit 2",
        f"exec '{sys.executable}' -c 'import vaultkit_that_is_gone'",
        "exit 255",
        "kill -KILL $$",
        "echo half >half && exit 139",
    ],
    ids=["missing", "segfault", "3", "2", "broken", "255", "killed", "139"],
)
def test_when_the_driver_fails_git_merges_by_line(notes, tmp_path, script):
    program = tmp_path / "a b's" / "driver"
    if script:
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    driver(notes, shlex.quote(str(program)))
    part(
        notes,
        {"n.md": BASE, "m.md": "a\nb\nc\nd\n"},
        {"n.md": OURS, "m.md": "A\nb\nc\nd\n"},
        {"n.md": CLASH, "m.md": "a\nb\nc\nD\n"},
    )
    assert merge_here(notes).returncode == 1
    assert text(notes, "m.md") == "A\nb\nc\nD\n"
    assert markers(notes) == ["<<<<<<< ours", "=======", ">>>>>>> theirs"]
    assert "at two" in text(notes)
    assert "at midnight" in text(notes)
    assert notes.git("diff", "--name-only", "--diff-filter=U").stdout == "n.md\n"


def test_a_clone_that_was_never_told_of_the_driver_merges_by_line(notes):
    notes.git("config", "--remove-section", "merge.vaultkit")
    by_merge(notes, BASE, OURS, CLASH)
    assert len(markers(notes)) == 3


@pytest.mark.parametrize("path", ODD_NAMES)
def test_odd_names(notes, path):
    part(notes, {path: BASE}, {path: OURS}, {path: THEIRS})
    assert merge_here(notes).returncode == 0
    assert text(notes, path) == BOTH


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_utf_8(notes):
    path = b"caf\xe9.md"
    for branch, content in (("main", BASE), ("other", THEIRS), ("main", OURS)):
        notes.git("checkout", "-q", *([] if branch == "main" else ["-B"]), branch)
        (notes.top / os.fsdecode(path)).write_text(content)
        notes.git("add", "-A")
        notes.commit()
    assert merge_here(notes).returncode == 0
    assert (notes.top / os.fsdecode(path)).read_text() == BOTH


@pytest.mark.parametrize("program", ["bin dir's/merge", "100% mine/%A", "$HOME/`x`"])
def test_a_program_in_an_odd_place(notes, tmp_path, monkeypatch, program):
    place = tmp_path / program
    place.parent.mkdir(parents=True)
    place.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m vaultkit.git.merging "$@"\n')
    place.chmod(0o755)
    monkeypatch.setattr("vaultkit.git.driver_install.own_command", lambda *_: (str(place),))
    install_driver(notes.top)
    by_merge(notes, BASE, OURS, THEIRS)
    assert text(notes) == BOTH


def test_modules_in_the_repository_are_not_run(notes):
    trap = "raise SystemExit(open('trapped', 'w'))\n"
    part(
        notes,
        {"n.md": BASE, "re.py": trap, "json.py": trap, "vaultkit/git/merging.py": trap},
        {"n.md": OURS},
        {"n.md": THEIRS},
    )
    assert merge_here(notes).returncode == 0
    assert text(notes) == BOTH
    assert not (notes.top / "trapped").exists()


def test_line_ends_of_windows(notes):
    crlf = [one.replace("\n", "\r\n") for one in (BASE, OURS, THEIRS, BOTH)]
    notes.git("config", "core.autocrlf", "false")
    part(notes, {"n.md": crlf[0]}, {"n.md": crlf[1]}, {"n.md": crlf[2]})
    assert merge_here(notes).returncode == 0
    assert (notes.top / "n.md").read_bytes() == crlf[3].encode()


def test_line_ends_that_only_their_side_changed(notes):
    part(notes, {"n.md": BASE}, {"n.md": OURS}, {"n.md": THEIRS.replace("\n", "\r\n")})
    assert merge_here(notes).returncode == 0
    assert (notes.top / "n.md").read_bytes() == BOTH.replace("\n", "\r\n").encode()


def test_autocrlf(notes):
    notes.git("config", "core.autocrlf", "true")
    part(notes, {"n.md": BASE}, {"n.md": OURS}, {"n.md": THEIRS})
    assert merge_here(notes).returncode == 0
    assert (notes.top / "n.md").read_bytes() == BOTH.replace("\n", "\r\n").encode()
    assert notes.git("show", "HEAD:n.md").stdout.replace("\r", "") == BOTH


def test_both_sides_added_the_note(notes):
    template = "# Monday\n\n## Morning\n\n## Evening\n"
    ours = template.replace("Morning\n", "Morning\n\nRain.\n")
    theirs = template.replace("Evening\n", "Evening\n\nSoup.\n")
    part(notes, {}, {"n.md": ours}, {"n.md": theirs})
    assert merge_here(notes).returncode == 0
    assert text(notes) == "# Monday\n\n## Morning\n\nRain.\n\n## Evening\n\nSoup.\n"


def test_both_sides_added_another_note_of_that_name(notes):
    part(notes, {}, {"n.md": "# Soup\n\nCook it.\n"}, {"n.md": "# Rain\n\nIt rained.\n"})
    assert merge_here(notes).returncode == 1
    assert text(notes) == ("<<<<<<< ours\n# Soup\n\nCook it.\n=======\n# Rain\n\nIt rained.\n>>>>>>> theirs\n")


@pytest.mark.parametrize("deleted", ["ours", "theirs"])
def test_a_note_that_one_side_deleted_is_gits_to_tell(notes, deleted):
    sides = {"ours": OURS, "theirs": THEIRS} | {deleted: None}
    part(notes, {"n.md": BASE}, {"n.md": sides["ours"]}, {"n.md": sides["theirs"]})
    assert merge_here(notes).returncode == 1
    assert unmerged(notes)
    assert text(notes) == (sides["ours"] or sides["theirs"])


def test_a_note_that_one_side_renamed_is_merged_where_it_is_now(notes):
    more = "".join(f"\nParagraph {n} of a long day.\n" for n in range(20))
    commit(notes, {"n.md": BASE + more})
    notes.git("branch", "other")
    notes.git("mv", "n.md", "m.md")
    commit(notes, {"m.md": OURS + more})
    notes.git("checkout", "-q", "other")
    commit(notes, {"n.md": THEIRS + more})
    notes.git("checkout", "-q", "main")
    assert merge_here(notes).returncode == 0
    assert text(notes, "m.md") == BOTH + more


def test_the_mode_that_one_side_changed(notes):
    commit(notes, {"n.md": BASE})
    notes.git("branch", "other")
    commit(notes, {"n.md": OURS})
    notes.git("checkout", "-q", "other")
    notes.write("n.md", THEIRS)
    notes.git("add", "-A")
    notes.git("update-index", "--chmod=+x", "n.md")
    notes.commit()
    notes.git("checkout", "-qf", "main")
    assert merge_here(notes).returncode == 0
    assert text(notes) == BOTH
    assert notes.git("ls-files", "-s", "n.md").stdout.startswith("100755")


@pytest.mark.parametrize("bad", [b"caf\xe9\n", b"a\0b\n"], ids=["no UTF-8", "NUL"])
def test_what_is_no_text_is_left_to_git(notes, bad):
    part(
        notes,
        {"n.md": bad + b"1\n2\n3\n4\n5\n"},
        {"n.md": bad + b"one\n2\n3\n4\n5\n"},
        {"n.md": bad + b"1\n2\n3\n4\nfive\n"},
    )
    done = merge_here(notes)
    assert "n.md: is not text in UTF-8; git merges it by line" in done.stderr
    data = (notes.top / "n.md").read_bytes()
    if b"\0" in bad:
        assert done.returncode == 1
        assert data == bad + b"one\n2\n3\n4\n5\n"
        assert unmerged(notes)
    else:
        assert done.returncode == 0
        assert data == bad + b"one\n2\n3\n4\nfive\n"


@pytest.mark.parametrize("style", ["diff3", "zdiff3"])
def test_the_base_is_shown_when_the_user_wants_it(notes, style):
    notes.git("config", "merge.conflictStyle", style)
    by_merge(notes, BASE, OURS, CLASH)
    assert markers(notes) == ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"]
    assert "We met at noon" in text(notes)


def test_the_size_of_a_marker_is_what_attributes_say(notes):
    notes.write(".gitattributes", "*.md conflict-marker-size=12\n")
    by_merge(notes, BASE, OURS, CLASH)
    assert f"\n{'<' * 12} ours\n" in text(notes)


def test_a_decision_is_remembered_by_rerere(notes):
    notes.git("config", "rerere.enabled", "true")
    by_merge(notes, BASE, OURS, CLASH)
    notes.stage("n.md", OURS.replace("two", "dawn"))
    notes.commit()
    notes.git("reset", "-q", "--hard", "HEAD^")
    merge_here(notes)
    assert text(notes) == OURS.replace("two", "dawn")


def test_branches_that_were_merged_crosswise(notes):
    """git merges the two bases first, by the driver, too; what clashed there does not come up in the end."""
    part(notes, {"n.md": BASE}, {"n.md": OURS}, {"n.md": CLASH})
    notes.git("tag", "ours")
    merge_here(notes)
    commit(notes, {"n.md": OURS})
    notes.git("checkout", "-q", "other")
    notes.git("merge", "-q", "--no-edit", "ours", check=False)
    commit(notes, {"n.md": OURS.replace("- milk", "- oat milk")})
    notes.git("checkout", "-q", "main")
    commit(notes, {"n.md": OURS.replace("# Sunday", "# Monday")})
    assert merge_here(notes).returncode == 0
    assert text(notes) == OURS.replace("# Sunday", "# Monday").replace("- milk", "- oat milk")


def test_five_commits_are_rebased(notes):
    commit(notes, {"n.md": BASE})
    notes.git("branch", "other")
    lines = BASE
    for day in ("Mon", "Tue", "Wed", "Thu", "Fri"):
        lines += f"\n{day}: rain.\n"
        commit(notes, {"n.md": lines})
    notes.git("checkout", "-q", "other")
    commit(notes, {"n.md": BASE + "\nA line of theirs.\n"})
    notes.git("checkout", "-q", "main")
    done = notes.git("rebase", "-q", "other", check=False)
    assert done.returncode == 0, done.stderr
    for line in ("A line of theirs.", "Mon: rain.", "Fri: rain."):
        assert text(notes).count(f"\n{line}\n") == 1


def test_in_another_work_tree(notes, tmp_path):
    part(notes, {"n.md": BASE}, {"n.md": OURS}, {"n.md": THEIRS})
    notes.git("worktree", "add", "-q", "-b", "third", "../tree", "main")
    subprocess.run(["git", "merge", "-q", "--no-edit", "other"], cwd=tmp_path / "tree", check=True)
    assert (tmp_path / "tree" / "n.md").read_text() == BOTH


def test_from_a_window_without_path_or_home(notes):
    part(notes, {"n.md": BASE}, {"n.md": OURS}, {"n.md": THEIRS})
    kept = {name: value for name, value in os.environ.items() if name in ("PYTHONPATH", "GIT_CONFIG_GLOBAL")}
    who = {f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "merge", "-q", "--no-edit", "other"]
    subprocess.run(command, cwd=notes.top, env={**kept, **who, "PATH": "/usr/bin:/bin", "LC_ALL": "C"}, check=True)
    assert text(notes) == BOTH


def test_ledgers_and_stored_texts_are_merged_without_markers(notes):
    path = ".vaultkit/sources/diary.jsonl"
    head = '{"version": 1}\n'
    lines = [f'{{"id": "d/{n}", "path": "{n}.md", "bases": ["{n}"]}}\n' for n in range(4)]
    part(
        notes,
        {path: head + lines[1]},
        {path: head + lines[0] + lines[1].replace("1.md", "one.md")},
        {path: head + lines[1].replace('["1"]', '["2", "1"]') + lines[3]},
    )
    assert merge_here(notes).returncode == 0
    assert text(notes, path) == (head + lines[0] + '{"id": "d/1", "path": "one.md", "bases": ["2", "1"]}\n' + lines[3])


@pytest.mark.parametrize("fails", ["create", "write", "rename", None])
def test_our_side_is_whole_whatever_the_disk_refuses(tmp_path, monkeypatch, capsys, fails):
    monkeypatch.chdir(tmp_path)
    for name, content in (("o", BASE), ("a", OURS), ("b", CLASH)):
        (tmp_path / name).write_text(content)

    def refuse(_number: int, operation: str, _name: str) -> None:
        assert (tmp_path / "a").read_text() == OURS
        if operation == fails:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "on_step", refuse)
    assert merge_driver(["o", "a", "b", "7", "n.md"]) == (FAULT if fails else ASKS)
    assert ((tmp_path / "a").read_text() == OURS) == bool(fails)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a", "b", "o"]
    assert capsys.readouterr().err == (
        "vaultkit: n.md: No space left on device; git merges it by line\n" if fails else ""
    )


@pytest.mark.parametrize("arguments", [[], ["a"], ["a", "b", "c", "7", "n.md", "x"]])
def test_called_by_hand(arguments):
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit.git.merging", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("vaultkit-merge: is called by git")


def test_a_file_that_cannot_be_read_is_told_without_a_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "vaultkit.git.merging", "o", "a", "b", "7", "n\x1b]0;\n.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr == "vaultkit: n\\x1b]0;\\n.md: No such file or directory; git merges it by line\n"


@pytest.mark.parametrize("theirs", [THEIRS, CLASH], ids=["merged", "clash"])
def test_what_it_loads(tmp_path, theirs):
    for name, content in (("o", BASE), ("a", OURS), ("b", theirs)):
        (tmp_path / name).write_text(content)
    ask = "import sys; from vaultkit.git import merging; merging.merge_driver(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", ask, "o", "a", "b", "7", "n.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"click", "git", "ruamel", "frontmatter", "dataclasses", "hashlib", "importlib.metadata"}
    assert "vaultkit.importing.merge.parts" in loaded
