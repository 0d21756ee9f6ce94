"""Every shape of a GitLab export gives the same issues, with all that was said on them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Literal

import pytest

from tests.conftest import not_hanging
from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.gitlab.project import Project, address, named
from vaultkit.importing.gitlab.records import duration
from vaultkit.importing.markup.from_gitlab import from_gitlab
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import gitlab_issues

WEB = "https://gitlab.com/kelp/sea/tides"
KEY = "kelp/sea/tides#12"
TOKYO = dt.datetime(2024, 5, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=9)))
HEADER = "Title,Description,Issue ID,URL,State,Author Username,Labels,Created At (UTC)"


def rest(number: int = 12, **changed: Any) -> dict[str, Any]:
    """An issue as the REST interface gives it."""
    return {
        "id": 9000 + number,
        "iid": number,
        "project_id": 4,
        "title": "Shoes wear out",
        "description": "They\r\ndo.",
        "state": "closed",
        "created_at": "2024-05-01T08:00:00.073Z",
        "updated_at": "2024-05-02T10:11:12.000Z",
        "closed_at": "2024-05-02T10:11:12.000Z",
        "labels": ["bug"],
        "milestone": {"title": "1.2"},
        "assignees": [{"id": 2, "username": "ben", "name": "Ben B."}],
        "author": {"id": 1, "username": "ada", "name": "Ada A."},
        "issue_type": "issue",
        "user_notes_count": 0,
        "due_date": None,
        "confidential": False,
        "discussion_locked": None,
        "web_url": f"{WEB}/-/issues/{number}",
        "time_stats": {"time_estimate": 0, "total_time_spent": 0},
        "weight": None,
        "epic": None,
        "iteration": None,
        "severity": "UNKNOWN",
    } | changed


def exported(number: int = 12, **changed: Any) -> dict[str, Any]:
    """An issue as a project's export gives it."""
    return {
        "id": 9000 + number,
        "iid": number,
        "project_id": 4,
        "title": "Shoes wear out",
        "description": "They\ndo.",
        "state": "closed",
        "author_id": 1,
        "created_at": "2024-05-01T08:00:00.073Z",
        "updated_at": "2024-05-02T10:11:12.000Z",
        "closed_at": "2024-05-02T10:11:12.000Z",
        "label_links": [{"label": {"title": "bug"}}],
        "milestone": {"title": "1.2"},
        "issue_assignees": [{"user_id": 2}],
        "notes": [],
    } | changed


def note(note_id: int = 7, **changed: Any) -> dict[str, Any]:
    """A note as the REST interface gives it."""
    return {
        "id": note_id,
        "body": "Mine\r\ntoo.",
        "author": {"username": "ben"},
        "created_at": "2024-05-01T09:30:00.000Z",
        "system": False,
        "noteable_type": "Issue",
        "noteable_id": 9012,
        "noteable_iid": 12,
    } | changed


def said(by: int, name: str, text: str = "Mine too.", **changed: Any) -> dict[str, Any]:
    """A note inside an issue of an export."""
    when = "2024-05-01T09:30:00.000Z"
    return {"id": 7, "note": text, "author_id": by, "author": {"name": name}, "created_at": when} | changed


def export(content: object, name: str = "issues.json") -> Export:
    text = content if isinstance(content, str) else json.dumps(content)
    return Export(name, False, (ExportFile(PurePosixPath(name), lambda: text.encode()),))


def folder(files: Mapping[str, object]) -> Export:
    found = []
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content) + "\n"
        found.append(ExportFile(PurePosixPath(name), lambda text=text: text.encode()))  # type: ignore[misc]
    return Export("export", True, tuple(found))


def read(
    *contents: object, project: str = "", pull_requests: Literal["skip", "include"] = "include"
) -> tuple[list[Entry], list[Notice]]:
    exports = tuple(one if isinstance(one, Export) else export(one, f"{i}.json") for i, one in enumerate(contents))
    found = list(gitlab_issues.read(exports, ReadOptions(project=project, pull_requests=pull_requests)))
    return [e for e in found if isinstance(e, Entry)], [n for n in found if isinstance(n, Notice)]


