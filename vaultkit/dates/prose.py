"""Full dates within sentences.

Knows what around the numbers makes them something else: an address, a path, a version, a longer number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from vaultkit.dates.calendar import calendar_date

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s<>「」『』（）、。]++", re.I)
_IN_PROSE = re.compile(
    r"(?P<y>[12](?<![0-9A-Za-z０-９_/\\.:=&?#@%~+-][12])\d{3})"  # the digit first: the engine skips to it
    r"(?:/(?P<m1>\d{1,2})/(?P<d1>\d{1,2})|-(?P<m2>\d\d)-(?P<d2>\d\d)|\.(?P<m3>\d\d)\.(?P<d3>\d\d)"
    r"|年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})日)"
    r"(?<![０-９])(?![0-9A-Za-z０-９_/\\-]|[.:@][0-9A-Za-z])",
    re.ASCII,
)


def find_dates(text: str) -> Iterator[tuple[int, int, dt.date]]:
    """The full dates in prose, as (start, end, date): `2024/1/31`, `2024-01-31`, `2024.01.31`, `2024年1月31日`.

    Only days of the calendar; never a part of a longer number or word, of an address, a path or a version.
    """
    found = list(_IN_PROSE.finditer(text))
    addresses = [m.span() for m in _ADDRESS.finditer(text)] if found else []
    passed = 0
    for m in found:
        while passed < len(addresses) and addresses[passed][1] <= m.start():
            passed += 1
        if passed < len(addresses) and addresses[passed][0] <= m.start():
            continue
        year, month, day = (int(g) for g in m.groups() if g is not None)
        if date := calendar_date(year, month, day):
            yield m.start(), m.end(), date
