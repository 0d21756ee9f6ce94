"""The note of an issue, whatever tracker it comes from."""

from __future__ import annotations

import datetime as dt

import pytest

from vaultkit.importing.carry import carry_over
from vaultkit.importing.compose import compose
from vaultkit.importing.entry import Entry, Notice
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.issue.model import Comment, Issue, Link
from vaultkit.importing.issue.note import entry
from vaultkit.importing.moment import Clock, Zone

NINE, TEN = (dt.datetime(2024, 5, 1, hour, tzinfo=dt.UTC) for hour in (9, 10))


def made(**fields: object) -> Entry:
    given = {"key": "LAMP-12", "number": "LAMP-12", "title": "Too dark", "origin": "x.json", "place": "issues[0]"}
    return entry(Issue(**(given | fields)))  # type: ignore[arg-type]


def text_of(one: Entry) -> bytes:
    return compose(one, f"jira/{one.key}", one.body).encode()


def test_every_field_is_a_property_or_part_of_the_body() -> None:
    note = made(
        body="It is **dark**.",
        scope="LAMP",
        folder="LAMP",
        aliases=("LAMP-12",),
        names=("LAMP-12", "https://t.example/browse/LAMP-12"),
        state="open",
        status="In Progress",
        type="Bug",
        priority="High",
        versions=("1.0",),
        labels=("light",),
        due=dt.date(2024, 6, 1),
        created=NINE,
        parent="LAMP-1",
        links=(Link(relation="blocks", target="LAMP-13"),),
        more=(("story-points", 3), ("sprint", "")),
        comments=(
            Comment(id="8", body="B", author="bob", created=TEN, url="https://t.example/c/8"),
            Comment(id="7", body="A", author="ann", created=NINE),
            Comment(id="9", body="assigned to\n@bob", author="ann", created=NINE, is_system=True),
        ),
    )
    assert note.name == "LAMP-12 Too dark"
    assert note.anchors == (("https://t.example/c/8", "#^comment-8"),)
    assert text_of(note).decode() == (
        "---\nvaultkit-id: jira/LAMP-12\naliases:\n  - LAMP-12\ntitle: Too dark\nstate: open\nstatus: In Progress\n"
        'due: 2024-06-01\ncreated: 2024-05-01T09:00:00Z\nversions:\n  - "1.0"\ntype: Bug\npriority: High\n'
        "parent: LAMP-1\nlinks:\n  - blocks LAMP-13\nstory-points: 3\ntags:\n  - light\n---\n"
        "It is **dark**.\n\n## Links\n\n- parent LAMP-1\n- blocks LAMP-13\n\n## Comments\n\n"
        "### ann, 2024-05-01 09:00 UTC\n\nA ^comment-7\n\n### bob, 2024-05-01 10:00 UTC\n\nB ^comment-8\n\n"
        "## Activity\n\n> [!info]- 1 change\n> - ann, 2024-05-01 09:00 UTC: assigned to @bob\n"
    )


def test_an_issue_of_which_little_is_said() -> None:
    note = made()
    assert (note.body, note.properties, note.missing) == ("", (("title", "Too dark"),), ("comments",))
    assert made(comment_count=0).missing == ()


def test_a_poorer_export_takes_nothing_away() -> None:
    rich = made(body="text", links=(Link(relation="blocks", target="LAMP-13"),), comments=(Comment(id="7", body="A"),))
    poor = made(body="text", unsaid=frozenset({"links"}))
    assert carry_over(text_of(poor), text_of(rich), poor.missing) == text_of(rich)
    bare = made(unsaid=frozenset({"links", "body"}))
    assert carry_over(text_of(bare), text_of(rich), bare.missing) == text_of(rich)


def test_links_that_are_gone_go() -> None:
    rich = made(body="text", links=(Link(relation="blocks", target="LAMP-13"),))
    without = made(body="text")
    assert b"LAMP-13" not in carry_over(text_of(without), text_of(rich), without.missing)


def test_fields_of_other_trackers() -> None:
    record = {"due": "2024-06-01", "n": "3", "who": {"name": "ann@x.example"}, "list": [{"id": 1}, 2], "bad": "soon"}
    notices: list[object] = []
    fields = Fields(record, "x.json", "issues[0]", notices)  # type: ignore[arg-type]
    assert fields.date("due") == dt.date(2024, 6, 1)
    assert fields.number("n") == 3
    assert fields.person("who", keys=("username", "name")) == "ann"
    assert [one.number("id") for one in fields.objects("list")] == [1]
    assert fields.date("bad") is None
    assert len(notices) == 2


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        pytest.param("2024-05-01T08:00:00.1234567Z", dt.datetime(2024, 5, 1, 8, tzinfo=dt.UTC), id="seven digits"),
        pytest.param("2024-05-01T10:00:00.000+0200", dt.datetime(2024, 5, 1, 8, tzinfo=dt.UTC), id="no colon"),
        pytest.param("2024-05-01 17:00:00", dt.datetime(2024, 5, 1, 8, tzinfo=dt.UTC), id="no offset"),
        pytest.param("0000-00-00 00:00:00", None, id="never"),
        pytest.param("", None, id="empty"),
    ],
)
def test_times_in_many_forms(said: str, instant: dt.datetime | None) -> None:
    notices: list[Notice] = []
    clock = Clock(Zone("Asia/Tokyo", is_given=True), notices)
    assert Fields({"at": said}, "x.json", "issues[0]", notices, clock).time("at") == instant
    assert notices == []


@pytest.mark.parametrize("said", ["2024-05-01 17:00:00", "2024-05-01", "soon", 7, "9999-12-31T23:00:00-05:00"])
def test_what_is_no_instant_is_told(said: object) -> None:
    notices: list[Notice] = []
    assert Fields({"at": said}, "x.json", "issues[0]", notices).time("at") is None
    assert [one.place for one in notices] == ["x.json: issues[0].at"]