def read_one(*contents: object, project: str = "") -> Entry:
    (entry,), notices = read(*contents, project=project)
    assert notices == []
    return entry


def test_a_whole_rest_issue() -> None:
    entry = read_one([rest()], [note()])
    assert (entry.key, entry.scope, entry.folder, entry.name) == (KEY, *["kelp/sea/tides"] * 2, "12 Shoes wear out")
    assert entry.names == (KEY, f"{WEB}/-/work_items/12", f"{WEB}/-/issues/12", f"{WEB}/issues/12")
    closed = dt.datetime(2024, 5, 2, 10, 11, 12, tzinfo=dt.UTC)
    assert entry.properties == (
        ("title", "Shoes wear out"),
        ("url", f"{WEB}/-/issues/12"),
        ("state", "closed"),
        ("closed", closed),
        ("created", dt.datetime(2024, 5, 1, 8, tzinfo=dt.UTC)),
        ("updated", closed),
        ("author", "ada"),
        ("assignees", ("ben",)),
        ("milestone", "1.2"),
    )
    assert entry.body == "They\ndo.\n\n## Comments\n\n### ben, 2024-05-01 09:30 UTC\n\nMine\ntoo. ^comment-7"
    assert entry.anchors == ((f"{WEB}/-/issues/12#note_7", "#^comment-7"), (f"{WEB}/issues/12#note_7", "#^comment-7"))
    assert entry.missing == ()


def test_an_export_gives_the_same() -> None:
    members = {"access_level": 40, "user": {"id": 1, "username": "ada", "public_email": "ada@kelp.example"}}
    whole = folder(
        {
            "tree/project/issues.ndjson": exported(notes=[said(2, "ben", "Mine\ntoo.")]),
            "tree/project/project_members.ndjson": members,
        }
    )
    one, other = read_one(whole, project="kelp/sea/tides"), read_one([rest()], [note()])
    assert (one.body, one.properties, one.labels, one.names) == (
        other.body,
        other.properties,
        other.labels,
        other.names,
    )
    assert one.missing == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param(json.dumps([rest(1), rest(2)]), [1, 2], id="array"),
        pytest.param(json.dumps([rest(1)]) + json.dumps([rest(2)]), [1, 2], id="pages"),
        pytest.param(json.dumps(rest(1)) + "\n" + json.dumps(rest(2)) + "\n", [1, 2], id="ndjson"),
        pytest.param(json.dumps(rest(5), indent=2), [5], id="one object"),
        pytest.param(f"{HEADER}\nShoes,They do.,7,{WEB}/-/issues/7,Open,ada,bug,2024-05-01 08:00:00\n", [7], id="csv"),
    ],
)
def test_shapes(text: str, numbers: list[int]) -> None:
    entries, notices = read(text)
    assert ([int(e.name.split()[0]) for e in entries], notices) == (numbers, [])
    assert gitlab_issues.identify(export(text)).claimed


@pytest.mark.parametrize(
    ("changed", "name", "value"),
    [
        pytest.param({"state": "opened", "closed_at": None}, "state", "open", id="open"),
        pytest.param({"issue_type": "incident"}, "type", "incident", id="incident"),
        pytest.param({"type": "TASK", "issue_type": None}, "type", "task", id="type in capitals"),
        pytest.param({"due_date": "2024-06-01"}, "due", dt.date(2024, 6, 1), id="due"),
        pytest.param({"confidential": True}, "confidential", True, id="confidential"),
        pytest.param({"discussion_locked": True}, "locked", True, id="locked"),
        pytest.param({"weight": 0}, "weight", 0, id="weight of nothing"),
        pytest.param({"severity": "HIGH"}, "severity", "high", id="severity"),
        pytest.param({"epic": {"iid": 5, "title": "Lamps"}}, "epic", "Lamps", id="epic"),
        pytest.param({"time_stats": {"time_estimate": 5400}}, "time-estimate", "1h 30m", id="estimate"),
        pytest.param({"assignees": [], "assignee": {"username": "cy"}}, "assignees", ("cy",), id="one assignee"),
        pytest.param({"author": {"name": "ada@kelp.example"}}, "author", "ada", id="address of a person"),
        pytest.param({"created_at": "2024-05-01T08:00:00+09:00"}, "created", TOKYO, id="offset"),
        pytest.param({"closed_at": "0000-00-00"}, "closed", None, id="never"),
        pytest.param({"web_url": f"{WEB}/-/merge_requests/12"}, "type", "merge-request", id="merge request"),
    ],
)
def test_properties(changed: dict[str, Any], name: str, value: object) -> None:
    assert dict(read_one([rest(**changed)]).properties).get(name) == value


