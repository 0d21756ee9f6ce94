"""`vaultkit sync` as a user runs it, in this process for speed; with git it is in `tests/git/test_sync.py`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot, write_tree
from tests.scenes import APP, Scene, Stage, contents, unsynced

Run = Callable[..., Ran]
DIARY = "2024/03/02\n\nFog, after 2024/03/01.\n\n2024/03/01\n\nThe lamp was lit.\n"
OTHER = "2024/04/01\n\nAt the harbour, see 2024/03/01.\n"
SOURCES = """\
# what comes in
sources:
  log:
    path: ../log.txt
  harbour:
    path: ../harbour/*.txt
    into: Harbour
    note-name: "{date} harbour"
    tags: [sea]
"""


@pytest.fixture
def run(run_here: Callable[..., Ran]) -> Callable[..., Ran]:
    """The command line, run in the folder `cwd`."""
    return run_here


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_tree(tmp_path, {"log.txt": DIARY, "harbour/a.txt": OTHER})
    return write_tree(tmp_path / "vault", {**APP, "vaultkit.yaml": SOURCES})


def test_all_sources_are_imported_each_in_its_own_way(run: Run, root: Path) -> None:
    ran = run("sync", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "log: 2 created",
        "      2  Diary/",
        "harbour: 1 created",
        "      1  Harbour/",
        "Nothing found.",
    ]
    assert (root / "Harbour/2024-04-01 harbour.md").read_text() == (
        "---\nvaultkit-id: harbour/2024-04-01\ndate: 2024-04-01\ntags:\n  - diary\n  - sea\n---\n"
        "At the harbour, see [[2024-03-01|2024/03/01]].\n"
    )
    assert "vaultkit-id: log/2024-03-02" in (root / "Diary/2024-03-02.md").read_text()


def test_a_second_sync_writes_nothing(run: Run, root: Path) -> None:
    run("sync", cwd=root)
    before = snapshot(root)
    ran = run("sync", cwd=root)
    assert (ran.code, ran.out) == (0, "log: 2 unchanged\nharbour: 1 unchanged\n")
    assert snapshot(root) == before


def test_only_the_sources_that_are_named(run: Run, root: Path) -> None:
    assert run("sync", "harbour", cwd=root).out.startswith("harbour: 1 created\n")
    assert not (root / "Diary").exists()
    ran = run("sync", "harbor", cwd=root)
    assert (ran.code, ran.err) == (2, "vaultkit: harbor: is no source of vaultkit.yaml; did you mean `harbour`?\n")


def test_a_source_that_fails_does_not_stop_the_others(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "log.txt").unlink()
    ran = run("sync", cwd=root)
    assert ran.code == 1
    assert ran.out.splitlines()[:2] == [
        "log: failed, nothing was imported: vaultkit.yaml:4: sources.log.path: `../log.txt`: there is no such file or "
        f"folder ({root}/../log.txt)",
        "harbour: 1 created",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(b"\x00\x01\x02" * 200, "log: failed, nothing was imported: ", id="binary"),
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"nothing that anybody knows\n", "no known format fits", id="unknown"),
    ],
)
def test_a_damaged_source_is_named(run: Run, root: Path, tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "log.txt").write_bytes(text)
    ran = run("sync", cwd=root)
    assert ran.code == 1
    assert message in ran.out
    assert "harbour: 1 created" in ran.out


def test_one_undo_takes_back_all_of_it_and_another_brings_it_back(run: Run, root: Path) -> None:
    start = contents(root)
    run("sync", cwd=root)
    synced = contents(root)
    assert len(run("history", cwd=root).out.splitlines()) == 1
    ran = run("undo", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    left = {path: data for path, data in contents(root).items() if not path.startswith(".vaultkit/base/")}
    assert left == start
    assert run("undo", ran.out.split()[-1], cwd=root).code == 0
    assert contents(root) == synced


def test_a_note_that_two_sources_of_a_run_changed_is_taken_back_to_what_it_was(
    run: Run, root: Path, tmp_path: Path
) -> None:
    """The second links to what the first made; in the next run both change, and a ledger twice is none of them."""
    run("sync", cwd=root)
    before = contents(root)
    (tmp_path / "log.txt").write_text(DIARY.replace("was lit", "went out"))
    (tmp_path / "harbour/a.txt").write_text(OTHER.replace("At the", "In the"))
    ran = run("sync", cwd=root)
    assert "log: 1 updated, 1 unchanged" in ran.out
    assert "harbour: 1 updated" in ran.out
    assert run("undo", cwd=root).code == 0
    assert {p: d for p, d in contents(root).items() if p in before} == before


def test_what_changed_is_linted_and_nothing_else(run: Run, root: Path, tmp_path: Path) -> None:
    write_tree(root, {"Mine.md": "[gone](Nowhere.md)\n"})
    assert run("lint", "Mine.md", cwd=root).code == 1
    assert run("sync", cwd=root).code == 0
    (tmp_path / "harbour/a.txt").write_text(OTHER + "\n2024/04/02\n\nA [lost link](<Gone note.md>).\n")
    ran = run("sync", cwd=root)
    told = run("lint", "Harbour/2024-04-02 harbour.md", cwd=root)
    assert ran.code == told.code
    assert ran.out.endswith(told.out)
    assert "Mine.md" not in ran.out


def test_a_dry_run_writes_nothing(run: Run, root: Path) -> None:
    before = snapshot(root)
    ran = run("sync", "--dry-run", cwd=root)
    assert ran.code == 0
    assert "log: would be: 2 created" in ran.out
    assert "A  Harbour/2024-04-01 harbour.md" in ran.out
    assert snapshot(root) == before


def test_json(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "log.txt").unlink()
    value = json.loads(run("sync", "--json", cwd=root).out)
    assert [(one["name"], bool(one["error"]), one["counts"]["created"]) for one in value["sources"]] == [
        ("log", True, 0),
        ("harbour", False, 1),
    ]
    assert (value["version"], value["dry_run"], value["commit"]) == (1, False, None)
    assert value["lint"]["summary"]["error"] == 0
    assert json.loads(run("sync", "--json", "--dry-run", cwd=root).out)["lint"] is None


def test_files_of_a_pattern_come_in_natural_order(run: Run, root: Path, tmp_path: Path) -> None:
    """What two files say of one day follows their order."""
    write_tree(tmp_path, {f"harbour/{n}.txt": f"2024/05/0{n % 9 + 1}\n\nFile {n}.\n" for n in (2, 9, 10)})
    value = json.loads(run("sync", "harbour", "--json", cwd=root).out)
    assert [note["id"] for note in value["sources"][0]["notes"]] == [
        "harbour/2024-05-03",
        "harbour/2024-05-01",
        "harbour/2024-05-02",
        "harbour/2024-04-01",
    ]


@pytest.mark.parametrize(
    ("config", "arguments", "message"),
    [
        pytest.param("lint: {}\n", (), "vaultkit.yaml names no sources; `vaultkit import EXPORT --save`", id="none"),
        pytest.param(
            "sources:\n  log:\n    path: a\n    format: dated-txt\n",
            (),
            "vaultkit.yaml:4: sources.log.format: there is no format `dated-txt`; did you mean `dated-text` or",
            id="format",
        ),
        pytest.param(SOURCES, ("--push",), "--push goes with --commit", id="push alone"),
        pytest.param(SOURCES, ("--commit", "--dry-run"), "--dry-run goes with none of", id="dry commit"),
        pytest.param(SOURCES, ("--commit",), "is not in a git repository; `git init` makes one", id="no repository"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_done(
    run: Run, root: Path, config: str, arguments: tuple[str, ...], message: str
) -> None:
    (root / "vaultkit.yaml").write_text(config)
    before = snapshot(root)
    ran = run("sync", *arguments, cwd=root)
    assert ran.code == 2
    assert message in ran.err
    assert snapshot(root) == before


@pytest.mark.parametrize("ids", ["diary", "mine"])
def test_notes_of_an_earlier_import_are_not_made_twice(run: Run, root: Path, ids: str) -> None:
    run("import", "../log.txt", *(["--source", "mine"] if ids == "mine" else []), cwd=root)
    before = contents(root)
    ran = run("sync", "log", cwd=root)
    assert ran.code == 1
    assert f"vaultkit.yaml:3: sources.log: the notes of log.txt have the ids `{ids}/`" in ran.out
    assert f"say `ids: {ids}` to go on with them" in ran.out
    assert contents(root) == before
    (root / "vaultkit.yaml").write_text(SOURCES.replace("../log.txt", f"../log.txt\n    ids: {ids}"))
    assert run("sync", "log", cwd=root).out == "log: 2 unchanged\n"


STOPPED = Scene(
    {
        **APP,
        "vaultkit.yaml": "sources:\n  log: {path: ../../exports/a.txt}\n  old: {path: ../../exports/b.txt, into: B}\n",
    },
    ("sync", "--vault", "{v}"),
    exports={"a.txt": DIARY, "b.txt": "1999/03/01\n\nNothing that leads anywhere.\n"},
)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="stops forks of this process")
def test_stopped_in_any_source_and_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsynced(monkeypatch)
    stage = Stage(STOPPED, tmp_path)
    for step in range(2, stage.steps, 6):
        root = stage.fresh()
        stage.killed_at(root, step)
        stage.check_kept(root)
        assert stage.run(root) == 0
        assert contents(root) == stage.expected, step


def test_save_adds_the_export_and_its_options_and_undo_takes_both_back(run: Run, root: Path, tmp_path: Path) -> None:
    start = contents(root)
    write_tree(tmp_path, {"sea.txt": OTHER})
    ran = run("import", "../sea.txt", "--into", "Sea", "--tag", "salt", "--save", cwd=root)
    assert ran.code == 0
    assert ran.out.endswith("saved as the source `diary` of vaultkit.yaml: `vaultkit sync` imports it again\n")
    path = f"{tmp_path}/sea.txt"
    added = f"  diary:\n    path: {path}\n    into: Sea\n    tags:\n      - salt\n"
    assert (root / "vaultkit.yaml").read_text() == SOURCES + added
    assert run("sync", "diary", cwd=root).out == "diary: 1 unchanged\n"
    before = snapshot(root)
    assert run("import", "../sea.txt", "--into", "Sea", "--tag", "salt", "--save", cwd=root).code == 0
    assert snapshot(root) == before
    assert run("undo", cwd=root).code == 0
    assert {p: d for p, d in contents(root).items() if not p.startswith(".vaultkit/base/")} == start


def test_what_no_source_names_is_offered_and_what_one_names_is_not(run: Run, root: Path) -> None:
    write_tree(root, {"Exports/sea.txt": OTHER})
    ran = run("import", "Exports/sea.txt", cwd=root)
    assert ran.out.endswith(
        "To import this again by `vaultkit sync`, add --save, or these lines to vaultkit.yaml:\n"
        "sources:\n  diary:\n    path: Exports/sea.txt\n"
    )
    assert (root / "vaultkit.yaml").read_text() == SOURCES
    assert "--save" not in run("import", "../log.txt", "--source", "log", cwd=root).out
    assert "--save" not in run("import", "Exports/sea.txt", "--dry-run", cwd=root).out
    assert json.loads(run("import", "Exports/sea.txt", "--json", cwd=root).out)["counts"]["unchanged"] == 1


@pytest.mark.parametrize(
    ("config", "message"),
    [
        pytest.param(
            "sources: {a: {path: x}}\n", "no lines can be added to its `sources`; write there:\nsources:", id="flow"
        ),
        pytest.param(
            "sources:\n  old: {path: ../log.txt, ids: diary}\n",
            "its notes have the ids of the source `old`: add the path there (vaultkit.yaml:2: sources.old)",
            id="same ids",
        ),
    ],
)
def test_what_cannot_be_saved_is_told_and_the_notes_are_there(run: Run, root: Path, config: str, message: str) -> None:
    write_tree(root, {"vaultkit.yaml": config, "Exports/sea.txt": OTHER})
    ran = run("import", "Exports/sea.txt", "--save", cwd=root)
    assert ran.code == 1
    assert message in ran.err
    assert (root / "vaultkit.yaml").read_text() == config
    assert (root / "Diary/2024-04-01.md").is_file()


def test_what_both_changed_is_merged_and_what_a_complete_source_lacks_goes_to_the_trash(
    run: Run, root: Path, tmp_path: Path
) -> None:
    (root / "vaultkit.yaml").write_text("sources:\n  log: {path: ../log.txt, complete: true}\n")
    days = "".join(f"2024/02/{day:02}\n\nDay {day}.\n\n" for day in range(1, 9))
    (tmp_path / "log.txt").write_text(DIARY + "\n" + days)
    run("sync", cwd=root)
    note = root / "Diary/2024-03-01.md"
    note.write_text(note.read_text() + "\nMy own words.\n")
    (tmp_path / "log.txt").write_text(
        DIARY.replace("was lit", "went out") + "\n" + days.replace("2024/02/08\n\nDay 8.", "")
    )
    edited = contents(root)
    ran = run("sync", "--report", cwd=root)
    assert ran.out.startswith("log: 1 merged, 8 unchanged, 1 trashed\n")
    assert "went out" in note.read_text()
    assert note.read_text().endswith("My own words.\n")
    assert not (root / "Diary/2024-02-08.md").exists()
    (report,) = root.glob("Imports/*.md")
    assert "- trashed: Diary/2024-02-08.md" in report.read_text()
    assert run("undo", cwd=root).code == 0
    assert {p: d for p, d in contents(root).items() if p in edited} == edited
