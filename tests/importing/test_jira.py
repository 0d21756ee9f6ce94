"""Whatever way an issue of Jira was exported, it is one note with all its comments."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, not_hanging
from tests.importing.exports import TOKYO, export, read
from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, NoticeKind
from vaultkit.importing.jira.headers import columns, is_jiras
from vaultkit.importing.moment import Zone
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import jira

API = "https://j.example/tracker/rest/api/2"
EMI = {"accountId": "55:aa", "displayName": "Emi", "emailAddress": "emi@j.example"}
CREATED = "2024-05-01T08:00:10.123+0900"


def issue(number: int = 1, id_: int = 10001, changed: Any = None, **fields: Any) -> dict[str, Any]:
    """An issue as the REST interface gives it."""
    known = {"summary": "Lamp", "description": "*Dark*", "created": CREATED, "updated": CREATED, "reporter": EMI}
    return {
        "id": str(id_),
        "key": f"LMP-{number}",
        "self": f"{API}/issue/{id_}",
        "fields": known | fields,
    } | (changed or {})


def comment(body: object = "Yes", id_: int = 7, of: int = 10001, **changed: Any) -> dict[str, Any]:
    """A comment as the REST interface gives it."""
    return {
        "self": f"{API}/issue/{of}/comment/{id_}",
        "id": str(id_),
        "author": EMI,
        "body": body,
        "created": CREATED,
        "updated": CREATED,
    } | changed


def read_one(*contents: object) -> Entry:
    (entry,), notices = read(jira, *contents)
    assert notices == []
    return entry


def csv(*rows: str, header: str = "Summary,Issue key,Issue id,Issue Type,Created,Updated,Description") -> str:
    return "\n".join((header, *rows)) + "\n"


SHAPES = {
    "page": {"startAt": 0, "total": 1, "issues": [issue()]},
    "issue": issue(),
    "array": [issue()],
    "pages": [{"issues": [issue()], "isLast": True}],
    "pages back to back": json.dumps({"issues": []}) + "\n" + json.dumps({"issues": [issue()]}),
    "lines": json.dumps(issue()) + "\n" + json.dumps(issue(changed={"expand": ""})) + "\n",
    "mark": b"\xef\xbb\xbf" + json.dumps([issue()]).encode(),
    "utf-16": json.dumps({"issues": [issue()]}).encode("utf-16"),
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_every_shape_of_json_is_the_same_issue(content: object) -> None:
    assert jira.identify(export(content, "a.json")).claimed
    entry = read_one(content)
    assert (entry.key, entry.name, entry.body) == ("10001", "LMP-1 Lamp", "**Dark**")
    assert "https://j.example/tracker/browse/LMP-1" in entry.names


def test_a_comment_may_come_in_a_file_of_its_own_and_before_its_issue() -> None:
    entry = read_one({"comments": [comment("see [~55:aa], [~accountid:55:aa]")], "total": 1}, [issue()])
    assert entry.body.endswith("see @Emi, @Emi ^comment-7")
    assert entry.anchors == (("https://j.example/tracker/browse/LMP-1?focusedCommentId=7", "#^comment-7"),)


def test_a_comment_without_its_issue_is_told_with_all_its_text() -> None:
    _, (notice,) = read(jira, {"comments": [comment("*alone*", of=5)]})
    assert (notice.kind, notice.place, notice.text) == (NoticeKind.UNPLACED, "0: comments[0]", "**alone**")


def test_comments_that_are_cut_off_are_told() -> None:
    (entry,), (notice,) = read(jira, [issue(comment={"total": 3, "comments": [comment()]})])
    assert "3 comments and 1 of them are here" in notice.message
    assert "comments" in entry.missing


COPIES = {
    "another page": [issue(summary="Lamp 2", updated="2024-05-02T08:00:00.000+0900")],
    "moved to another project": [
        issue(summary="Lamp 2", updated="2024-05-02T08:00:00.000+0900", changed={"key": "OPS-9"}),
    ],
}


@pytest.mark.parametrize("content", COPIES.values(), ids=COPIES)
@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_copies_the_one_updated_last_counts(content: object, newest_first: bool) -> None:
    both = [content, [issue(comment={"total": 1, "comments": [comment()]})]]
    (entry,), _ = read(jira, *(both if newest_first else reversed(both)))
    assert (entry.key, entry.title) == ("10001", "Lamp 2")
    assert "^comment-7" in entry.body


def test_a_copy_of_another_form_is_the_same_issue() -> None:
    table = csv("Lamp,LMP-1,10001,Bug,01/May/24 8:00 AM,01/May/24 8:00 AM,*Dark*")
    (entry,), notices = read(jira, table, [issue()])
    assert notices == []
    assert dict(entry.properties)["type"] == "Bug"
    assert dict(entry.properties)["url"] == "https://j.example/tracker/browse/LMP-1"


def test_a_table_without_ids_finds_the_issue_by_its_key() -> None:
    table = csv("Lamp,LMP-1,Bug,01/May/24 8:00 AM,*Dark*", header="Summary,Issue key,Issue Type,Created,Description")
    assert read_one(table, [issue()]).key == "10001"
    assert read_one([issue()], table).key == "10001"


def test_two_sites_may_have_the_same_ids() -> None:
    other = issue(changed={"key": "WEB-1"}, created="2020-01-01T00:00:00.000+0000")
    entries, _ = read(jira, [issue()], [other])
    assert [entry.name for entry in entries] == ["LMP-1 Lamp", "WEB-1 Lamp"]


def test_what_an_export_does_not_say_is_missing_from_it() -> None:
    entry = read_one([issue()])
    assert {"status", "state", "priority", "labels", "links", "due", "comments"} <= set(entry.missing)
    assert not {"title", "created", "author", "body"} & set(entry.missing)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": {"name": "Weird", "statusCategory": {"key": "done"}}}, "closed"),
        ({"status": {"name": "Done", "statusCategory": {"key": "new"}}, "resolution": {"name": "Fixed"}}, "open"),
        ({"status": {"name": "Weird"}, "resolution": {"name": "Won't Do"}}, "closed"),
        ({"status": {"name": "Weird"}, "resolution": {"name": "Unresolved"}}, "open"),
        ({"status": {"name": "Weird"}, "resolution": None, "resolutiondate": CREATED}, "closed"),
        ({}, "open"),
    ],
    ids=["category", "category-counts-most", "resolution", "unresolved", "day", "nothing"],
)
def test_open_or_closed(fields: dict[str, Any], state: str) -> None:
    assert dict(read_one([issue(**fields)]).properties)["state"] == state


VALUES = {
    "number": (3.0, 3),
    "fraction": (0.5, 0.5),
    "option": ({"self": "x", "value": "East"}, "East"),
    "cascade": ({"value": "East", "child": {"value": "Osaka"}}, "East - Osaka"),
    "person": ({"displayName": "Emi"}, "Emi"),
    "address for mail": ("emi@j.example", "emi"),
    "list": ([{"name": "1.0"}, "x"], ("1.0", "x")),
    "day": ("2024-05-01", dt.date(2024, 5, 1)),
    "no day": ("2024-13-01", "2024-13-01"),
}


@pytest.mark.parametrize(("value", "kept"), VALUES.values(), ids=VALUES)
def test_custom_fields_are_properties(value: object, kept: object) -> None:
    page = {"names": {"customfield_1": "My Field"}, "issues": [issue(customfield_1=value)]}
    assert dict(read_one(page).properties)["my-field"] == kept


def test_names_of_custom_fields_may_stand_behind_the_issues_and_do_not_hide_properties() -> None:
    page = {"issues": [issue(customfield_1="x", customfield_2="LMP-9")]}
    names = {"issues": [], "isLast": True, "names": {"customfield_1": "State", "customfield_2": "Epic Link"}}
    properties = dict(read_one(page, names, {"comments": [], "startAt": 0, "maxResults": 9, "total": 0}).properties)
    assert (properties["state"], properties["custom-state"], properties["parent"]) == ("open", "x", "LMP-9")


@pytest.mark.parametrize("value", ["0|i000pr:", {}, [], "", None, "{}"])
def test_what_says_nothing_is_left_out(value: object) -> None:
    one, other = read_one([issue(customfield_1=value)]), read_one([issue()])
    assert (one.properties, one.body) == (other.properties, other.body)


def test_people_are_known_by_their_names_not_their_addresses() -> None:
    named = {"name": "jo@j.example", "displayName": "jo@j.example"}
    everything = repr(read(jira, [issue(reporter=named, description="[~jo@j.example] [~x@y.example]")]))
    assert "@j.example" not in everything
    assert "@y.example" not in everything


def test_a_table_with_numbers_for_months_says_which_is_which() -> None:
    rows = ("A,LMP-1,1,Bug,3/4/24 15:54,,", "B,LMP-2,2,Bug,3/14/24 15:54,,")
    (first, _), _ = read(jira, csv(*rows))
    assert dict(first.properties)["created"] == dt.datetime(
        2024, 3, 4, 15, 54, tzinfo=dt.timezone(dt.timedelta(hours=9))
    )
    with pytest.raises(ExportError, match="--date-order"):
        read(jira, csv(rows[0]))
    (only,), _ = read(jira, csv(rows[0]), options=ReadOptions(zone=TOKYO.zone, date_order="dmy"))
    assert dict(only.properties)["created"].date() == dt.date(2024, 4, 3)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("columns", "cells", "state"),
    [
        ("Status", "Done", "closed"),
        ("ステータス", "完了", "closed"),
        ("Status", "In Progress", "open"),
        ("Status,Resolution", "Done,", "open"),  # what people call a status need not mean what it says
        ("Status,Status Category", "Shipped,Done", "closed"),
    ],
)
def test_a_table_with_nothing_but_a_status_is_closed_by_that(columns: str, cells: str, state: str) -> None:
    (entry,), _ = read(jira, csv(f"A,LMP-1,1,Bug,{cells}", header=f"Summary,Issue key,Issue id,Issue Type,{columns}"))
    assert dict(entry.properties)["state"] == state


TIMES = {
    "English": "31/Jan/24 11:54 PM",
    "Japanese": "31/1月/24 11:54 午後",
    "German": "31/Jän/24 11:54 PM",
    "German, new": "31.Jan..24 23:54",
    "French": "31/janv./24 11:54 PM",
    "Spanish": "31/ene/24 11:54 p. m.",
    "ISO": "2024-01-31 23:54",
    "Japanese digits": "2024/01/31 23:54",
}


@pytest.mark.parametrize("written", TIMES.values(), ids=TIMES)
def test_times_are_read_in_the_language_of_the_person(written: str) -> None:
    (entry,), notices = read(jira, csv(f"A,LMP-1,1,Bug,{written},,"))
    assert notices == []
    assert dict(entry.properties)["created"] == dt.datetime(2024, 1, 31, 14, 54, tzinfo=dt.UTC)


def test_the_zone_of_the_machine_is_told_once() -> None:
    table = csv("A,LMP-1,1,Bug,31/Jan/24 11:54 PM,,", "B,LMP-2,2,Bug,31/Jan/24 11:54 PM,,")
    _, (notice,) = read(jira, table, options=ReadOptions(zone=Zone("Asia/Tokyo")))
    assert "Asia/Tokyo" in notice.message
    assert "--tz" in notice.message


def test_columns_of_one_name_are_all_read() -> None:
    header = "Summary,Issue key,Issue id,Issue Type,Labels,Labels,Comment,Comment"
    table = csv('A,LMP-1,1,Bug,x,y,01/Jan/24 8:00 AM;emi;a; b,"02/Jan/24 8:00 AM;emi;c\n\nd"', header=header)
    entry = read_one(table)
    assert entry.labels == ("x", "y")
    assert "a; b ^comment-" in entry.body
    assert "c\n\nd ^comment-" in entry.body


@pytest.mark.parametrize(
    ("header", "is_ours"),
    [
        ("Summary,Issue key,Issue id", True),
        ("要約,課題キー,課題 ID,課題タイプ", True),
        ("Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp", True),
        ("Résumé,Clé de ticket,Type de ticket", True),
        ("Resumen,Clave de incidencia,Tipo de Incidencia", True),
        ("Summary,Work item key,Work type", True),
        ("Title,Description,Issue ID,URL,State", False),
        ("ID,Team,Title,Description,Status,Estimate,Priority,Labels", False),
        ("#,Project,Tracker,Status,Priority,Subject,Author", False),
        ("Summary,Key,Notes", False),
    ],
)
def test_a_header_is_jiras_or_not(header: str, is_ours: bool) -> None:
    assert is_jiras(header.split(",")) is is_ours


def test_columns_with_something_in_brackets() -> None:
    header = ["Custom field (Story Points)", "Benutzerdefinierte Felder (Kunde)", "カスタム フィールド (備考)"]
    assert [(one.field, one.name) for one in columns(header)] == [
        ("custom", "Story Points"),
        ("custom", "Kunde"),
        ("custom", "備考"),
    ]
    header = ["Inward issue link (Blocks)", "Ausgehende Vorgangsverknüpfung (Blocks)", "Custom field (Epic Link)"]
    assert [one.field for one in columns(header)] == ["link in", "link out", "epic"]


@pytest.mark.parametrize(
    "content",
    [
        {"issues": [{"id": 1, "number": 1, "title": "GitHub"}]},
        {"issues": [{"id": 1, "subject": "Redmine", "tracker": {"id": 1, "name": "Bug"}}]},
        {"entries": []},
        "a,b\n1,2\n",
        '<rss version="2.0"><channel><item><key id="1">A-1</key></item></channel></rss>',
        "2024-01-01\nLMP-1 is dark\n",
        b"\x89PNG\r\n",
        "",
    ],
)
def test_what_is_not_jiras_is_declined(content: object) -> None:
    assert not jira.identify(export(content, "a")).claimed


def test_an_issue_that_moved_keeps_its_note_and_another_site_does_not_take_it(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root = vault()

    def notes(name: str, *issues: dict[str, Any]) -> dict[str, str]:
        (tmp_path / name).write_text(json.dumps({"issues": issues}), "utf-8")
        ran = run_here("import", tmp_path / name, "--json", cwd=root)
        return {one["id"]: one["outcome"] for one in json.loads(ran.out)["notes"]}

    text = "The lamp above the door does not light when it is dark outside."
    assert notes("a.json", issue(description=text)) == {"jira/10001": "created"}
    moved = issue(description=text, changed={"key": "OPS-9"})
    assert list(notes("a.json", moved)) == ["jira/10001"]
    other = issue(description="Invoices of March have to be sent again, says accounting.", changed={"key": "PAY-1"})
    assert list(notes("other.json", other)) == ["jira/10001@other"]
    assert len(list(root.rglob("*.md"))) == 2


def test_fields_of_the_site_that_an_export_leaves_out_are_kept(
    tmp_path: Path, vault: Callable[..., Path], run_here: Callable[..., Ran]
) -> None:
    root, file = vault(), tmp_path / "a.json"

    def note(**fields: Any) -> str:
        page = {"names": {"customfield_1": "Points"}, "issues": [issue(**fields)]}
        file.write_text(json.dumps(page), "utf-8")
        run_here("import", file, cwd=root)
        return (root / "Issues/LMP/LMP-1 Lamp.md").read_text("utf-8")

    both = note(customfield_1=3, priority={"name": "High"}, labels=["x"])
    assert "points: 3" in both
    thin = note(priority=None)
    assert "points: 3" in thin
    assert "  - x" in thin
    assert "priority" not in thin
    assert "points" not in note(customfield_1=None, labels=[])


@pytest.mark.parametrize("piece", [";", "1;", " ", "x", "@", "<a user-hover"])
def test_long_texts_are_fast(piece: str) -> None:
    body = piece * (200_000 // len(piece)) + "x"
    tag = f"<customfieldname>x</customfieldname><customfieldvalues><customfieldvalue><![CDATA[{body}"
    item = f"<item><key>A-1</key><description><![CDATA[{body}]]></description><customfields><customfield>{tag}]]>"
    ends = "</customfieldvalue></customfieldvalues></customfield></customfields></item>"
    with not_hanging():
        read(jira, f'<rss version="0.92"><!-- RSS generated by JIRA --><channel>{item}{ends}</channel></rss>')
        read(jira, [issue(description=body, comment={"total": 1, "comments": [comment(body)]}, customfield_1=body)])
        read(
            jira,
            csv(
                f'A,LMP-1,1,"{body}",31/Jan/24 11:54 PM,,"{body}"',
                header="Summary,Issue key,Issue id,Issue Type,Created,Comment,Attachment",
            ),
        )
