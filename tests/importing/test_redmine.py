"""Issues of Redmine, from a list, one by one or from a table, are the same notes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.conftest import not_hanging
from tests.importing.exports import export, read
from vaultkit.importing.entry import Entry
from vaultkit.importing.redmine.headers import is_redmines
from vaultkit.importing.sources import redmine


def named(id_: int, name: str) -> dict[str, object]:
    return {"id": id_, "name": name}


def issue(number: int = 1, **changed: Any) -> dict[str, Any]:
    """An issue as the REST interface gives it in a list."""
    return {
        "id": number,
        "project": named(1, "Lamps"),
        "tracker": named(1, "Bug"),
        "status": named(1, "New"),
        "author": named(5, "Emi"),
        "subject": "Lamp",
        "description": "Dark",
        "created_on": "2024-05-01T08:00:00Z",
        "updated_on": "2024-05-01T08:00:00Z",
    } | changed


def journal(id_: int, notes: str = "", **changed: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "user": named(5, "Emi"),
        "notes": notes,
        "created_on": f"2024-05-01T09:{id_:02}:00Z",
        "details": [],
    } | changed


def changing(name: str, old: object, new: object, of: str = "attr") -> dict[str, object]:
    return {"property": of, "name": name, "old_value": old, "new_value": new}


def read_one(*contents: object) -> Entry:
    (entry,), notices = read(redmine, *contents)
    assert notices == []
    return entry


SHAPES = {
    "page": {"issues": [issue()], "total_count": 1, "offset": 0, "limit": 25},
    "single": {"issue": issue()},
    "bare": issue(),
    "array": [issue()],
    "pages": [{"issues": [issue()]}, {"issues": []}],
    "back to back": json.dumps({"issue": issue()}) + json.dumps({"issues": [], "total_count": 1}),
    "lines": json.dumps(issue()) + "\n",
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_every_shape_of_json_is_the_same_issue(content: object) -> None:
    assert redmine.identify(export(content, "a.json")).claimed
    entry = read_one(content)
    assert (entry.key, entry.name, entry.body, entry.folder) == ("issues#1", "1 Lamp", "Dark", "Lamps")


def test_a_slash_in_the_name_of_a_project_makes_no_folder() -> None:
    assert read_one(issue(project={"id": 1, "name": "Lamps/Oil"})).folder == "Lamps-Oil"


@pytest.mark.parametrize(
    "content",
    [
        {"issues": [{"id": "1", "key": "A-1", "fields": {"summary": "Jira"}}]},
        [{"id": 1, "number": 1, "title": "GitHub"}],
        [{"id": 1, "iid": 1, "title": "GitLab", "description": ""}],
        {"issues": []},
        "ID,Team,Title,Status\n1,2,3,4\n",
        "#a\n",
        "# A heading\n\n2024\n",
        "",
    ],
)
def test_what_is_not_redmines_is_declined(content: object) -> None:
    assert not redmine.identify(export(content, "a")).claimed


def test_a_page_without_issues_is_redmines_too() -> None:
    assert redmine.identify(export({"issues": [], "total_count": 0, "offset": 25, "limit": 25}, "a")).claimed


@pytest.mark.parametrize("single_first", [True, False])
def test_the_list_and_the_single_issue_are_one(single_first: bool) -> None:
    both = [{"issue": issue(journals=[journal(7, "Yes")])}, {"issues": [issue(subject="Old", updated_on=None)]}]
    entry = read_one(*(both if single_first else reversed(both)))
    assert entry.title == "Lamp"
    assert entry.body.endswith("### Emi, 2024-05-01 09:07 UTC\n\nYes ^comment-7")


CHANGES = {
    "status": (changing("status_id", "1", "9"), "status: New → 9"),
    "assignee": (changing("assigned_to_id", None, "5"), "assigned to: nothing → Emi"),
    "subject": (changing("subject", "Lamq", "Lamp"), "subject: Lamq → Lamp"),
    "description": (changing("description", "a\nb", "c"), "description changed"),
    "own field": (changing("3", "", "x", "cf"), "Client: nothing → x"),
    "file": (changing("8", None, "a.png", "attachment"), "file a.png added"),
    "file removed": (changing("8", "a.png", None, "attachment"), "file a.png removed"),
    "relation": (changing("copied_to", None, "4", "relation"), "copied to #4"),
}


@pytest.mark.parametrize(("detail", "said"), CHANGES.values(), ids=CHANGES)
def test_changes_are_told_in_words(detail: object, said: str) -> None:
    custom = [{"id": 3, "name": "Client", "value": "x"}]
    entry = read_one(issue(journals=[journal(1, details=[detail])], custom_fields=custom))
    assert entry.body == f"Dark\n\n## Activity\n\n> [!info]- 1 change\n> - Emi, 2024-05-01 09:01 UTC: {said}"


STATES = {
    "says so": ({"status": {"id": 1, "name": "Over", "is_closed": True}}, "closed"),
    "says no": ({"status": {"id": 1, "name": "Closed", "is_closed": False}}, "open"),
    "name": ({"status": named(5, "終了")}, "closed"),
    "closed": ({"status": named(5, "Over"), "closed_on": "2024-05-01T08:30:00Z"}, "closed"),
    "reopened": (
        {
            "status": named(5, "Over"),
            "closed_on": "2024-05-01T08:30:00Z",
            "journals": [journal(1, details=[changing("status_id", "5", "1")])],
        },
        "open",
    ),
    "new": ({}, "open"),
}


@pytest.mark.parametrize(("fields", "state"), STATES.values(), ids=STATES)
def test_open_or_closed(fields: dict[str, Any], state: str) -> None:
    assert dict(read_one(issue(**fields)).properties)["state"] == state


def test_links_are_told_from_this_end() -> None:
    relations = [
        {"issue_id": 1, "issue_to_id": 2, "relation_type": "blocks"},
        {"issue_id": 3, "issue_to_id": 1, "relation_type": "blocks"},
        {"issue_id": 1, "issue_to_id": 4, "relation_type": "copied_to"},
    ]
    entry = read_one(issue(relations=relations, children=[{"id": 5}], parent={"id": 6}))
    assert dict(entry.properties)["links"] == ("blocks #2", "blocked by #3", "copied to #4", "subtask #5")
    assert dict(entry.properties)["parent"] == "#6"


def test_texts_are_textile_or_markdown_all_together() -> None:
    textile = issue(2, description='h2. Head\n\nsee "x":https://a.example/b\n\n<pre>\na\n</pre>')
    (one, _), _ = read(redmine, [issue(description="*bold*"), textile])
    assert one.body == "**bold**"
    (one, _), _ = read(redmine, [issue(description="*bold*"), issue(2, description="## Head\n\n```\na\n```")])
    assert one.body == "*bold*"


def test_what_a_list_does_not_say_is_missing_and_a_single_issue_says_all() -> None:
    assert {"links", "assignees", "due", "comments", "closed"} <= set(read_one([issue()]).missing)
    assert not {"assignees", "due", "closed", "links"} & set(read_one({"issue": issue(journals=[])}).missing)


def test_long_texts_of_own_fields_are_parts_of_the_body() -> None:
    custom = [{"id": 1, "name": "Plan", "value": "a\nb"}, {"id": 2, "name": "Day", "value": "2024-05-01"}]
    entry = read_one(issue(custom_fields=custom))
    assert entry.body == "Dark\n\n## Plan\n\na\nb"
    assert dict(entry.properties)["custom-day" if "custom-day" in dict(entry.properties) else "day"] == dt.date(
        2024, 5, 1
    )


HEADERS = {
    "English": "#,Project,Tracker,Parent task,Status,Priority,Subject,Author,Assignee,Updated",
    "Japanese": "#,プロジェクト,トラッカー,親チケット,ステータス,優先度,題名,作成者,担当者,更新日",
    "German": "#,Projekt,Tracker,Übergeordnetes Ticket,Status,Priorität,Thema,Autor,Zugewiesen an,Aktualisiert",
    "French": "#,Projet,Tracker,Tâche parente,Statut,Priorité,Sujet,Auteur,Assigné à,Mis à jour",
    "Spanish": "#,Proyecto,Tipo,Tarea padre,Estado,Prioridad,Asunto,Autor,Asignado a,Actualizado",
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_columns_in_five_languages(header: str) -> None:
    assert is_redmines(header.split(","))
    row = "7,Lamps,Bug,3,New,High,Lamp,Emi,Tom,2024-05-01 08:00"
    entry = read_one(f"{header}\n{row}\n")
    properties = dict(entry.properties)
    assert [properties[name] for name in ("title", "status", "author", "parent", "type", "priority")] == [
        *("Lamp", "New", "Emi", "#3", "Bug", "High")
    ]
    assert (entry.folder, properties["assignees"]) == ("Lamps", ("Tom",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc-jp", "utf-16"])
def test_any_encoding_of_the_table(encoding: str) -> None:
    text = (
        HEADERS["Japanese"]
        + ",説明\n1,照明,バグ,,新規,通常,点灯しない,森 絵美,田中 一,2024/05/01 08:00,夜だけ消える。\n"
    )
    assert redmine.identify(export(text.encode(encoding), "a.csv")).claimed
    assert read_one(text.encode(encoding)).body == "夜だけ消える。"


def test_the_last_note_of_a_table_is_not_told_twice() -> None:
    table = "#,Project,Tracker,Status,Subject,Updated,Last notes\n1,Lamps,Bug,New,Lamp,2024-05-01 08:00,Yes\n"
    (entry,), _ = read(redmine, table, {"issue": issue(journals=[journal(7, "Yes")])})
    assert entry.body.count("Yes") == 1


@pytest.mark.parametrize("piece", ["x", " ", "#1 ", ",", "a #"])
def test_long_texts_are_fast(piece: str) -> None:
    body = piece * (200_000 // len(piece)) + "x"
    with not_hanging():
        read(redmine, [issue(description=body, journals=[journal(1, body)])])
        read(redmine, f'#,Project,Tracker,Status,Subject,Related issues\n1,P,B,N,x,"{body.replace(chr(34), "")}"\n')
