"""Daily-note names: a date in a moment.js format, written and strictly read.

Knows the tokens that do not depend on a language, and Japanese, English names for those that do. Text that is no token
stands for itself (`YYYY年MM月DD日`); `[…]` is literal.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH_NAMES = {name.lower(): i for i, name in enumerate(_MONTHS, 1)} | {f"{i}月": i for i in range(1, 13)}
_MONTH_NAMES |= {name[:3].lower(): i for i, name in enumerate(_MONTHS, 1)}

_PATTERNS = {
    "YYYY": r"[0-9]{4}", "YY": r"[0-9]{2}", "GGGG": r"[0-9]{4}", "gggg": r"[0-9]{4}", "Q": r"[1-4]",
    "MM": r"[0-9]{2}", "M": r"[0-9]{1,2}", "MMMM": r"[^\W0-9_]+|[0-9]{1,2}月", "MMM": r"[^\W0-9_]{3}|[0-9]{1,2}月",
    "DD": r"[0-9]{2}", "D": r"[0-9]{1,2}", "Do": r"[0-9]{1,2}(?:st|nd|rd|th|日)",
    "DDDD": r"[0-9]{3}", "DDD": r"[0-9]{1,3}",
    "WW": r"[0-9]{2}", "W": r"[0-9]{1,2}", "ww": r"[0-9]{2}", "w": r"[0-9]{1,2}",
    "dddd": r"[^\W0-9_]+", "ddd": r"[^\W0-9_]+", "dd": r"[^\W0-9_]+", "d": r"[0-6]", "E": r"[1-7]",
    "HH": r"[01][0-9]|2[0-4]", "H": r"1?[0-9]|2[0-4]", "hh": r"0[1-9]|1[0-2]", "h": r"[1-9]|1[0-2]",
    "mm": r"[0-5][0-9]", "m": r"[1-5]?[0-9]", "ss": r"[0-5][0-9]", "s": r"[1-5]?[0-9]", "SSS": r"[0-9]{3}",
    "A": r"[AP]M|午[前後]", "a": r"[ap]m|午[前後]", "Z": r"Z|[+-][0-9]{2}:?[0-9]{2}", "ZZ": r"Z|[+-][0-9]{2}:?[0-9]{2}",
    "X": r"[0-9]{1,12}", "x": r"[0-9]{1,15}",
}  # fmt: skip
_TOKEN = re.compile(r"\[([^\]]*)\]|" + "|".join(sorted(_PATTERNS, key=len, reverse=True)))
_OF_A_DAY = frozenset("YYYY YY GGGG MM M DD D DDDD DDD d E WW W Q".split())
"""Tokens whose text follows from the date alone, whatever the language."""
_WEEKDAYS = frozenset({"dddd", "ddd", "dd"})
_ISO_TOKENS = ["DD", "MM", "YYYY"]
_MIDNIGHT = {
    "HH": "00", "H": "0", "hh": "12", "h": "12", "mm": "00", "m": "0", "ss": "00", "s": "0", "SSS": "000",
    "A": "AM", "a": "am", "Z": "+00:00", "ZZ": "+0000",
}  # fmt: skip


def format_date(date: dt.date, pattern: str) -> str:
    """`date` in the moment format `pattern`; time tokens are midnight."""

    def write(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        iso = date.isocalendar()
        table = {
            "YYYY": f"{date.year:04}", "YY": f"{date.year % 100:02}", "GGGG": f"{iso.year:04}",
            "MM": f"{date.month:02}", "M": str(date.month),
            "MMMM": _MONTHS[date.month - 1], "MMM": _MONTHS[date.month - 1][:3],
            "DD": f"{date.day:02}", "D": str(date.day), "Do": f"{date.day}{_ordinal(date.day)}",
            "DDDD": f"{date.timetuple().tm_yday:03}", "DDD": str(date.timetuple().tm_yday),
            "dddd": _DAYS[date.weekday()], "ddd": _DAYS[date.weekday()][:3], "dd": _DAYS[date.weekday()][:2],
            "d": str((date.weekday() + 1) % 7), "E": str(iso.weekday), "WW": f"{iso.week:02}", "W": str(iso.week),
            "Q": str((date.month + 2) // 3), "gggg": f"{iso.year:04}", "ww": f"{iso.week:02}", "w": str(iso.week),
        }  # fmt: skip
        if match[0] in ("X", "x"):
            seconds = int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp())
            return str(seconds if match[0] == "X" else seconds * 1000)
        return table.get(match[0]) or _MIDNIGHT[match[0]]

    return _TOKEN.sub(write, pattern)


@lru_cache(maxsize=64)
def names_every_day(pattern: str, or_weekday: bool = False) -> bool:
    """Whether a name in the format `pattern` follows from the day alone: it has no time, and no word of a language.

    `or_weekday`: the word for a weekday may be in it, since it changes no date.
    """
    tokens = {token[0] for token in _TOKEN.finditer(pattern) if token[1] is None}
    return bool(tokens) and tokens - (_WEEKDAYS if or_weekday else set()) <= _OF_A_DAY


def parse_daily(name: str, pattern: str) -> dt.date | None:
    """The date of a note called `name` (a path below the daily-notes folder or a bare name, no `.md`), or None.

    Only the part of `pattern` behind its last `/` is read, and strictly: the whole name, exact digits, a real date.
    When that part alone is no date (`YYYY/MM/DD`), the whole relative path must match.
    """
    tail = pattern.rsplit("/", 1)[-1]
    return parse_date(name.rsplit("/", 1)[-1], tail) or (parse_date(name, pattern) if "/" in name else None)


def parse_date(text: str, pattern: str) -> dt.date | None:
    """`text` read strictly by the moment format `pattern`; None when it does not fit or is no calendar date.

    Every token must agree with the date: `2024-01-31 Thu` is none, nor is `2024-01-31-032` as `YYYY-MM-DD-DDDD`.
    """
    regex, tokens = _reader(pattern)
    match = regex.fullmatch(text)
    if not match:
        return None
    found = list(zip(tokens, match.groups(), strict=True))
    date = _date(dict(reversed(found)))
    if date and sorted(tokens) == _ISO_TOKENS:
        return date  # nothing is there twice, so that nothing can disagree
    return date if date and all(_agrees(token, value, date) for token, value in found) else None


@lru_cache(maxsize=64)
def _reader(pattern: str) -> tuple[re.Pattern[str], list[str]]:
    """What matches a date in the format, with a group for each of its tokens."""
    regex, at, tokens = "", 0, []
    for token in _TOKEN.finditer(pattern):
        regex += re.escape(pattern[at : token.start()])
        at = token.end()
        if token[1] is not None:
            regex += re.escape(token[1])
        else:
            regex += f"({_PATTERNS[token[0]]})"
            tokens.append(token[0])
    return re.compile(regex + re.escape(pattern[at:])), tokens


def _agrees(token: str, value: str, date: dt.date) -> bool:
    """Whether what stands for `token` is what it would be on `date`; times and unknown languages are believed."""
    if token in _WEEKDAYS:
        return _is_day(value, date)
    return token not in _OF_A_DAY or format_date(date, token) == value


def _date(values: dict[str, str]) -> dt.date | None:
    """The date that the tokens' texts name together, or None."""

    def number(*tokens: str) -> int | None:
        return next((int(re.sub(r"[^0-9]", "", values[t])) for t in tokens if t in values), None)

    try:
        if (stamp := number("X", "x")) is not None:
            return dt.datetime.fromtimestamp(stamp / (1 if "X" in values else 1000), dt.UTC).date()
        year, week, day = number("YYYY"), number("WW", "W"), number("DD", "D", "Do")
        if year is None and (short := number("YY")) is not None:
            year = short + (1900 if short > 68 else 2000)  # as moment pivots
        if day is None and (iso_year := number("GGGG")) is not None and week is not None:
            return dt.date.fromisocalendar(iso_year, week, number("E") or 1)
        if year is None:
            return None
        if day is None and (of_year := number("DDDD", "DDD")) is not None:
            date = dt.date(year, 1, 1) + dt.timedelta(days=of_year - 1)
            return date if date.year == year else None
        name = values.get("MMMM") or values.get("MMM") or ""
        month = number("MM", "M") or _MONTH_NAMES.get(name.lower(), 0)
        return dt.date(year, month, day) if day is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _is_day(name: str, date: dt.date) -> bool:
    """Whether a weekday's name is that of `date`; a name in a language unknown here is believed."""
    known = [
        day
        for day, (english, kanji) in enumerate(zip(_DAYS, "月火水木金土日", strict=True))
        if _names(name, english, kanji)
    ]
    return not known or known == [date.weekday()]


def _names(name: str | None, english: str, kanji: str) -> bool:
    if not name:
        return False
    english = english.lower()
    return name.lower() in (english, english[:3], english[:2]) or name[0] == kanji


def _ordinal(day: int) -> str:
    return "th" if 11 <= day % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
