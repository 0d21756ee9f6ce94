"""Daily-note names: a date in a moment.js format, written and strictly read.

Knows the tokens that do not depend on a language, and Japanese, English names for those that do. Text that is no token
stands for itself (`YYYY年MM月DD日`); `[…]` is literal.
"""

from __future__ import annotations

import datetime as dt
import re

_TOKEN = re.compile(
    r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|d|E|GGGG|WW|W|gggg|ww|w|Q|HH|H|hh|h|mm|m|SSS|ss|s|A|a|ZZ|Z"
)
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH_NAMES = {name.lower(): i for i, name in enumerate(_MONTHS, 1)} | {f"{i}月": i for i in range(1, 13)}
_MONTH_NAMES |= {name[:3].lower(): i for i, name in enumerate(_MONTHS, 1)}

_PATTERNS = {
    "YYYY": r"(?P<year>[0-9]{4})", "YY": r"(?P<short>[0-9]{2})", "GGGG": r"(?P<iso_year>[0-9]{4})",
    "MM": r"(?P<month>[0-9]{2})", "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})", "D": r"(?P<day>[0-9]{1,2})", "Do": r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|日)",
    "DDDD": r"(?P<yearday>[0-9]{3})", "DDD": r"(?P<yearday>[0-9]{1,3})",
    "MMMM": r"(?P<month_name>[^\W0-9_]+|[0-9]{1,2}月)", "MMM": r"(?P<month_name>[^\W0-9_]{3}|[0-9]{1,2}月)",
    "dddd": r"(?P<weekday_name>[^\W0-9_]+)",
    "ddd": r"(?P<weekday_name>[^\W0-9_]+)", "dd": r"(?P<weekday_name>[^\W0-9_]+)",
    "d": r"[0-9]", "E": r"(?P<iso_day>[1-7])", "WW": r"(?P<iso_week>[0-9]{2})", "W": r"(?P<iso_week>[0-9]{1,2})",
    "Q": r"[1-4]", "HH": r"[0-9]{2}", "H": r"[0-9]{1,2}", "hh": r"[0-9]{2}", "h": r"[0-9]{1,2}", "SSS": r"[0-9]{3}",
    "A": r"[AaPp][Mm]|午[前後]", "a": r"[AaPp][Mm]|午[前後]",
    "Z": r"Z|[+-][0-9][0-9]:?[0-9][0-9]", "ZZ": r"Z|[+-][0-9][0-9]:?[0-9][0-9]",
    "gggg": r"[0-9]{4}", "ww": r"[0-9]{2}", "w": r"[0-9]{1,2}",
    "mm": r"[0-9]{2}", "m": r"[0-9]{1,2}", "ss": r"[0-9]{2}", "s": r"[0-9]{1,2}",
}  # fmt: skip
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
        return table.get(match[0]) or _MIDNIGHT[match[0]]

    return _TOKEN.sub(write, pattern)


def parse_daily(name: str, pattern: str) -> dt.date | None:
    """The date of a note called `name` (a path below the daily-notes folder or a bare name, no `.md`), or None.

    Only the part of `pattern` behind its last `/` is read, and strictly: the whole name, exact digits, a real date.
    When that part alone is no date (`YYYY/MM/DD`), the whole relative path must match.
    """
    tail = pattern.rsplit("/", 1)[-1]
    return parse_date(name.rsplit("/", 1)[-1], tail) or (parse_date(name, pattern) if "/" in name else None)


def parse_date(text: str, pattern: str) -> dt.date | None:
    """`text` read strictly by the moment format `pattern`; None when it does not fit or is no calendar date."""
    regex, at, seen = "", 0, set()
    for token in _TOKEN.finditer(pattern):
        regex += re.escape(pattern[at : token.start()])
        at = token.end()
        if token[1] is not None:
            regex += re.escape(token[1])
            continue
        part = f"(?:{_PATTERNS[token[0]]})"
        group = re.search(r"\?P<(\w+)>", part)
        if group and group[1] in seen:
            part = part.replace(f"(?P<{group[1]}>", "(?:")
        elif group:
            seen.add(group[1])
        regex += part
    match = re.fullmatch(regex + re.escape(pattern[at:]), text)
    date = _date(match.groupdict()) if match else None
    return date if match and date and _is_day(match.groupdict().get("weekday_name"), date) else None


def _date(found: dict[str, str | None]) -> dt.date | None:
    values = {k: v for k, v in found.items() if v is not None}
    try:
        if "iso_year" in values and "iso_week" in values:
            return dt.date.fromisocalendar(
                int(values["iso_year"]), int(values["iso_week"]), int(values.get("iso_day", 1))
            )
        if "year" in values:
            year = int(values["year"])
        elif "short" in values:
            year = int(values["short"]) + (1900 if int(values["short"]) > 68 else 2000)  # as moment pivots
        else:
            return None
        if "yearday" in values:
            date = dt.date(year, 1, 1) + dt.timedelta(days=int(values["yearday"]) - 1)
            return date if date.year == year else None
        month = int(values["month"]) if "month" in values else _MONTH_NAMES.get(values.get("month_name", "").lower(), 0)
        return dt.date(year, month, int(values["day"])) if "day" in values else None
    except ValueError:
        return None


def _is_day(name: str | None, date: dt.date) -> bool:
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
