"""Every shape of a GitHub export gives the same issues, with all their comments."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import PurePosixPath
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import not_hanging
from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Kind, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.block_id import with_block_id
from vaultkit.importing.source import ReadOptions
from vaultkit.importing.sources import github_issues

TOKYO = dt.datetime(2024, 5, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=9)))
PATH = "/repos/ada/walks/issues/12"
API, WEB = "https://api.github.com/repos/ada/walks", "https://github.com/ada/walks"


def rest(number: int = 12, **changed: Any) -> dict[str, Any]:
    """An issue as the REST interface gives it."""
    return {
        "url": f"{API}/issues/{number}",
        "html_url": f"{WEB}/issues/{number}",
        "id": 9000 + number,
        "number": number,
        "title": "Shoes wear out",
        "user": {"login": "ada", "id": 1},
        "labels": [{"name": "bug"}, {"name": "good first issue"}],
        "state": "closed",
        "state_reason": "completed",
        "locked": False,
        "assignees": [{"login": "ben"}],
        "milestone": {"title": "1.2", "number": 3},
        "comments": 0,
        "created_at": "2024-05-01T08:00:00Z",
        "updated_at": "2024-05-02T10:11:12Z",
        "closed_at": "2024-05-02T10:11:12Z",
        "body": "They\r\ndo. <!-- template -->  \r\n\r\n",
    } | changed


def comment(number: int = 12, comment_id: int = 7, **changed: Any) -> dict[str, Any]:
    """A comment as the REST interface gives it."""
    return {
        "html_url": f"{WEB}/issues/{number}#issuecomment-{comment_id}",
        "issue_url": f"{API}/issues/{number}",
        "id": comment_id,
        "user": {"login": "ben"},
        "created_at": "2024-05-01T11:30:59+02:00",
        "updated_at": "2024-05-01T11:30:59+02:00",
        "body": "Mine\r\ntoo.\r\n",
    } | changed


def gh(number: int = 12, **changed: Any) -> dict[str, Any]:
    """An issue as `gh issue list --json` gives it."""
    return {
        "number": number,
        "title": "Shoes wear out",
        "url": f"{WEB}/issues/{number}",
        "body": "They\ndo.",
        "state": "CLOSED",
        "stateReason": "NOT_PLANNED",
        "author": {"login": "ada", "is_bot": False},
        "assignees": [],
        "labels": [{"name": "bug", "color": "aa0000"}],
        "milestone": None,
        "createdAt": "2024-05-01T08:00:00Z",
        "updatedAt": "2024-05-02T10:11:12Z",
        "closedAt": "2024-05-02T10:11:12Z",
        "comments": [
            {
                "id": "IC_x",
                "author": {"login": "ben"},
                "body": "Mine too.",
                "createdAt": "2024-05-01T09:30:00Z",
                "url": f"{WEB}/issues/{number}#issuecomment-7",
            }
        ],
    } | changed


def export(content: object, name: str = "issues.json") -> Export:
    text = content if isinstance(content, str) else json.dumps(content)
    return Export(name, False, (ExportFile(PurePosixPath(name), lambda: text.encode()),))


def read(*contents: object, pull_requests: Literal["skip", "include"] = "include") -> tuple[list[Entry], list[Notice]]:
    exports = tuple(export(content, f"{i}.json") for i, content in enumerate(contents))
    found = list(github_issues.read(exports, ReadOptions(pull_requests=pull_requests)))
    return [e for e in found if isinstance(e, Entry)], [n for n in found if isinstance(n, Notice)]


def read_one(content: object) -> Entry:
    (entry,), notices = read(content)
    assert notices == []
    return entry


def test_a_whole_rest_issue() -> None:
    instant = dt.datetime(2024, 5, 2, 10, 11, 12, tzinfo=dt.UTC)
    assert read_one([rest(comments=[comment()])]) == Entry(
        kind=Kind.ISSUE,
        key="ada/walks#12",
        title="Shoes wear out",
        name="12 Shoes wear out",
        folder="ada/walks",
        formerly=(
            "paper/ada/walks#12",
            *(f"paper/2024-{day}/shoes-wear-out" for day in ("05-01", "05-02", "04-30")),
        ),
        scope="ada/walks",
        names=("ada/walks#12", f"{WEB}/issues/12", f"{WEB}/pull/12"),
        aliases=("ada/walks#12",),
        labels=("bug", "good first issue"),
        anchors=((f"{WEB}/issues/12#issuecomment-7", "#^comment-7"),),
        properties=(
            ("title", "Shoes wear out"),
            ("url", f"{WEB}/issues/12"),
            ("state", "closed"),
            ("closed", instant),
            ("created", dt.datetime(2024, 5, 1, 8, tzinfo=dt.UTC)),
            ("updated", instant),
            ("author", "ada"),
            ("assignees", ("ben",)),
            ("milestone", "1.2"),
        ),
        body="They\ndo. <!-- template -->\n\n## Comments\n\n### ben, 2024-05-01 09:30 UTC\n\nMine\ntoo. ^comment-7",
        place="issues[0]",
        origin="0.json",
    )


def test_a_whole_gh_issue() -> None:
    entry = read_one(gh())
    assert (entry.key, entry.place) == ("ada/walks#12", "line 1")
    assert [name for name, _ in entry.properties] == "title url state reason closed created updated author".split()
    assert dict(entry.properties)["reason"] == "not_planned"
    assert dict(entry.properties)["state"] == "closed"
    assert entry.anchors == ((f"{WEB}/issues/12#issuecomment-7", "#^comment-7"),)
    assert entry.body.endswith("### ben, 2024-05-01 09:30 UTC\n\nMine too. ^comment-7")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param(json.dumps([rest(1), rest(2)]), [1, 2], id="array"),
        pytest.param(json.dumps([rest(1)]) + json.dumps([rest(2)]), [1, 2], id="arrays-back-to-back"),
        pytest.param(json.dumps([[rest(1)], [rest(2), rest(3)]]), [1, 2, 3], id="slurp"),
        pytest.param(json.dumps(rest(1)) + "\n" + json.dumps(rest(2)) + "\n", [1, 2], id="ndjson"),
        pytest.param(json.dumps(gh(5), indent=2), [5], id="one-object"),
        pytest.param(json.dumps({"total_count": 2, "items": [rest(1), rest(2)]}), [1, 2], id="search"),
        pytest.param(json.dumps([gh(1), gh(2)]), [1, 2], id="gh-list"),
        pytest.param(json.dumps([{"number": 1, "title": "x"}]), [1], id="gh-with-two-fields"),
        pytest.param("[]", [], id="empty"),
    ],
)
def test_shapes(text: str, numbers: list[int]) -> None:
    entries, notices = read(text)
    assert [int(e.name.split()[0]) for e in entries] == numbers
    assert github_issues.identify(export(text)).claimed == bool(numbers)
    assert all(n.kind is NoticeKind.WARNING for n in notices)


@pytest.mark.parametrize(
    ("changed", "name", "value"),
    [
        pytest.param({"state_reason": "reopened", "state": "open"}, "reason", "reopened", id="reopened"),
        pytest.param({"state_reason": "duplicate"}, "reason", "duplicate", id="duplicate"),
        pytest.param({"locked": True}, "locked", True, id="locked"),
        pytest.param({"user": None}, "author", "ghost", id="deleted-user"),
        pytest.param({"milestone": "2.0"}, "milestone", "2.0", id="milestone-as-text"),
        pytest.param({"created_at": "2024-05-01T08:00:00+09:00"}, "created", TOKYO, id="offset"),
        pytest.param({"closed_at": "0001-01-01T00:00:00Z"}, "closed", None, id="year-one-is-never"),
        pytest.param({"closed_at": None}, "closed", None, id="null"),
        pytest.param({"assignees": ["ben", "cy"]}, "assignees", ("ben", "cy"), id="bare-logins"),
        pytest.param({"assignees": []}, "assignees", None, id="no-assignees"),
        pytest.param({"pull_request": {"merged_at": None}}, "type", "pull-request", id="pull-request"),
        pytest.param({"pull_request": {"merged_at": "2024-05-01T08:00:00+09:00"}}, "merged", TOKYO, id="merged"),
        pytest.param({"pull_request": {}, "draft": True}, "draft", True, id="draft"),
        pytest.param({"html_url": f"{WEB}/pull/12"}, "url", f"{WEB}/pull/12", id="pull-url"),
        pytest.param({"type": {"name": "issue"}, "node_id": "x"}, "type", None, id="type-of-an-organization"),
        pytest.param({"type": {"name": "issue"}}, "type", None, id="type-and-no-node"),
        pytest.param({"title": "half \ud83d"}, "title", "half \ufffd", id="lone-surrogate"),
    ],
)  # fmt: skip
def test_properties(changed: dict[str, Any], name: str, value: object) -> None:
    assert dict(read_one([rest(**changed)]).properties).get(name) == value


@pytest.mark.parametrize(
    ("urls", "key"),
    [
        pytest.param({"html_url": f"{WEB}/pull/12"}, "ada/walks#12", id="pull"),
        pytest.param({"html_url": None}, "ada/walks#12", id="api-only"),
        pytest.param(
            {"html_url": "https://git.example:81/ada/walks/issues/12"}, "git.example:81/ada/walks#12", id="host"
        ),
        pytest.param(
            {"html_url": None, "url": f"https://git.example/api/v3{PATH}"}, "git.example/ada/walks#12", id="host-api"
        ),
        pytest.param({"html_url": "https://git.example/12", "url": None}, "#12", id="no-repository"),
    ],
)
def test_keys(urls: dict[str, Any], key: str) -> None:
    (entry,), notices = read([rest(**urls)])
    assert (entry.key, entry.scope) == (key, key.removesuffix("#12"))
    assert [n.kind for n in notices] == [NoticeKind.WARNING] * (key == "#12")


def test_an_api_address_becomes_that_of_the_page() -> None:
    entry = read_one([rest(html_url=None)])
    assert dict(entry.properties)["url"] == f"{WEB}/issues/12"


def test_labels_may_be_bare_strings() -> None:
    assert read_one([rest(labels=["bug", {"name": "help"}])]).labels == ("bug", "help")


def test_null_body_is_empty() -> None:
    assert read_one([rest(body=None)]).body == ""
    assert read_one([rest(body=None, comments=[comment()])]).body.startswith("## Comments\n\n### ben")


def test_comments_of_another_file_join_their_issue_in_order_of_time() -> None:
    late = comment(comment_id=3, created_at="2024-06-01T00:00:00Z", body="late", user=None)
    (entry,), notices = read([late, comment(comment_id=20, body="early")], [rest()])
    assert notices == []
    assert [anchor for _, anchor in entry.anchors] == ["#^comment-20", "#^comment-3"]
    assert entry.body.index("early ^comment-20") < entry.body.index(
        "### ghost, 2024-06-01 00:00 UTC\n\nlate ^comment-3"
    )


def test_comments_without_their_issue_are_unplaced() -> None:
    entries, notices = read([comment(99, 7, body="one"), comment(99, 8, body="two")], [rest()])
    assert len(entries) == 1
    assert [(n.kind, n.place, n.text) for n in notices] == [
        (NoticeKind.UNPLACED, "0.json: comments[0]", "one"),
        (NoticeKind.UNPLACED, "0.json: comments[1]", "two"),
    ]
    assert "ada/walks#99" in notices[0].message


def test_a_comment_without_issue_or_author_is_unplaced() -> None:
    _, notices = read([{"issue_url": "", "body": "one"}])
    assert [(n.message, n.text) for n in notices] == [("a comment does not say on which issue it is", "one")]


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        pytest.param(rest(comments=0), (), id="rest"),
        pytest.param(rest(comments=2), ("comments",), id="rest, only the count"),
        pytest.param(rest(comments=[comment()]), (), id="rest, comments inside"),
        pytest.param(rest(body=None, state_reason=None, milestone=None, labels=[]), (), id="empty is not missing"),
        pytest.param(rest(body=3, comments="many"), ("body", "comments"), id="unreadable is missing"),
        pytest.param(rest(pull_request={}, draft=False), ("merged",), id="pull request that does not say merged"),
        pytest.param(rest(pull_request={"merged_at": None}, draft=False), (), id="pull request"),
        pytest.param(gh(), ("locked",), id="gh"),
        pytest.param(gh(comments=[]), ("locked",), id="gh, no comments"),
        pytest.param(
            {"number": 12, "title": "Shoes wear out", "url": f"{WEB}/issues/12", "author": None},
            tuple("state reason closed created updated assignees milestone locked tags labels body comments".split()),
            id="gh, asked for little",
        ),
    ],
)
def test_what_the_export_does_not_say_is_missing(record: dict[str, Any], missing: tuple[str, ...]) -> None:
    (entry,), _ = read([record])
    assert entry.missing == missing


@pytest.mark.parametrize(("count", "missing"), [(1, ()), (2, ("comments",))])
def test_comments_of_another_file_are_not_missing(count: int, missing: tuple[str, ...]) -> None:
    (entry,), _ = read([rest(comments=count)], [comment()])
    assert entry.missing == missing


def test_copies_of_an_issue_complete_each_other() -> None:
    little = {"number": 12, "title": "Shoes wear out", "url": f"{WEB}/issues/12", "updatedAt": "2025-01-01T00:00:00Z"}
    (entry,), notices = read([little], [gh(comments=[])])
    assert (entry.body, entry.labels, entry.missing, notices) == ("They\ndo.", ("bug",), ("locked",), [])
    assert dict(entry.properties)["updated"] == dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "contents",
    [
        pytest.param([[rest()], [comment(html_url=None)]], id="null"),
        pytest.param([[rest(comments=[{"id": 7, "body": "Mine"}])]], id="inside the issue"),
        pytest.param([[rest()], [comment(html_url=None, url=f"{API}/issues/comments/7")]], id="address of the API"),
    ],
)
def test_the_address_of_a_comment_follows_from_its_number(contents: list[object]) -> None:
    (entry,), _ = read(*contents)
    assert entry.anchors == ((f"{WEB}/issues/12#issuecomment-7", "#^comment-7"),)


def test_comments_without_a_number_get_a_stable_id() -> None:
    said = [{"author": {"login": "ben"}, "body": f"{i}", "createdAt": f"2024-05-0{i}T00:00:00Z"} for i in (1, 2)]
    there, back = read_one(gh(comments=said)), read_one(gh(comments=said[::-1]))
    assert there.body == back.body
    assert len({line.split("^")[1] for line in there.body.split("\n") if "^" in line}) == 2


def test_two_comments_of_one_second_are_both_kept() -> None:
    said = [{"author": {"login": "bot"}, "body": text, "createdAt": "2024-05-01T00:00:00Z"} for text in ("x", "y")]
    assert read_one(gh(comments=said)).body.count("^comment-") == 2


def test_the_same_issue_twice_is_one_entry() -> None:
    entries, notices = read([rest(comments=[comment()])], [rest(comments=[comment()]), rest(13)])
    assert ([e.key for e in entries], notices) == (["ada/walks#12", "ada/walks#13"], [])


@pytest.mark.parametrize("newer_first", [True, False])
def test_the_copy_updated_last_counts(newer_first: bool) -> None:
    old, new = rest(body="old"), rest(body="new", updated_at="2025-01-01T00:00:00Z")
    (entry,), (notice,) = read(*([new], [old]) if newer_first else ([old], [new]))
    assert entry.body == "new"
    assert (notice.kind, "old" in notice.text) == (NoticeKind.WARNING, True)


def test_an_edited_comment_counts_in_its_last_state() -> None:
    old, new = comment(body="old"), comment(body="new", updated_at="2025-01-01T00:00:00Z")
    (entry,), (notice,) = read([rest(comments=[new])], [old])
    assert ("new ^comment-7" in entry.body, notice.text) == (True, "old")


def test_issues_without_repository_are_not_taken_for_each_other() -> None:
    one, other = gh(url=None, comments=[]), gh(url=None, createdAt="2020-01-01T00:00:00Z", body="other")
    entries, notices = read([one], [one], [other])
    assert [e.key for e in entries] == ["#12"]
    failed = next(n for n in notices if n.kind is NoticeKind.FAILED)
    assert ("other" in failed.text, "Mine too." in failed.text) == (True, True)
    assert sum(n.kind is NoticeKind.WARNING for n in notices) == 1


def test_pull_requests_can_be_skipped() -> None:
    pulls = [rest(n, pull_request={}, comments=[comment(n, n)]) for n in (1, 2)]
    entries, notices = read([*pulls, rest(3)], [comment(1, 50)], pull_requests="skip")
    assert [e.key for e in entries] == ["ada/walks#3"]
    assert [(n.kind, n.message.split()[0]) for n in notices] == [(NoticeKind.WARNING, "2")]


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        pytest.param({"labels": "bug"}, "issues[1].labels", id="labels-no-list"),
        pytest.param({"labels": [{"name": "ok"}, {"color": "x"}]}, "issues[1].labels[1]", id="one-label"),
        pytest.param({"body": 3}, "issues[1].body", id="body"),
        pytest.param({"created_at": "yesterday"}, "issues[1].created_at", id="time"),
        pytest.param({"created_at": "2024-05-01T08:00:00"}, "issues[1].created_at", id="time-without-offset"),
        pytest.param({"created_at": "9999-12-31T23:00:00-05:00"}, "issues[1].created_at", id="time-overflow"),
        pytest.param({"user": 7}, "issues[1].user", id="user"),
        pytest.param({"milestone": []}, "issues[1].milestone", id="milestone"),
        pytest.param({"comments": "many"}, "issues[1].comments", id="comments"),
        pytest.param({"comments": [comment(), None]}, "issues[1].comments[1]", id="one-comment"),
        pytest.param({"comments": [comment(user=3)]}, "issues[1].comments[0].user", id="field-of-a-comment"),
    ],
)
def test_a_damaged_field_costs_only_itself(broken: dict[str, Any], place: str) -> None:
    entries, (notice,) = read([rest(1), rest(2, **broken), rest(3)])
    assert len(entries) == 3
    assert (notice.kind, notice.place) == (NoticeKind.FAILED, f"0.json: {place}")
    assert notice.text


@pytest.mark.parametrize(
    "broken",
    [None, 3, "x", [], {}, {"number": 3}, {"number": "3", "title": "x"}, {"number": True, "title": "x", "body": ""},
     {"number": 0, "title": "x", "body": ""}, {"number": 3, "title": None, "body": "lost?"}],
)  # fmt: skip
def test_a_damaged_record_costs_only_itself(broken: object) -> None:
    entries, notices = read([rest(1), broken, rest(3)])
    assert len(entries) == 2
    if broken != []:  # an empty page
        assert [(n.kind, n.place) for n in notices] == [(NoticeKind.FAILED, "0.json: issues[1]")]
        assert json.loads(notices[0].text) == broken if not isinstance(broken, str) else notices[0].text == broken


def test_a_damaged_line_costs_only_itself() -> None:
    entries, (notice,) = read(json.dumps(rest(1)) + '\n{"number": \n' + json.dumps(rest(2)))
    assert len(entries) == 2
    assert (notice.kind, notice.place, notice.text) == (NoticeKind.FAILED, "0.json: line 2", '{"number":')


def test_a_depth_bomb_is_named() -> None:
    with pytest.raises(ExportError, match="nested too deeply"):
        read('[{"number": 1, "title": "x", "body": ' + "[" * 100_000)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("2024-01-01\nSlept.", "not JSON", id="prose"),
        pytest.param("[2024-01-01 10:00] Slept.", "not JSON", id="prose-in-brackets"),
        pytest.param("", "not JSON", id="empty"),
        pytest.param("\x89PNG\0\0", "not JSON", id="binary"),
        pytest.param([], "no object looks like", id="no-records"),
        pytest.param([{"id": 1, "iid": 2, "title": "x", "state": "opened", "labels": []}], "no object", id="gitlab"),
        pytest.param({"issues": [{"key": "AB-1", "fields": {"summary": "x"}}]}, "no object", id="jira"),
        pytest.param({"issues": [{"id": 1, "subject": "x"}]}, "no object", id="redmine"),
        pytest.param({"metadata": {}, "entries": [{"uuid": "x", "text": "y"}]}, "no object", id="diary-app"),
        pytest.param([{"title": "x", "uid": "y", "children": []}], "no object", id="outliner"),
        pytest.param({"title": "x", "textContent": "y", "labels": []}, "no object", id="sticky-notes"),
        pytest.param([{"number": 1, "title": "v1", "state": "open", "open_issues": 3}], "no object", id="milestones"),
        pytest.param([{"number": 1, "title": "Chapter", "pages": 3}], "no object", id="chapters"),
        pytest.param('{"a":' * 100_000, "too deeply", id="depth-bomb"),
        pytest.param('[{"number": 1, "title": "x", "bo', "not JSON", id="cut-off"),
    ],
)
def test_declined(content: object, why: str) -> None:
    verdict = github_issues.identify(export(content))
    assert not verdict.claimed
    assert why in verdict.why


def test_claimed() -> None:
    assert github_issues.identify(export([comment()])).claimed
    assert github_issues.identify(export([None, {}, rest()])).claimed
    for encoding in ("utf-8-sig", "utf-16"):
        data = json.dumps([rest()]).encode(encoding)
        assert github_issues.identify(Export("x", False, (ExportFile(PurePosixPath("x"), lambda d=data: d),))).claimed  # type: ignore[misc]
    ours, other = export([rest()]).first, ExportFile(PurePosixPath("a.txt"), lambda: b"text")
    assert github_issues.identify(Export("x", True, (ours,))).claimed
    assert not github_issues.identify(Export("x", True, (ours, other))).claimed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One.\nTwo.", "One.\nTwo. ^x", id="paragraph"),
        pytest.param("**Bold** start", "**Bold** start ^x", id="bold-is-no-list"),
        pytest.param("#3 is it", "#3 is it ^x", id="number-is-no-heading"),
        pytest.param("- a\n\nText", "- a\n\nText ^x", id="paragraph-after-list"),
        pytest.param("- a\n- b", "- a\n- b\n\n^x", id="list"),
        pytest.param("1. a", "1. a\n\n^x", id="numbered-list"),
        pytest.param("- a\n\n  more", "- a\n\n  more\n\n^x", id="list-continued"),
        pytest.param("Text\n- a\nlazy", "Text\n- a\nlazy\n\n^x", id="lazy-list"),
        pytest.param("> a\nlazy", "> a\nlazy\n\n^x", id="quote"),
        pytest.param("| a |\n|---|\n| 1 |", "| a |\n|---|\n| 1 |\n\n^x", id="table"),
        pytest.param("a | b\n--- | ---\n1 | 2", "a | b\n--- | ---\n1 | 2\n\n^x", id="bare-table"),
        pytest.param("```\ncode\n```", "```\ncode\n```\n\n^x", id="fence"),
        pytest.param("Text\n~~~~\ncode\n\n~~~\n~~~~", "Text\n~~~~\ncode\n\n~~~\n~~~~\n\n^x", id="tilde-fence"),
        pytest.param("```\ncode", "```\ncode\n```\n\n^x", id="open-fence"),
        pytest.param("- a\n  ```\n  code", "- a\n  ```\n  code\n\n^x", id="open-fence-in-a-list"),
        pytest.param("``` inline ```", "``` inline ```\n\n^x", id="long-inline-code"),
        pytest.param("    code", "    code\n\n^x", id="indented"),
        pytest.param("<details>\n\nText\n\n</details>", "<details>\n\nText\n\n</details>\n\n^x", id="html"),
        pytest.param("<details>\n```\n\nText", "<details>\n```\n\nText ^x", id="no-fence-in-html"),
        pytest.param("<b>a</b>\n```\n\n- b\n```", "<b>a</b>\n```\n\n- b\n```\n\n^x", id="fence-after-inline-html"),
        pytest.param("<!-- a\n\nb", "<!-- a\n\nb\n-->\n\n^x", id="open-comment"),
        pytest.param("<!-- a\n\nb -->\n\nText", "<!-- a\n\nb -->\n\nText ^x", id="closed-comment"),
        pytest.param("<pre>\n\na", "<pre>\n\na\n</pre>\n\n^x", id="open-pre"),
        pytest.param("# Heading", "# Heading\n\n^x", id="heading"),
        pytest.param("Heading\n---", "Heading\n---\n\n^x", id="underlined-heading"),
        pytest.param("Text\n\n***", "Text\n\n***\n\n^x", id="rule"),
        pytest.param("[a]: https://example.org", "[a]: https://example.org\n\n^x", id="definition"),
        pytest.param("$$\na\n$$", "$$\na\n$$\n\n^x", id="math"),
        pytest.param("", "^x", id="empty"),
    ],
)
def test_block_ids(text: str, expected: str) -> None:
    assert with_block_id(text, "x") == expected


MARKDOWN = st.lists(
    st.sampled_from(["a", "- ", "> ", "```", "~~~", "\n", "\n\n", "    ", "<!--", "-->", "|", "# ", "<pre>"])
)


@given(MARKDOWN.map("".join).map(str.strip))
def test_a_block_id_changes_no_character(text: str) -> None:
    found = with_block_id(text, "x")
    assert found.startswith(text)
    assert found.endswith("^x")


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4), st.text(max_size=5)), max_size=8))
def test_no_text_is_lost(said: list[tuple[int, int, str]]) -> None:
    entries, notices = read([rest(1), rest(2)], [comment(n, i, body=f"<{text}>") for n, i, text in said])
    everything = "\n".join([*(e.body for e in entries), *(n.text for n in notices)])
    clean = everything.replace("\ufffd", "")
    assert all(
        f"<{text}>".replace("\r\n", "\n").replace("\r", "\n").replace("\ufffd", "") in clean for _, _, text in said
    )


@pytest.mark.parametrize(
    "piece",
    ["`", "- ", "|-", "* ", "[", "<!--\n", " ", "<div>\n", "1. ", "\n"],
)
def test_a_megabyte_is_fast(piece: str) -> None:
    body = piece * (1_000_000 // len(piece)) + "x"
    content = json.dumps([rest(body=body, comments=[comment(body=body)])])
    with not_hanging():
        read(content)


def test_many_issues_are_fast() -> None:
    content = json.dumps([rest(n, comments=[comment(n, n * 10 + i) for i in range(5)]) for n in range(1, 2001)])
    with not_hanging():
        entries, _ = read(content)
    assert len(entries) == 2000


MIGRATED = {
    "type": "issue",
    "url": f"{WEB}/issues/12",
    "user": "https://github.com/ada",
    "title": "Shoes wear out",
    "body": "They do.",
    "assignees": ["https://github.com/ben"],
    "labels": [f"{WEB}/labels/good%20first%20issue"],
    "milestone": f"{WEB}/milestones/3",
    "closed_at": None,
    "created_at": "2024-05-01T08:00:00Z",
}


def test_an_issue_of_an_archive_is_the_one_of_the_interface() -> None:
    entry = read_one([MIGRATED | {"milestone": None}])
    assert (entry.key, entry.names) == ("ada/walks#12", read_one([rest()]).names)
    said = dict(entry.properties)
    assert (said["state"], said["author"], said["assignees"]) == ("open", "ada", ("ben",))
    assert entry.labels == ("good first issue",)


@pytest.mark.parametrize(
    ("changed", "name", "value"),
    [
        pytest.param({"closed_at": "2024-05-02T10:11:12Z"}, "state", "closed", id="closed"),
        pytest.param({"user": None}, "author", "ghost", id="deleted user"),
        pytest.param({}, "milestone", f"{WEB}/milestones/3", id="milestone of no file"),
        pytest.param({"type": "pull_request", "url": f"{WEB}/pull/12"}, "type", "pull-request", id="pull request"),
        pytest.param({"type": "pull_request", "url": f"{WEB}/pull/12", "work_in_progress": True}, "draft", True,
                     id="draft"),
    ],
)  # fmt: skip
def test_properties_of_an_archive(changed: dict[str, Any], name: str, value: object) -> None:
    assert dict(read_one([MIGRATED | changed]).properties).get(name) == value


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"url": "https://github.com/ada"}, id="no issue's address"),
        pytest.param({"title": None}, id="no title"),
    ],
)
def test_a_damaged_record_of_an_archive_costs_only_itself(broken: dict[str, Any]) -> None:
    entries, notices = read([MIGRATED, MIGRATED | broken])
    assert len(entries) == 1
    assert [(n.kind, n.place) for n in notices] == [(NoticeKind.FAILED, "0.json: issues[1]")]


def test_comments_on_lines_join_their_pull_request() -> None:
    line = {
        "pull_request_url": f"{API}/pulls/12",
        "html_url": f"{WEB}/pull/12#discussion_r5",
        "id": 5,
        "user": {"login": "ben"},
        "path": "shoes.txt",
        "body": "Wider?",
        "created_at": "2024-05-01T09:30:00Z",
    }
    (entry,), notices = read([rest(pull_request={"merged_at": None}, draft=False)], [line])
    assert (notices, entry.missing) == ([], ())
    assert entry.body.endswith("### ben, 2024-05-01 09:30 UTC\n\nOn `shoes.txt`:\n\nWider? ^comment-r5")
    assert entry.anchors == ((f"{WEB}/pull/12#discussion_r5", "#^comment-r5"),)


def test_a_review_counts_only_when_it_says_something() -> None:
    reviews = [{"author": {"login": "ben"}, "body": text, "submittedAt": "2024-05-01T09:30:00Z"} for text in ("", "Y")]
    entry = read_one(gh(url=f"{WEB}/pull/12", state="MERGED", comments=[], reviews=reviews))
    assert entry.body.count("### ben") == 1
    assert dict(entry.properties)["state"] == "closed"


def test_a_comment_without_number_is_the_one_that_has_one() -> None:
    of_archive = {"author": "ben", "body": "Mine too.", "createdAt": "2024-05-01T09:30:00Z"}
    (entry,), notices = read([gh(comments=[of_archive])], [gh()])
    assert (entry.body.count("Mine too."), notices) == (1, [])
