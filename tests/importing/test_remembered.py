"""The shortcut of a second import: it is taken when it holds, and never shows in what is reported or written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vaultkit
from tests.conftest import snapshot, write_tree
from vaultkit.importing import making, remembered, run
from vaultkit.importing.calling import Names
from vaultkit.importing.choices import Choices
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.ledger import base_path
from vaultkit.importing.run import run_import
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.surroundings import Called, names_of
from vaultkit.report.imported import render_json
from vaultkit.vault import disk
from vaultkit.vault.tree import Vault

REPO = "mill/wheel"
CHOICES = Choices({kind: kind.value.title() for kind in Kind}, {Kind.ISSUE: ("issue",)})


def issue(number: int, body: str, **more: object) -> dict[str, object]:
    page = f"https://github.com/{REPO}/issues/{number}"
    said = {"state": "open", "draft": False, "merged_at": None, "locked": False, "assignees": [], "milestone": None}
    said |= {"user": {"login": "nele"}, "labels": [], "state_reason": None, "closed_at": None, "comments": 0}
    said |= {"created_at": "2023-02-01T08:00:00Z", "updated_at": "2023-02-02T08:00:00Z"}
    return {"number": number, "title": f"Wheel: part {number}", "html_url": page, "body": body, **said, **more}


def comment(number: int, id_: int, body: str) -> dict[str, object]:
    page = f"https://github.com/{REPO}/issues/{number}"
    api = f"https://api.github.com/repos/{REPO}/issues/{number}"
    said = {"user": {"login": "oke"}, "created_at": "2023-02-03T08:00:00Z", "updated_at": "2023-02-03T08:00:00Z"}
    return {"id": id_, "html_url": f"{page}#issuecomment-{id_}", "issue_url": api, "body": body, **said}


ISSUES = [
    issue(1, "It squeaks, see #2 and #99.", comments=1),
    issue(2, f"As https://github.com/{REPO}/issues/1#issuecomment-71 says. other/repo#3"),
    issue(3, "水車の軸、#1 を参照。"),
]
COMMENTS = [comment(1, 71, "油を差す。"), comment(44, 72, "On what is not here.")]


@pytest.fixture
def exports(tmp_path: Path) -> list[str]:
    tree = {"issues.json": json.dumps(ISSUES), "comments.json": json.dumps(COMMENTS)}
    folder = write_tree(tmp_path / "exports", tree)
    return [str(folder / "issues.json"), str(folder / "comments.json")]


@pytest.fixture
def imported(vault: Callable[..., Path], exports: list[str]) -> Path:
    """A vault into which the exports were imported."""
    root = vault({"Mine.md": "My own note, no id.\n", ".obsidian/app.json": "{}"})
    report = run_import(Vault(root), exports, CHOICES)
    assert [note.outcome for note in report.notes] == ["created"] * 3
    return root


class Watch:
    """Counts how often texts are made, and what the program does to the disk."""

    made = 0
    steps = 0


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    seen = Watch()

    def make(*arguments: object) -> object:
        seen.made += 1
        return making.make(*arguments)  # type: ignore[arg-type]

    def step(*_: object) -> None:
        seen.steps += 1

    monkeypatch.setattr(run, "make", make)
    monkeypatch.setattr(disk, "on_step", step)
    return seen


def tree(root: Path) -> dict[str, tuple[int, int, int]]:
    """Every file and folder, with its inode and times of change."""
    found = {str(path): path.lstat() for path in [root, *root.rglob("*")]}
    return {path: (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in found.items()}


def test_the_second_import_makes_no_text_and_touches_nothing(imported: Path, exports: list[str], watch: Watch) -> None:
    before = tree(imported)
    report = run_import(Vault(imported), exports, CHOICES)
    assert [note.outcome for note in report.notes] == ["unchanged"] * 3
    assert (watch.made, watch.steps) == (0, 0)
    assert tree(imported) == before


def test_the_first_import_says_what_the_second_says(
    vault: Callable[..., Path], exports: list[str], watch: Watch
) -> None:
    root = vault()
    first, second = (json.loads(render_json(run_import(Vault(root), exports, CHOICES))) for _ in range(2))
    assert watch.made == 1
    assert first["unresolved"] == second["unresolved"] != []
    assert first["notices"] == second["notices"] != []


def without_shortcut(root: Path, exports: list[str], choices: Choices) -> tuple[str, dict[str, bytes]]:
    """What an import that remembers nothing reports, and the files it leaves; done in a copy."""
    copy = root.with_name(f"{root.name} copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, symlinks=True)
    shutil.rmtree(copy / ".vaultkit/cache", ignore_errors=True)
    return render_json(run_import(Vault(copy), exports, choices)), contents(copy)


def contents(root: Path) -> dict[str, bytes]:
    """All files but what is remembered, and what an undo would take back."""
    kept = (".vaultkit/cache", ".vaultkit/tx")
    return {path: data for path, (data, _) in snapshot(root).items() if not path.startswith(kept)}


def note_of(root: Path, number: int) -> Path:
    (found,) = (path for path in (root / "Issue" / REPO).rglob("*.md") if path.name.startswith(f"{number} "))
    return found


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def base_of(root: Path, number: int) -> Path:
    lines = (root / ".vaultkit/sources/github.jsonl").read_text("utf-8").splitlines()[1:]
    (record,) = (value for line in lines if (value := json.loads(line))["id"].endswith(f"#{number}"))
    return root / base_path(record["bases"][0])


def import_diary(root: Path, says: str) -> None:
    export = root.with_name("diary.txt")
    export.write_text(f"2023-03-01\n\n{says}\n")
    run_import(Vault(root), [str(export)], CHOICES)


Edit = Callable[[Path], object]
STILL_HOLDS: dict[str, Edit] = {
    "a sentence more in a note": lambda root: replace_in(note_of(root, 2), "As ", "I say: as "),
    "a note of one's own edited": lambda root: (root / "Mine.md").write_text("Other words."),
    "a note touched": lambda root: os.utime(note_of(root, 2)),
    "a folder that is empty": lambda root: (root / "Empty").mkdir(),
    "settings that mean nothing here": lambda root: (root / ".obsidian/hotkeys.json").write_text("{}"),
}
HOLDS_NO_MORE: dict[str, Edit] = {
    "a note with other line ends": lambda root: note_of(root, 2).write_bytes(
        note_of(root, 2).read_bytes().replace(b"\n", b"\r\n")
    ),
    "a note deleted": lambda root: note_of(root, 2).unlink(),
    "a note moved": lambda root: note_of(root, 2).rename(root / "Moved.md"),
    "a note copied": lambda root: shutil.copy(note_of(root, 2), root / "Copy.md"),
    "the id taken away": lambda root: replace_in(note_of(root, 2), "vaultkit-id:", "was:"),
    "another id": lambda root: replace_in(note_of(root, 2), "wheel#2\n", "wheel#22\n"),
    "another address": lambda root: replace_in(
        note_of(root, 1), "url: https://github.com", "url: https://mill.example"
    ),
    "an alias more": lambda root: replace_in(note_of(root, 2), "aliases:\n", "aliases:\n  - other/repo#3\n"),
    "a comment's id taken away": lambda root: replace_in(note_of(root, 1), " ^comment-71", ""),
    "front matter that cannot be read": lambda root: replace_in(note_of(root, 2), "title:", "title: ]["),
    "a note of one's own more": lambda root: (root / "New.md").write_text("New."),
    "a note of the same name": lambda root: (root / note_of(root, 1).name).write_text("A namesake."),
    "a note of one's own gone": lambda root: (root / "Mine.md").unlink(),
    "a picture more": lambda root: (root / "new.png").write_bytes(b"new"),
    "a diary imported that waits for an issue": lambda root: import_diary(root, f"Of {REPO}#99, after {REPO}#2."),
    "a note with an id of an earlier import": lambda root: (root / "Older.md").write_text(
        f"---\nvaultkit-id: github/{REPO}#99\nurl: https://github.com/{REPO}/issues/99\naliases:\n  - {REPO}#99\n---\n"
    ),
    "a stored text gone": lambda root: base_of(root, 2).unlink(),
    "the ledger gone": lambda root: (root / ".vaultkit/sources/github.jsonl").unlink(),
    "a damaged ledger": lambda root: replace_in(root / ".vaultkit/sources/github.jsonl", '{"id"', '{\n{"id"'),
    "a ledger more": lambda root: (root / ".vaultkit/sources/pages.jsonl").write_text('{"version": 1}\n'),
    "daily notes": lambda root: (root / ".obsidian/daily-notes.json").write_text('{"folder": "Days"}'),
    "what is remembered gone": lambda root: shutil.rmtree(root / ".vaultkit/cache"),
    "what is remembered damaged": lambda root: [
        path.write_bytes(path.read_bytes()[:-9]) for path in (root / ".vaultkit/cache").glob("*.bin")
    ],
}


@pytest.mark.parametrize("edit", STILL_HOLDS.values(), ids=STILL_HOLDS)
def test_it_holds_whatever_else_is_edited(imported: Path, exports: list[str], watch: Watch, edit: Edit) -> None:
    edit(imported)
    expected = without_shortcut(imported, exports, CHOICES)
    watch.made = 0
    assert (render_json(run_import(Vault(imported), exports, CHOICES)), contents(imported)) == expected
    assert watch.made == 0


@pytest.mark.parametrize("edit", HOLDS_NO_MORE.values(), ids=HOLDS_NO_MORE)
def test_it_holds_no_more(imported: Path, exports: list[str], watch: Watch, edit: Edit) -> None:
    edit(imported)
    expected = without_shortcut(imported, exports, CHOICES)
    watch.made = 0
    assert (render_json(run_import(Vault(imported), exports, CHOICES)), contents(imported)) == expected
    assert watch.made == 1


def test_a_note_that_reads_as_it_did_before_is_written_again(imported: Path, exports: list[str], watch: Watch) -> None:
    """Its text is an older one of the source, so it is updated, for which the new text is needed."""
    older = note_of(imported, 3).read_bytes()
    Path(exports[0]).write_text(json.dumps([*ISSUES[:2], issue(3, "Rewritten.")]))
    run_import(Vault(imported), exports, CHOICES)
    note_of(imported, 3).write_bytes(older)
    watch.made = 0
    report = run_import(Vault(imported), exports, CHOICES)
    assert [note.outcome for note in report.notes] == ["unchanged", "unchanged", "updated"]
    assert watch.made == 1
    assert b"Rewritten." in note_of(imported, 3).read_bytes()


@pytest.mark.parametrize(
    "choices",
    [
        replace(CHOICES, tags=("mill",)),
        replace(CHOICES, into="Else"),
        replace(CHOICES, source="forge"),
        replace(CHOICES, kind_tags={}),
        replace(CHOICES, folders=dict.fromkeys(Kind, "All")),
        replace(CHOICES, options=ReadOptions(pull_requests="skip")),
    ],
    ids=["tag", "into", "source", "tags of vaultkit.yaml", "folders of vaultkit.yaml", "options"],
)
def test_it_holds_for_the_same_choices_only(imported: Path, exports: list[str], watch: Watch, choices: Choices) -> None:
    expected = without_shortcut(imported, exports, choices)
    watch.made = 0
    assert (render_json(run_import(Vault(imported), exports, choices)), contents(imported)) == expected
    assert watch.made == 1


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("issues.json", "squeaks", "whistles"), ("comments.json", "On what", "Still on what")],
    ids=["an issue", "a comment that has no note"],
)
def test_it_holds_for_the_same_bytes_only(
    imported: Path, exports: list[str], watch: Watch, name: str, old: str, new: str
) -> None:
    export = Path(exports[0]).with_name(name)
    stat = export.stat()
    replace_in(export, old, new)
    os.utime(export, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    expected = without_shortcut(imported, exports, CHOICES)
    watch.made = 0
    assert (render_json(run_import(Vault(imported), exports, CHOICES)), contents(imported)) == expected
    assert watch.made == 1


def test_it_holds_for_the_same_program_only(
    imported: Path, exports: list[str], watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "__version__", vaultkit.__version__ + "1")
    run_import(Vault(imported), exports, CHOICES)
    assert watch.made == 1


def test_a_trial_remembers_nothing(vault: Callable[..., Path], exports: list[str]) -> None:
    root = vault()
    run_import(Vault(root), exports, replace(CHOICES, dry_run=True))
    assert not (root / ".vaultkit").exists()


def test_what_an_export_leaves_out_comes_from_stored_texts(imported: Path, tmp_path: Path, watch: Watch) -> None:
    """An export without comments: they are carried over, and only while they can be read is the shortcut taken."""
    export = tmp_path / "short.json"
    export.write_text(json.dumps([issue(1, "It squeaks and whistles.", comments=1)]))
    run_import(Vault(imported), [str(export)], CHOICES)
    assert "油を差す" in note_of(imported, 1).read_text("utf-8")
    watch.made = 0
    run_import(Vault(imported), [str(export)], CHOICES)
    assert watch.made == 0
    base_of(imported, 1).write_bytes(b"damaged")
    expected = without_shortcut(imported, [str(export)], CHOICES)
    watch.made = 0
    assert (render_json(run_import(Vault(imported), [str(export)], CHOICES)), contents(imported)) == expected
    assert watch.made == 1


def test_diaries_are_always_read(vault: Callable[..., Path], tmp_path: Path, watch: Watch) -> None:
    (tmp_path / "diary.txt").write_text("2023-02-01\n\nSnow.\n\n2023-02-02\n\nThaw.\n")
    root = vault()
    for _ in range(2):
        run_import(Vault(root), [str(tmp_path / "diary.txt")], CHOICES)
    assert watch.made == 2
    assert not (root / ".vaultkit/cache").exists()


def test_an_import_that_writes_no_note_remembers_nothing_either(
    imported: Path, exports: list[str], watch: Watch
) -> None:
    (imported / "New.md").write_text("Snow.")
    before = tree(imported)
    run_import(Vault(imported), exports, CHOICES)
    assert (watch.made, watch.steps) == (1, 0)
    assert tree(imported) == before


def test_two_trackers_are_remembered_side_by_side(
    vault: Callable[..., Path], exports: list[str], tmp_path: Path, watch: Watch
) -> None:
    root, other = vault(), tmp_path / "other.json"
    other.write_text(json.dumps(ISSUES[:2]).replace(REPO, "mill/sluice").replace("Wheel", "Sluice"))
    run_import(Vault(root), exports, CHOICES)
    run_import(Vault(root), [str(other)], CHOICES)
    kept = snapshot(root / ".vaultkit/cache")
    watch.made = 0
    run_import(Vault(root), [str(other)], CHOICES)
    assert watch.made == 0
    run_import(Vault(root), exports, CHOICES)  # since then there are other notes
    assert watch.made == 1
    assert snapshot(root / ".vaultkit/cache") == kept


MEANWHILE = {name: edit for name, edit in HOLDS_NO_MORE.items() if not name.startswith(("what is", "a diary"))}
"""An import has the vault to itself, and nothing is remembered yet that could be taken away."""


@pytest.mark.parametrize("edit", MEANWHILE.values(), ids=MEANWHILE)
def test_what_changes_while_an_import_ends_is_known_to_the_next(
    vault: Callable[..., Path], exports: list[str], monkeypatch: pytest.MonkeyPatch, edit: Edit
) -> None:
    """After the notes were written, before what was made is remembered."""
    root = vault({"Mine.md": "My own note, no id.\n", ".obsidian/app.json": "{}"})

    def remember(*arguments: object) -> None:
        edit(root)
        remembered.remember(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "remember", remember)
    run_import(Vault(root), exports, CHOICES)
    monkeypatch.undo()
    expected = without_shortcut(root, exports, CHOICES)
    assert (render_json(run_import(Vault(root), exports, CHOICES)), contents(root)) == expected


@pytest.mark.parametrize(
    ("issues", "comments", "is_kept"),
    [
        ([*ISSUES[:2], issue(3, "Rewritten.")], COMMENTS, True),
        ([*ISSUES, issue(4, "After #3.")], COMMENTS, True),
        (ISSUES, [*COMMENTS, comment(3, 73, "Also.")], True),
        ([*ISSUES[:2], issue(3, "Rewritten.", title="Axle: its bed")], COMMENTS, True),
        ([*ISSUES[:2], issue(3, "Rewritten.", title="Axle #7")], COMMENTS, False),
        ([*ISSUES[:2], issue(3, "Rewritten.", html_url="https://mill.example/7")], COMMENTS, False),
    ],
    ids=["a text", "an issue more", "a comment more", "a title", "a title that is a name", "an address lost"],
)
def test_what_an_import_changes_is_remembered_while_the_names_stay(
    imported: Path,
    exports: list[str],
    watch: Watch,
    issues: list[dict[str, object]],
    comments: list[dict[str, object]],
    is_kept: bool,
) -> None:
    Path(exports[0]).write_text(json.dumps(issues))
    Path(exports[1]).write_text(json.dumps(comments))
    run_import(Vault(imported), exports, CHOICES)
    expected = without_shortcut(imported, exports, CHOICES)
    watch.made = 0
    assert (render_json(run_import(Vault(imported), exports, CHOICES)), contents(imported)) == expected
    assert watch.made == (0 if is_kept else 1)


ALL_EDITS = [*STILL_HOLDS.values(), *HOLDS_NO_MORE.values()]


@given(st.lists(st.lists(st.sampled_from(ALL_EDITS), max_size=2), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edits_make_the_shortcut_show(tmp_path_factory: pytest.TempPathFactory, edits: list[list[Edit]]) -> None:
    folder = tmp_path_factory.mktemp("edits")
    (folder / "issues.json").write_text(json.dumps(ISSUES))
    (folder / "comments.json").write_text(json.dumps(COMMENTS))
    exports = [str(folder / "issues.json"), str(folder / "comments.json")]
    root = write_tree(folder / "vault", {".obsidian/app.json": "{}", "Mine.md": "Mine."})
    run_import(Vault(root), exports, CHOICES)
    for some in edits:
        for edit in some:
            try:
                edit(root)
            except (AssertionError, OSError, ValueError):  # an edit before took away what this one would change
                continue
        expected = without_shortcut(root, exports, CHOICES)
        assert (render_json(run_import(Vault(root), exports, CHOICES)), contents(root)) == expected


_NAMES = st.sampled_from(["a/b#1", "a/b#2", "https://x.example/1", "/about/", "dayone://view?entryId=A", "plain"])
_TITLES = st.sampled_from(["A Long Enough Title of Work, Ito+, Coast'25", "a/b#1", "https://x.example/1"])
_CALLED = st.lists(
    st.builds(
        Called,
        st.sampled_from(["g/1", "g/2", "g/3"]),
        st.lists(_NAMES, max_size=2).map(tuple),
        st.lists(_TITLES, max_size=1).map(tuple),
        st.sampled_from(["", "https://x.example/1"]),
        st.lists(st.sampled_from([b"comment-1", b"comment-2"]), max_size=2).map(tuple),
    ),
    max_size=4,
)
_ENTRIES = st.dictionaries(
    st.sampled_from(["g/1", "g/2", "g/4"]),
    st.builds(
        Entry,
        kind=st.sampled_from([Kind.PAPER, Kind.ISSUE]),
        key=st.just("1"),
        body=st.just(""),
        place=st.just(""),
        names=st.lists(st.one_of(_NAMES, _TITLES), max_size=2).map(tuple),
        anchors=st.lists(
            st.tuples(st.sampled_from(["https://x.example/1#issuecomment-1", "/about/"]), st.just("#^comment-1")),
            max_size=1,
        ).map(tuple),
    ),
    max_size=3,
)


@given(_CALLED, _CALLED, _ENTRIES, st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_names_that_are_said_to_be_alike_are(
    before: list[Called], others: list[Called], entries: dict[str, Entry], chance: Random
) -> None:
    after = [one for one in before + others if chance.random() < 0.7]

    def names(called: list[Called]) -> Names:
        out = names_of(called)
        making.name_entries(out, entries, ())
        return out

    basis = making.Basis(names(before), before, frozenset(), {}, frozenset(), True)
    assert not remembered.calls_alike(after, basis) or names(after) == basis.names
    assert remembered.calls_alike(before, basis)
