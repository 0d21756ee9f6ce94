"""Dates in the text followed by a weekday that is not theirs: `2024/01/31 (Thu.)`, `2024年1月31日(木)`.

Knows numeric dates with a year, Japanese and English weekdays. A weekday counts only in brackets, with `曜`, or spelled
out: `2024-01-31 Sun shone` says nothing about Sunday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vaultkit.linting.context import Context
from vaultkit.linting.dates import make_date
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import find_in_body
from vaultkit.vault.note import Note


@dataclass(frozen=True, slots=True)
class Options:
    """There is nothing to choose."""


VALUES = ("date", "written", "weekday")
EDITS: frozenset[Part] = frozenset()

_KANJI = "月火水木金土日"
_ENGLISH = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT = {name[:length].lower(): i for i, name in enumerate(_ENGLISH) for length in (3, 4, 5, len(name))}
_FULL = "|".join(_ENGLISH)
_DATE = re.compile(
    r"(?P<year>\d{4})(?<![\d/.-]\d{4})"
    r"(?:[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})|年 ?(?P<m>\d{1,2})月 ?(?P<d>\d{1,2})日)"
    r"\]{0,2}[,、]?[ \t\u3000]{0,2}"
    r"(?:[(（\[［][ \t]?(?P<inside>[月火水木金土日](?:曜日?)?|[A-Z][a-z]{2,8})\.?(?:[・,、 ]?祝日?)?[ \t]?[)）\]］]"
    rf"|(?P<open>[月火水木金土日]曜|(?:{_FULL})\b))"
)


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Dates with a wrong weekday. Which of the two is wrong, only the writer knows."""
    for match, span in find_in_body(note, _DATE):
        date = make_date(match["year"], match["month"] or match["m"], match["day"] or match["d"])
        written = match["inside"] or match["open"]
        weekday = _KANJI.find(written[0]) if written[0] in _KANJI else _SHORT.get(written.lower(), -1)
        if date and weekday >= 0 and weekday != date.weekday():
            right = f"{_KANJI[date.weekday()]}曜日" if written[0] in _KANJI else _ENGLISH[date.weekday()]
            yield Finding(span, {"date": str(date), "written": written, "weekday": right})
