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


def test_a_note_only_the_source_changed_is_updated(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    note.write_bytes(note.read_bytes().replace(b"\n", b"\r\n"))  # as git's autocrlf does: no edit
    log.write_text(DIARY.replace("until noon", "until two"))
    assert counts(imported(run, log, "--vault", root)) == {"updated": 1, "unchanged": 2}
    assert b"until two" in note.read_bytes()
    assert note.read_bytes().count(b"\r\n") == note.read_bytes().count(b"\n")


def test_a_lost_ledger_costs_nothing(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    note.write_text(note.read_text() + "My own words.\n")
    shutil.rmtree(root / ".vaultkit")
    assert counts(imported(run, log, "--vault", root)) == {"kept": 1, "unchanged": 2}
    assert note.read_text().endswith("My own words.\n")


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


def test_two_people_with_the_same_days_are_two_diaries(run, vault, tmp_path) -> None:
    root = vault()
    hers = "2024-01-01\n\nSleep: 7h. Weight: 62 kg. Mood: good. Ran 5 km with Ken.\n"
    his = "2024-01-01\n\nSleep: 8h. Weight: 81 kg. Mood: good. Cooked for Yuki.\n"
    write_tree(tmp_path, {"hers.txt": hers, "his.txt": his})
    imported(run, tmp_path / "hers.txt", "--vault", root)
    imported(run, tmp_path / "his.txt", "--vault", root)
    texts = [p.read_text() for p in (root / "Diary").glob("*.md")]
    assert sorted("Ken" in t for t in texts) == sorted("Yuki" in t for t in texts) == [False, True]
    for order in (("his.txt", "hers.txt"), ("hers.txt", "his.txt")):
        assert counts(imported(run, *(tmp_path / n for n in order), "--vault", root)) == {"unchanged": 2}


def test_files_of_one_name_in_one_run_lose_nothing(run, vault, tmp_path) -> None:
    root = vault()
    words = ("alpha", "beta", "gamma")
    for folder, word in zip("abc", words, strict=True):
        text = f"2024-01-01\n\n{' '.join(f'{word}{i}' for i in range(30))}\n\n2024-01-02\n\nMore {word}.\n"
        write_tree(tmp_path, {f"{folder}/diary.txt": text})
    files = [tmp_path / folder / "diary.txt" for folder in "abc"]
    assert counts(imported(run, *files, "--vault", root)) == {"created": 6}
    texts = "".join(p.read_text() for p in (root / "Diary").glob("*.md"))
    assert all(f"{word}29" in texts and f"More {word}." in texts for word in words)
    assert counts(imported(run, *files, "--vault", root)) == {"unchanged": 6}


def test_an_entry_put_above_another_of_its_day_does_not_take_its_place(run, vault, tmp_path) -> None:
    root = vault()
    tea = "2024-01-02\n\nmorning entry about tea and the long walk to the harbour\n"
    export = write_tree(tmp_path, {"d.txt": tea}) / "d.txt"
    imported(run, export, "--vault", root)
    note = root / "Diary/2024-01-02.md"
    note.write_text(note.read_text() + "My own words.\n")
    export.write_text("2024-01-02\n\nEvening concert in the old church, three encores\n\n" + tea)
    assert counts(imported(run, export, "--vault", root)) == {"created": 1, "kept": 1}
    texts = [p.read_text() for p in (root / "Diary").glob("*.md")]
    assert sorted("concert" in t for t in texts) == sorted("tea" in t for t in texts) == [False, True]
    assert "My own words." in note.read_text()


def test_an_export_without_comments_does_not_take_them_away(run, vault, tmp_path) -> None:
    root = vault()
    issue = {**ISSUES[0], "comments": 1, "body": "Text."}
    comment = {
        "id": 7,
        "issue_url": "https://api.github.com/repos/keepers/lamp/issues/1",
        "html_url": "https://github.com/keepers/lamp/issues/1#issuecomment-7",
        "user": {"login": "bo"},
        "created_at": "2024-03-02T00:00:00Z",
        "body": "A remark.",
    }
    write_tree(tmp_path, {"i.json": json.dumps([issue]), "c.json": json.dumps([comment])})
    imported(run, tmp_path / "i.json", tmp_path / "c.json", "--vault", root)
    note = root / "Issues/keepers/lamp/1 Lamp 1.md"
    before = note.read_text()
    assert "A remark. ^comment-7" in before
    assert counts(imported(run, tmp_path / "i.json", "--vault", root)) == {"unchanged": 1}
    few = {"number": 1, "title": "Lamp 1", "url": "https://github.com/keepers/lamp/issues/1"}
    write_tree(tmp_path, {"few.json": json.dumps([few])})
    assert counts(imported(run, tmp_path / "few.json", "--vault", root)) == {"unchanged": 1}
    write_tree(tmp_path, {"i.json": json.dumps([{**issue, "body": "Text, revised.", "state": "closed"}])})
    assert counts(imported(run, tmp_path / "i.json", "--vault", root)) == {"updated": 1}
    assert note.read_text() == before.replace("Text.", "Text, revised.").replace("state: open", "state: closed")


def test_a_picture_that_could_not_be_written_is_told_and_tried_again(run, vault, tmp_path) -> None:
    root = vault({".obsidian/app.json": json.dumps({"attachmentFolderPath": "Pictures"})})
    write_tree(
        tmp_path, {"site/_config.yml": "", "site/p.md": "---\ntitle: P\n---\n![](a.png)\n", "site/a.png": b"png"}
    )
    (tmp_path / "out").mkdir()
    (root / "Pictures").symlink_to(tmp_path / "out")
    report = imported(run, tmp_path / "site", "--vault", root, code=1)
    assert any("attachment was not written" in n["message"] for n in report["notices"])
    (root / "Pictures").unlink()
    imported(run, tmp_path / "site", "--vault", root)
    assert (root / "Pictures/a.png").read_bytes() == b"png"


@pytest.mark.parametrize("together", [False, True])
def test_a_second_site_shows_its_own_pictures(run, vault, tmp_path, together: bool) -> None:
    root = vault()
    for name in ("alpha", "beta"):
        page = f"---\ntitle: {name} shop\n---\n{' '.join(f'{name}{i}' for i in range(40))}\n\n![](p.png)\n"
        write_tree(tmp_path, {f"{name}/index.md": page, f"{name}/p.png": name.encode()})
        if not together:
            imported(run, tmp_path / name, "--vault", root)
    if together:
        imported(run, tmp_path / "alpha", tmp_path / "beta", "--vault", root)
    for name in ("alpha", "beta"):
        embedded = (root / f"Pages/{name} shop.md").read_text().split("![[")[1].split("]]")[0]
        assert (root / embedded).read_bytes() == name.encode()


@pytest.mark.parametrize("into", [".obsidian", ".git/x", "a/../../b", "/etc", r"..\..\out", "a:b?"])
def test_a_bad_destination_is_refused(run, vault, log, into: str) -> None:
    root = vault()
    before = snapshot(root)
    ran = run("import", log, "--vault", root, "--into", into)
    assert ran.code == 2
    assert "--into" in ran.err
    assert snapshot(root) == before


def test_a_hidden_daily_folder_is_refused(run, vault, log) -> None:
    root = vault({".obsidian/daily-notes.json": '{"folder": ".hid"}'})
    ran = run("import", log, "--vault", root)
    assert ran.code == 2
    assert "daily-notes.json" in ran.err


@pytest.mark.parametrize("tag", ["foo bar", "1984", "a,b"])
def test_a_bad_tag_is_refused(run, vault, log, tag: str) -> None:
    assert run("import", log, "--vault", vault(), "--tag", tag).code == 2


def test_a_damaged_ledger_is_told_and_kept_aside(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    ledger = root / ".vaultkit/sources/diary.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-30])
    report = imported(run, log, "--vault", root)
    assert any("damaged" in n["message"] for n in report["notices"])
    assert ledger.with_name("diary.jsonl.damaged").is_file()
    assert not any("damaged" in n["message"] for n in imported(run, log, "--vault", root)["notices"])


def test_broken_properties_are_no_lost_id(run, vault, log) -> None:
    root = vault()
    imported(run, log, "--vault", root)
    note = root / "Diary/2024-03-02.md"
    whole = note.read_text()
    note.write_text(whole.replace("date:", "title: foo: bar\ndate:"))
    assert counts(imported(run, log, "--vault", root)) == {"kept": 1, "unchanged": 2}
    note.write_bytes(b"\xef\xbb\xbf" + whole.encode())
    assert counts(imported(run, log, "--vault", root)) == {"unchanged": 3}


def test_a_dry_run_writes_no_plan_either(run, vault, tmp_path) -> None:
    write_tree(tmp_path, {"k.txt": "Log\n\nFirst night\n\nNothing.\n\nSecond night\n\nA ship.\n"})
    plan = tmp_path / "plan.yaml"
    assert run("import", tmp_path / "k.txt", "--vault", vault(), "--plan", plan, "--dry-run").code == 0
    assert not plan.exists()
    assert run("import", tmp_path / "k.txt", "--vault", vault(name="w"), "--plan", tmp_path / "no/p.yaml").code == 2


def test_a_page_alone_is_the_page_of_its_site(run, vault, tmp_path) -> None:
    root = vault()
    write_tree(
        tmp_path,
        {
            "site/_config.yml": "",
            "site/trips/index.md": "---\ntitle: Trip\n---\nsee [food](../food/) x\n",
            "site/food/index.md": "---\ntitle: Food\n---\nRice.\n",
        },
    )
    imported(run, tmp_path / "site", "--vault", root)
    trip = (root / "Pages/Trip.md").read_text()
    assert "see [[Food|food]] x" in trip
    report = imported(run, tmp_path / "site/trips/index.md", "--vault", root)
    assert report["counts"]["created"] == 0
    assert len(list((root / "Pages").glob("*.md"))) == 2


def test_a_part_of_a_site_keeps_its_links_to_the_rest(run, vault, tmp_path) -> None:
    root = vault()
    page = "---\ntitle: {}\ndate: 2025-01-0{}\n---\n{}\n"
    write_tree(
        tmp_path / "site",
        {
            "_config.yml": "permalink: /:year/:month/:title/\n",
            "_posts/2025-01-01-one.md": page.format("One", 1, "First."),
            "_posts/2025-01-02-two.md": page.format("Two", 2, "See [the first](/2025/01/one/)."),
        },
    )
    imported(run, tmp_path / "site", "--vault", root)
    assert "See [[One|the first]]." in (root / "Pages/Two.md").read_text()
    assert counts(imported(run, tmp_path / "site/_posts/2025-01-02-two.md", "--vault", root)) == {"unchanged": 1}
