"""What is told as no day, and what is left alone."""

from __future__ import annotations

import pytest

from vaultkit.linting.checks.date_valid import Options, check
from vaultkit.linting.context import Context
from vaultkit.vault.index import Index
from vaultkit.vault.parse import parse


def told(value: str, key: str = "date") -> list[str]:
    note = parse("a.md", f"---\n{key}: {value}\n---\n".encode())
    return [f"{f.values['date']}{f.values['hint']}" for f in check(note, Context(Index([])), Options())]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-02-30", "2024-02-30; did you mean 2024-02-29 or 2024-03-01?"),
        ("2023-12-32", "2023-12-32; the month has no such day"),
        ("2024-02-00", "2024-02-00; the month has no such day"),
        ("2024-13-01", "2024-13-01; did you mean 2024-01-13?"),
        ("2024-13-31", "2024-13-31; there is no such month"),
        ("2024-00-10", "2024-00-10; there is no such month"),
        ("0000-00-00", "0000-00-00; leave it out if nobody knows the day"),
        ("0000-01-30", "0000-01-30; the month has no such day"),
        ('"[[2024-04-31]]"', "2024-04-31; did you mean 2024-04-30 or 2024-05-01?"),
        ("2024/4/31 21:00", "2024/4/31; did you mean 2024-04-30 or 2024-05-01?"),
        ("２０２４年２月３０日", "2024年2月30日; did you mean 2024-02-29 or 2024-03-01?"),
        ("令和7年2月30日", "令和7年2月30日"),
        ("Feb 30, 2024", "Feb 30, 2024"),
        ("31.04.2024", "31.04.2024"),
        ("9999-11-31", "9999-11-31; did you mean 9999-11-30 or 9999-12-01?"),
    ],
)
def test_no_day(value: str, expected: str) -> None:
    assert told(value) == [expected]


@pytest.mark.parametrize(
    "value",
    [
        *("2024-02-29", "2024-02-29T25:10", "2024/2/29", "2024年2月29日", "令和6年2月29日", "20240229", "Feb 29, 2024"),
        *("", "2024", "2024-05", "2024-05-XX", "2024-W05", "2024.13.01.2", "2024-13-013", "1709251200000", "S3.14.50"),
        *("spring", "true", '"{{date}}"', '"<% tp.date.now() %>"', "{a: 2024-02-30}", "31 Day Press", '"2024-"'),
    ],
)
def test_a_day_or_something_else(value: str) -> None:
    assert told(value) == []


def test_each_wrong_item_of_a_list() -> None:
    assert len(told("[2024-02-30, 2024-02-29, 2023-02-29]")) == 2


def test_the_case_of_the_key_does_not_matter() -> None:
    assert told("2024-02-30", "Created")
    assert not told("2024-02-30", "due")
