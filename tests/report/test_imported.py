"""The summary of an import: what is new comes first and is told once, the rest is counted."""

from __future__ import annotations

from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.ledger import Record
from vaultkit.importing.plan import Outcome, PlannedNote
from vaultkit.importing.reference import Unresolved
from vaultkit.importing.run import ImportReport
from vaultkit.report.imported import render_text


def noted(name: str, outcome: Outcome, why: str = "", data: bytes | None = None) -> PlannedNote:
    path = f"Diary/{name}.md"
    return PlannedNote(f"diary/{name}", path, outcome, b"", Record(f"diary/{name}", path, ()), data=data, why=why)


def told(*notes: PlannedNote, unresolved: tuple[tuple[str, str], ...] = ()) -> list[str]:
    report = ImportReport(notes, unresolved=tuple(Unresolved(f"diary/{id_}", text, "") for id_, text in unresolved))
    return render_text(report, "v").splitlines()


def test_a_merge_is_not_lost_among_hundreds_of_notes_that_the_user_edited() -> None:
    kept = [noted(str(n), Outcome.KEPT, "you edited it") for n in range(300)]
    gone = [noted(f"gone {n}", Outcome.DELETED, "you deleted it") for n in range(20)]
    lines = told(*kept, *gone, noted("merged", Outcome.MERGED, data=b"x"))
    assert lines[0] == "v: 1 merged, 300 kept, 20 deleted"
    assert lines[2] == "  merged  Diary/merged.md"
    assert not any("you edited it" in line for line in lines)
    assert lines[-1] == "  … and 9 more (--json has them all)"


def test_a_note_that_could_not_be_written_comes_first_and_is_not_counted_as_written() -> None:
    lines = told(
        noted("a", Outcome.MERGED, data=b"x"), noted("b", Outcome.FAILED, "Diary/b.md: is read-only", data=b"x")
    )
    assert lines[1:] == ["      1  Diary/", "  failed  Diary/b.md  (is read-only)", "  merged  Diary/a.md"]


def test_what_stayed_text_is_told_once_and_when_it_is_new() -> None:
    there = noted("old", Outcome.UNCHANGED)
    new = noted("new", Outcome.CREATED, data=b"x")
    mentions = (("new", "#7"), ("new", "#7"), ("new", "#8"), ("old", "#9"), ("old", "#9"))
    assert told(there, new, unresolved=mentions)[-4:] == [
        "Stayed text, since what they mean is not here (2):",
        "  #7  (in diary/new)",
        "  #8  (in diary/new)",
        "Stayed text in notes that stay as they are: 1 (--json has them)",
    ]
    assert told(there, unresolved=mentions[3:])[1:] == [
        "Stayed text in notes that stay as they are: 1 (--json has them)"
    ]


def test_what_was_refused_has_a_heading() -> None:
    report = ImportReport(notices=(Notice(NoticeKind.REFUSED, "a.txt", "--complete: there is nothing in it"),))
    assert "Was not done (1):" in render_text(report, "v")
