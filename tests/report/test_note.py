"""The report of an import as a note: it holds all there is to tell, and lints clean."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import write_tree
from tests.scenes import APP, contents, unsynced
from vaultkit.cli import run
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.ledger import Record
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.run import ImportReport
from vaultkit.report.note import is_worth_a_note, render_note

HOSTILE = "[[Gone]] #tag <% tp %> ```\n~~~\n---\n# H\n%% vaultkit: ignore x %%"


def noted(id_: str, path: str, outcome: Outcome, why: str = "") -> PlannedNote:
    return PlannedNote(id_, path, outcome, b"", Record(id_, path, ()), why=why)


REPORT = ImportReport(
    (
        noted("diary/1", "Diary/1.md", Outcome.CREATED),
        noted("diary/2", "Diary/2.md", Outcome.KEPT, "you edited it"),
        noted("diary/3", "Diary/3.md", Outcome.DELETED, "you deleted it"),
    ),
    (
        Notice(NoticeKind.FAILED, "log.txt: line 3", f"is damaged: {HOSTILE}"),
        Notice(NoticeKind.REFUSED, "log.txt", "--complete: there is nothing in it"),
        Notice(NoticeKind.UNPLACED, "log.txt: line 9", "stands before the first date", HOSTILE),
    ),
    (Unresolved("diary/1", "#77", ""), Unresolved("diary/2", "#77", ""), Unresolved("diary/1", "`x`", "")),
)


def test_all_there_is_to_tell() -> None:
    text = render_note(dt.date(2026, 11, 22), [("log", REPORT, ""), ("papers", ImportReport(), "no file fits")])
    assert text.startswith("---\ndate: 2026-11-22\n---\n## log\n\n1 created, 1 kept, 1 deleted.\n")
    for part in (
        "\n### Notes that need a look (1)\n\n- deleted: Diary/3.md (you deleted it)\n",
        "\n### Could not be read or written (1)\n\n- log.txt: line 3: is damaged: ",
        "\n### Was not done (1)\n\n- log.txt: --complete: there is nothing in it\n",
        "\n- log.txt: line 9: stands before the first date\n\n  ````text\n  [[Gone]] #tag <% tp %> ```\n",
        "\n- `#77` in [[Diary/1]], [[Diary/2]]\n- `` `x` `` in [[Diary/1]]\n",
        "\n## papers\n\nNothing was imported: no file fits\n",
    ):
        assert part in text


def test_text_of_an_export_has_no_effect_in_the_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = render_note(dt.date(2026, 11, 22), [(HOSTILE, REPORT, ""), ("b", REPORT, HOSTILE)])
    write_tree(tmp_path, {**APP, "R.md": text, "Diary/1.md": "", "Diary/2.md": ""})
    assert run(["inspect", str(tmp_path / "R.md"), "--json"]) == 0
    seen = capsys.readouterr().out
    assert '"Gone"' not in seen
    assert '"tag"' not in seen
    assert run(["lint", str(tmp_path / "R.md")]) == 0, capsys.readouterr().out


def test_that_nothing_changed_is_no_news() -> None:
    assert not is_worth_a_note(ImportReport((noted("diary/1", "Diary/1.md", Outcome.UNCHANGED),)))
    assert is_worth_a_note(REPORT)


def test_the_note_is_part_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unsynced(monkeypatch)
    config = "sources:\n  log: {path: ../log.txt}\n"
    write_tree(tmp_path, {"log.txt": "A preface.\n\n2024/03/01\n\nThe first.\n\n2024/03/02\n\nThe second.\n"})
    root = write_tree(tmp_path / "vault", {**APP, "vaultkit.yaml": config})
    start = contents(root)
    for command, name in ((["sync"], "sync"), (["import", str(tmp_path / "log.txt"), "--source", "x"], "x")):
        assert run([*command, "--vault", str(root), "--report"]) == 0
        (note,) = root.glob("Imports/*.md")
        assert note.name == f"{dt.date.today().isoformat()} {name}.md"
        assert f"the report is the note Imports/{note.name}" in capsys.readouterr().out
        assert "3 created." in note.read_text()
        assert run(["lint", str(note)]) == 0
        before = contents(root)
        assert run([*command, "--vault", str(root), "--report"]) == 0
        assert contents(root) == before
        assert run(["undo", "--vault", str(root)]) == 0
        assert {p: d for p, d in contents(root).items() if not p.startswith(".vaultkit/")} == start
