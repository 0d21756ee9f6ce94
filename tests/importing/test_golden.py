"""What each format makes of its golden cases (`cases`), and what holds for all of them.

After a change of what comes out: `VAULTKIT_UPDATE_GOLDEN=1 python -m pytest tests/importing/test_golden.py`, then read
the diff, every line of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot
from tests.importing.cases import GOLDEN, Case, all_cases, do, record, told, tree
from vaultkit.errors import ExportError
from vaultkit.importing.export import Export, open_export
from vaultkit.importing.sources import SOURCES, verdict_of

CASES = all_cases()
DAMAGED = "damaged"
WITHOUT_PLACES = {"titled-text"}
"""Nothing in such a text can be damaged but what is guessed of it as a whole."""


@pytest.mark.parametrize("case", CASES, ids="/".join)
def test_a_case(case: Case, tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]) -> None:
    """A dry run writes nothing, an import writes what is expected, and another one nothing more."""
    root, exports = vault(), [Path("../exports") / path.name for path in case.exports(tmp_path / "exports")]
    before = snapshot(root)
    planned = do(case, root, exports, run_here, "--dry-run")
    assert snapshot(root) == before, f"--dry-run wrote\n{planned.err}"
    ran = do(case, root, exports, run_here)
    assert ran.code in (0, 1), ran.err
    written = snapshot(root)
    again = do(case, root, exports, run_here)
    assert again.code == ran.code, again.err
    assert snapshot(root) == written, "the second import wrote"
    assert {path for path, (_, time) in snapshot(root).items() if time != written[path][1]} == set()
    assert {note["outcome"] for note in json.loads(again.out)["notes"]} <= {"unchanged"}
    if os.environ.get("VAULTKIT_UPDATE_GOLDEN"):
        record(case, tree(root), told(ran))
        pytest.fail(f"recorded; read the diff: git diff {case.folder}")
    assert tree(root) == tree(case.folder / "expected")
    assert told(ran) == (case.folder / "report.json").read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids="/".join)
def test_its_own_format_claims_it_and_no_other(case: Case, tmp_path: Path) -> None:
    for path in case.exports(tmp_path):
        export = open_export(str(path))
        assert [name for name in SOURCES if claims(name, export)] == [case.format], path.name


def claims(name: str, export: Export) -> bool:
    try:
        return verdict_of(name, export).claimed
    except ExportError:  # not even text
        return False


@pytest.mark.parametrize("name", SOURCES)
def test_one_damaged_record_costs_itself_alone(name: str) -> None:
    """What the case makes is seen to above; here, that there is one, that good records are in it, and that the bad one
    is told with its place."""
    folder = GOLDEN / name / DAMAGED
    assert folder.is_dir(), f"tests/importing/golden/{name}/{DAMAGED}: one damaged record beside good ones"
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert len(report["ids"]) > 1
    places = [one["place"] for one in report["notices"]]
    assert places
    assert name in WITHOUT_PLACES or any(
        char.isdigit() for place in places for char in place.rpartition(":")[2] or place
    ), places


def test_every_case_is_of_a_known_format() -> None:
    assert {case.format for case in CASES} <= SOURCES.keys()


def test_formats_are_registered_under_their_names() -> None:
    assert [source.FORMAT for source in SOURCES.values()] == [*SOURCES]


def test_a_name_that_is_no_format_is_not_looked_for_among_the_modules() -> None:
    assert "os" not in SOURCES
    with pytest.raises(KeyError):
        SOURCES["os"]
