"""`vaultkit mv` as a user runs it, on real folders."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot, write_tree
from vaultkit.vault.tree import Vault

FILES = {
    "Home.md": '---\nrelated: "[[Old]]"\n---\n[[Old#Part|the old one]], [it](<Old.md>) and ![[pic.png|100]].\r\n',
    "Ideas/Far.md": "![[Old]] [[Home]]\n\n[old]: ../Old.md\n",
    "Old.md": "# Part\n\nOn to [[Far]], back [home](./Home.md).\n",
    "Ideas/pic.png": b"\x89PNG\x00",
    "Map.canvas": '{"nodes":[{"id":"1","type":"file","file":"Old.md"},{"id":"2","type":"text","text":"[[Old]]"}]}',
    "Other.md": "[[Home]]\n",
}


def contents(root: Path) -> dict[str, bytes]:
    return {path: data for path, (data, _) in seen(root).items()}


def seen(root: Path) -> dict[str, tuple[bytes, int]]:
    """All but the journal."""
    return {path: one for path, one in snapshot(root).items() if not path.startswith(".vaultkit/tx/")}


@pytest.fixture
def root(vault) -> Path:
    return vault(FILES)


def test_a_note_is_renamed_and_all_links_follow(run, root: Path) -> None:
    before = snapshot(root)
    ran = run("mv", "Old.md", "Ideas/New", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "moved Old.md to Ideas/New.md\nrewrote 8 links in 4 files\n"
    after = seen(root)
    assert {path: data.decode() for path, (data, _) in after.items() if after[path] != before.get(path)} == {
        "Home.md": '---\nrelated: "[[New]]"\n---\n[[New#Part|the old one]], [it](<New.md>) and ![[pic.png|100]].\r\n',
        "Ideas/Far.md": "![[New]] [[Home]]\n\n[old]: New.md\n",
        "Ideas/New.md": "# Part\n\nOn to [[Far]], back [home](Home.md).\n",
        "Map.canvas": '{"nodes":[{"id":"1","type":"file","file":"Ideas/New.md"},'
        '{"id":"2","type":"text","text":"[[New]]"}]}',
    }
    assert set(after) == {*before, "Ideas/New.md"} - {"Old.md"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"newLinkFormat": "absolute"}, "[[Deep/er/New#Part|the old one]], [it](<Deep/er/New.md>)"),
        (
            {"newLinkFormat": "relative", "useMarkdownLinks": True},
            "[[Deep/er/New#Part|the old one]], [it](<Deep/er/New",
        ),
    ],
)
def test_links_are_written_as_the_settings_say(run, root: Path, settings: dict, expected: str) -> None:
    write_tree(root, {".obsidian/app.json": json.dumps(settings)})
    assert run("mv", root / "Old.md", root / "Deep/er/New.md").code == 0
    assert expected in (root / "Home.md").read_text()
    far = "../Deep/er/New" if settings["newLinkFormat"] == "relative" else "Deep/er/New"
    assert (root / "Ideas/Far.md").read_text() == f"![[{far}]] [[Home]]\n\n[old]: {far}.md\n"


@pytest.mark.parametrize(
    ("old", "new", "became"),
    [
        ("Old.md", "Ideas", "Ideas/Old.md"),
        ("Old.md", "Ideas/", "Ideas/Old.md"),
        ("Old.md", "Fresh/", "Fresh/Old.md"),
        ("Old.md", "v1.2", "v1.2.md"),
        ("Old.md", "old.md", "old.md"),
        ("Ideas/pic.png", "Ideas/photo.png", "Ideas/photo.png"),
        ("Ideas/pic.png", ".", "pic.png"),
        ("Ideas", "Thoughts", "Thoughts/Far.md"),
        ("Ideas/", "Thoughts/", "Thoughts/Ideas/Far.md"),
        ("Ideas", "ideas", "ideas/Far.md"),
        ("Map.canvas", "ideas/Board.canvas", "Ideas/Board.canvas"),
        ("./Ideas/../Old.md", "Ideas/か\u3099.md", "Ideas/が.md"),
    ],
)
def test_names_are_taken_as_a_shell_user_types_them(run, root: Path, old: str, new: str, became: str) -> None:
    ran = run("mv", old, new, cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert became in Vault(root).files
    assert len(Vault(root).files) == len(FILES)
    assert run("lint", "--select", "links-resolve", root).code == 0


def test_a_path_from_a_folder_of_the_vault(run, root: Path) -> None:
    assert run("mv", "../Old.md", "New.md", cwd=root / "Ideas").code == 0
    assert "Ideas/New.md" in Vault(root).files


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Gone.md", "New.md", "does not exist"),
        ("Old", "New", "is Old.md meant?"),
        ("Old.md", "Home.md", "is there already"),
        ("Old.md", "Old.md", "is there already"),
        ("Old.md", "home.md", "is there already (as Home.md"),
        ("Ideas", "map.CANVAS", "is there already"),
        ("Old.md", "../New.md", "outside the vault"),
        ("Old.md", "/New.md", "outside the vault"),
        ("Old.md", ".hidden.md", "begins with a dot"),
        ("Old.md", ".obsidian/", "begins with a dot"),
        (".obsidian", "Settings", "begins with a dot"),
        ("Old.md", "a/.b/New.md", "begins with a dot"),
        ("Old.md", "C#.md", "breaks links"),
        ("Old.md", "a [b].md", "breaks links"),
        ("Old.md", "a|b.md", "Windows"),
        ("Old.md", "what?", "Windows"),
        ("Old.md", "aux.md", "Windows reserves it"),
        ("Old.md", "a:b", "Windows"),
        ("Old.md", "x" * 260, "longer than"),
        ("Old.md", "Home.md/New.md", "is no folder"),
        ("Old.md", "Home.md/", "is no folder"),
        ("Old.md", "", "is no path"),
        ("", "New.md", "empty"),
        ("Ideas", "Ideas/Sub", "into itself"),
        ("Ideas", "Ideas", "into itself"),
        ("Ideas/pic.png", "Ideas/photo", "has no extension"),
        (".", "New", "vault itself"),
        ("../elsewhere.md", "New.md", "lies in no vault"),
        ("Link.md", "New.md", "is a link"),
    ],
)
def test_what_cannot_be_moved_is_refused(run, root: Path, old: str, new: str, words: str) -> None:
    (root / "Link.md").symlink_to(root / "Old.md")
    before = snapshot(root)
    ran = run("mv", old, new, cwd=root)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert snapshot(root) == before


def test_a_name_that_is_not_good_may_be_moved_elsewhere(run, root: Path) -> None:
    write_tree(root, {"What?.md": "", "s.md": "[[What?]] [[./What?]]"})
    assert run("mv", "What?.md", "Ideas/", cwd=root).code == 0
    assert (root / "s.md").read_text() == "[[What?]] [[What?]]"


def test_dry_run_and_diff_write_nothing(run, root: Path) -> None:
    before = snapshot(root)
    ran = run("mv", "Old.md", "Ideas/New.md", "--dry-run", cwd=root)
    assert ran.out == (
        "would move Old.md to Ideas/New.md (1 link)\n"
        "would change Home.md (3 links)\n"
        "would change Ideas/Far.md (2 links)\n"
        "would change Map.canvas (2 links)\n"
    )
    ran = run("mv", "Ideas", "Thoughts", "--diff", cwd=root)
    assert "rename from Ideas/Far.md\nrename to Thoughts/Far.md\nrename from Ideas/pic.png\n" in ran.out
    ran = run("mv", "Old.md", "Ideas/New.md", "--diff", cwd=root)
    assert "rename from Old.md\nrename to Ideas/New.md\n--- Old.md\n+++ Ideas/New.md\n" in ran.out
    assert "-![[Old]] [[Home]]\n+![[New]] [[Home]]\n" in ran.out
    assert snapshot(root) == before


def test_settings_and_bases_that_name_it_are_told(run, root: Path) -> None:
    write_tree(
        root,
        {
            ".obsidian/bookmarks.json": '{"items": [{"type": "file", "path": "Old.md"}]}',
            ".obsidian/daily-notes.json": '{"template": "Old"}',
            ".obsidian/templates.json": '{"folder": "Ideas"}',
            "All.base": "filters: 'file.hasLink(\"Old\")'\n",
            "vaultkit.yaml": "lint:\n  exclude: [Old.md]\n",
        },
    )
    before = contents(root)
    told = [line.split()[1] for line in run("mv", "Old.md", "New.md", cwd=root).out.splitlines() if "warning" in line]
    assert told == [".obsidian/bookmarks.json", ".obsidian/daily-notes.json", "All.base", "vaultkit.yaml"]
    assert {path: contents(root)[path] for path in told} == {path: before[path] for path in told}


def test_links_that_cannot_be_kept_are_told(run, vault) -> None:
    root = vault({"x/T.md": "", "y/T.md": "", "s.md": "[[T]] [[N]]"})
    ran = run("mv", "x/T.md", "N.md", cwd=root)
    assert ran.code == 1
    assert "warning: s.md: [[T]] could mean N.md or y/T.md, so it was left as it is\n" in ran.out
    assert "note: s.md: [[N]] led nowhere and now leads to N.md\n" in ran.out
    assert (root / "s.md").read_text() == "[[T]] [[N]]"


def test_nothing_is_moved_when_a_note_cannot_be_written(run, root: Path) -> None:
    (root / "Home.md").chmod(0o444)
    before = snapshot(root)
    ran = run("mv", "Old.md", "New.md", cwd=root)
    assert ran.code == 3
    assert "Home.md: is read-only" in ran.err
    assert "nothing was moved" in ran.err
    assert snapshot(root) == before


def test_nothing_outside_the_vault_is_written(run, root: Path, tmp_path: Path) -> None:
    out = write_tree(tmp_path / "out", {"Note.md": "[[Other]] [[Home]]"})
    (root / "far").symlink_to(out)
    for old, new in (("Old.md", "far/"), ("far/Note.md", "Note.md"), ("Home.md", "Start.md"), ("far", "near")):
        before = snapshot(root), snapshot(out)
        ran = run("mv", old, new, cwd=root)
        assert ran.code in (2, 3)
        assert "outside" in ran.err or "is a link" in ran.err
        assert (snapshot(root), snapshot(out)) == before
    assert run("mv", "Other.md", "Ideas/", cwd=root).code == 0


def test_a_vault_in_a_vault_is_one_of_its_own(run, root: Path) -> None:
    write_tree(root, {"in/.obsidian/app.json": "{}", "in/Old.md": "", "in/s.md": "[[Old]]"})
    assert run("mv", "in/Old.md", "in/New.md", cwd=root).code == 0
    assert (root / "in/s.md").read_text() == "[[New]]"
    assert "[[Old]]" in (root / "Home.md").read_text()
    assert "is a vault" in run("mv", "in", "out", cwd=root).err


def test_an_import_still_finds_what_was_moved(run, vault, tmp_path: Path) -> None:
    log = "2024/03/02 (Sat.)\n\n  • Fog until noon; compare (2024/03/01).\n\n2024/03/01 (Fri.)\n\n  • New key.\n"
    export = write_tree(tmp_path, {"log.txt": log}) / "log.txt"
    root = vault()

    def imported() -> dict[str, int]:
        ran = run("import", export, "--vault", root, "--json")
        assert ran.code == 0, ran.err
        return {outcome: n for outcome, n in json.loads(ran.out)["counts"].items() if n}

    assert imported() == {"created": 2}
    assert run("mv", root / "Diary/2024-03-01.md", root / "Keys/The key.md").code == 0
    assert "([[The key|2024/03/01]])" in (root / "Diary/2024-03-02.md").read_text()
    assert run("mv", root / "Diary", root / "Log").code == 0
    before = contents(root)
    assert set(imported()) <= {"unchanged", "kept"}
    assert {path for path in contents(root) if not path.startswith(".")} == {"Keys/The key.md", "Log/2024-03-02.md"}
    assert {path: data for path, data in contents(root).items() if path in Vault(root).files} == {
        path: data for path, data in before.items() if path in Vault(root).files
    }


STOPPED = """
import os, sys
from vaultkit.vault import disk
stop, how = int(sys.argv[1]), sys.argv[2]
def on_step(number, operation, path):
    if number == stop:
        exec(how)
