"""Importing again: every row of the table of decisions, and what is settled afterwards, through the command line."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot, write_tree
from tests.scenes import SCENES, Stage
from vaultkit.vault import disk

DAYS = {
    "2024/03/01": "The lamp was cleaned.",
    "2024/03/02": "Fog until noon, then a light breeze from the west.\n\nTwo ships passed; neither of them signalled.",
    "2024/03/03": "Mended the stairs.",
    "2024/03/04": "Oil came by boat.",
    "2024/03/05": "Storm.",
    "2024/03/06": "Quiet.",
}
NOTE = "Diary/2024-03-02.md"
ID = "diary/2024-03-02"


def diary(days: dict[str, str]) -> str:
    return "".join(f"{day}\n\n{text}\n\n" for day, text in days.items())


class Keeper:
    """A vault, a diary that is imported into it, and the command line."""

    def __init__(self, folder: Path, run: Callable[..., Ran]) -> None:
        self.root = write_tree(folder / "vault", {".obsidian/app.json": "{}"})
        self.log = folder / "log.txt"
        self.days = dict(DAYS)
        self._run = run

    @property
    def note(self) -> Path:
        return self.root / NOTE

    def vaultkit(self, *arguments: object, code: int = 0) -> str:
        ran = self._run(*arguments, cwd=self.root)
        assert ran.code == code, ran.out + ran.err
        return ran.out + ran.err

    def imports(self, *options: str, code: int = 0) -> dict:
        self.log.write_text(diary(self.days))
        return json.loads(self.vaultkit("import", self.log, "--json", *options, code=code))

    def told(self, *options: str) -> list[str]:
        """The lines of a dry run that tell of notes."""
        self.log.write_text(diary(self.days))
        return self.vaultkit("import", self.log, "--dry-run", *options).splitlines()[1:]

    def source(self, old: str, new: str, day: str = "2024/03/02") -> None:
        assert old in self.days[day]
        self.days[day] = self.days[day].replace(old, new)

    def edit(self, old: str, new: str, path: str = NOTE) -> None:
        text = (self.root / path).read_text()
        assert old in text
        (self.root / path).write_text(text.replace(old, new))

    def state(self, id_: str = ID) -> str:
        lines = (self.root / ".vaultkit/sources/diary.jsonl").read_text().splitlines()[1:]
        return next(json.loads(line).get("state", "live") for line in lines if json.loads(line)["id"] == id_)

    def open(self) -> list[dict]:
        return [json.loads(path.read_bytes()) for path in sorted((self.root / ".vaultkit/conflicts").glob("*.json"))]

    def settled(self) -> None:
        """Importing the same again writes nothing: not a byte, nor the time of a file."""
        before = snapshot(self.root)
        report = self.imports()
        assert not report["changes"], [note for note in report["notes"] if note["status"] != "  "]
        assert snapshot(self.root) == before


def counts(report: dict) -> dict:
    return {outcome: n for outcome, n in report["counts"].items() if n and outcome != "unchanged"}


@pytest.fixture
def run(run_here: Callable[..., Ran]) -> Callable[..., Ran]:
    """The command line, run in the folder `cwd`."""
    return run_here


@pytest.fixture
def keeper(tmp_path: Path, run: Callable[..., Ran]) -> Keeper:
    """Everything is imported once."""
    made = Keeper(tmp_path, run)
    assert counts(made.imports()) == {"created": 6}
    return made


# -- the table ---------------------------------------------------------------------------------------


def test_new_and_the_name_is_taken(keeper: Keeper) -> None:
    keeper.days["2024/03/07"] = "A new day."
    write_tree(keeper.root, {"Diary/2024-03-07.md": "My own.\n"})
    (line,) = keeper.told()
    assert line.startswith("A  Diary/2024-03-07 (")
    assert counts(keeper.imports()) == {"created": 1}
    assert (keeper.root / "Diary/2024-03-07.md").read_text() == "My own.\n"
    assert "A new day." in (keeper.root / line[3:]).read_text()
    keeper.settled()


def test_the_source_says_what_it_said(keeper: Keeper) -> None:
    assert keeper.told() == []
    keeper.settled()


def test_edited_by_the_user_only(keeper: Keeper) -> None:
    keeper.edit("Fog", "Thick fog")
    assert keeper.told() == [f" M {NOTE}  (you edited it)"]
    assert counts(keeper.imports()) == {"kept": 1}
    assert "Thick fog" in keeper.note.read_text()
    keeper.settled()


def test_changed_by_the_source_only(keeper: Keeper) -> None:
    keeper.source("noon", "two")
    others = {path: seen for path, seen in snapshot(keeper.root).items() if path.startswith("Diary/") and path != NOTE}
    assert keeper.told() == [f"M  {NOTE}"]
    assert counts(keeper.imports()) == {"updated": 1}
    assert "Fog until two" in keeper.note.read_text()
    assert {path: seen for path, seen in snapshot(keeper.root).items() if path in others} == others
    keeper.settled()


def test_changed_by_both_in_different_places(keeper: Keeper) -> None:
    keeper.edit("neither of them", "none of them")
    keeper.edit("tags:", "mood: calm # mine\ntags:")
    keeper.note.write_text(keeper.note.read_text() + "\nMy own words.\n")
    keeper.source("noon", "two")
    keeper.source("Fog", "Dense fog")
    assert keeper.told() == [f"MM {NOTE}  (you and the source changed it)"]
    assert counts(keeper.imports()) == {"merged": 1}
    text = keeper.note.read_text()
    for words in ("Dense fog until two", "none of them", "mood: calm # mine\n", "\nMy own words.\n"):
        assert words in text
    assert keeper.open() == []
    keeper.settled()
    keeper.source("breeze", "gale")  # what comes next is merged with what came last
    assert counts(keeper.imports()) == {"merged": 1}
    assert keeper.note.read_text() == text.replace("breeze", "gale")


def test_both_made_the_same_change(keeper: Keeper) -> None:
    keeper.edit("noon", "two")
    keeper.source("noon", "two")
    keeper.edit("signalled.", "signalled. I waved.")
    before = keeper.note.read_bytes()
    assert counts(keeper.imports()) == {"kept": 1}
    assert keeper.note.read_bytes() == before
    keeper.settled()


def conflict(keeper: Keeper) -> str:
    """Both rewrote one sentence; the id of the conflict."""
    keeper.edit("until noon", "until eleven")
    keeper.source("until noon", "until two")
    assert counts(keeper.imports()) == {"conflict": 1}
    (found,) = keeper.open()
    return found["conflicts"][0]["id"]


def test_changed_by_both_in_one_place(keeper: Keeper) -> None:
    keeper.edit("until noon", "until eleven")
    keeper.source("until noon", "until two")
    assert keeper.told() == [f"UU {NOTE}  (you and the source changed the same)"]
    summary = keeper.vaultkit("import", keeper.log)
    assert "1 conflict" in summary
    assert f"  {NOTE}\n" in summary
    assert "vaultkit resolve-conflict NOTE" in summary
    text = keeper.note.read_text()
    assert "Fog until eleven" in text
    assert text.count("[!vaultkit-conflict]- diary log.txt: the source changed this passage (vk-") == 1
    assert "> Fog until two" in text
    keeper.settled()
    (found,) = keeper.open()
    assert found["id"] == ID
    assert found["conflicts"][0]["theirs"].startswith("Fog until two")
    out = keeper.vaultkit("status", code=1)
    assert f"{NOTE}:{text[: text.index('> [!')].count(chr(10)) + 1}  {found['conflicts'][0]['id']}" in out
    keeper.source("Two ships", "Three ships")  # another change does not bring the same conflict again
    assert counts(keeper.imports()) == {"merged": 1}
    assert keeper.note.read_text() == text.replace("Two ships", "Three ships")
    assert len(keeper.open()) == 1


def test_a_property_changed_by_both(keeper: Keeper, tmp_path: Path) -> None:
    write = lambda state: (tmp_path / "i.json").write_text(json.dumps([issue(state)]))  # noqa: E731
    write("open")
    path = "Issues/keepers/lamp/1 Lamp.md"
    keeper.vaultkit("import", tmp_path / "i.json")
    keeper.edit("state: open", "state: waiting # mine", path)
    write("closed")
    assert "1 conflict" in keeper.vaultkit("import", tmp_path / "i.json")
    assert "state: waiting # mine\n" in (keeper.root / path).read_text()
    assert "vaultkit-conflict" not in (keeper.root / path).read_text()
    out = keeper.vaultkit("status", code=1)
    assert "property `state`; you: state: waiting # mine; the source: state: closed" in out
    before = snapshot(keeper.root)
    assert "conflict" not in keeper.vaultkit("import", tmp_path / "i.json")
    assert snapshot(keeper.root) == before
    keeper.vaultkit("resolve-conflict", path, "--theirs")
    assert "state: closed\n" in (keeper.root / path).read_text()
    assert keeper.open() == []
    keeper.vaultkit("undo")
    assert "state: waiting # mine\n" in (keeper.root / path).read_text()
    assert len(keeper.open()) == 1
    keeper.edit("state: waiting # mine", "state: done", path)  # that settles it, too
    assert keeper.vaultkit("status") == "nothing is open\n"
    keeper.vaultkit("import", tmp_path / "i.json")
    assert keeper.open() == []


def issue(state: str) -> dict:
    return {
        "number": 1,
        "title": "Lamp",
        "html_url": "https://github.com/keepers/lamp/issues/1",
        "state": state,
        "user": {"login": "ines"},
        "labels": [],
        "created_at": "2024-03-01T00:00:00Z",
        "updated_at": "2024-03-01T00:00:00Z",
        "body": "It flickers.",
    }


def test_a_later_word_of_the_source_takes_the_place_of_the_earlier(keeper: Keeper, tmp_path: Path) -> None:
    path = "Issues/keepers/lamp/1 Lamp.md"
    for state in ("open", "closed", "reopened", "mine"):
        (tmp_path / "i.json").write_text(json.dumps([issue(state)]))
        keeper.vaultkit("import", tmp_path / "i.json")
        if state == "open":
            keeper.edit("state: open", "state: mine", path)
        theirs = [one["theirs"] for found in keeper.open() for one in found["conflicts"]]
        assert theirs == {"open": [], "mine": []}.get(state, [f"state: {state}\n"])


def test_moved_and_renamed_by_the_user(keeper: Keeper) -> None:
    moved = "Archive/Fog.md"
    (keeper.root / "Archive").mkdir()
    shutil.move(keeper.note, keeper.root / moved)
    assert keeper.told() == [f"R  {moved}  (was {NOTE})"]
    keeper.source("noon", "two")
    assert keeper.told() == [f"R  {moved}  (was {NOTE})"]
    assert counts(keeper.imports()) == {"updated": 1}
    assert "until two" in (keeper.root / moved).read_text()
    assert not keeper.note.exists()
    keeper.settled()
    keeper.source("two", "three")
    assert keeper.told() == [f"M  {moved}"]


def test_deleted_by_the_user_and_brought_back(keeper: Keeper) -> None:
    text = keeper.note.read_text()
    keeper.note.unlink()
    keeper.source("noon", "two")
    assert keeper.told() == [f" D {NOTE}  (you deleted it)"]
    for _ in range(2):
        assert counts(keeper.imports()) == {"deleted": 1}
        assert not keeper.note.exists()
    assert f"{NOTE}  {ID}" in keeper.vaultkit("status")
    assert keeper.vaultkit("restore", ID) == f"restored: {NOTE}\n"
    assert keeper.note.read_text() == text
    assert "is not deleted" in keeper.vaultkit("restore", ID, code=2)
    assert keeper.vaultkit("status") == "nothing is open\n"
    assert counts(keeper.imports()) == {"updated": 1}
    assert "until two" in keeper.note.read_text()


def test_deleted_by_the_user_and_put_back_by_hand(keeper: Keeper) -> None:
    text = keeper.note.read_text()
    keeper.note.unlink()
    keeper.imports()
    assert keeper.state() == "deleted"
    keeper.note.write_text(text)
    assert counts(keeper.imports()) == {}
    assert keeper.state() == "live"


def test_restored_beside_a_note_that_took_its_place(keeper: Keeper) -> None:
    keeper.note.unlink()
    keeper.imports()
    keeper.note.write_text("My own.\n")
    keeper.vaultkit("undo", code=0)  # of the import that noticed it
    assert "its id was taken away" in keeper.vaultkit("restore", NOTE, code=2)
    keeper.note.unlink()
    keeper.imports()
    write_tree(keeper.root, {NOTE: "---\nvaultkit-id: diary/other\n---\nAnother.\n"})
    assert keeper.vaultkit("restore", ID) == "restored: Diary/2024-03-02 2.md\n"
    assert "Another." in keeper.note.read_text()
    assert keeper.vaultkit("undo").startswith(f"undone: `vaultkit restore {ID}`")
    assert not (keeper.root / "Diary/2024-03-02 2.md").exists()
    assert keeper.state() == "deleted"


def test_a_text_that_is_not_stored_any_more_comes_back_with_the_next_import(keeper: Keeper) -> None:
    keeper.note.unlink()
    keeper.imports()
    shutil.rmtree(keeper.root / ".vaultkit/base")
    assert "the next import" in keeper.vaultkit("restore", ID)
    assert counts(keeper.imports()) == {"created": 1}
    assert keeper.note.is_file()


def test_restore_of_what_never_was(keeper: Keeper) -> None:
    assert "no imported note has this id" in keeper.vaultkit("restore", "diary/1999-01-01", code=2)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_note_that_cannot_be_read_was_not_deleted(keeper: Keeper) -> None:
    keeper.note.unlink()
    keeper.note.symlink_to(keeper.note.name)  # a link to itself: there, and not to be read, by nobody
    keeper.source("noon", "two")
    before = snapshot(keeper.root)
    out = keeper.vaultkit("import", keeper.log, code=1)
    assert f"  failed  {NOTE}  (it cannot be read" in out
    assert keeper.state() == "live"
    assert NOTE not in keeper.vaultkit("status")
    assert {p: s for p, s in snapshot(keeper.root).items() if p.startswith("Diary/")} == {
        p: s for p, s in before.items() if p.startswith("Diary/")
    }
    keeper.note.unlink()
    assert counts(keeper.imports()) == {"deleted": 1}


def test_gone_from_the_source(keeper: Keeper) -> None:
    del keeper.days["2024/03/02"]
    before = keeper.note.read_bytes()
    assert keeper.told() == []  # an export is partial unless somebody says it is complete
    keeper.settled()
    assert keeper.told("--complete") == [f"D  {NOTE}  (the source has it no more; to .trash/2024-03-02.md)"]
    write_tree(keeper.root, {".trash/2024-03-02.md": "older"})
    assert counts(keeper.imports("--complete")) == {"trashed": 1}
    assert not keeper.note.exists()
    assert (keeper.root / ".trash/2024-03-02 2.md").read_bytes() == before
    assert keeper.state() == "gone"
    keeper.settled()
    keeper.days["2024/03/02"] = DAYS["2024/03/02"]
    assert keeper.told() == [f"A  {NOTE}  (the source has it again)"]
    assert counts(keeper.imports()) == {"created": 1}
    assert keeper.note.read_bytes() == before
    keeper.settled()


def test_gone_from_the_source_is_undone(keeper: Keeper) -> None:
    del keeper.days["2024/03/02"]
    before = keeper.note.read_bytes()
    keeper.imports("--complete")
    keeper.vaultkit("undo")
    assert keeper.note.read_bytes() == before
    assert not (keeper.root / ".trash").exists()
    assert keeper.state() == "live"
    keeper.imports("--complete")
    assert keeper.vaultkit("restore", ID) == f"restored: {NOTE}\n"
    assert keeper.note.read_bytes() == before


def test_gone_from_the_source_and_edited(keeper: Keeper) -> None:
    del keeper.days["2024/03/02"]
    keeper.edit("Fog", "Thick fog")
    why = "(the source has it no more; you edited it, so it stays)"
    assert keeper.told("--complete") == [f"DU {NOTE}  {why}"]
    assert counts(keeper.imports("--complete")) == {"orphaned": 1}
    assert "Thick fog" in keeper.note.read_text()
    assert keeper.state() == "orphan"
    assert "Gone from the source" in keeper.vaultkit("status")
    keeper.days["2024/03/02"] = DAYS["2024/03/02"]
    assert counts(keeper.imports()) == {"kept": 1}
    assert keeper.state() == "live"


def test_deleted_by_the_user_and_gone_from_the_source(keeper: Keeper) -> None:
    keeper.note.unlink()
    keeper.imports()
    day = keeper.days.pop("2024/03/02")
    assert counts(keeper.imports("--complete")) == {}
    keeper.days["2024/03/02"] = day
    assert counts(keeper.imports()) == {"deleted": 1}  # it was the user who deleted it


def test_two_notes_with_one_id(keeper: Keeper) -> None:
    copy = "Archive/Copy.md"  # sorts before the original
    write_tree(keeper.root, {copy: keeper.note.read_bytes()})
    keeper.source("noon", "two")
    assert keeper.told()[:2] == [f"M  {NOTE}", f"?? {copy}  (has the vaultkit-id of {NOTE})"]
    report = keeper.imports()
    assert report["twins"] == [{"id": ID, "path": copy, "followed": NOTE}]
    assert "until two" in keeper.note.read_text()
    assert "until noon" in (keeper.root / copy).read_text()
    assert copy in keeper.vaultkit("status")


def test_the_id_was_removed(keeper: Keeper) -> None:
    keeper.edit(f"vaultkit-id: {ID}\n", "")
    before = keeper.note.read_bytes()
    keeper.source("noon", "two")
    assert keeper.told() == [f" X {NOTE}  (its id was removed: not followed)"]
    for _ in range(2):
        assert counts(keeper.imports()) == {"detached": 1}
        assert keeper.note.read_bytes() == before
    assert "their id was taken away (1)" in keeper.vaultkit("status")
    keeper.note.unlink()  # nor is it made again
    assert counts(keeper.imports()) == {"detached": 1}
    assert not keeper.note.exists()


def test_the_text_that_was_imported_last_is_lost(keeper: Keeper) -> None:
    shutil.rmtree(keeper.root / ".vaultkit/base")
    keeper.edit("until noon", "until eleven")
    keeper.source("until noon", "until two")
    before = keeper.note.read_bytes()
    (line,) = keeper.told()
    assert line.startswith(f"U? {NOTE}  (")
    assert counts(keeper.imports()) == {"proposed": 1}
    assert keeper.note.read_bytes() == before
    (found,) = keeper.open()
    assert "Fog until two" in found["proposal"]
    assert NOTE in keeper.vaultkit("status", code=1)
    keeper.settled()
    assert "+Fog until two" in keeper.vaultkit("resolve-conflict", NOTE, "--theirs", "--diff")
    assert keeper.note.read_bytes() == before
    assert "--mine or --theirs" in keeper.vaultkit("resolve-conflict", NOTE, "--both", code=2)
    keeper.vaultkit("resolve-conflict", NOTE, "--mine")
    assert keeper.open() == []
    assert keeper.note.read_bytes() == before
    keeper.vaultkit("undo")
    keeper.vaultkit("resolve-conflict", NOTE, "--theirs")
    assert "Fog until two" in keeper.note.read_text()
    assert keeper.open() == []
    keeper.settled()


def test_the_ledger_is_lost(keeper: Keeper) -> None:
    keeper.edit("Fog", "Thick fog", NOTE)
    keeper.note.rename(keeper.root / "Moved.md")
    (keeper.root / ".vaultkit/sources/diary.jsonl").unlink()
    keeper.source("Storm.", "Storm, and hail.", "2024/03/05")
    report = keeper.imports()
    assert counts(report) == {"updated": 1, "proposed": 1}  # an edited note counts as edited, no more is known
    assert "Thick fog" in (keeper.root / "Moved.md").read_text()
    assert "hail" in (keeper.root / "Diary/2024-03-05.md").read_text()
    assert not keeper.note.exists()
    keeper.settled()


def test_all_records_are_lost(keeper: Keeper) -> None:
    shutil.rmtree(keeper.root / ".vaultkit")
    keeper.note.write_text(keeper.note.read_text() + "\nMy own words.\n")
    assert counts(keeper.imports()) == {"kept": 1}  # it has all that the source says
    keeper.source("noon", "two")
    assert counts(keeper.imports()) == {"merged": 1}
    assert "until two" in keeper.note.read_text()
    assert "My own words." in keeper.note.read_text()


def test_a_ledger_of_a_newer_vaultkit(keeper: Keeper) -> None:
    ledger = keeper.root / ".vaultkit/sources/diary.jsonl"
    ledger.write_text(ledger.read_text().replace('"version": 1', '"version": 99'))
    before = snapshot(keeper.root)
    assert "newer vaultkit" in keeper.vaultkit("import", keeper.log, code=3)
    assert snapshot(keeper.root) == before


@pytest.mark.parametrize("left", [["2024/03/01", "2024/03/02", "2024/03/03", "2024/03/04"], []], ids=["two", "all"])
def test_an_export_that_shrank(keeper: Keeper, left: list[str]) -> None:
    keeper.days = {day: DAYS[day] for day in left} or {"1999/01/01": "x"}
    before = {path for path in snapshot(keeper.root) if path.startswith("Diary/")}
    report = keeper.imports("--complete", code=1)
    assert "trashed" not in counts(report)
    assert before <= snapshot(keeper.root).keys()
    (told,) = [notice["message"] for notice in report["notices"] if notice["kind"] == "refused"]
    assert "--allow-mass-delete" in told
    assert counts(keeper.imports("--complete", "--allow-mass-delete")) == {"trashed": 6 - len(left)}


def test_an_export_with_nothing_in_it(keeper: Keeper, tmp_path: Path) -> None:
    (tmp_path / "i.json").write_text(json.dumps([issue("open")]))
    keeper.vaultkit("import", tmp_path / "i.json")
    (tmp_path / "i.json").write_text("[]")
    ran = keeper.vaultkit("import", tmp_path / "i.json", "--complete", "--format", "github-issues", code=1)
    assert "there is nothing in it" in ran
    assert list((keeper.root / "Issues").rglob("*.md"))


def test_what_comes_from_elsewhere_is_not_missing(keeper: Keeper, tmp_path: Path) -> None:
    other = write_tree(tmp_path, {"ship.txt": "2023/01/01\n\nAll sails set.\n\n2023/01/02\n\nCalm.\n"}) / "ship.txt"
    keeper.vaultkit("import", other)
    (tmp_path / "i.json").write_text(json.dumps([issue("open")]))
    keeper.vaultkit("import", tmp_path / "i.json")
    del keeper.days["2024/03/02"]
    assert counts(keeper.imports("--complete")) == {"trashed": 1}
    later = tmp_path / "later.txt"  # the same diary under another name
    del keeper.days["2024/03/03"]
    later.write_text(diary(keeper.days))
    assert "1 trashed" in keeper.vaultkit("import", later, "--complete")


def test_a_record_that_cannot_be_read_is_no_deletion(keeper: Keeper, tmp_path: Path) -> None:
    issues = [{**issue("open"), "number": n, "html_url": issue("open")["html_url"][:-1] + str(n)} for n in range(1, 8)]
    (tmp_path / "i.json").write_text(json.dumps(issues))
    keeper.vaultkit("import", tmp_path / "i.json")
    (tmp_path / "i.json").write_text(json.dumps([{"number": "x", "html_url": 3}, *issues[1:]]))
    out = keeper.vaultkit("import", tmp_path / "i.json", "--complete", code=1)
    assert "some records could not be read" in out
    assert len(list((keeper.root / "Issues").rglob("*.md"))) == 7
    (tmp_path / "i.json").write_text(json.dumps(issues[1:]))
    assert "pull requests are skipped" in keeper.vaultkit(
        "import", tmp_path / "i.json", "--complete", "--pull-requests", "skip", code=1
    )
    assert "1 trashed" in keeper.vaultkit("import", tmp_path / "i.json", "--complete")


def test_properties_that_the_user_broke(keeper: Keeper) -> None:
    keeper.edit("date:", "title: foo: bar\ndate:")
    assert counts(keeper.imports()) == {"kept": 1}
    keeper.source("noon", "two")
    head = keeper.note.read_text().split("---\n")[1]
    assert counts(keeper.imports()) == {"merged": 1}
    assert keeper.note.read_text().split("---\n")[1] == head
    assert "until two" in keeper.note.read_text()


def test_what_an_export_leaves_out_is_merged_too(keeper: Keeper, tmp_path: Path) -> None:
    """A list without comments, after one that had them: neither the comments nor words of the user in them go."""
    comment = {
        "id": 7,
        "issue_url": "https://api.github.com/repos/keepers/lamp/issues/1",
        "html_url": "https://github.com/keepers/lamp/issues/1#issuecomment-7",
        "user": {"login": "bo"},
        "created_at": "2024-03-02T00:00:00Z",
        "body": "A remark.",
    }
    path = "Issues/keepers/lamp/1 Lamp.md"
    lamp = {**issue("open"), "comments": 1}
    write_tree(tmp_path, {"i.json": json.dumps([lamp]), "c.json": json.dumps([comment])})
    keeper.vaultkit("import", tmp_path / "i.json", tmp_path / "c.json")
    keeper.edit("A remark.", "A remark, and a wise one.", path)
    write_tree(tmp_path, {"i.json": json.dumps([{**lamp, "body": "It flickers at dusk."}])})
    assert "1 merged" in keeper.vaultkit("import", tmp_path / "i.json")
    text = (keeper.root / path).read_text()
    assert "It flickers at dusk." in text
    assert "A remark, and a wise one." in text
    assert "1 kept" in keeper.vaultkit("import", tmp_path / "i.json")
    assert (keeper.root / path).read_text() == text


# -- settling ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "has", "has_not"),
    [
        ("--mine", ["until eleven"], ["until two", "vaultkit-conflict"]),
        ("--theirs", ["until two"], ["until eleven", "vaultkit-conflict"]),
        ("--both", ["until eleven", "until two"], ["vaultkit-conflict"]),
    ],
)
@pytest.mark.parametrize("by_id", [False, True], ids=["all", "one"])
def test_a_conflict_is_settled(keeper: Keeper, choice: str, has: list[str], has_not: list[str], by_id: bool) -> None:
    id_ = conflict(keeper)
    before = {path: data for path, (data, _) in snapshot(keeper.root).items() if "/tx/" not in path}
    out = keeper.vaultkit("resolve-conflict", keeper.note, choice, *(["--id", id_] if by_id else []))
    assert out.startswith(f"settled: {NOTE}")
    text = keeper.note.read_text()
    assert all(words in text for words in has)
    assert not any(words in text for words in has_not)
    assert keeper.open() == []
    assert keeper.vaultkit("status") == "nothing is open\n"
    settled = keeper.note.read_bytes()
    keeper.settled()
    assert keeper.note.read_bytes() == settled
    keeper.vaultkit("undo")
    assert {path: data for path, (data, _) in snapshot(keeper.root).items() if "/tx/" not in path} == before


def test_a_conflict_is_settled_in_a_copy(keeper: Keeper) -> None:
    conflict(keeper)
    write_tree(keeper.root, {"Copy.md": keeper.note.read_bytes()})
    keeper.vaultkit("resolve-conflict", "Copy.md", "--mine")
    assert "vaultkit-conflict" not in (keeper.root / "Copy.md").read_text()
    keeper.vaultkit("resolve-conflict", keeper.note, "--theirs")  # what is recorded of the note itself is still there
    assert "Fog until two" in keeper.note.read_text()


def test_a_conflict_is_settled_by_hand(keeper: Keeper) -> None:
    conflict(keeper)
    text = keeper.note.read_text()
    start = text.index("> [!vaultkit-conflict]")
    end = text.index("\n\n", start) + 2
    keeper.note.write_text(text[:start] + text[end:])
    assert keeper.vaultkit("status") == "nothing is open\n"
    keeper.imports()
    assert keeper.open() == []
    keeper.settled()
    assert "vaultkit-conflict" not in keeper.note.read_text()


def test_the_import_that_met_a_conflict_is_taken_back(keeper: Keeper) -> None:
    keeper.edit("until noon", "until eleven")
    before = {path: data for path, (data, _) in snapshot(keeper.root).items() if "/tx/" not in path}
    keeper.source("until noon", "until two")
    keeper.imports()
    assert keeper.open()
    keeper.vaultkit("undo")
    after = {path: data for path, (data, _) in snapshot(keeper.root).items() if "/tx/" not in path}
    assert {path for path in after.keys() - before.keys() if "/base/" not in path} == set()
    assert all(after[path] == data for path, data in before.items())
    assert counts(keeper.imports()) == {"conflict": 1}  # and can be done again


def test_what_cannot_be_settled_is_told(keeper: Keeper) -> None:
    assert "no conflict is open" in keeper.vaultkit("resolve-conflict", keeper.note, "--mine", code=2)
    conflict(keeper)
    keeper.edit("until eleven", "until ten")
    before = snapshot(keeper.root)
    out = keeper.vaultkit("resolve-conflict", keeper.note, "--theirs", code=2)
    assert f"{NOTE}: vk-" in out
    assert "--mine, --theirs or --both" in keeper.vaultkit("resolve-conflict", keeper.note, code=2)
    assert "no conflict vk-000000" in keeper.vaultkit(
        "resolve-conflict", keeper.note, "--mine", "--id", "vk-000000", code=2
    )
    assert "does not exist" in keeper.vaultkit("resolve-conflict", "No.md", "--mine", code=2)
    assert {path: seen for path, seen in snapshot(keeper.root).items() if "/tx/" not in path} == {
        path: seen for path, seen in before.items() if "/tx/" not in path
    }


def test_status_for_programs(keeper: Keeper) -> None:
    id_ = conflict(keeper)
    (keeper.root / "Diary/2024-03-01.md").unlink()
    found = json.loads(keeper.vaultkit("status", "--json", code=1))
    (one,) = found["conflicts"]
    assert (one["path"], one["id"], one["where"]) == (NOTE, id_, "")
    assert one["theirs"].startswith("Fog until two")
    assert one["mine"].startswith("Fog until eleven")
    assert found["deleted"] == [{"id": "diary/2024-03-01", "path": "Diary/2024-03-01.md"}]
    assert found["version"] == 1
    assert all(found[name] == [] for name in ("proposed", "twins", "orphans", "detached", "gone"))


def test_the_record_of_a_conflict_that_is_damaged(keeper: Keeper) -> None:
    conflict(keeper)
    (path,) = (keeper.root / ".vaultkit/conflicts").iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    assert NOTE in keeper.vaultkit("status", code=1)  # the callout speaks for itself
    assert "by hand" in keeper.vaultkit("resolve-conflict", keeper.note, "--theirs", code=2)
    keeper.vaultkit("resolve-conflict", keeper.note, "--mine")
    assert keeper.vaultkit("status") == "nothing is open\n"


# -- before anything is written ----------------------------------------------------------------------


def test_check_says_whether_anything_would_change(keeper: Keeper) -> None:
    before = snapshot(keeper.root)
    assert "6 unchanged" in keeper.vaultkit("import", keeper.log, "--check")
    keeper.source("noon", "two")
    keeper.log.write_text(diary(keeper.days))
    assert f"M  {NOTE}" in keeper.vaultkit("import", keeper.log, "--check", code=1)
    assert snapshot(keeper.root) == before


def test_diff_shows_what_would_be_written(keeper: Keeper) -> None:
    keeper.source("noon", "two \x1b[31mred")
    keeper.days["2024/03/07"] = "A new day."
    del keeper.days["2024/03/05"]
    keeper.log.write_text(diary(keeper.days))
    before = snapshot(keeper.root)
    out = keeper.vaultkit("import", keeper.log, "--diff", "--complete")
    assert f"--- {NOTE}\n+++ {NOTE}\n" in out
    assert "-Fog until noon" in out
    assert "+Fog until two" in out
    assert "\x1b" not in out
    assert "--- /dev/null\n+++ Diary/2024-03-07.md\n" in out
    assert "rename from Diary/2024-03-05.md\nrename to .trash/2024-03-05.md\n" in out
    assert snapshot(keeper.root) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks this process")
@pytest.mark.parametrize("option", ["--dry-run", "--diff", "--check"])
def test_what_was_stopped_is_finished_before_anything_is_shown(
    tmp_path: Path, run: Callable[..., Ran], option: str
) -> None:
    stage = Stage(SCENES["import again"], tmp_path)
    root = stage.fresh()
    stage.killed_at(root, stage.steps - 3)
    before = snapshot(root)
    ran = run("import", tmp_path / "exports/log.txt", option, cwd=root)
    assert ran.code == 2
    assert "was stopped" in ran.err
    assert snapshot(root) == before
    assert "finished `vaultkit import" in run("import", tmp_path / "exports/log.txt", cwd=root).err


def test_what_goes_together(keeper: Keeper) -> None:
    assert "choose one" in keeper.vaultkit("import", keeper.log, "--diff", "--json", code=2)
    assert "goes with --complete" in keeper.vaultkit("import", keeper.log, "--allow-mass-delete", code=2)


# -- while somebody writes ---------------------------------------------------------------------------


def test_a_note_that_is_edited_while_the_import_is_at_work(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whenever that happens, the words are in the note afterwards, and so is what the source changed."""
    keeper.source("noon", "two")
    template, outcomes, when = keeper.root, set(), 0
    while True:
        when += 1
        keeper.root = Path(shutil.copytree(template, tmp_path / str(when) / "vault"))
        first = disk.steps

        def write(number: int, _operation: str, _path: str, when: int = when, first: int = first) -> None:
            if number - first == when:
                keeper.note.write_bytes(keeper.note.read_bytes() + b"\nMy own words.\n")

        monkeypatch.setattr(disk, "on_step", write)
        outcomes |= counts(keeper.imports()).keys()
        monkeypatch.setattr(disk, "on_step", None)
        assert "until two" in keeper.note.read_text(), when
        if disk.steps - first < when:  # the import was done by then
            break
        assert "My own words." in keeper.note.read_text(), when
        keeper.settled()
    assert when > 12
    assert outcomes == {"updated", "merged"}  # what was changed after it was planned was planned again
