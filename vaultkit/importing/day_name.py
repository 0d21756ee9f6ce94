"""File names that are a day and nothing else (`2024-01-31`, `2024_01_31`, `20240131`, `2024年1月31日(水)`), and paths
whose folders say the year and month (`2024/01/31`).

Knows names; a name with a title behind the date (`2024-01-31-trip`) is none of these.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.forms import Day
from vaultkit.dates.heading import parse_heading

_YEAR = re.compile(r"(\d{4})年?\Z", re.ASCII)
_MONTH = re.compile(r"(?:\d{4}[-_.年]?)?(0?[1-9]|1[0-2])(?:月|[-_. ][^\W\d]{3,9})?\Z", re.ASCII)
_DAY = re.compile(r"(?:\d{4}[-_.年]?)?(?:\d{1,2}[-_.月])?([0-3]?\d)日?\Z")


def day_of_name(stem: str) -> dt.date | None:
    """The day that the whole name is; None: it is another name."""
    found = parse_heading(f"## {stem.strip().replace('_', '-')}")
    return found.when.date if found and isinstance(found.when, Day) and not found.title else None


def day_of_path(path: PurePosixPath) -> dt.date | None:
    """The day that the file's name is, or is together with its folders; None: neither."""
    if day := day_of_name(path.stem):
        return day
    if len(path.parts) < 3:
        return None
    year, month, day_ = _YEAR.match(path.parts[-3]), _MONTH.match(path.parts[-2]), _DAY.match(path.stem)
    return calendar_date(year[1], month[1], day_[1]) if year and month and day_ else None
