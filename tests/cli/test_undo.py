"""`vaultkit undo` and `vaultkit history`, as a user runs them; in this process, for speed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, write_tree
from tests.scenes import APP, LINKED, LOG, OLD_LOG, TO_MEND, contents, folders

Run = Callable[..., Ran]


@pytest.fixture
def run(run_here: Callable[..., Ran]) -> Callable[..., Ran]:
    """The command line, run in the folder `cwd`."""
    return run_here


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"old/log.txt": OLD_LOG, "log.txt": LOG})
    return write_tree(tmp_path / "vault", {**APP, "Mine.md": "mine"})


def ids(run: Run, root: Path) -> list[str]:
    return [line.split()[0] for line in run("history", cwd=root).out.splitlines()]


def without_texts(root: Path) -> dict[str, bytes]:
    """What undoing must bring back. Texts that were imported stay in their store: they are found by content only."""
    return {path: data for path, data in contents(root).items() if not path.startswith(".vaultkit/base/")}


def test_an_import_is_as_if_it_had_never_been(run: Run, root: Path) -> None:
    start, made = contents(root), folders(root)
    assert run("import", "../log.txt", cwd=root).code == 0
    imported = contents(root)
    ran = run("undo", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert "undone: `vaultkit import ../log.txt`" in ran.out
    assert without_texts(root) == start
    assert {name for name in folders(root) if not name.startswith(".vaultkit")} == {
        name for name in made if not name.startswith(".vaultkit")
    }
    assert "4 created" in run("import", "../log.txt", cwd=root).out
    assert contents(root) == imported


def test_undo_again_takes_back_the_one_before_and_by_id_what_was_undone_comes_back(run: Run, root: Path) -> None:
    start = contents(root)
    run("import", "../old/log.txt", cwd=root)
    first = without_texts(root)
    run("import", "../log.txt", cwd=root)
    second = without_texts(root)
    assert run("undo", cwd=root).code == 0
    assert without_texts(root) == first
    assert run("undo", cwd=root).code == 0
    assert without_texts(root) == start
    ran = run("undo", cwd=root)
    assert (ran.code, ran.out) == (2, "")
    assert "no command left" in ran.err
    undo_first, undo_second = ids(run, root)[:2]
    assert run("undo", undo_first, cwd=root).code == 0
    assert without_texts(root) == first
    assert run("undo", undo_second, cwd=root).code == 0
    assert without_texts(root) == second
    assert run("undo", cwd=root).code == 0  # what came back can be taken back like any other
    assert without_texts(root) == first


def test_what_was_edited_since_stays_and_is_named(run: Run, root: Path) -> None:
    run("import", "../log.txt", "--into", "D", cwd=root)
    note = root / "D/2024-03-02.md"
    assert note.is_file()
    note.write_text(note.read_text() + "And I was there.\n")
    (root / "D/2024-03-05.md").unlink()
    ran = run("undo", "--dry-run", cwd=root)
    assert ran.code == 1
    assert "would remove D/2024-03-01.md" in ran.out
    assert "D/2024-03-02.md: was edited since" in ran.err
    assert (root / "D/2024-03-01.md").exists()
    ran = run("undo", cwd=root)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "vaultkit: D/2024-03-02.md: was edited since, so it was left as it is",
        "vaultkit: D/2024-03-05.md: is not there any more",
    ]
    assert sorted(path.name for path in root.rglob("*.md")) == ["2024-03-02.md", "Mine.md"]
    assert note.read_text().endswith("And I was there.\n")
    assert "3 created" not in (again := run("import", "../log.txt", "--into", "D", cwd=root).out)
    assert "2 created" in again
    assert "1 kept" in again  # it is still known, with the text that was imported


def test_an_older_import_is_taken_back_without_the_later_ones(run: Run, root: Path) -> None:
    run("import", "../old/log.txt", "--source", "a", "--into", "A", cwd=root)
    run("import", "../old/log.txt", "--source", "b", "--into", "B", cwd=root)
    kept = {path: data for path, data in without_texts(root).items() if not path.startswith(("A/", ".vaultkit/"))}
    assert run("undo", ids(run, root)[1], cwd=root).code == 0
    assert {path: data for path, data in without_texts(root).items() if not path.startswith(".vaultkit/")} == kept
    assert "3 unchanged" in run("import", "../old/log.txt", "--source", "b", "--into", "B", cwd=root).out
    assert "3 created" in run("import", "../old/log.txt", "--source", "a", "--into", "A", cwd=root).out


def test_of_two_imports_of_one_source_the_older_is_taken_back(run: Run, root: Path) -> None:
    write_tree(root.parent, {"next.txt": "2024/04/01\n\nApril.\n"})
    run("import", "../old/log.txt", cwd=root)
    run("import", "../next.txt", cwd=root)
    ran = run("undo", ids(run, root)[1], cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert sorted(path.name for path in root.rglob("*.md")) == ["2024-04-01.md", "Mine.md"]
    assert b"2024-03" not in (root / ".vaultkit/sources/diary.jsonl").read_bytes()
    assert "1 unchanged" in run("import", "../next.txt", cwd=root).out
    assert "3 created" in run("import", "../old/log.txt", cwd=root).out


@pytest.mark.parametrize(("old", "new"), [("Old.md", "Deep/New.md"), ("Ideas", "Deep/Thoughts"), ("Ideas", "ideas")])
def test_a_move_is_taken_back_with_its_links(run: Run, root: Path, old: str, new: str) -> None:
    write_tree(root, LINKED)
    start, made = contents(root), folders(root)
    assert run("mv", old, new, cwd=root).code == 0
    moved = contents(root)
    ran = run("undo", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert f"move {new} back to {old}" in ran.out
    assert contents(root) == start
    assert folders(root) - {".vaultkit"} == made
    assert run("undo", ids(run, root)[0], cwd=root).code == 0
    assert contents(root) == moved


def test_a_note_that_was_moved_and_edited_is_moved_back_with_the_edit(run: Run, root: Path) -> None:
    write_tree(root, LINKED)
    run("mv", "Old.md", "Deep/New.md", cwd=root)
    edited = (root / "Deep/New.md").read_text() + "More.\n"
    (root / "Deep/New.md").write_text(edited)
    ran = run("undo", cwd=root)
    assert ran.code == 1
    assert "Deep/New.md: was edited since" in ran.err
    assert (root / "Old.md").read_text() == edited
    assert (root / "Home.md").read_text() == LINKED["Home.md"].replace("\r\n", "\n")


def test_a_move_that_cannot_be_taken_back_leaves_all_as_it_is(run: Run, root: Path) -> None:
    write_tree(root, LINKED)
    run("mv", "Old.md", "New.md", cwd=root)
    write_tree(root, {"Old.md": "another"})
    before = contents(root)
    ran = run("undo", cwd=root)
    assert (ran.code, ran.out) == (2, "")
    assert "Old.md: there is another file of this name now" in ran.err
    (root / "Old.md").unlink()
    (root / "New.md").rename(root / "Newer.md")
    assert "New.md: is not there any more" in run("undo", cwd=root).err
    assert {*contents(root)} == {*before, "Newer.md"} - {"Old.md", "New.md"}


def test_what_lint_mended_and_set_aside_is_taken_back(run: Run, root: Path) -> None:
    write_tree(root, TO_MEND)
    start = contents(root)
    run("lint", "--fix", "--select", "no-deprecated-properties", cwd=root)
    assert contents(root) != start
    run("lint", "--write-baseline", cwd=root)
    assert (root / ".vaultkit/lint-baseline.jsonl").is_file()
    assert run("undo", cwd=root).code == 0
    assert not (root / ".vaultkit/lint-baseline.jsonl").exists()
    assert run("undo", cwd=root).code == 0
    assert contents(root) == start


def test_what_init_added_is_taken_back(run: Run, root: Path) -> None:
    start, made = contents(root), folders(root)
    run("init", cwd=root)
    assert run("undo", cwd=root).code == 0
    assert (contents(root), folders(root) - {".vaultkit"}) == (start, made)


def test_even_a_vault_that_init_made_can_come_back(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "fresh"
    run("init", root, cwd=tmp_path)
    made = contents(root)
    assert run("undo", cwd=root).code == 0
    assert contents(root) == {}
    assert run("undo", ids(run, root)[0], cwd=root).code == 0
    assert contents(root) == made


def test_history_tells_what_was_done(run: Run, root: Path) -> None:
    assert run("history", cwd=root).out == "no command is kept that could be taken back\n"
    run("import", "../old/log.txt", cwd=root)
    run("import", "../log.txt", cwd=root)
    run("mv", "Mine.md", "Yours.md", cwd=root)
    run("undo", cwd=root)
    lines = [line.split("  ")[2] for line in run("history", cwd=root).out.splitlines()]
    assert lines[1:] == [
        "mv Mine.md Yours.md (1 moved) - taken back",
        "import ../log.txt (1 made, 2 changed)",
        "import ../old/log.txt (3 made)",
    ]
    assert lines[0].startswith("undo 2")


def test_a_command_with_hundreds_of_files_is_one_short_line(run: Run, root: Path, tmp_path: Path) -> None:
    write_tree(tmp_path, {f"many/{n}.txt": f"2024/07/{n}\n\nDay {n}.\n" for n in range(10, 30)})
    names = [f"../many/{n}.txt" for n in range(10, 30)]
    offered = run("import", *names, cwd=root).out.splitlines()
    assert offered[-1] == "      … and 13 more (--save writes them all)"
    assert len(offered) < 20
    (line,) = run("history", cwd=root).out.splitlines()
    assert "import ../many/10.txt ../many/11.txt" in line
    assert line.endswith("… (20 made)")
    assert len(line) < 200
    assert len(run("undo", cwd=root).out.splitlines()[0]) < 200


@pytest.mark.parametrize(
    ("id_", "words"), [("2", "fits several"), ("x", "is none of the commands"), ("..", "is none of the commands")]
)
def test_an_id_that_is_none(run: Run, root: Path, id_: str, words: str) -> None:
    run("import", "../old/log.txt", cwd=root)
    run("import", "../log.txt", cwd=root)
    before = contents(root)
    ran = run("undo", id_, cwd=root)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert contents(root) == before


def test_undone_is_undone(run: Run, root: Path) -> None:
    run("import", "../log.txt", cwd=root)
    run("undo", cwd=root)
    undo, done = ids(run, root)
    assert f"is taken back already; to have it back: vaultkit undo {undo}" in run("undo", done, cwd=root).err


def test_in_no_vault(run: Run, tmp_path: Path) -> None:
    for verb in ("undo", "history"):
        assert run(verb, cwd=tmp_path).code == 2
