"""The full date with which a name or the value of a property begins.

Knows numbers, and Japanese years (`令和6年1月31日`), for what it finds is compared and written back: `S3.4.5 notes`
must not be a day of 1928.
"""

from __future__ import annotations

import datetime as dt
import re

from vaultkit.dates.calendar import calendar_date

_ISO_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_OTHER_NAME = (
    r"(\d{4})(?P<mark>[-_.]?)(\d{2})(?P=mark)(\d{2})(?!\d)|(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?!\d)"
    r""
)
_YEAR, _LONGEST = 9, 40
"""So many characters a year has with its 年 (`昭和五十二年`), and a whole date."""
_LONGEST_MOMENT = 100
_VALUE = re.compile(r"\s*(?:\[\[)?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(?P<rest>.*)", re.S)


def date_in_value(value: object) -> dt.date | None:
    """The date that a property's value begins with, also as a link to a daily note; None when there is none."""
    found = _VALUE.match(value) if isinstance(value, str) else None
    if found:
        return calendar_date(found[1], found[2], found[3])
    return _in_japanese(value.strip().removeprefix("[[")) if isinstance(value, str) else None


def is_universal_time(value: object) -> bool:
    """Whether the value is a moment with an offset, whose day depends on where one is."""
    found = _VALUE.match(value) if isinstance(value, str) and len(value) < _LONGEST_MOMENT else None
    return bool(found and re.search(r"\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})\s*\Z", found["rest"]))


def iso_date_of_name(name: str) -> dt.date | None:
    """The date `YYYY-MM-DD` that `name` begins with, or None."""
    found = _ISO_NAME.match(name)
    return calendar_date(*found.groups()) if found else None


def any_date_of_name(name: str) -> dt.date | None:
    """The date that `name` begins with in some readable form: `20240131`, `2024.1.31`, `令和6年1月31日`."""
    found = re.match(_OTHER_NAME, name)
    if not found:
        return _in_japanese(name)
    digits = [group for key, group in enumerate(found.groups(), 1) if group and key != 2]
    return calendar_date(*digits)


def _in_japanese(text: str) -> dt.date | None:
    """The date with which `text` begins when its year is followed by 年, of an era or not; else None."""
    if "年" not in text[:_YEAR]:
        return None
    import unicodedata

    from vaultkit.dates.forms import Day, form_at  # knows many forms, and takes its time to load

    found = form_at(unicodedata.normalize("NFKC", text[:_LONGEST]), 0)
    return found[0].date if found and isinstance(found[0], Day) else None