@pytest.mark.parametrize(
    ("changed", "state", "merged"),
    [
        pytest.param({"state": "merged", "merged_at": "2024-05-01T08:00:00+09:00"}, "closed", TOKYO, id="rest"),
        pytest.param({"state": "merged", "metrics": {"merged_at": "2024-05-01T08:00:00+09:00"}}, "closed", TOKYO,
                     id="export"),
        pytest.param({"state": "opened", "merged_at": None}, "open", None, id="open"),
        pytest.param({"state": "locked"}, "open", None, id="being merged"),
    ],
)  # fmt: skip
def test_merge_requests(changed: dict[str, Any], state: str, merged: object) -> None:
    entry = read_one([rest(web_url=f"{WEB}/-/merge_requests/12", source_branch="x", **changed)])
    said = dict(entry.properties)
    assert (entry.key, said["state"], said.get("merged")) == ("kelp/sea/tides!12", state, merged)
    assert read([rest(), rest(13, source_branch="x", web_url=None)], pull_requests="skip")[0][0].key == KEY


@pytest.mark.parametrize(
    ("urls", "project", "key"),
    [
        pytest.param({"web_url": f"{WEB}/issues/12"}, "", KEY, id="old address"),
        pytest.param({"web_url": f"{WEB}/-/work_items/12"}, "", KEY, id="work item"),
        pytest.param({"web_url": "https://git.example:81/a/b/-/issues/12"}, "", "git.example:81/a/b#12", id="host"),
        pytest.param({"web_url": None}, "", "project-4#12", id="number of the project"),
        pytest.param({"web_url": None}, "a/b", "a/b#12", id="said"),
        pytest.param({"web_url": None}, "https://git.example/a/b/", "git.example/a/b#12", id="said with its host"),
        pytest.param({"web_url": f"{WEB}/-/issues/12"}, "a/b", KEY, id="the export knows better"),
        pytest.param({"web_url": None, "project_id": None}, "", "#12", id="nothing"),
    ],
)
def test_keys(urls: dict[str, Any], project: str, key: str) -> None:
    (entry,), notices = read([rest(**urls)], project=project)
    assert (entry.key, entry.scope) == (key, key.removesuffix("#12"))
    assert [n.kind for n in notices] == [NoticeKind.WARNING] * (key in ("#12", "project-4#12"))


def test_an_export_learns_its_project_from_what_names_it() -> None:
    entry = read_one([exported(notes=[said(2, "ben")])], [rest(updated_at="2025-01-01T00:00:00Z")])
    assert (entry.key, dict(entry.properties)["author"]) == (KEY, "ada")
    assert "Mine too. ^comment-7" in entry.body


@pytest.mark.parametrize("project", ["walks", "https://gitlab.com", "a//b", "../a"])
def test_what_is_no_project(project: str) -> None:
    with pytest.raises(ExportError, match="neither group/project nor"):
        read([exported()], project=project)


