"""A note imported from a page of text goes on under its issue's number when a form of export arrives that knows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import Ran, snapshot, write_tree
from vaultkit.importing.ledger import Record, taken_back, write_ledger

LINE = "[Paper Note] Tides in Harbours, Ada Kelp+, Coast'25, 2025.03"
OTHER = "Old Ropes, Bo Wick, Coast'19"
ID = "github/keeper/notes#12"
NOTE = "Papers/Tides in Harbours.md"

TEXT = f"""{LINE}
Paper/Blog Link My Issue
#Tides #Harbour Issue Date: 2025-03-04 GPT Summary- 潮の満ち引きを測る。 Comment
港で試した。

とても静かだった。
{OTHER}
Paper/Blog Link My Issue
#Ropes Issue Date: 2020-01-02 Comment
縄の話。
"""

XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<paper-list last-updated="2026-02-13">
<paper-entry>
<title>{LINE}</title>
<original-paper-blog-link>https://example.org/abs/1?a=1&b=2</original-paper-blog-link>
<repo-issue-link>https://github.com/keeper/notes/issues/12</repo-issue-link>
<tags>Tides, Harbour, Bays</tags>
<repo-issue-date>2025-03-04</repo-issue-date>
<issue-body># Abstract
  - We measure tides.
# Summary (by small-model)
- 潮の満ち引きを測る。</issue-body>
<maintainer-comment-text><p>港で試した。<br><br>とても静かだった。</p></maintainer-comment-text>
</paper-entry>
</paper-list>
"""

PAGE = """## Tides
<a class="button" href="articles/Harbour.html">#Harbour</a><br><span class="issue_date">Issue Date: 2025-03-04</span>
<a href="https://github.com/keeper/notes/issues/12">[Paper Note] Tides in Harbours, Ada Kelp+, Coast'25, 2025.03</a>
<span class="snippet"><span>Summary</span>潮の満ち引きを測る。</span>
<span class="snippet"><span>Comment</span>港で試した。 ...</span>
"""

JSON = json.dumps(
    [
        {
            "number": 12,
            "title": LINE,
            "html_url": "https://github.com/keeper/notes/issues/12",
            "state": "open",
            "body": "# Abstract\n- We measure tides.",
            "created_at": "2025-03-03T22:00:00Z",  # the next day in Japan, where the page was made
            "updated_at": "2025-03-03T22:00:00Z",
            "labels": [{"name": "Tides"}, {"name": "Harbour"}],
            "comments": 0,
            "user": {"login": "keeper"},
        }
    ]
)
FORMS = {"page.txt": TEXT, "list.xml": XML, "page.markdown": PAGE, "issues.json": JSON}


class Desk:
    """A vault and the exports beside it."""

    def __init__(self, root: Path, call: Callable[..., Ran]) -> None:
        self.root, self.call = root, call
        for name, text in FORMS.items():
            (root.parent / name).write_text(text, "utf-8")

    def take(self, *names: str) -> dict[str, object]:
        ran = self.call("import", *(f"../{name}" for name in names), "--tz", "Asia/Tokyo", "--json", cwd=self.root)
        assert ran.code == 0, ran.err
        return dict(json.loads(ran.out))

    def note(self, path: str = NOTE) -> str:
        return (self.root / path).read_text("utf-8")

    def edit(self, old: str, new: str, path: str = NOTE) -> None:
        text = self.note(path)
        assert old in text
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    @property
    def notes(self) -> list[str]:
        return sorted(path.name for path in self.root.rglob("*.md") if ".trash" not in path.parts)

    def ledger(self, name: str) -> list[str]:
        path = self.root / ".vaultkit/sources" / f"{name}.jsonl"
        return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()[1:]]


@pytest.fixture
def desk(vault: Callable[..., Path], run_here: Callable[..., Ran]) -> Desk:
    return Desk(vault(), run_here)


