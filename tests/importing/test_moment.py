"""Which civil day, time and text a timestamp gives, and what is told when it gives none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.moment import Clock, Moment, Zone

TOKYO = Zone("Asia/Tokyo", is_given=True)


def read(value: object, owner: Zone = TOKYO, **how) -> tuple[Moment | None, list[Notice]]:
    notices: list[Notice] = []
    return Clock(owner, notices).read(value, "a.json: entries[4].date", **how), notices


@pytest.mark.parametrize(
    ("value", "how", "stamp"),
    [
        pytest.param("2024-01-31T20:30:00Z", {}, "2024-02-01T05:30:00+09:00", id="Z is when, not where"),
        pytest.param("2016-03-03T13:40:01.000+0000", {}, "2016-03-03T22:40:01+09:00", id="so is +0000"),
        pytest.param("2024-01-31T20:30:00.1234567Z", {}, "2024-02-01T05:30:00+09:00", id="seven digits"),
        pytest.param("2024-01-31T20:30:00Z", {"zone": "Europe/Dublin"}, "2024-01-31T20:30:00+00:00", id="own zone"),
        pytest.param("2024-07-31T23:30:00Z", {"zone": "Europe/Dublin"}, "2024-08-01T00:30:00+01:00", id="summer"),
        pytest.param("2024-01-31T20:30:00Z", {"zone": "-05:00"}, "2024-01-31T15:30:00-05:00", id="own offset"),
        pytest.param("2024-01-31T20:30:00Z", {"zone": "GMT+1"}, "2024-01-31T21:30:00+01:00", id="GMT+1"),
        pytest.param("2024-01-31T20:30:00+10:00", {}, "2024-01-31T20:30:00+10:00", id="offset written"),
        pytest.param("2025-07-21 16:33:37 +0900", {}, "2025-07-21T16:33:37+09:00", id="jekyll"),
        pytest.param("2013-06-09 15:39", {}, "2013-06-09T15:39:00+09:00", id="naive, zone given"),
        pytest.param("2013-06-09 15:39", {"zone": "Europe/Paris"}, "2013-06-09T15:39:00+02:00", id="naive, own zone"),
        pytest.param("2020-08-29 11:11:00 PM", {}, "2020-08-29T23:11:00+09:00", id="PM"),
        pytest.param("2020-08-29 12:11 AM", {}, "2020-08-29T00:11:00+09:00", id="midnight"),
        pytest.param("Tue, 01 Oct 2024 12:34:56 -0500", {}, "2024-10-01T12:34:56-05:00", id="RFC 2822"),
        pytest.param("Tue Oct 01 2024 12:34:56 GMT+0000 (GMT)", {}, "2024-10-01T21:34:56+09:00", id="JavaScript"),
        pytest.param("09/Jan/24 3:54 PM", {}, "2024-01-09T15:54:00+09:00", id="Jira"),
        pytest.param("6/21/2025 16:14", {}, "2025-06-21T16:14:00+09:00", id="one way only"),
        pytest.param("03/04/2025 16:14", {"order": "dmy"}, "2025-04-03T16:14:00+09:00", id="order said"),
        pytest.param("20181006T084349Z", {}, "2018-10-06T17:43:49+09:00", id="compact"),
        pytest.param(1571425138176, {"unit": "ms"}, "2019-10-19T03:58:58+09:00", id="ms"),
        pytest.param("1571425138176", {}, "2019-10-19T03:58:58+09:00", id="ms as text"),
        pytest.param(1571425138, {}, "2019-10-19T03:58:58+09:00", id="s"),
        pytest.param(1571425138176000, {}, "2019-10-19T03:58:58+09:00", id="us"),
        pytest.param(-86400, {"unit": "s"}, "1969-12-31T09:00:00+09:00", id="before 1970"),
        pytest.param("2025-07-21", {}, "2025-07-21", id="only a day"),
        pytest.param(dt.date(2025, 7, 21), {}, "2025-07-21", id="a date"),
        pytest.param("2024-04-16T23:00:00Z", {"zone": "Europe/Dublin", "all_day": True}, "2024-04-17", id="all day"),
        pytest.param("2024-01-16T23:00:00Z", {"zone": "Europe/Dublin", "all_day": True}, "2024-01-17", id="wrong DST"),
    ],
)
def test_a_moment(value: object, how: dict, stamp: str) -> None:
    found, notices = read(value, **how)
    assert found is not None
    assert found.stamp.isoformat() == stamp
    assert found.day.isoformat() == stamp[:10]
    assert (found.time is None) == (len(stamp) == 10)
    assert notices == []


@pytest.mark.parametrize("value", [None, "", "  ", 0, "0000-00-00 00:00:00", "0000-00-00", "0001-01-01T00:00:00Z"])
def test_never_is_no_moment_and_no_trouble(value: object) -> None:
    assert read(value) == (None, [])


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2024-13-01", "2024-02-30 10:00", "03/04/2024", "2024-01-01 25:00", "2024-01-01T10:00+99:00",
     "9999-12-31T23:59:59Z", float("nan"), 1e300, True, {"a": 1}, "1" * 5000, "2024-01-01" + " " * 50_000 + "x"],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_no_date_is_told_with_its_place_and_never_today(value: object) -> None:
    found, notices = read(value)
    assert found is None
    assert [(one.kind, one.place) for one in notices] == [(NoticeKind.WARNING, "a.json: entries[4].date")]
    assert "imported without it" in notices[0].message


def test_the_machines_zone_is_told_once_and_only_when_it_decides() -> None:
    notices: list[Notice] = []
    clock = Clock(Zone("Asia/Tokyo"), notices)
    naive = clock.read("2024-01-31 20:30", "a")
    assert naive == Moment(dt.date(2024, 1, 31), dt.time(20, 30), dt.datetime(2024, 1, 31, 20, 30))
    clock.read("2024-01-31T20:30:00+10:00", "b")
    assert notices == []
    for place in ("c", "d"):
        found = clock.read("2024-01-31T20:30:00Z", place)
        assert found is not None
        assert found.day == dt.date(2024, 2, 1)
    assert [(one.place, "Asia/Tokyo" in one.message, "--tz" in one.message) for one in notices] == [("c", True, True)]


def test_an_unknown_zone_is_told_and_the_owners_taken() -> None:
    found, notices = read("2024-01-31T20:30:00Z", zone="Mars/Olympus")
    assert found is not None
    assert found.day == dt.date(2024, 2, 1)
    assert "Mars/Olympus" in notices[0].message


@given(st.datetimes(dt.datetime(1971, 1, 2), dt.datetime(2200, 1, 1)), st.integers(-17 * 60, 17 * 60))
def test_every_offset_keeps_its_day(when: dt.datetime, minutes: int) -> None:
    stamped = when.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    found, notices = read(stamped.isoformat())
    assert found is not None
    assert notices == []
    assert found.stamp == stamped
    assert minutes == 0 or found.day == when.date()
