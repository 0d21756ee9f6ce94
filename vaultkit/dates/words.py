"""The words and numerals of dates: weekdays, months, Japanese eras, kanji numbers.

Knows English, Japanese, German and Korean words, each with the number it stands for. Does not know what a date looks
like as a whole; `forms` and `heading` put them together.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

_WEEKDAYS = (
    ("monday mon", "montag mo", "月曜日 月曜 月", "월요일 월"),
    ("tuesday tues tue", "dienstag di", "火曜日 火曜 火", "화요일 화"),
    ("wednesday weds wed", "mittwoch mi", "水曜日 水曜 水", "수요일 수"),
    ("thursday thurs thur thu", "donnerstag do", "木曜日 木曜 木", "목요일 목"),
    ("friday fri", "freitag fr", "金曜日 金曜 金", "금요일 금"),
    ("saturday sat", "samstag sonnabend sa", "土曜日 土曜 土", "토요일 토"),
    ("sunday sun", "sonntag so", "日曜日 日曜 日", "일요일 일"),
)
WEEKDAYS = {word: number for number, row in enumerate(_WEEKDAYS) for words in row for word in words.split()}
"""Each word for a weekday, in small letters, with its number: Monday is 0, as in `datetime`."""

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KANJI_WEEKDAYS = "月火水木金土日"
"""For messages; by number."""

_MONTHS = (
    "january jan januar jänner",
    "february feb februar",
    "march mar märz maerz mrz",
    "april apr",
    "may mai",
    "june jun juni",
    "july jul juli",
    "august aug",
    "september sept sep",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
"""Each word for a month, in small letters, with its number: January is 1."""

ERAS = {
    "令和": dt.date(2019, 5, 1),
    "平成": dt.date(1989, 1, 8),
    "昭和": dt.date(1926, 12, 25),
    "R": dt.date(2019, 5, 1),
    "H": dt.date(1989, 1, 8),
    "S": dt.date(1926, 12, 25),
}
"""The first day of each era. Its first year, 元年, ends with that calendar year."""

KANJI_NUMERALS = "〇零一二三四五六七八九十百千"
_DIGITS = {c: max(0, i - 1) for i, c in enumerate("〇零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first; a Latin word never matches the beginning of a longer one."""
    longest_first = sorted(words, key=len, reverse=True)
    latin = [re.escape(word) for word in longest_first if word[0] < "\u0300"]
    others = [re.escape(word) for word in longest_first if word[0] >= "\u0300"]
    # one look at what follows for all words: with one for each the pattern takes several times as long to be made
    return "(?:" + "|".join([*([f"(?:{'|'.join(latin)})(?![A-Za-zäöü])"] if latin else []), *others]) + ")"


def weekday_of(text: str) -> int | None:
    """The weekday that `text` names and nothing else (`Wed.`, `（水）`, `mittwoch`), Monday is 0. None: no weekday."""
    word = unicodedata.normalize("NFKC", text).strip().removeprefix("(").removesuffix(")").removesuffix(".")
    return WEEKDAYS.get(word.casefold())


def number(numeral: str) -> int:
    """The value of `31`, `三十一`, `二〇二四` or `元` (an era's first year). Takes only what matched such a pattern."""
    if numeral == "元":
        return 1
    if numeral.isdecimal():
        return int(numeral)
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit
