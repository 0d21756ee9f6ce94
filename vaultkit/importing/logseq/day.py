"""Days in the ways in which Logseq writes them into titles and file names.

`MMM do, yyyy`, `yyyy_MM_dd`, `EEEE, dd.MM.yyyy` are such ways. Knows the letters of such a
format and English names of months; names of weekdays are passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from vaultkit.dates.calendar import calendar_date

_MONTHS = "january february march april may june july august september october november december".split()
_LETTERS = re.compile(
    r"'(?P<plain>[^']*+)'|(?P<letters>yyyy|yy|MMMM|MMM|MM|M|do|dd|d|E{1,4}|e{1,4})|(?P<other>.)", re.S
)
_FORMS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<short>\d\d)",
    "MMMM": r"(?P<name>[A-Za-z]{3,9})",
    "MMM": r"(?P<name>[A-Za-z]{3,9})\.?",
    "MM": r"(?P<month>\d\d)",
    "M": r"(?P<month>\d\d?)",
    "do": r"(?P<day>\d\d?)(?:st|nd|rd|th)",
    "dd": r"(?P<day>\d\d)",
    "d": r"(?P<day>\d\d?)",
}
USUAL = (
    "MMM do, yyyy",
    "MMMM do, yyyy",
    "yyyy-MM-dd",
    "yyyy_MM_dd",
    "EEEE, MM/dd/yyyy",
    "yyyy/MM/dd",
    "yyyy年MM月dd日",
)
"""What a graph may have been set to before, and what old journals are called."""


def read_day(text: str, formats: Iterable[str]) -> dt.date | None:
    """The day that the whole of `text` is in one of `formats`; None: it is none."""
    for form in formats:
        pattern = _pattern(form)
        found = pattern.fullmatch(text.strip()) if pattern else None
        if found is None:
            continue
        parts = found.groupdict()
        name = (parts.get("name") or "").lower()
        month = next((i for i, one in enumerate(_MONTHS, 1) if name and one.startswith(name)), 0)
        year = parts.get("year") or f"20{parts['short']}"
        if day := calendar_date(year, parts.get("month") or month, parts["day"]):
            return day
    return None


@lru_cache
def _pattern(form: str) -> re.Pattern[str] | None:
    """None: the format does not say a whole day, or says a part of it twice."""
    out, seen = [], set()
    for found in _LETTERS.finditer(form[:60]):
        letters = found["letters"]
        if letters in _FORMS:
            seen.add("y" if letters[0] == "y" else letters[0])
            out.append(_FORMS[letters])
        elif letters:
            out.append(r"\w{1,12}\.?")
        else:
            out.append(re.escape(found["plain"] if found["plain"] is not None else found["other"]))
    if seen != {"y", "M", "d"}:
        return None
    try:
        return re.compile("".join(out), re.IGNORECASE)
    except re.error:  # a part twice
        return None