disk.on_step = on_step
from vaultkit.cli import run
code = run(sys.argv[3:])
print(disk.steps)
sys.exit(code)
"""


def stopped(root: Path, stop: int, how: str, *arguments: str) -> Ran:
    """`vaultkit` in `root`, with `how` done right before the change of the disk that has the number `stop`."""
    program = [sys.executable, "-c", STOPPED, str(stop), how, *arguments]
    done = subprocess.run(program, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


MOVE = ("mv", "Old.md", "Ideas/New.md")


def test_a_move_that_was_stopped_is_finished_before_another(tmp_path: Path, run) -> None:
    root = write_tree(tmp_path / "v", {".obsidian/app.json": "{}", **FILES})
    steps = int(stopped(write_tree(tmp_path / "w", contents(root)), 0, "", *MOVE).out.splitlines()[-1])
    assert stopped(root, steps - 2, "os._exit(137)", *MOVE).code == 137
    before = snapshot(root)
    ran = run("mv", "Home.md", "Start.md", "--dry-run", cwd=root)
    assert ran.code == 2
    assert "`vaultkit mv Old.md Ideas/New.md` was stopped" in ran.err
    assert snapshot(root) == before
    ran = run("mv", "Home.md", "Start.md", cwd=root)
    assert ran.code == 0
    assert ran.err == "vaultkit: finished `vaultkit mv Old.md Ideas/New.md`, which had been stopped\n"
    assert "[[New#Part|the old one]]" in (root / "Start.md").read_text()
    assert (root / "Ideas/New.md").read_text() == "# Part\n\nOn to [[Far]], back [home](Start.md).\n"


@pytest.mark.parametrize("path", ["Home.md", "Ideas/New.md"])
def test_what_changes_meanwhile_is_left_alone_and_told(tmp_path: Path, path: str) -> None:
    root = write_tree(tmp_path / "v", {".obsidian/app.json": "{}", **FILES})
    total = int(stopped(write_tree(tmp_path / "w", contents(root)), 0, "", *MOVE).out.splitlines()[-1])
    write = f"open({path!r}, 'w').write('mine')"
    late = f"disk.on_step = lambda n, o, p: (o, p) == ('link', 'Home.md') and {write}"
    ran = stopped(root, 1, late, *MOVE)
    assert total > 5
    assert ran.code == 1
    assert f"{path}: changed while" in ran.err
    assert (root / path).read_text() == "mine"
    assert "[[New]]" in (root / "Map.canvas").read_text()


def test_what_appears_under_the_new_name_is_never_replaced(tmp_path: Path) -> None:
    root = write_tree(tmp_path / "v", {".obsidian/app.json": "{}", **FILES})
    start = contents(root)
    late = "disk.on_step = lambda n, o, p: o == 'link' and open('Ideas/New.md', 'w').write('mine')"
    ran = stopped(root, 1, late, *MOVE)
    assert ran.code == 3
    assert "is there already" in ran.err
    assert contents(root) == start | {"Ideas/New.md": b"mine"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 2),
        ("{", 2),
        ("[]", 2),
        ('{"version": 1, "old": 1}', 2),
        ('{"version": 2}', 3),
        ('{"version": 1, "files": [], "moves": [1]}', 2),
    ],
)
def test_what_was_noted_of_a_move_may_be_damaged(run, root: Path, text: str, code: int) -> None:
    write_tree(
        root, {".vaultkit/tx/20240301-120000-000/plan.json": text, ".vaultkit/tx/20240301-120000-000/COMMIT": ""}
    )
    before = snapshot(root)
    ran = run("mv", "Old.md", "New.md", cwd=root)
    assert ran.code == code
    assert ".vaultkit/tx/20240301-120000-000/plan.json" in ran.err
    assert snapshot(root) == before
