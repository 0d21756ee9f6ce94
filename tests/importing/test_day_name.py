from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

import pytest

from vaultkit.importing.day_name import day_of_name, day_of_path

DAYS = "2024-01-31 20240131 2024_01_31 2024.01.31 2024年1月31日 2024年1月31日(水) 令和6年1月31日".split()
DAYS += ["2024-01-31 Wed", "2024-01-31 (Wed)", "Wednesday, January 31, 2024"]


@pytest.mark.parametrize("stem", DAYS)
def test_a_name_that_is_a_day(stem: str) -> None:
    assert day_of_name(stem) == dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    "stem", ["2024-01-31-trip", "journal", "2024-13-01", "2024-02-30", "31", "2024-01", "2024", ""]
)
def test_a_name_that_is_none(stem: str) -> None:
    assert day_of_name(stem) is None


@pytest.mark.parametrize(
    "path",
    ["d/2024/01/31.md", "2024/1/31.md", "2024年/1月/31日.md", "2024/01-January/2024-01-31.md", "2024/2024-01/31.md"],
)
def test_a_path_that_is_a_day(path: str) -> None:
    assert day_of_path(PurePosixPath(path)) == dt.date(2024, 1, 31)


@pytest.mark.parametrize(
    "path", ["2024/31.md", "01/31.md", "2024/13/31.md", "2024/02/31.md", "2024/01/notes.md", "31.md"]
)
def test_a_path_that_is_none(path: str) -> None:
    assert day_of_path(PurePosixPath(path)) is None