@pytest.mark.parametrize("better", ["list.xml", "page.markdown", "issues.json"])
def test_a_note_keeps_its_edits_and_gets_the_number(desk: Desk, better: str) -> None:
    desk.take("page.txt")
    assert "vaultkit-id: papers/2025-03-04/tides-in-harbours\n" in desk.note()
    desk.edit("とても静かだった。", "とても静かだった。波も見た。")
    desk.edit("title: Tides in Harbours\n", "title: Tides in Harbours\nmood: calm\n")
    desk.take(better)
    note = desk.note()
    assert f"vaultkit-id: {ID}\n" in note
    assert "波も見た。" in note
    assert "mood: calm\n" in note
    assert "url: https://github.com/keeper/notes/issues/12\n" in note
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]
    assert desk.ledger("papers") == ["papers/2020-01-02/old-ropes"]
    assert desk.ledger("github") == [ID]
    before = snapshot(desk.root)
    desk.take(better)
    assert snapshot(desk.root) == before
    desk.take("page.txt")
    assert snapshot(desk.root) == before, "the text says nothing new"
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]


def test_the_list_brings_what_the_text_lacks(desk: Desk) -> None:
    desk.take("page.txt")
    desk.take("list.xml")
    note = desk.note()
    assert "source: https://example.org/abs/1?a=1&b=2\n" in note
    assert "## Abstract\n\nWe measure tides.\n" in note
    assert note.count("とても静かだった。") == 1


def test_an_excerpt_takes_nothing_away(desk: Desk) -> None:
    desk.take("page.txt")
    desk.take("page.markdown")
    assert "とても静かだった。" in desk.note()
    assert " ..." not in desk.note()


def test_a_note_that_was_moved_is_found(desk: Desk) -> None:
    desk.take("page.txt")
    (desk.root / "Read").mkdir()
    (desk.root / NOTE).rename(desk.root / "Read/Tides.md")
    desk.take("list.xml")
    assert f"vaultkit-id: {ID}\n" in desk.note("Read/Tides.md")
    assert desk.notes == ["Old Ropes.md", "Tides.md"]


def test_a_note_that_was_deleted_stays_away(desk: Desk) -> None:
    desk.take("page.txt")
    (desk.root / NOTE).unlink()
    desk.take("list.xml")
    assert desk.notes == ["Old Ropes.md"]
    assert desk.ledger("github") == [ID]


def test_a_note_whose_id_was_removed_is_followed_no_more(desk: Desk) -> None:
    desk.take("page.txt")
    desk.edit("vaultkit-id: papers/2025-03-04/tides-in-harbours\n", "")
    before = desk.note()
    desk.take("list.xml")
    assert desk.note() == before
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]


def test_a_note_with_the_broken_yaml_of_its_owner(desk: Desk) -> None:
    desk.take("page.txt")
    desk.edit("title: Tides in Harbours\n", "title: [Tides\n")
    desk.take("list.xml")
    assert f"vaultkit-id: {ID}\n" in desk.note()
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]


def test_a_note_from_a_time_before_the_number(desk: Desk) -> None:
    """As git brings it back."""
    desk.take("page.txt")
    old = desk.note()
    desk.take("list.xml")
    (desk.root / NOTE).write_text(old, "utf-8")
    desk.take("list.xml")
    assert f"vaultkit-id: {ID}\n" in desk.note()
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]


def test_the_text_comes_after_a_form_that_says_more(desk: Desk) -> None:
    desk.take("list.xml")
    before = desk.note()
    report = desk.take("page.txt")
    assert desk.note() == before
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]
    assert "1 of the notes are known from an export that says more" in json.dumps(report)


def test_what_a_lesser_form_says_beyond_is_told(desk: Desk) -> None:
    desk.take("list.xml")
    longer = TEXT.replace("とても静かだった。", "とても静かだった。あとで船が来て、みんなで歌をうたいながら帰った。")
    (desk.root.parent / "page.txt").write_text(longer, "utf-8")
    report = desk.take("page.txt")
    assert "みんなで歌をうたいながら帰った" in json.dumps(report, ensure_ascii=False)


def test_the_issue_itself_says_more_than_the_list(desk: Desk) -> None:
    desk.take("list.xml")
    desk.take("issues.json")
    assert "state: open\n" in desk.note()
    before = snapshot(desk.root)
    desk.take("list.xml")
    assert snapshot(desk.root) == before


