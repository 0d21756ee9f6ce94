"""What a line looks like that is a date, as the heading of a diary entry, or a year.

Knows one line at a time. What only a whole file can tell (is `03/04/2024` in March or April, which year is `1月31日`
in, is `240131` a date at all) stays open in the answer; `importing.date_headings` and `date_order` settle it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from vaultkit.dates.forms import ERA, MONTH, NUMERAL, Day, OpenDay, ShortDay, When, form_at
from vaultkit.dates.offset import read_offset
from vaultkit.dates.titles import ENDS_SENTENCE, SHORT, columns
from vaultkit.dates.words import ERAS, KANJI_NUMERALS, WEEKDAYS, number, one_of, weekday_of


@dataclass(frozen=True, slots=True)
class DateHeading:
    """A line that is a date, with or without a weekday, a time and a short title."""

    when: When
    weekday: int | None = None
    """As written, Monday is 0; not compared with the date."""
    time: dt.time | None = None
    """With the offset that follows it (`Z`, `+09:00`), else without one."""
    title: str = ""
    """The rest of the line, in the author's characters."""
    marked: bool = False
    """Marks show that it is a heading: `##`, `■`, `【…】`, `**…**`."""
    bullet: bool = False
    """It begins with `- ` or `* `: perhaps only an item of a list."""


LONGEST_LINE = 200

_NUMERAL = re.compile(rf"[\d{KANJI_NUMERALS}]")
_OPENING = re.compile(r"[ \t]{0,3}+(?P<mark>#{1,6}+|[■◆●○▼□◇▽★☆◎▲△▶]++|[*=-]++)?\s*+(?P<bracket>[\[<【])?\s*+")
_ATX = tuple("#" * level for level in range(1, 7))
_CLOSING = {"[": "]", "<": ">", "【": "】"}

_WEEKDAY = one_of(WEEKDAYS)
_WEEKDAY_BEFORE = re.compile(rf"(?:\((?P<a>{_WEEKDAY})\.?\)|(?P<b>{_WEEKDAY})[.、]?[,、]?(?=\s))\s*+", re.I)
_WEEKDAY_AFTER = re.compile(
    rf"[\s,、]*+(?:\((?P<a>{_WEEKDAY})\.?(?:[\s・,/]?(?P<holiday>祝日?|振替休日|振替|振休|休日?))?\)"
    rf"|\[(?P<b>{_WEEKDAY})\.?\]|(?P<bare>{_WEEKDAY})(?P<stop>[.,、]?)(?=[\s\]>】:*=#-]|$))",
    re.I,
)
_TIME = re.compile(
    r"(?:T|[\s,、]++(?:at\s+)?)(?:(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?:\.(?P<f>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap])\.?m\.?)?(?:\s?(?P<zone>Z|\+\d\d:?\d\d|(?(s)-\d\d:?\d\d|(?!))))?"  # 10:00-12:00 has no zone
    r"|(?P<jhalf>午前|午後)?(?P<jh>\d{1,2})時(?:(?P<jm>\d{1,2})分)?)(?=[\s\]>】*=#,:、]|$)(?!:\d)",
    re.I,
)
_AFTERNOON = {"a": 0, "p": 12, "午前": 0, "午後": 12}
_GAP = re.compile(r"\s++(?:[:|/–—-]++\s++)?|\s*+:++(?:\s++|$|(?=\D))|\s*+[–—|]++\s*+")
_NO_TITLE = re.compile(
    r"[~〜→–—-]\s*\d|(?:に|は|の|を|が|も|と|で|や|へ|から|まで|より|頃|ごろ|付|現在|以降|以来|以前|時点)"
    r"|(?:to|until|till|through|and|or|is|was|were|bis|und)\b",
    re.I,
)
"""How the rest of a line begins when the date is part of a sentence or of a range, not followed by a title."""


def parse_heading(line: str) -> DateHeading | None:
    """The date that the whole of `line` is, or None when it is text.

    Allowed beside the date: marks of a heading around it, a weekday before or after it, a time, and a short title
    that is set off by a space or colon. `20250829は暑い` and `2024/01/31 に投稿した。` are text.
    """
    if len(line) > LONGEST_LINE or not _NUMERAL.search(line):
        return None
    copy, origin = _folded(line)
    mark, bracket, start = _opening(copy)
    before = _WEEKDAY_BEFORE.match(copy, start)
    found = form_at(copy, before.end() if before else start)
    if found is None:
        return None
    when, end = found
    tail = _tail(copy, end, when, weekday_of(before["a"] or before["b"]) if before else None, _CLOSING.get(bracket, ""))
    end = _after(copy, tail.end, mark[:1])
    bullet = mark in ("-", "*") and end == tail.end
    marked = (mark != "" and not bullet) or (bracket != "" and not tail.bracket)
    if tail.bracket:  # 【1月31日 雪】: the bracket closes after the title
        if not copy.rstrip().endswith(tail.bracket):
            return None
        line = line.rstrip()[:-1]
    title = _title(line[origin[end] :], copy[end - 1], mark, marked)
    if title is None:
        return None
    weak = isinstance(when, ShortDay) or (isinstance(when, OpenDay) and when.year is None)
    if title and weak and not marked and tail.weekday is None:
        return None  # `1/2 cup of sugar`
    return DateHeading(when, tail.weekday, tail.time, f"{tail.holiday} {title}".strip(), marked, bullet)


