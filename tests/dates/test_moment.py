"""Which of two written moments is surely the later one."""

from __future__ import annotations

import datetime as dt

import pytest

from vaultkit.dates.moment import Moment, is_surely_after, read_moment

JST = dt.timezone(dt.timedelta(hours=9))
DAY = dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-01-31", Moment(DAY)),
        ("[[2024-01-31]]", Moment(DAY)),
        ("2024-01-31 (Wed)", Moment(DAY)),
        ("2024-01-31T08:30", Moment(DAY, dt.time(8, 30))),
        ("2024/1/31 8:30", Moment(DAY, dt.time(8, 30))),
        ("2024-01-31, 08:30:15", Moment(DAY, dt.time(8, 30, 15), True)),
        ("2024-01-31T08:30:15.123Z", Moment(DAY, dt.time(8, 30, 15, tzinfo=dt.UTC), True)),
        ("2024-01-31 08:30:15 +0900", Moment(DAY, dt.time(8, 30, 15, tzinfo=JST), True)),
        ("2024-01-31 25:30", Moment(DAY)),
        ("2024-01-31T08:30+99:00", Moment(DAY)),
        ("2024-02-30", None),
        ("yesterday", None),
        (None, None),
        (20240131, None),
    ],
)
def test_what_is_written(value: object, expected: Moment | None) -> None:
    assert read_moment(value) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-01-31", "2024-01-30", True),
        ("2024-01-31", "2024-01-31", False),
        ("2024-01-31", "2024-01-31T08:30", False),
        ("2024-01-31T08:30", "2024-01-31", False),
        ("2024-02-01T08:30", "2024-01-31", True),
        ("2024-02-01T08:30:00Z", "2024-01-31", False),
        ("2024-02-02T08:30:00Z", "2024-01-31", True),
        ("2024-02-01", "2024-01-31T23:00:00Z", False),
        ("2024-01-31T08:30:59", "2024-01-31T08:30", False),
        ("2024-01-31T08:30:59", "2024-01-31T08:30:58", True),
        ("2024-01-31T22:00", "2024-01-31T08:00:00Z", False),
        ("2024-01-31T22:01", "2024-01-31T08:00:00Z", True),
        ("2024-01-31T20:00:00Z", "2024-01-31T08:00", False),
        ("2024-01-31T20:01:00Z", "2024-01-31T08:00", True),
        ("2024-01-31T09:30:00+09:00", "2024-01-31T00:30:00Z", False),
        ("2024-01-31T09:31:00+09:00", "2024-01-31T00:30:00Z", True),
        ("0001-01-01T00:00", "0001-01-01T00:00:00Z", False),
        ("9999-12-31T23:59:00Z", "9999-12-31T23:59", False),
        ("0001-01-01T00:00:00+09:00", "0001-01-01T00:00:00Z", False),
    ],
)
def test_later(one: str, other: str, expected: bool) -> None:
    first, second = read_moment(one), read_moment(other)
    assert first
    assert second
    assert is_surely_after(first, second) is expected