@pytest.mark.parametrize("names", [("page.txt", "list.xml"), ("list.xml", "page.txt"), ("page.txt", "page.markdown")])
def test_both_forms_in_one_run(desk: Desk, names: tuple[str, ...]) -> None:
    desk.take(*names)
    assert desk.notes == ["Old Ropes.md", "Tides in Harbours.md"]
    assert f"vaultkit-id: {ID}\n" in desk.note()
    assert "とても静かだった。" in desk.note()
    before = snapshot(desk.root)
    desk.take(*names)
    assert snapshot(desk.root) == before


def test_the_issues_and_a_list_in_one_run(desk: Desk) -> None:
    desk.take("issues.json", "list.xml")
    assert desk.ledger("github") == [ID]
    assert len(desk.notes) == 1


def test_undo_gives_the_old_id_back(desk: Desk, run_here: Callable[..., Ran]) -> None:
    desk.take("page.txt")
    before, ledger = desk.note(), desk.ledger("papers")
    desk.take("list.xml")
    assert run_here("undo", cwd=desk.root).code == 0
    assert desk.note() == before
    assert desk.ledger("papers") == ledger
    assert not (desk.root / ".vaultkit/sources/github.jsonl").exists()
    desk.take("list.xml")
    assert f"vaultkit-id: {ID}\n" in desk.note()


def test_a_dry_run_only_says_so(desk: Desk, run_here: Callable[..., Ran]) -> None:
    desk.take("page.txt")
    before = snapshot(desk.root)
    ran = run_here("import", "../list.xml", "--dry-run", "--json", cwd=desk.root)
    assert [note["outcome"] for note in json.loads(ran.out)["notes"]] == ["updated"]
    assert snapshot(desk.root) == before


def test_two_notes_of_one_title_and_day(desk: Desk) -> None:
    """The venue tells them apart, whatever the order."""
    second = LINE.replace("Coast'25", "Bay'25")
    block = f"{second}\nPaper/Blog Link My Issue\n#Bay Issue Date: 2025-03-04 Comment\n湾の話。\n"
    (desk.root.parent / "page.txt").write_text(TEXT + block, "utf-8")
    entry = XML[XML.index("<paper-entry>") : XML.index("</paper-list>")]
    other = entry.replace(LINE, second).replace("issues/12", "issues/13").replace("港で試した。", "湾の話。")
    (desk.root.parent / "list.xml").write_text(XML.replace("<paper-entry>", f"{other}<paper-entry>", 1), "utf-8")
    desk.take("page.txt")
    desk.take("list.xml")
    assert sorted(desk.ledger("github")) == [ID, "github/keeper/notes#13"]
    assert len(desk.notes) == 3
    by_id = {
        id_: path for path in desk.root.rglob("*.md") for id_ in path.read_text("utf-8").split("\n") if "#1" in id_
    }
    assert "Bay" in by_id["vaultkit-id: github/keeper/notes#13"].read_text("utf-8")


def test_what_was_left_open_goes_on_under_the_number(desk: Desk) -> None:
    desk.take("page.txt")
    desk.edit("とても静かだった。", "とても静かだった、と思う。")
    (desk.root.parent / "page.txt").write_text(TEXT.replace("静かだった。", "にぎやかだった。"), "utf-8")
    desk.call("import", "../page.txt", cwd=desk.root)
    conflicts = desk.root / ".vaultkit/conflicts"
    assert "papers/2025" in "".join(path.read_text("utf-8") for path in conflicts.iterdir())
    desk.call("import", "../list.xml", cwd=desk.root)
    assert "papers/2025" not in "".join(path.read_text("utf-8") for path in conflicts.iterdir())
    assert f"vaultkit-id: {ID}\n" in desk.note()
    assert "静かだった、と思う。" in desk.note()


def test_the_old_line_comes_back_into_a_ledger_that_went_on() -> None:
    old, other, later = (Record(f"papers/{name}", f"{name}.md", ("0" * 64,)) for name in ("old", "other", "later"))
    before, after, now = (write_ledger(records) for records in ([old, other], [other], [later, other]))
    done = taken_back(".vaultkit/sources/papers.jsonl", now, before, after, ())
    assert done == write_ledger([later, old, other])