def test_one_project_is_not_that_of_two_exports() -> None:
    with pytest.raises(ExportError, match="several projects"):
        read([exported(1), exported(2, project_id=5)], project="a/b")


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="number in the installation"),
        pytest.param({"noteable_id": 1}, id="number in the project"),
        pytest.param({"noteable_id": 1, "project_id": 4}, id="number in the same project"),
    ],
)
def test_notes_find_their_issue(changed: dict[str, Any]) -> None:
    assert read_one([note(**changed)], [rest(13), rest()][1:]).body.endswith("^comment-7")


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"noteable_id": 1, "noteable_iid": 99}, id="other number"),
        pytest.param({"noteable_id": 1, "project_id": 5}, id="other project"),
        pytest.param({"noteable_type": "MergeRequest"}, id="merge request"),
        pytest.param({"noteable_type": "Snippet", "noteable_iid": None}, id="snippet"),
    ],
)
def test_notes_without_their_issue_are_unplaced(changed: dict[str, Any]) -> None:
    _, (notice,) = read([rest()], [note(**changed)])
    assert (notice.kind, notice.place, notice.text) == (NoticeKind.UNPLACED, "1.json: notes[0]", "Mine\ntoo.")


def test_a_discussion_is_its_notes() -> None:
    threads = [{"id": "6a", "individual_note": False, "notes": [note(), note(8, body="So what?")]}]
    assert read_one([rest()], threads).body.count("^comment-") == 2
    assert gitlab_issues.identify(export(threads)).claimed


def test_what_gitlab_did_is_folded_away_in_order() -> None:
    did = [
        said(1, "Ada", "assigned to @ben", system=True, id=9, created_at="2024-05-01T08:00:00.900Z"),
        said(1, "Ada", "changed the description", system=True, id=8, created_at="2024-05-01T08:00:00.100Z"),
    ]
    added = {"action": "add", "user_id": 1, "created_at": "2024-05-01T08:00:00.500Z", "label": {"title": "bug"}}
    closed = {"state": "closed", "user_id": 5, "created_at": "2024-05-02T08:00:00.500Z"}
    (entry,), _ = read([exported(notes=did, resource_label_events=[added], resource_state_events=[closed])])
    lines = entry.body.split("## Activity\n\n")[1].split("\n")
    assert [line.rpartition(": ")[2] for line in lines[1:]] == [
        "changed the description",
        "added the label bug",
        "assigned to @ben",
        "closed",
    ]
    assert lines[-1].startswith("> - user 5, ")


def test_comments_of_one_second_without_numbers_are_both_kept() -> None:
    notes = [{k: v for k, v in said(1, "Ada", text).items() if k != "id"} for text in ("x", "y", "y")]
    (entry,), _ = read([exported(notes=notes)])
    assert entry.body.count("^comment-") == 2


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        pytest.param(rest(), (), id="rest"),
        pytest.param(rest(user_notes_count=2), ("comments",), id="only the count"),
        pytest.param(exported(), ("url",), id="export"),
        pytest.param({"iid": 12, "title": "x", "author": None, "web_url": f"{WEB}/-/issues/12"},
                     ("state", "closed", "due", "created", "updated", "assignees", "milestone", "locked",
                      "confidential", "weight", "epic", "iteration", "severity", "time-estimate", "time-spent",
                      "tags", "labels", "body", "comments"), id="little"),
    ],
)  # fmt: skip
def test_what_the_export_does_not_say_is_missing(record: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert set(read([record])[0][0].missing) == set(missing)


def test_copies_complete_each_other() -> None:
    sheet = f"{HEADER}\nShoes wear out,They do.,12,{WEB}/-/issues/12,Closed,ada,bug,2024-05-01 08:00:00\n"
    little = {k: v for k, v in rest(updated_at="2025-01-01T00:00:00Z").items() if k not in ("labels", "description")}
    entry = read_one(sheet, [little])
    assert (entry.labels, entry.body) == (("bug",), "They do.")


@pytest.mark.parametrize("newer_first", [True, False])
def test_the_copy_updated_last_counts(newer_first: bool) -> None:
    old, new = rest(description="old"), rest(description="new", updated_at="2025-01-01T00:00:00Z")
    (entry,), (notice,) = read(*([new], [old]) if newer_first else ([old], [new]))
    assert (entry.body, notice.kind, "old" in notice.text) == ("new", NoticeKind.WARNING, True)


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        pytest.param({"labels": "bug"}, "issues[1].labels", id="labels"),
        pytest.param({"description": 3}, "issues[1].description", id="description"),
        pytest.param({"created_at": "soon"}, "issues[1].created_at", id="time"),
        pytest.param({"due_date": "soon"}, "issues[1].due_date", id="day"),
        pytest.param({"weight": "much"}, "issues[1].weight", id="weight"),
        pytest.param({"notes": [3]}, "issues[1].notes[0]", id="note"),
        pytest.param({"notes": [said(1, "Ada", created_at="soon")]}, "issues[1].notes[0].created_at", id="in a note"),
    ],
)
def test_a_damaged_field_costs_only_itself(broken: dict[str, Any], place: str) -> None:
    entries, (notice,) = read([rest(1), rest(2, **broken), rest(3)])
    assert len(entries) == 3
    assert (notice.kind, notice.place) == (NoticeKind.FAILED, f"0.json: {place}")


