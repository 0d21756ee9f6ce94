"""Dates in the text followed by a weekday that is not theirs: `2024/01/31 (Thu.)`, `2024年1月31日(木)`.

Knows numeric dates with a year. A weekday counts only in brackets, with `曜`, or spelled out in English:
`2024-01-31 Sun shone` says nothing about Sunday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.words import KANJI_WEEKDAYS, WEEKDAY_NAMES, weekday_of
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import find_in_body
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("date", "written", "weekday")
EDITS: frozenset[Part] = frozenset()

_FULL = "|".join(WEEKDAY_NAMES)
_DATE = (  # compiled when it is first used: hardly any note holds one
    r"(?P<year>\d{4})(?<![\d/.-]\d{4})"
    r"(?:[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})|年 ?(?P<m>\d{1,2})月 ?(?P<d>\d{1,2})日)"
    r"\]{0,2}[,、]?[ \t\u3000]{0,2}"
    rf"(?:[(（\[［][ \t]?(?P<inside>[{KANJI_WEEKDAYS}](?:曜日?)?|[A-Z][a-z]{{2,8}})"
    r"\.?(?:[・,、 ]?祝日?)?[ \t]?[)）\]］]"
    rf"|(?P<open>[{KANJI_WEEKDAYS}]曜|(?:{_FULL})\b))"
)
# Hardly any note holds a date with its weekday, and this finds that out. Each pattern begins with a literal: the engine
# finds that eight times as fast as one of several characters.
_KANJI = "|".join(KANJI_WEEKDAYS)
_round = re.compile(rf"\((?=[ \t]?(?:[A-Z][a-z][a-z]|{_KANJI}))".encode()).search
_square = re.compile(rf"\[(?<!\[\[)(?=[ \t]?(?:[A-Z][a-z]{{2,8}}(?![A-Za-z])|{_KANJI}))".encode()).search
_full = re.compile(rb"day(?<=[nsir]day)").search
_WIDE = tuple(mark.encode() for mark in "曜（［")
_DIGITS = r"(?:[0-9]|\xef\xbc[\x90-\x99]){1,2}"
_AHEAD = rf"\]{{0,2}}(?:,|、)?(?:[ \t]|　){{0,2}}(?:[(A-Z]|\[|（|［|(?:{_KANJI})曜)"
_DATES = tuple(
    f"{mark}(?<=[0-9]{{4}}{mark}){rest}{_AHEAD}".encode()
    for mark, rest in (
        *((mark, f"{_DIGITS}[-/.]{_DIGITS}") for mark in ("-", "/", r"\.")),
        ("年", "[^\\n]{5,20}?日"),
    )
)


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Dates with a wrong weekday. Which of the two is wrong, only the writer knows."""
    if not _may_hold_any(note.data, note.body):
        return
    for match, span in find_in_body(note, re.compile(_DATE)):
        date = calendar_date(match["year"], match["month"] or match["m"], match["day"] or match["d"])
        written = match["inside"] or match["open"]
        weekday = weekday_of(written)
        if date and weekday is not None and weekday != date.weekday():
            in_kanji = written[0] in KANJI_WEEKDAYS
            right = f"{KANJI_WEEKDAYS[date.weekday()]}曜日" if in_kanji else WEEKDAY_NAMES[date.weekday()]
            yield Finding(span, {"date": str(date), "written": written, "weekday": right})


def _may_hold_any(data: bytes, start: int) -> bool:
    named = _round(data, start) or _full(data, start) or _square(data, start)
    if not named and (data.isascii() or not any(mark in data for mark in _WIDE)):
        return False
    return any(re.compile(form).search(data, start) for form in _DATES)