UUID = "0b6e1c9a-5d0f-4c57-9f0e-6a1f2f6f7d11"
WHEN = "2024-05-01T08:00:00Z"
LINEAR_OLD = f"""ID,Team,Title,Description,Status,Estimate,Cycle Name,Created,Updated,Canceled
LMP-1,Lamps,Buy a lamp,"The old one flickers, and nobody can read the charts at night.",Todo,,,{WHEN},{WHEN},
"""
LINEAR_NEW = f"""ID,Team,Title,Description,Status,Estimate,Cycle Name,Created,Updated,Canceled,UUID
LMP-1,Lamps,Buy a lamp,"The old one flickers, and nobody can read the charts at night.",Done,,,{WHEN},{WHEN},,{UUID}
"""
GITLAB = json.dumps(
    {
        "id": 900,
        "iid": 3,
        "project_id": 4,
        "title": "Buy a lamp",
        "description": "The old one flickers, and nobody can read the charts at night. See #1.",
        "state": "opened",
        "created_at": WHEN,
        "updated_at": WHEN,
        "author_id": 1,
        "notes": [],
    }
)


class Tracker(NamedTuple):
    """What is given to two imports, the second of which knows more, and the ids that the issue has then."""

    files: dict[str, str]
    first: tuple[str, ...]
    second: tuple[str, ...]
    ids: tuple[str, str]


TRACKERS = {
    "linear": Tracker(
        {"old.csv": LINEAR_OLD, "new.csv": LINEAR_NEW}, ("old.csv",), ("new.csv",), ("linear/LMP-1", f"linear/{UUID}")
    ),
    "gitlab": Tracker(
        {"issues.ndjson": GITLAB},
        ("issues.ndjson",),
        ("issues.ndjson", "--project", "keeper/lamps"),
        ("gitlab/project-4#3", "gitlab/keeper/lamps#3"),
    ),
}


@pytest.mark.parametrize("tracker", TRACKERS.values(), ids=TRACKERS)
def test_an_issue_goes_on_under_its_better_key(
    tracker: Tracker, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root = write_tree(vault(), {f"../{name}": text for name, text in tracker.files.items()})

    def take(arguments: tuple[str, ...]) -> str:
        exports = [one if one.startswith("-") or "/" in one else f"../{one}" for one in arguments]
        ran = run_here("import", *exports, "--tz", "UTC", "--json", cwd=root)
        assert ran.code == 0, ran.err
        return ran.out

    def notes() -> list[Path]:
        return [path for path in root.rglob("*.md") if ".trash" not in path.parts]

    take(tracker.first)
    (note,) = notes()
    assert f"vaultkit-id: {tracker.ids[0]}\n" in note.read_text("utf-8")
    note.write_text(note.read_text("utf-8") + "\nMine.\n", "utf-8")
    take(tracker.second)
    assert notes() == [note]
    assert f"vaultkit-id: {tracker.ids[1]}\n" in note.read_text("utf-8")
    assert note.read_text("utf-8").endswith("\nMine.\n")
    before = snapshot(root)
    take(tracker.second)
    assert snapshot(root) == before
    assert "known from an export that says more" in take(tracker.first)
    assert snapshot(root) == before


def test_the_better_key_may_come_first(vault: Callable[..., Path], run_here: Callable[..., Ran]) -> None:
    root = write_tree(vault(), {"../new.csv": LINEAR_NEW, "../old.csv": LINEAR_OLD})
    for name in ("new.csv", "old.csv"):
        run_here("import", f"../{name}", "--tz", "UTC", cwd=root)
    assert len([path for path in root.rglob("*.md") if ".trash" not in path.parts]) == 1


def test_the_same_number_in_another_workspace_is_another_issue(
    vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    other = LINEAR_NEW.replace(
        "The old one flickers, and nobody can read the charts at night.", "港の灯りが消えた。" * 5
    )
    root = write_tree(vault(), {"../old.csv": LINEAR_OLD, "../new.csv": other})
    for name in ("old.csv", "new.csv"):
        run_here("import", f"../{name}", "--tz", "UTC", cwd=root)
    ids = {line for path in root.rglob("*.md") for line in path.read_text("utf-8").split("\n") if "vaultkit-id" in line}
    assert ids == {"vaultkit-id: linear/LMP-1", f"vaultkit-id: linear/{UUID}"}
