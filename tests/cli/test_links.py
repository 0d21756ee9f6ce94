"""Links of imported texts to notes of other imports, earlier and later ones, on real folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, snapshot, write_tree

TIDES = "[Paper Note] Tides in Small Harbours: A Survey, Ada Okoye+, Coast'25, 2025.03"
WAVES = "[Paper Note] Waves, B. Iyer+, Coast'24"
ISSUE = "https://github.com/acme/garden/issues/12"
DIARY = f"""2025-04-01

Fixed acme/garden#12 before noon, and read {TIDES} on the train.

2025-04-02

- {WAVES}
- {ISSUE}, then {ISSUE}#issuecomment-7 and https://github.com/acme/garden/pull/13/
- `acme/garden#12` and https://example.org/?see=acme/garden#12

2025-04-03

Nothing to tell.
"""


def issue(number: int, body: str = "", title: str = "") -> dict[str, object]:
    kind = "pull" if number == 13 else "issues"
    page = f"https://github.com/acme/garden/{kind}/{number}"
    title = title or ("Mend the fence" if number == 12 else f"Bed {number}")
    said = {"state": "open", "draft": False, "merged_at": None, "locked": False, "assignees": [], "milestone": None}
    said |= {"user": {"login": "nele"}, "labels": [], "state_reason": None, "closed_at": None, "comments": 0}
    said |= {"created_at": "2025-02-01T08:00:00Z", "updated_at": "2025-02-02T08:00:00Z"}
    more = {"pull_request": {"url": page}} if number == 13 else {}
    return {"number": number, "title": title, "html_url": page, "body": body, **said, **more}


def comment(number: int, id_: int, body: str = "Done.") -> dict[str, object]:
    page = f"https://github.com/acme/garden/issues/{number}"
    api = f"https://api.github.com/repos/acme/garden/issues/{number}"
    said = {"user": {"login": "oke"}, "created_at": "2025-02-03T08:00:00Z", "updated_at": "2025-02-03T08:00:00Z"}
    return {"id": id_, "html_url": f"{page}#issuecomment-{id_}", "issue_url": api, "body": body, **said}


def papers(*titles: str, says: str = "") -> str:
    return "".join(
        f"{title}\nPaper/Blog Link My Issue\n#Sea Issue Date: 2025-03-0{n} GPT Summary- Water. Comment\n{says}\n"
        for n, title in enumerate(titles, 1)
    )


@pytest.fixture
def exports(tmp_path: Path) -> dict[str, Path]:
    tree = {
        "diary.txt": DIARY,
        "issues.json": json.dumps([issue(12), issue(13)]),
        "comments.json": json.dumps([comment(12, 7)]),
        "papers.txt": papers(TIDES, WAVES),
    }
    folder = write_tree(tmp_path / "exports", tree)
    return {path.split(".")[0]: folder / path for path in tree}


Import = Callable[..., dict]


@pytest.fixture
def imports(run: Callable[..., Ran]) -> Import:
    """Imports and gives the report; no traceback, no failure."""

    def call(root: Path, *arguments: object) -> dict:
        done = run("import", "--json", "--vault", root, *arguments)
        assert done.code == 0, done.out + done.err
        return json.loads(done.out)

    return call


def text(root: Path, name: str) -> str:
    (path,) = root.rglob(f"{name}*.md")
    return path.read_text("utf-8")


def notes(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*.md")}


def contents(root: Path) -> dict[str, bytes]:
    """The notes and the ledgers; not what is remembered, nor texts of earlier versions."""
    kept = (".vaultkit/cache", ".vaultkit/tx", ".vaultkit/base")
    return {path: data for path, (data, _) in snapshot(root).items() if not path.startswith(kept)}


LINKED_DAY = (
    "Fixed [[12 Mend the fence|acme/garden#12]] before noon, and read "
    f"[[Tides in Small Harbours - A Survey|{TIDES}]] on the train."
)
LINKED_LIST = [
    f"- [[Waves|{WAVES}]]",
    f"- [[12 Mend the fence|{ISSUE}]], then [[12 Mend the fence#^comment-7|{ISSUE}#issuecomment-7]]"
    " and [[13 Bed 13|https://github.com/acme/garden/pull/13/]]",
    "- `acme/garden#12` and https://example.org/?see=acme/garden#12",
]


def assert_linked(root: Path) -> None:
    assert LINKED_DAY in text(root, "2025-04-01")
    assert text(root, "2025-04-02").splitlines()[-3:] == LINKED_LIST


def test_earlier_notes_are_linked_to(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["issues"], exports["comments"])
    imports(root, exports["papers"])
    imports(root, exports["diary"])
    assert_linked(root)


def test_what_arrives_later_is_linked_to(vault, imports, exports) -> None:
    root, other = vault(), vault(name="other")
    imports(root, exports["diary"])
    assert "[[" not in text(root, "2025-04-01") + text(root, "2025-04-02")
    assert imports(root, exports["issues"], exports["comments"])["linked"] == 2
    assert "[[Tides" not in text(root, "2025-04-01")
    report = imports(root, exports["papers"])
    assert report["linked"] == 2
    assert [note["path"] for note in report["notes"] if note["outcome"] == "updated"] == [
        "Diary/2025-04-01.md",
        "Diary/2025-04-02.md",
    ]
    assert_linked(root)
    imports(other, *exports.values())
    assert notes(root) == notes(other)


@pytest.mark.parametrize("again", ["diary", "issues", "papers"])
def test_importing_again_writes_nothing(vault, imports, exports, again: str) -> None:
    root = vault()
    for name in ("diary", "issues", "papers"):
        imports(root, exports[name])
    before = snapshot(root)
    for _ in range(2):
        report = imports(root, exports[again])
        assert report["linked"] == 0
        assert report["counts"]["unchanged"] == len(report["notes"])
    assert snapshot(root) == before


def test_the_summary_tells_and_a_dry_run_shows(vault, imports, run, exports) -> None:
    root = vault()
    imports(root, exports["diary"])
    before = snapshot(root)
    shown = run("import", "--dry-run", "--vault", root, exports["papers"])
    assert "2 earlier notes would get links to what arrived" in shown.out
    assert "M  Diary/2025-04-01.md  (what its text mentions has arrived)" in shown.out
    assert snapshot(root) == before
    assert "2 earlier notes got links to what arrived" in run("import", "--vault", root, exports["papers"]).out
    run("undo", cwd=root)
    assert contents(root) == {path: data for path, (data, _) in before.items() if path in contents(root)}
    assert run("import", "--vault", root, exports["papers"]).out.count("2 earlier notes") == 1


def edited(root: Path, name: str, old: str, new: str) -> Path:
    (path,) = root.rglob(f"{name}*.md")
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))
    return path


def test_what_the_user_edited_stays_as_the_user_has_it(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["diary"])
    edited(root, "2025-04-01", f"read {TIDES} on", f"read Tides ({TIDES}), well: skimmed it, on")
    edited(root, "2025-04-02", "\n- `acme", "\n- mine: acme/garden#12 stays text\n- `acme")
    report = imports(root, exports["issues"], exports["comments"], exports["papers"])
    assert report["linked"] == 1
    first, second = text(root, "2025-04-01"), text(root, "2025-04-02")
    assert f"read Tides ({TIDES}), well: skimmed it, on the train." in first
    assert "[[" not in first
    assert "- mine: acme/garden#12 stays text\n" in second
    assert all(line in second for line in LINKED_LIST)
    assert "[!" not in first + second
    before = snapshot(root)
    assert imports(root, exports["issues"], exports["comments"], exports["papers"])["linked"] == 0
    assert snapshot(root) == before


def test_an_edited_note_in_the_same_run_is_no_conflict_either(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["diary"])
    edited(root, "2025-04-01", "Fixed acme", "I fixed acme")
    edited(root, "2025-04-02", "\n- `acme", "\n- mine: acme/garden#12 stays text\n- `acme")
    report = imports(root, *exports.values())
    assert report["linked"] == 1
    outcomes = {note["path"]: note["outcome"] for note in report["notes"] if "Diary" in note["path"]}
    assert list(outcomes.values()) == ["kept", "updated", "unchanged"]
    assert f"I fixed acme/garden#12 before noon, and read {TIDES}" in text(root, "2025-04-01")
    assert all(line in text(root, "2025-04-02") for line in LINKED_LIST)
    before = snapshot(root)
    assert imports(root, *exports.values())["linked"] == 0
    assert snapshot(root) == before


def test_lines_that_the_user_made_code_stay_code(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["diary"])
    path = edited(root, "2025-04-01", "\nFixed", "\n```\nFixed")
    before = path.read_bytes()
    imports(root, exports["issues"])
    assert path.read_bytes() == before


@pytest.mark.parametrize("new", ["", "acme/garden#12 is done", "[[12 Mend the fence|acme/garden#12]]"])
def test_a_mention_the_user_rewrote_is_no_conflict(vault, imports, exports, new: str) -> None:
    root = vault()
    exports["diary"].write_text("2025-04-01\n\nTo acme/garden#12\n")
    imports(root, exports["diary"])
    path = edited(root, "2025-04-01", "To acme/garden#12\n", f"{new}\n")
    before = path.stat().st_mtime_ns, path.read_bytes()
    assert imports(root, exports["issues"])["linked"] == 0
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


@pytest.mark.parametrize("form", [b"\r\n", b"\xef\xbb\xbf"], ids=["CRLF", "byte order mark"])
def test_the_form_of_a_note_stays(vault, imports, exports, form: bytes) -> None:
    root = vault()
    imports(root, exports["diary"])
    path = root / "Diary/2025-04-01.md"
    data = path.read_bytes()
    data = data.replace(b"\n", form) if b"\n" in form else form + data
    path.write_bytes(data)
    assert imports(root, exports["issues"])["linked"] == 2
    assert path.read_bytes() == data.replace(b"acme/garden#12", b"[[12 Mend the fence|acme/garden#12]]")


@pytest.mark.parametrize("gone", ["deleted", "without its id"])
def test_a_note_that_is_not_followed_is_left_alone(vault, imports, exports, gone: str) -> None:
    root = vault()
    imports(root, exports["diary"])
    path = root / "Diary/2025-04-01.md"
    if gone == "deleted":
        path.unlink()
    else:
        edited(root, "2025-04-01", "vaultkit-id: ", "was: ")
    before = {one.name: one.read_bytes() for one in path.parent.iterdir() if one.name == path.name}
    assert imports(root, exports["issues"])["linked"] == 1
    assert {one.name: one.read_bytes() for one in path.parent.iterdir() if one.name == path.name} == before


def test_a_moved_note_gets_its_links_where_it_is(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["diary"])
    (root / "Old").mkdir()
    (root / "Diary/2025-04-01.md").rename(root / "Old/A day.md")
    assert imports(root, exports["issues"])["linked"] == 2
    assert "[[12 Mend the fence|acme/garden#12]]" in (root / "Old/A day.md").read_text("utf-8")


def test_links_lead_to_where_a_note_is_now_and_written_ones_stay(vault, imports, run, exports) -> None:
    root = vault()
    exports["diary"].write_text("2025-04-01\n\nTo acme/garden#12\n\n2025-04-02\n\nNothing.\n")
    imports(root, exports["issues"], exports["diary"])
    (note,) = root.rglob("12 *.md")
    note.rename(root / "Fence.md")
    before = snapshot(root)
    assert imports(root, exports["diary"])["counts"]["unchanged"] == 2
    assert snapshot(root) == before  # a program that renames notes mends their links; to do it here would be news
    exports["diary"].write_text("2025-04-01\n\nTo acme/garden#12\n\n2025-04-02\n\nAgain acme/garden#12\n")
    assert imports(root, exports["diary"])["counts"]["updated"] == 1
    assert "Again [[Fence|acme/garden#12]]" in text(root, "2025-04-02")
    assert "To [[12 Mend the fence|acme/garden#12]]" in text(root, "2025-04-01")


def test_moving_with_vaultkit_keeps_links_and_the_next_import_agrees(vault, imports, run, exports) -> None:
    root = vault()
    exports["diary"].write_text("2025-04-01\n\nTo acme/garden#12\n")
    imports(root, exports["issues"], exports["diary"])
    (note,) = root.rglob("12 *.md")
    assert run("mv", note.relative_to(root), "Fence.md", cwd=root).code == 0
    assert "To [[Fence|acme/garden#12]]" in text(root, "2025-04-01")
    report = imports(root, exports["diary"])
    assert [note["outcome"] for note in report["notes"]] in (["unchanged"], ["kept"])
    assert "To [[Fence|acme/garden#12]]" in text(root, "2025-04-01")


STYLES = {
    "absolute": ({"newLinkFormat": "absolute"}, "[[Issues/acme/garden/12 Mend the fence|acme/garden#12]]"),
    "relative": ({"newLinkFormat": "relative"}, "[[../Issues/acme/garden/12 Mend the fence|acme/garden#12]]"),
    "markdown": ({"useMarkdownLinks": True}, "[acme/garden#12](12%20Mend%20the%20fence.md)"),
    "markdown, relative": (
        {"useMarkdownLinks": True, "newLinkFormat": "relative"},
        "[acme/garden#12](../Issues/acme/garden/12%20Mend%20the%20fence.md)",
    ),
}


@pytest.mark.parametrize(("said", "link"), STYLES.values(), ids=STYLES)
def test_links_are_in_the_vaults_own_style(vault, imports, exports, said: dict[str, object], link: str) -> None:
    root = vault({".obsidian/app.json": json.dumps(said)})
    day = f"To acme/garden#12, {ISSUE}#issuecomment-7, {TIDES}, and 2025/04/02.\n"
    exports["diary"].write_text(f"2025-04-01\n\n{day}\n2025-04-02\n\nNothing.\n")
    imports(root, exports["diary"])
    imports(root, exports["issues"], exports["comments"], exports["papers"])
    late = text(root, "2025-04-01")
    assert link in late
    other = vault({".obsidian/app.json": json.dumps(said)}, name="other")
    imports(other, *exports.values())
    assert text(other, "2025-04-01") == late
    if "useMarkdownLinks" in said:
        assert "[[" not in late
        assert r"[\[Paper Note\] Tides in" in late
        assert ".md#^comment-7)" in late
        assert "[2025/04/02](" in late


def test_a_name_of_two_notes_means_neither_and_is_told(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["issues"])
    imports(root, "--source", "forge", "--into", "Forge", exports["issues"])
    report = imports(root, exports["diary"])
    assert "[[12" not in text(root, "2025-04-01")
    told = {one["text"]: one["why"] for one in report["unresolved"]}
    claimed = "more than one note is called that: forge/acme/garden#12, github/acme/garden#12"
    assert told["acme/garden#12"] == told[ISSUE] == claimed


def test_a_second_note_of_the_name_unlinks_nothing(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["papers"], exports["diary"])
    before = text(root, "2025-04-02")
    assert f"[[Waves|{WAVES}]]" in before
    again = exports["papers"].with_name("again.txt")
    again.write_text(papers("Else", "Other", WAVES))
    assert imports(root, again)["linked"] == 0
    report = imports(root, exports["diary"])
    assert text(root, "2025-04-02") == before
    assert WAVES not in {one["text"] for one in report["unresolved"]}
    exports["diary"].write_text(DIARY.replace("Nothing to tell.", f"- {WAVES}"))
    report = imports(root, exports["diary"])
    assert text(root, "2025-04-02") == before
    assert f"\n- {WAVES}\n" in text(root, "2025-04-03")
    assert next(one["why"] for one in report["unresolved"] if one["text"] == WAVES).startswith("more than one note")
    exports["diary"].write_text(DIARY.replace("Nothing to tell.", "Nothing.").replace(" then", " and then"))
    imports(root, exports["diary"])
    assert text(root, "2025-04-02") == before.replace(" then", " and then")


def test_nothing_leads_to_a_note_the_user_deleted(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["issues"])
    (note,) = root.rglob("12 *.md")
    note.unlink()
    report = imports(root, exports["issues"], exports["diary"])
    assert "Fixed acme/garden#12 before" in text(root, "2025-04-01")
    assert "acme/garden#12" in {one["text"] for one in report["unresolved"]}


def test_trackers_wait_for_each_other(vault, imports, exports) -> None:
    """A bare number is one of its own repository, also when it is linked later; a comment waits as well."""
    root = vault()
    exports["issues"].write_text(json.dumps([issue(1, f"See #12, #99, {ISSUE} and {ISSUE}#issuecomment-7.")]))
    report = imports(root, exports["issues"])
    assert {one["text"] for one in report["unresolved"]} == {"#12", "#99"}
    exports["issues"].write_text(json.dumps([issue(12)]))
    assert imports(root, exports["issues"])["linked"] == 1
    here = f"[[12 Mend the fence|#12]], #99, [[12 Mend the fence|{ISSUE}]] and {ISSUE}#issuecomment-7."
    assert f"See {here}" in text(root, "1 Bed 1")
    assert imports(root, exports["issues"], exports["comments"])["linked"] == 1
    assert f"and [[12 Mend the fence#^comment-7|{ISSUE}#issuecomment-7]]." in text(root, "1 Bed 1")


def test_what_an_export_leaves_out_waits_on(vault, imports, exports) -> None:
    root = vault()
    exports["comments"].write_text(json.dumps([comment(1, 7, "As #12 says.")]))
    exports["issues"].write_text(json.dumps([issue(1, "Old.") | {"comments": 1}]))
    imports(root, exports["issues"], exports["comments"])
    exports["issues"].write_text(json.dumps([issue(1, "New.") | {"comments": 1}]))
    imports(root, exports["issues"])
    exports["issues"].write_text(json.dumps([issue(12)]))
    assert imports(root, exports["issues"])["linked"] == 1
    assert "New.\n" in text(root, "1 Bed 1")
    assert "As [[12 Mend the fence|#12]] says." in text(root, "1 Bed 1")


def test_a_shorter_export_of_the_same_writes_nothing(vault, imports, exports) -> None:
    root = vault()
    imports(root, exports["issues"], exports["comments"])
    exports["issues"].write_text(json.dumps([{**issue(12), "comments": 1}, issue(13)]))
    before = contents(root)
    assert imports(root, exports["issues"])["counts"]["unchanged"] == 2
    assert contents(root) == before


def test_a_site_links_to_its_own_pages_only(vault, imports, tmp_path) -> None:
    root = vault()
    page = "---\ntitle: {0}\npermalink: /{0}/\n---\n{1}\n"
    one, two = tmp_path / "one", tmp_path / "two"
    write_tree(one, {"_config.yml": "", "_posts/2024-01-01-a.md": page.format("a", "To [b](/b/) and [c](/c/).")})
    imports(root, one)
    write_tree(two, {"_config.yml": "", "_posts/2024-01-02-c.md": page.format("c", "Else.")})
    imports(root, "--source", "other", two)
    assert "[c](/c/)" in text(root, "a")
    write_tree(one, {"_posts/2024-01-03-b.md": page.format("b", "To [a](/a/).")})
    imports(root, one / "_posts/2024-01-03-b.md")
    assert "To [[b]] and [c](/c/)." in text(root, "a")
