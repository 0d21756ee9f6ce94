"""Dates in the text followed by a weekday that is not theirs: `2024/01/31 (Thu.)`, `令和6年1月31日(木)`.

Knows numeric dates with a year, of an era or not. A weekday counts only in brackets, with `曜`, or spelled out in
English: `2024-01-31 Sun shone` says nothing about Sunday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.dates.calendar import calendar_date
from vaultkit.dates.words import ERAS, KANJI_WEEKDAYS, WEEKDAY_NAMES, number, weekday_of
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
_ERAS = "|".join(era for era in ERAS if len(era) > 1)
_DATE = (  # compiled when it is first used: hardly any note holds one
    r"(?:(?P<year>\d{4})(?<![\d/.-]\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    rf"|(?:(?P<y>\d{{4}})(?<![\d/.-]\d{{4}})|(?P<era>{_ERAS})(?P<of>元|\d{{1,2}}))"
    r"年 ?(?P<m>\d{1,2})月 ?(?P<d>\d{1,2})日)"
    r"\]{0,2}[,、]?[ \t\u3000]{0,2}"
    rf"(?:[(（\[［][ \t]?(?P<inside>[{KANJI_WEEKDAYS}](?:曜日?)?|[A-Z][a-z]{{2,8}})"
    r"\.?(?:[・,、 ]?祝日?)?[ \t]?[)）\]］]"
    rf"|(?P<open>[{KANJI_WEEKDAYS}]曜|(?:{_FULL})\b))"
)
_SHAPE = bytes.maketrans(b"123456789\xef/.", b"0000000000--")
"""Makes `2024/01` and `1999.1` look alike; a digit of full width begins with EF."""
_YEAR = "年".encode()
_KANJI = "|".join(KANJI_WEEKDAYS)
_DIGITS = r"(?:[0-9]|\xef\xbc[\x90-\x99]){1,2}"
_AHEAD = rf"\]{{0,2}}(?:,|、)?(?:[ \t]|　){{0,2}}(?:[(A-Z]|\[|（|［|(?:{_KANJI})曜)"
_DATES = tuple(  # each begins with a literal, which the engine can search for
    f"{mark}(?<=[0-9]{{4}}{mark}){rest}{_AHEAD}".encode()
    for mark, rest in (
        *((mark, f"{_DIGITS}[-/.]{_DIGITS}") for mark in ("-", "/", r"\.")),
        ("年", "[^\\n]{5,20}?日"),
    )
) + tuple(f"{era}(?:元|{_DIGITS})年[^\\n]{{5,20}}?日{_AHEAD}".encode() for era in _ERAS.split("|"))


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Dates with a wrong weekday. Which of the two is wrong, only the writer knows."""
    if not _may_hold_any(note.data[note.body :]):
        return
    for match, span in find_in_body(note, re.compile(_DATE)):
        year = ERAS[match["era"]].year + number(match["of"]) - 1 if match["era"] else match["year"] or match["y"]
        date = calendar_date(year, match["month"] or match["m"], match["day"] or match["d"])
        written = match["inside"] or match["open"]
        weekday = weekday_of(written)
        if date and weekday is not None and weekday != date.weekday():
            in_kanji = written[0] in KANJI_WEEKDAYS
            right = f"{KANJI_WEEKDAYS[date.weekday()]}曜日" if in_kanji else WEEKDAY_NAMES[date.weekday()]
            yield Finding(span, {"date": str(date), "written": written, "weekday": right})


def _may_hold_any(body: bytes) -> bool:
    """Whether there may be a date with a weekday behind it: found out fast, for hardly any note holds one."""
    if b"0000-0" not in body.translate(_SHAPE) and (body.isascii() or _YEAR not in body):
        return False
    return any(re.compile(form).search(body) for form in _DATES)
