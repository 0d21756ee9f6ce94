"""Others at work in the same vault: a second vaultkit, which waits its turn, and a person, who never waits."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import snapshot, write_tree
from tests.scenes import APP, LOG, SCENES, Scene, Stage, contents, ended, stop_at, unsynced
from vaultkit.vault import disk, lock
from vaultkit.vault.journal import Journal

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks this process")
MARK = b"\nWritten meanwhile.\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    unsynced(monkeypatch)


def at_once(commands: list[Callable[[Callable[[], None]], int]]) -> list[int]:
    """Exit codes of processes that all begin when the last of them is there."""
    gate, starter = os.pipe()

    def wait() -> None:
        os.close(starter)
        os.read(gate, 1)

    children = [command(wait) for command in commands]
    os.close(gate)
    os.close(starter)
    return [ended(child) for child in children]


@pytest.mark.parametrize("same", [True, False], ids=["one export", "eight exports"])
def test_eight_imports_at_once_are_eight_one_after_the_other(tmp_path: Path, same: bool) -> None:
    exports = {f"{n}.txt": LOG if same else LOG.replace("2024", f"20{10 + n}") for n in range(8)}
    scenes = [
        Scene(APP, ("import", f"{{e}}/{name}", "--vault", "{v}"), exports={name: text})
        for name, text in exports.items()
    ]
    stages = [Stage(scene, tmp_path / f"{n}") for n, scene in enumerate(scenes)]
    one_by_one = write_tree(tmp_path / "vault", APP)
    for stage in stages:
        assert stage.run(one_by_one) == 0
    together = write_tree(tmp_path / "together" / "vault", APP)
    left = stages
    while left:  # one that waited for too long says so, and is run again
        codes = at_once([lambda wait, stage=stage: stage.fork(together, wait) for stage in left])
        assert set(codes) <= {0, 3}
        assert 0 in codes
        left = [stage for stage, code in zip(left, codes, strict=True) if code]
    assert _unordered(together) == _unordered(one_by_one)


def _unordered(root: Path) -> dict[str, object]:
    """The files of a vault; a link to another day is there or not, as that one was imported before or after."""
    return {path: data for path, data in contents(root).items() if not path.startswith(".vaultkit/")}


def test_who_waits_too_long_says_so_and_has_done_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stage = Stage(SCENES["import"], tmp_path)
    monkeypatch.setattr(lock, "WAIT", 0.05)
    root = stage.fresh()
    with Journal(root):
        before = snapshot(root)
        assert stage.run(root) == 3
        assert snapshot(root) == before
    assert "another vaultkit is writing to this vault; nothing was done" in capfd.readouterr().err
    assert stage.run(root) == 0
    assert contents(root) == stage.expected


def test_the_lock_of_a_process_that_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    stage = Stage(SCENES["import"], tmp_path)
    root = stage.fresh()
    stage.killed_at(root, stage.steps // 2)
    assert stage.run(root) == 0


def append(note: Path) -> None:
    with note.open("ab") as file:
        file.write(MARK)


def save(note: Path) -> None:
    """As most editors do: a new file, which takes the place of the old one."""
    beside = note.with_name(f"{note.name}~")
    beside.write_bytes((note.read_bytes() if note.exists() else b"") + MARK)
    beside.replace(note)


def overwrite(note: Path) -> None:
    """The same length, at the same place."""
    with note.open("r+b") as file:
        file.seek(-len(MARK), os.SEEK_END)
        file.write(MARK)


EDITED = {
    "import again": ("Diary/2024-03-02.md",),
    "lint --fix": ("Note 2.md",),
    "mv a note": ("Home.md", "Old.md", "Deep/New.md"),
    "mv a folder": ("Home.md", "Ideas/Far.md", "Deep/Thoughts/Far.md"),
    "undo": ("Diary/2024-03-02.md", "Diary/2024-03-05.md"),
}


@pytest.mark.parametrize(
    ("name", "edit"), [*((name, edit) for name in EDITED for edit in (append, save)), ("import again", overwrite)]
)
def test_an_edit_right_before_any_change_of_the_disk_is_kept(
    name: str, edit: Callable[[Path], None], tmp_path: Path
) -> None:
    stage = Stage(SCENES[name], tmp_path)
    edited, rounds = 0, 0
    texts = {*stage.start.values(), *stage.expected.values()}
    for step in range(1, stage.steps + 1):
        root = stage.fresh()
        notes = [root / path for path in EDITED[name]]

        def type_on(notes: list[Path] = notes) -> None:
            nonlocal edited
            for note in notes:
                if note.is_file() and MARK not in note.read_bytes():
                    edit(note)
                    edited += 1
                    return

        stop_at(step, type_on)
        stage.run(root)
        disk.on_step = None
        if not edited:
            continue
        seen = {path: data for path, data in contents(root).items() if not path.startswith(".vaultkit/")}
        written = [data for data in seen.values() if MARK in data]
        assert len(written) == 1, (step, seen)
        if edit is not overwrite:
            assert written[0].removesuffix(MARK) in texts
        stage.run(root)  # and it still is after the next run
        assert any(MARK in path.read_bytes() for path in root.rglob("*.md")), step
        edited, rounds = 0, rounds + 1
    assert rounds >= stage.steps - 4  # it was there nearly always


@pytest.mark.parametrize("name", ["import again", "mv a note"])
def test_killed_after_an_edit_it_is_finished_with_the_edit_kept(name: str, tmp_path: Path) -> None:
    stage = Stage(SCENES[name], tmp_path)
    path = EDITED[name][0]
    ended_by_itself = False
    step = 1
    while not ended_by_itself:
        root = stage.fresh()
        first = disk.steps

        def edit_then_end(number: int, operation: str, name: str, root=root, first=first, step=step) -> None:
            if (operation, name) == ("link", path):
                append(root / path)
            if number - first == step:
                os._exit(137)

        child = stage.fork(root, lambda react=edit_then_end: setattr(disk, "on_step", react))
        ended_by_itself = ended(child) != 137
        was_edited = MARK in (root / path).read_bytes()
        with Journal(root) as journal:
            assert all(plan.files or plan.moves for plan in journal.transactions())
        assert (MARK in (root / path).read_bytes()) == was_edited
        assert not [left for left in root.rglob("*") if left.name.endswith(".new")]
        if name.startswith("import"):
            assert stage.run(root) == 0
            assert (MARK in (root / path).read_bytes()) == was_edited
        step += 1
    assert step > stage.steps


@pytest.mark.parametrize("name", ["import", "import again"])
def test_a_note_that_appears_right_before_any_change_of_the_disk_is_never_replaced(name: str, tmp_path: Path) -> None:
    stage = Stage(SCENES[name], tmp_path)
    for step in range(1, stage.steps + 1):
        root = stage.fresh()
        note = root / "Diary/2024-03-05.md"
        made: list[str] = []

        def make(note: Path = note, made: list[str] = made) -> None:
            if not note.exists():
                note.parent.mkdir(parents=True, exist_ok=True)
                note.write_text("mine")
                made.append("mine")

        stop_at(step, make)
        stage.run(root)
        disk.on_step = None
        if made:
            assert note.read_text() == "mine"
            stage.run(root)
            assert note.read_text() == "mine"
            others = [path.read_bytes() for path in root.rglob("*.md") if path != note]
            assert any(b"vaultkit-id: diary/2024-03-05" in data for data in others), step


def race(folder: Path, rounds: int) -> None:
    """A person appends to one note, line after line, while it is imported again and again."""
    stage = Stage(SCENES["import again"], folder)
    chance = random.Random(rounds)
    for number in range(rounds):
        root = stage.fresh()
        note, lines = root / "Diary/2024-03-02.md", chance.randrange(1, 60)
        begun = threading.Event()

        def write(note: Path = note, lines: int = lines, begun: threading.Event = begun) -> None:
            for line in range(lines):
                with note.open("ab") as file:
                    file.write(b"line %d\n" % line)
                begun.set()

        writer = threading.Thread(target=write)
        writer.start()
        begun.wait(10)
        stage.run(root)
        writer.join()
        stage.run(root)
        text = note.read_bytes()
        assert all(b"line %d\n" % line in text for line in range(lines)), number


def test_lines_appended_during_imports_all_survive(tmp_path: Path) -> None:
    race(tmp_path, 30)


@pytest.mark.nightly
def test_lines_appended_during_five_hundred_imports_all_survive(tmp_path: Path) -> None:
    race(tmp_path, 500)