def _folded(line: str) -> tuple[str, Sequence[int]]:
    """`line` in compatibility form (`２０２４` → `2024`, `㋿` → `令和`), and for each character where it came from."""
    if line.isascii():
        return line, range(len(line) + 1)
    pairs = [(c, i) for i, original in enumerate(line) for c in unicodedata.normalize("NFKC", original)]
    return "".join(c for c, _ in pairs), [*(i for _, i in pairs), len(line)]


def _opening(copy: str) -> tuple[str, str, int]:
    """The marks and the bracket with which the line begins, and where they end."""
    m = _OPENING.match(copy)
    assert m is not None  # every part of the pattern is optional
    return m["mark"] or "", m["bracket"] or "", m.end()


def _after(copy: str, start: int, mark: str) -> int:
    """The end of a run of the character `mark` at `start` (spaces before it allowed), else `start`."""
    rest = copy[start:].lstrip()
    return len(copy) - len(rest.lstrip(mark)) if mark and rest.startswith(mark) else start


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands between the date and the title; `bracket` is the closing one that is still to come."""

    end: int
    weekday: int | None
    time: dt.time | None
    holiday: str
    bracket: str


def _tail(copy: str, end: int, when: When, weekday: int | None, bracket: str) -> _Tail:
    """Reads weekday, time and closing bracket, in any order, each once."""
    time: dt.time | None = None
    holiday = ""
    while True:
        if weekday is None and (m := _WEEKDAY_AFTER.match(copy, end)) and _is_weekday(m, when):
            weekday, holiday, end = weekday_of(m["a"] or m["b"] or m["bare"]), m["holiday"] or "", m.end()
        elif time is None and (m := _TIME.match(copy, end)) and (time := _time(m)):
            end = m.end()
        elif bracket and (closed := _after(copy, end, bracket)) > end:
            bracket, end = "", closed
        else:
            return _Tail(end, weekday, time, holiday, bracket)


def _is_weekday(m: re.Match[str], when: When) -> bool:
    """A short bare word before more text must agree with the date: `2024-01-31 Sun and rain` was a Wednesday."""
    bare = m["bare"] or ""
    if m["stop"] or not bare.isascii() or len(bare) not in (2, 3) or not m.string[m.end() :].strip(" ]>】*=#-"):
        return True
    return isinstance(when, Day) and when.date.weekday() == weekday_of(bare)


def _time(m: re.Match[str]) -> dt.time | None:
    hour, minute, fraction = int(m["h"] or m["jh"]), int(m["m"] or m["jm"] or 0), (m["f"] or "")[:6]
    half = (m["half"] or m["jhalf"] or "").lower()
    if half:
        hour = hour % 12 + _AFTERNOON[half]
    try:
        return dt.time(hour, minute, int(m["s"] or 0), int(fraction.ljust(6, "0")), tzinfo=read_offset(m["zone"] or ""))
    except ValueError:
        return None


def _title(rest: str, previous: str, mark: str, marked: bool) -> str | None:
    """The title in `rest` of the line, `""` when there is none, and None when it is no title but text."""
    if not rest.strip(" \t\u00a0\u3000#:："):
        return ""
    gap = _GAP.match(unicodedata.normalize("NFKC", rest))
    glued_to_mark = marked and previous in "]>】*=" and not rest.startswith("(")  # but not [2024-01-31](day.md)
    if gap is None and not glued_to_mark:
        return None
    title = rest[gap.end() if gap else 0 :].strip()
    if marked:
        return re.sub(r"(?:^|\s)#+$", "", title) if mark in ("", *_ATX) else title.rstrip(mark[0]).rstrip()
    if columns(title) > SHORT or ENDS_SENTENCE.search(title) or _NO_TITLE.match(title):
        return None
    return None if form_at(unicodedata.normalize("NFKC", title), 0) else title


_YEAR = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d)(?:年(?:\s?{NUMERAL}月)?|[-/.]\d{{1,2}})?|{ERA}(?P<ey>元|{NUMERAL})年(?:\s?{NUMERAL}月)?"
    rf"|{MONTH}[.,]?\s(?P<my>(?:19|20)\d\d))\s*+[\]】>]?[\s#=*-]*+$",
    re.I,
)


def parse_year(line: str) -> int | None:
    """The year that the whole of `line` is (`2024`, `# 2024年`, `令和6年1月`, `January 2024`), or None."""
    if len(line) > LONGEST_LINE or not _NUMERAL.search(line):
        return None
    copy, _ = _folded(line)
    m = _YEAR.match(copy, _opening(copy)[2])
    if m is None:
        return None
    if m["era"]:
        return ERAS[m["era"].upper()].year + number(m["ey"]) - 1
    return int(m["y"] or m["my"])