@pytest.mark.parametrize("broken", [None, 3, "x", {}, rest(0), rest(title=None), {"title": "no number", "labels": []}])
def test_a_damaged_record_costs_only_itself(broken: object) -> None:
    entries, (notice,) = read([rest(1), broken, rest(3)])
    assert (len(entries), notice.kind, notice.place) == (2, NoticeKind.FAILED, "0.json: issues[1]")


@pytest.mark.parametrize(
    ("row", "place"),
    [
        pytest.param(f"Laces,Knot,x,nowhere,Open,,,{''}", "line 3", id="no number"),
        pytest.param('Laces,"Knot,7,https', "line 3", id="open quote"),
        pytest.param(f"Laces,Knot,9,{WEB}/-/issues/9,Open,ada,,soon", "line 3: created", id="time"),
        pytest.param(f"Laces,Knot,9,{WEB}/-/issues/9,Open,ada,,,too much", "line 3", id="too many cells"),
    ],
)
def test_a_damaged_row_costs_only_itself(row: str, place: str) -> None:
    lines = [HEADER, f"A,,1,{WEB}/-/issues/1,Open,,,", row, f"B,,2,{WEB}/-/issues/2,Closed,,,"]
    entries, (notice,) = read("\n".join(lines) + "\n")
    assert [e.title for e in entries if e.title in "AB"] == ["A", "B"]
    assert notice.place == f"0.json: {place}"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        pytest.param(export("2024-01-01\nSlept, and ate."), "neither JSON", id="prose"),
        pytest.param(export("Title,Issue key,Status\na,b,c\n"), "neither JSON", id="jira"),
        pytest.param(export([]), "no object", id="no records"),
        pytest.param(export([{"number": 1, "title": "x", "user": {}, "state": "open", "labels": []}]), "no object",
                     id="github"),
        pytest.param(export([{"id": 1, "name": "bug", "color": "#f00", "default": False}]), "no object",
                     id="labels of github"),
        pytest.param(export('[{"iid": 1, "title": "x", "la'), "not JSON", id="cut off"),
        pytest.param(folder({"project.json": {"name": "x"}}), "no object", id="another project.json"),
        pytest.param(folder({"a.json": [rest()], "b.txt": "x"}), "a folder with neither", id="folder of anything"),
        pytest.param(folder({"tree/project/issues.ndjson": ""}), "are empty", id="no issues"),
    ],
)  # fmt: skip
def test_declined(found: Export, why: str) -> None:
    verdict = gitlab_issues.identify(found)
    assert (verdict.claimed, why in verdict.why) == (False, True), verdict


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(export([note()]), id="notes"),
        pytest.param(export([{"iid": 1, "title": "1.2", "start_date": None, "state": "active"}]), id="milestones"),
        pytest.param(folder({"a.json": [rest()], "b.csv": HEADER}), id="folder of json and csv"),
        pytest.param(folder({"issues.json": [rest()], "project.json": {"name": "tides"}}), id="project beside"),
        pytest.param(folder({"x/tree/project/issues.ndjson": exported(), "x/VERSION": "1"}), id="below a folder"),
        pytest.param(folder({"tree/project/issues.ndjson": "", "tree/project/merge_requests.ndjson":
                             exported(source_branch="x")}), id="only merge requests"),
        pytest.param(folder({"project.json": {"labels": [], "pipelines": [1] * 50, "issues": [exported()]}}), id="old"),
    ],
)  # fmt: skip
def test_claimed(found: Export) -> None:
    assert gitlab_issues.identify(found).claimed


