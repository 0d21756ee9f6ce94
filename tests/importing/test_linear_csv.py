"""Rows of Linear's CSV, whose columns grew over the years, are issues."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.conftest import not_hanging
from tests.importing.exports import export, read
from vaultkit.importing.entry import Entry
from vaultkit.importing.sources import linear_csv

OLD = "ID,Team,Title,Description,Status,Estimate,Priority,Project,Assignee,Labels,Created,Updated,Completed,Canceled"
NEW = f"{OLD},Due Date,Parent issue,UUID,Related to,Blocked by,Duplicate of"


def table(*rows: str, header: str = NEW) -> str:
    return "\n".join((header, *rows)) + "\n"


def read_one(*contents: object) -> Entry:
    (entry,), notices = read(linear_csv, *contents)
    assert notices == []
    return entry


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Tue Oct 01 2024 12:34:56 GMT+0000 (GMT)", dt.datetime(2024, 10, 1, 12, 34, 56, tzinfo=dt.UTC)),
        (
            "Tue Oct 01 2024 12:34:56 GMT+0200 (Central European Summer Time)",
            dt.datetime(2024, 10, 1, 10, 34, 56, tzinfo=dt.UTC),
        ),
        ("2024-10-01T12:34:56.789Z", dt.datetime(2024, 10, 1, 12, 34, 56, tzinfo=dt.UTC)),
    ],
)
def test_times(written: str, instant: dt.datetime) -> None:
    entry = read_one(table(f"LMP-1,Lamps,Lamp,,Todo,,,,,,{written},,,,,,u-1,,,"))
    assert dict(entry.properties)["created"] == instant


STATES = {
    "todo": ("Todo", "", "", "open", None),
    "done": ("Done", "2024-10-01T00:00:00Z", "", "closed", None),
    "own word": ("Shipped", "2024-10-01T00:00:00Z", "", "closed", None),
    "canceled": ("Won't fix", "", "2024-10-01T00:00:00Z", "closed", "canceled"),
    "name alone": ("Duplicate", "", "", "closed", None),
}


@pytest.mark.parametrize(("status", "completed", "canceled", "state", "reason"), STATES.values(), ids=STATES)
def test_open_or_closed(status: str, completed: str, canceled: str, state: str, reason: str | None) -> None:
    row = f"LMP-1,Lamps,Lamp,,{status},,,,,,,,{completed},{canceled},,,u-1,,,"
    properties = dict(read_one(table(row)).properties)
    assert (properties["state"], properties.get("reason")) == (state, reason)


def test_an_issue_that_moved_to_another_team_is_the_same_one() -> None:
    before = table("LMP-1,Lamps,Lamp,,Todo,,,,,,,2024-10-01T00:00:00Z,,,,,u-1,,,")
    after = table("OPS-4,Operations,Lamp,,Todo,,,,,,,2024-10-02T00:00:00Z,,,,,u-1,,,")
    (entry,), _ = read(linear_csv, after, before)
    assert (entry.key, entry.name) == ("u-1", "OPS-4 Lamp")


@pytest.mark.parametrize("old_first", [True, False])
def test_a_row_without_uuid_is_the_issue_of_its_id(old_first: bool) -> None:
    both = [
        table("LMP-1,Lamps,Lamp,Dark,Todo,,,,,,,2024-10-01T00:00:00Z,,", header=OLD),
        table("LMP-1,Lamps,Lamp,Dark,Todo,,,,,,,2024-10-02T00:00:00Z,,,,,u-1,,,"),
    ]
    assert read_one(*(both if old_first else reversed(both))).key == "u-1"


def test_addresses_in_other_texts_are_names_of_an_issue() -> None:
    rows = ("LMP-1,Lamps,Lamp,see https://linear.app/acme/issue/LMP-2/bulb,Todo,,,,,,,,,,,,u-1,,,",)
    _, two = read(linear_csv, table(*rows, "LMP-2,Lamps,Bulb,,Todo,,,,,,,,,,,,u-2,,,"))[0]
    assert two.names == ("LMP-2", "https://linear.app/acme/issue/LMP-2/bulb")


def test_what_an_old_export_does_not_say_is_missing_from_it() -> None:
    missing = set(read_one(table("LMP-1,Lamps,Lamp,,Todo,,,,,,,,,", header=OLD)).missing)
    assert {"due", "parent", "links", "author", "cycle", "comments"} <= missing
    assert not {"body", "closed", "tags", "estimate"} & missing


@pytest.mark.parametrize(
    ("header", "is_ours"),
    [
        (OLD, True),
        (NEW, True),
        (";".join(NEW.split(",")), True),
        ("Title,Description,Issue ID,URL,State,Author", False),
        ("Summary,Issue key,Issue id,Issue Type", False),
        ("#,Project,Tracker,Status,Subject", False),
        ("ID,Team,Title,Status,Notes", False),
        ("id,title", False),
    ],
)
def test_a_header_is_linears_or_not(header: str, is_ours: bool) -> None:
    assert linear_csv.identify(export(f"{header}\n", "a.csv")).claimed is is_ours


@pytest.mark.parametrize("piece", ["https://linear.app/a/issue/LMP-1/", "LMP-1 ", "\n", ",", "[x](", "`"])
def test_long_texts_are_fast(piece: str) -> None:
    with not_hanging():
        read(linear_csv, table(f'LMP-1,Lamps,Lamp,"{piece * (200_000 // len(piece))}",Todo,,,,,,,,,,,,u-1,,,'))
