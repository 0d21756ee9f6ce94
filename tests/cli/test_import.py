"""`vaultkit import` as a user runs it, on real folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import snapshot, write_tree

DIARY = """Preface of the lighthouse log.

2024/03/02 (Sat.)

  • Fog until noon; compare (2023/12/31).

2024/03/01 (Fri.)

  • 灯台の鍵を替えた。 #maintenance
"""
ISSUES = [
    {
        "number": n,
        "title": f"Lamp {n}",
        "html_url": f"https://github.com/keepers/lamp/issues/{n}",
        "state": "open",
        "user": {"login": "ines"},
        "labels": [{"name": "bug"}],
        "created_at": "2024-03-01T00:00:00Z",
        "updated_at": "2024-03-01T00:00:00Z",
        "body": f"See #{3 - n} and #77.",
    }
    for n in (1, 2)
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {"log.txt": DIARY}) / "log.txt"


def imported(run, *arguments, code: int = 0) -> dict:
    ran = run("import", *arguments, "--json")
    assert ran.code == code, ran.err
    return json.loads(ran.out)


def counts(report: dict) -> dict:
    return {outcome: n for outcome, n in report["counts"].items() if n}


def test_a_diary_becomes_daily_notes(run, vault, log) -> None:
    root = vault()
    report = imported(run, log, "--vault", root)
    assert counts(report) == {"created": 3}
    assert (root / "Diary/2024-03-02.md").read_text() == (
        "---\nvaultkit-id: diary/2024-03-02\ndate: 2024-03-02\ntags:\n  - diary\n---\n"
        "- Fog until noon; compare ([[2023-12-31|2023/12/31]]).\n"
    )
    assert r"\#maintenance" in (root / "Diary/2024-03-01.md").read_text()
    assert (root / "Diary/log.md").read_text().endswith("Preface of the lighthouse log.\n")


def test_issues_link_to_each_other_and_what_leads_nowhere_is_told(run, vault, tmp_path) -> None:
    root = vault()
    export = write_tree(tmp_path, {"i.json": json.dumps(ISSUES)}) / "i.json"
    report = imported(run, export, "--vault", root)
    assert "See [[2 Lamp 2|#2]] and #77." in (root / "Issues/keepers/lamp/1 Lamp 1.md").read_text()
    assert [u["text"] for u in report["unresolved"]] == ["#77", "#77"]


def test_importing_again_writes_nothing(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    before = snapshot(root)
    assert counts(imported(run, log, "--vault", root)) == {"unchanged": 3}
    assert snapshot(root) == before


def test_a_note_the_user_edited_is_kept(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    note.write_text(note.read_text() + "My own words.\n")
    log.write_text(DIARY.replace("until noon", "until two"))
    report = imported(run, log, "--vault", root)
    assert counts(report) == {"kept": 1, "unchanged": 2}
    assert note.read_text().endswith("My own words.\n")
    assert "until noon" in note.read_text()


def test_a_note_only_the_source_changed_is_updated(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    note.write_bytes(note.read_bytes().replace(b"\n", b"\r\n"))  # as git's autocrlf does: no edit
    log.write_text(DIARY.replace("until noon", "until two"))
    assert counts(imported(run, log, "--vault", root)) == {"updated": 1, "unchanged": 2}
    assert b"until two" in note.read_bytes()
    assert note.read_bytes().count(b"\r\n") == note.read_bytes().count(b"\n")


def test_a_moved_note_is_found_by_its_id_and_stays_where_it_is(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    (root / "Archive").mkdir()
    shutil.move(root / "Diary/2024-03-02.md", root / "Archive/Fog.md")
    log.write_text(DIARY.replace("until noon", "until two"))
    assert counts(imported(run, log, "--vault", root)) == {"updated": 1, "unchanged": 2}
    assert "until two" in (root / "Archive/Fog.md").read_text()
    assert not (root / "Diary/2024-03-02.md").exists()


def test_a_deleted_note_stays_deleted_until_the_user_brings_it_back(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    text = note.read_text()
    note.unlink()
    for _ in range(2):
        assert counts(imported(run, log, "--vault", root)) == {"deleted": 1, "unchanged": 2}
        assert not note.exists()
    note.write_text(text)
    assert counts(imported(run, log, "--vault", root)) == {"unchanged": 3}


def test_a_note_without_its_id_is_no_longer_followed(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    note.write_text(note.read_text().replace("vaultkit-id: diary/2024-03-02\n", ""))
    before = note.read_text()
    log.write_text(DIARY.replace("until noon", "until two"))
    for _ in range(2):
        assert counts(imported(run, log, "--vault", root)) == {"kept": 1, "unchanged": 2}
    assert note.read_text() == before


def test_a_lost_ledger_costs_nothing(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    note.write_text(note.read_text() + "My own words.\n")
    shutil.rmtree(root / ".vaultkit")
    assert counts(imported(run, log, "--vault", root)) == {"kept": 1, "unchanged": 2}
    assert note.read_text().endswith("My own words.\n")


def test_two_notes_with_one_id_are_told_and_the_recorded_one_counts(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    shutil.copy(root / "Diary/2024-03-02.md", root / "Diary/2024-03-02 1.md")
    log.write_text(DIARY.replace("until noon", "until two"))
    report = imported(run, log, "--vault", root)
    assert any("share the vaultkit-id diary/2024-03-02" in n["message"] for n in report["notices"])
    assert "until two" in (root / "Diary/2024-03-02.md").read_text()
    assert "until noon" in (root / "Diary/2024-03-02 1.md").read_text()


def test_another_diary_with_the_same_day_is_another_note(run, vault, log, tmp_path) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    other = write_tree(tmp_path, {"ship.txt": "2024/03/02\n\nAll sails set.\n\n2024/03/03\n\nCalm.\n"}) / "ship.txt"
    assert counts(imported(run, other, "--vault", root)) == {"created": 2}
    assert "Fog" in (root / "Diary/2024-03-02.md").read_text()
    assert "All sails" in (root / "Diary/2024-03-02 (diary).md").read_text()
    assert counts(imported(run, log, other, "--vault", root)) == {"unchanged": 5}


def test_the_same_export_under_another_name_is_the_same_diary(run, vault, log, tmp_path) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    grown = "2024/03/04\n\n  • Wind.\n\n" + DIARY
    later = write_tree(tmp_path, {"log-april.txt": grown}) / "log-april.txt"
    report = imported(run, later, "--vault", root)
    assert counts(report)["created"] <= 2  # the new day; the preface now stands elsewhere
    assert counts(report)["unchanged"] >= 2


def test_a_dry_run_writes_nothing(run, vault, log) -> None:
    root = vault()
    before = snapshot(root)
    ran = run("import", log, "--vault", root, "--dry-run")
    assert ran.code == 0
    assert "A  Diary/2024-03-02.md" in ran.out
    assert snapshot(root) == before


def test_one_bad_record_does_not_stop_the_run(run, vault, tmp_path) -> None:
    root = vault()
    bad = [ISSUES[0], {"number": "x", "title": None, "html_url": 3}, ISSUES[1]]
    export = write_tree(tmp_path, {"i.json": json.dumps(bad)}) / "i.json"
    report = imported(run, export, "--vault", root, code=1)
    assert counts(report) == {"created": 2}
    assert any(n["kind"] == "failed" and "issues[1]" in n["place"] for n in report["notices"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp"])
def test_encodings_are_read(run, vault, tmp_path, encoding: str) -> None:
    root = vault()
    text = "2024年3月2日\n\n灯台の鍵を替えた。霧が深く、船は一隻も見えなかった。\n\n2024年3月1日\n\n晴れ。\n"
    export = write_tree(tmp_path, {"a.txt": text.encode(encoding)}) / "a.txt"
    imported(run, export, "--vault", root)
    assert "灯台の鍵を替えた。霧が深く、" in (root / "Diary/2024-03-02.md").read_text("utf-8")


def test_a_plan_is_written_edited_and_obeyed(run, vault, tmp_path) -> None:
    root = vault()
    text = "Log of the keeper\n\nFirst night\n\nNothing to see.\n\nSecond night\n\nA ship passed.\n"
    write_tree(tmp_path, {"k.txt": text})
    plan = tmp_path / "plan.yaml"
    ran = run("import", tmp_path / "k.txt", "--vault", root, "--plan", plan)
    assert ran.code == 0, ran.err
    assert not (root / "Diary").exists()
    written = plan.read_text()
    edited = written.replace("line: 7\n    title: true", "line: 7\n    title: false")
    assert edited != written
    plan.write_text(edited)
    report = imported(run, tmp_path / "k.txt", "--vault", root, "--plan", plan)
    assert counts(report) == {"created": 1}
    assert "A ship passed." in next((root / "Diary").glob("*.md")).read_text()


def test_the_summary_is_for_people_and_safe_on_a_terminal(run, vault, tmp_path) -> None:
    root = vault()
    export = (
        write_tree(tmp_path, {"a.txt": "2024/03/02 (Mon.) evil\x1b]0;x\x07\n\nText.\n\n2024/03/01\n\nMore.\n"})
        / "a.txt"
    )
    ran = run("import", export, "--vault", root)
    assert "2 created" in ran.out
    assert "\x1b" not in ran.out + ran.err