def test_addresses_of_people_are_in_no_report() -> None:
    asked = {"access_level": 30, "user_id": None, "invite_email": "guest@kelp.example"}
    member = {"access_level": 40, "user": {"id": 1, "username": "ada@kelp.example", "public_email": "ada@kelp.example"}}
    lines = "\n".join(map(json.dumps, (asked, member)))
    found = folder({"tree/project/issues.ndjson": exported(), "tree/project/project_members.ndjson": lines})
    entry = read_one(found, project="a/b")
    assert dict(entry.properties)["author"] == "ada"


def test_lists_of_an_old_export_that_hold_nothing_for_us_go_by() -> None:
    old = folder({"project.json": {"pipelines": [1, {}], "events": [], "issues": [exported(), {"iid": 3}]}})
    entries, notices = read(old, project="a/b")
    assert [e.key for e in entries] == ["a/b#12"]
    assert [n.place for n in notices] == ["project.json: issues[1]"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://gitlab.com/a/b/-/issues/5#note_1", ("a/b", "#", 5)),
        ("https://gitlab.com/a/b/c/issues/5", ("a/b/c", "#", 5)),
        ("http://GIT.example/a/b/-/merge_requests/6/diffs", ("a/b", "!", 6)),
        ("https://gitlab.com/a/issues/-/issues/5", ("a/issues", "#", 5)),
        ("https://gitlab.com/a/b/-/milestones/5", None),
        ("/a/b/-/issues/5", None),
    ],
)
def test_addresses(url: str, expected: tuple[str, str, int] | None) -> None:
    found = address(url)
    assert (found and (found.project.path, found.mark, found.number)) == expected


def test_names_of_projects() -> None:
    assert named("a/b") == Project("a/b", "https://gitlab.com/a/b")
    assert named("https://Git.example/a/b/c/-/") == Project("a/b/c", "https://git.example/a/b/c")


@pytest.mark.parametrize(("seconds", "text"), [(0, ""), (59, "1m"), (3600, "1h"), (5400, "1h 30m"), (360_000, "100h")])
def test_durations(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("$`a^2`$ and `$x$`", "$a^2$ and `$x$`", id="math"),
        pytest.param("```math\na\n```\nb", "$$\na\n$$\nb", id="block of math"),
        pytest.param("~~~~math\na\n~~~~", "$$\na\n$$", id="tildes"),
        pytest.param("```math\na", "$$\na\n$$", id="open block of math"),
        pytest.param("```py\n$`a`$\n>>>\n```\n>>> x", "```py\n$`a`$\n>>>\n```\n>>> x", id="code"),
        pytest.param("a\n>>>\nb\n\n- c\n>>>\nd", "a\n> b\n>\n> - c\nd", id="quote"),
        pytest.param(">>>\n```\n>>>\n```\n>>>", "> ```\n> >>>\n> ```", id="code in a quote"),
        pytest.param("a\n>>>\nb", "a\n>>>\nb", id="open quote"),
        pytest.param("mathematics", "mathematics", id="word"),
    ],
)
def test_markup(text: str, expected: str) -> None:
    assert from_gitlab(text) == expected


@pytest.mark.parametrize("unit", ["$`", ">>>\n", "```math\n", "`" * 4 + " "])
def test_a_megabyte_of_markup_takes_no_time(unit: str) -> None:
    with not_hanging(10):
        from_gitlab(unit * (1_000_000 // len(unit)))
