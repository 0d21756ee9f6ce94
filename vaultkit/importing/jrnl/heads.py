"""The lines of a jrnl journal that begin an entry: `[2020-08-29 11:11:00 AM] Title`.

How the date is written is a setting of jrnl, `timeformat`. Its first version wrote no brackets
(`2013-06-09 15:39 Title`); of a journal of that time a line in brackets is text. A line in brackets that is no date, as
`[1] first` or `[x] done`, is text always. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vaultkit.dates.forms import Day
from vaultkit.dates.heading import parse_heading
from vaultkit.dates.titles import ENDS_SENTENCE
from vaultkit.importing.moment_text import Order, read_text

SUFFIXES = (".journal", ".jrnl")

_NEW = re.compile(r"\[(?P<when>[^\[\]\n]{4,60})\](?:[ \t]++(?P<title>\S.*)?)?$")
_OLD = re.compile(
    r"(?P<when>\d{1,4}[-./]\d{1,2}[-./]\d{1,4} \d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?) (?P<title>\S.*)$"
)
_DIGITS = re.compile(r"\d")
_SLASHED = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}(?!\d)")
_SECONDS = re.compile(r"\d:\d\d:\d\d")
_HALF = re.compile(r"[AaPp]\.?[Mm]")
_LOG_LINES = 0.5
"""So large a part of the lines, if each begins with a time to the second, makes a text the log of a program."""


@dataclass(frozen=True, slots=True)
class Head:
    """A line that begins an entry. `index`: of the line, from 0; `when`: the date as it is written."""

    index: int
    when: str
    moment: dt.date | dt.datetime
    title: str


class Heads(NamedTuple):
    """The entries of a text. `unreadable`: the lines (from 0) that look like the beginning of one, but for the date;
    `is_ambiguous`: whether that is because nothing tells day from month."""

    found: tuple[Head, ...]
    unreadable: tuple[int, ...]
    is_ambiguous: bool


def heads(lines: Sequence[str], order: Order = "") -> Heads:
    """The lines that begin an entry, all of the same form as the first. `order`: how `03/04/2024` is meant; empty:
    as the other dates of the text tell."""
    candidates = [(i, match) for i, line in enumerate(lines) if (match := _NEW.match(line) or _OLD.match(line))]
    order = order or _order(match["when"] for _, match in candidates)
    found: list[Head] = []
    unreadable, is_ambiguous = [], False
    form: tuple[re.Pattern[str], bool] | None = None
    for i, one in candidates:
        moment = read_when(one["when"], order)
        is_new = one.re is _NEW
        if moment is None:
            if is_new and len(_DIGITS.findall(one["when"])) >= 4 and (form is None or form[0] is _NEW):
                unreadable.append(i)
                is_ambiguous = is_ambiguous or (not order and _SLASHED.search(one["when"]) is not None)
            continue
        form = form or (one.re, isinstance(moment, dt.datetime))
        if form == (one.re, isinstance(moment, dt.datetime)):
            found.append(Head(i, one["when"], moment, (one["title"] or "").strip()))
    return Heads(tuple(found), tuple(unreadable), is_ambiguous)


def read_when(text: str, order: Order = "") -> dt.date | dt.datetime | None:
    """The date in the head of an entry, with the time if there is one; None when it is no date."""
    text = text.strip()
    if text.isdecimal() and len(text) != 8:
        return None
    try:
        return read_text(text, order)
    except (ValueError, OverflowError):
        heading = parse_heading(re.sub(r"\d{1,2}秒\Z", "", text))  # a date in the words of a language
    if heading is None or heading.title or not isinstance(heading.when, Day):
        return None
    return dt.datetime.combine(heading.when.date, heading.time) if heading.time else heading.when.date


def is_journal(text: str, suffix: str) -> bool:
    """Whether a text with this ending of its name is a journal of jrnl: its first line begins an entry.

    A date alone in brackets is a heading of a diary in text, and so is a date without brackets above a short title; but
    a file that is called `.journal` is jrnl's.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    is_named = suffix.lower() in SUFFIXES
    if new := _NEW.match(first):
        if is_named:
            return True
        return bool(new["title"]) and isinstance(_any(new["when"]), dt.datetime) and not _is_log(new["when"], lines)
    if old := _OLD.match(first):
        is_title = not ENDS_SENTENCE.search(old["title"].rstrip())
        return _any(old["when"]) is not None and (is_named or not is_title) and not _is_log(old["when"], lines)
    return False


def _any(when: str) -> dt.date | dt.datetime | None:
    return read_when(when) or read_when(when, "dmy") or read_when(when, "mdy")


def _is_log(when: str, lines: Sequence[str]) -> bool:
    """Whether a program wrote the lines: jrnl writes seconds too, but a person writes more than a line at a time."""
    if not _SECONDS.search(when) or _HALF.search(when):
        return False
    filled = [line for line in lines[:1000] if line.strip()]
    return len(filled) > 2 and sum(bool(_NEW.match(x) or _OLD.match(x)) for x in filled) > _LOG_LINES * len(filled)


def _order(whens: Iterator[str]) -> Order:
    """What the dates with slashes tell of day and month; empty: nothing, or different things."""
    told: set[Order] = set()
    for when in whens:
        if found := _SLASHED.match(when):
            one, two = int(found[1]), int(found[2])
            if (one > 12) != (two > 12):
                told.add("dmy" if one > 12 else "mdy")
    return told.pop() if len(told) == 1 else ""
