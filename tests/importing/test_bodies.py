"""Very large imports hold their entries on disk: what comes out is the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot
from tests.importing.cases import Case, do, told, tree
from vaultkit.importing import batch
from vaultkit.importing.bodies import body_of, packed, unpacked
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.shelf import Rows

CASES = [
    Case("dayone", "journals"),
    Case("dayone", "traps"),
    Case("jrnl", "text"),
    Case("dated-text", "plain"),
    Case("github-issues", "with-comments"),
]


@pytest.mark.parametrize("plain", [0, 100])
@pytest.mark.parametrize("case", CASES, ids="/".join)
def test_packed_or_not_the_notes_are_the_same(
    case: Case,
    plain: int,
    tmp_path: Path,
    vault: Callable[..., Path],
    run_here: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "PLAIN", plain)
    root, exports = vault(), [Path("../exports") / path.name for path in case.exports(tmp_path / "exports")]
    planned = do(case, root, exports, run_here, "--dry-run")
    ran = do(case, root, exports, run_here)
    assert tree(root) == tree(case.folder / "expected")
    assert told(ran) == (case.folder / "report.json").read_text("utf-8")
    assert told(planned) == told(ran)
    written = snapshot(root)
    again = do(case, root, exports, run_here)
    assert snapshot(root) == written
    assert {note["outcome"] for note in json.loads(again.out)["notes"]} <= {"unchanged"}


def test_a_packed_import_shows_its_diff_and_merges(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "PLAIN", 0)
    root, export = vault(), tmp_path / "log.txt"
    export.write_text("2024-01-31\nFog.\n\nThe lamp was lit.\n", "utf-8")
    assert "+The lamp was lit." in run_here("import", export, "--diff", "--dry-run", cwd=root).out
    assert "1  Diary/" in run_here("import", export, cwd=root).out
    note = root / "Diary/2024-01-31.md"
    note.write_text(f"{note.read_text('utf-8')}\nMine.\n", "utf-8")
    export.write_text("2024-01-31\nThick fog.\n\nThe lamp was lit.\n", "utf-8")
    assert run_here("import", export, cwd=root).code == 0
    assert note.read_text("utf-8").endswith("---\nThick fog.\n\nThe lamp was lit.\n\nMine.\n")


@pytest.mark.parametrize("body", ["", "Fog.\n", "灯台 🗼"])
def test_an_entry_that_waits_is_the_entry(body: str) -> None:
    entry = Entry(kind=Kind.DIARY, key="k", body=body, place="line 1", names=("n",), properties=(("rating", 4),))
    waits = packed(entry, Rows())
    assert body_of(waits) == body_of(entry) == body
    assert unpacked(waits) == entry
    assert (waits.body, waits.names, waits.properties) == ("", (), ())


def test_what_was_changed_while_an_entry_waits_stays_so() -> None:
    entry = Entry(kind=Kind.DIARY, key="k", body="Fog.", place="line 1")
    waits = packed(entry, Rows())
    assert unpacked(replace(waits, key="k/2", body="Thick fog.")) == replace(entry, key="k/2", body="Thick fog.")
