"""Stopped, or refused by the disk, before every single change, a command can be run again and nothing is lost."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.scenes import REFUSALS, SCENES, Stage, contents, kill, refuse, stop_at, unsynced
from vaultkit.vault import disk
from vaultkit.vault.journal import Journal

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="stops forks of this process")
CASES = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)


@pytest.fixture
def stage(scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Stage:
    unsynced(monkeypatch)
    return Stage(scene, tmp_path)


def is_through(stage: Stage, root: Path) -> bool:
    """Whether the command need not be run again to have had its effect, and would do something else if it were. What
    else is left of it (a mark, an older transaction) is left to the next start."""
    if stage.scene.command[0] not in ("mv", "undo", "resolve-conflict", "restore") or contents(root) != stage.expected:
        return False
    with Journal(root):
        return True


@CASES
def test_killed_before_any_change_of_the_disk_and_run_again(stage: Stage) -> None:
    assert stage.steps > 12
    for step in range(1, stage.steps + 1):
        root = stage.fresh()
        stage.killed_at(root, step)
        stage.check_kept(root)
        if not is_through(stage, root):
            assert stage.run(root) == stage.code
        assert contents(root) == stage.expected, step
        assert_no_litter(root)


@pytest.mark.parametrize(
    ("scene", "error"),
    [
        pytest.param(scene, error, id=f"{name}, {error}")
        for name, scene in SCENES.items()
        for error in (REFUSALS if name in ("import again", "mv a note") else REFUSALS[:2])
    ],
)
def test_refused_by_the_disk_before_any_change_and_run_again(
    stage: Stage, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for step in range(1, stage.steps + 1):
        root = stage.fresh()
        stop_at(step, refuse(error))
        code = stage.run(root)
        disk.on_step = None
        said = capsys.readouterr()
        assert code in (0, 1, 3), said.err
        assert "fault of vaultkit" not in said.err
        stage.check_kept(root)
        if contents(root) != stage.expected:
            assert code, (step, said.out)
        if not is_through(stage, root):
            again = stage.run(root)
            assert again in (stage.code, 0), (step, said.err, capsys.readouterr().err)
        assert contents(root) == stage.expected, step
        assert_no_litter(root)


def kill_at_random(stage: Stage, rounds: int) -> None:
    chance = random.Random(rounds)
    start = time.perf_counter()
    os.waitpid(stage.fork(stage.fresh()), 0)
    whole = time.perf_counter() - start
    for _ in range(rounds):
        root = stage.fresh()
        child = stage.fork(root)
        time.sleep(chance.uniform(0, whole))
        kill(child)
        stage.check_kept(root)
        if not is_through(stage, root):
            stage.run(root)
        assert contents(root) == stage.expected
        assert_no_litter(root)


@pytest.mark.parametrize("scene", [SCENES["import"], SCENES["import again"]], ids=["import", "import again"])
def test_killed_at_random_a_dozen_times(stage: Stage) -> None:
    kill_at_random(stage, 12)


@pytest.mark.nightly
@pytest.mark.parametrize("scene", [SCENES["import again"], SCENES["mv a note"]], ids=["import again", "mv"])
def test_killed_at_random_two_hundred_times(stage: Stage) -> None:
    kill_at_random(stage, 200)


def assert_no_litter(root: Path) -> None:
    """No half transaction, no text that is not in its place, no hidden file beside another."""
    for folder in (root / ".vaultkit/tx").glob("*/"):
        assert {"COMMIT", "DONE", "plan.json"} <= {path.name for path in folder.iterdir()} <= {
            "COMMIT", "DONE", "plan.json", "old",
        }  # fmt: skip
    assert not [path for path in root.rglob("*") if "tmp" in path.name]


def test_there_are_a_thousand_points_at_least(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsynced(monkeypatch)
    steps = {name: Stage(scene, tmp_path / name).steps for name, scene in SCENES.items()}
    assert sum(steps.values()) * 3 + (steps["import again"] + steps["mv a note"]) * 3 >= 1000
