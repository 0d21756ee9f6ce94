"""A time zone that a text names: `Europe/Dublin` of the IANA database, or an offset: `+09:00`, `GMT+9`, `UTC`.

Knows no abbreviations (`CET`, `JST`) beyond those the database has: most mean several zones.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from functools import lru_cache

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2}):?([0-9]{2})?\Z")
_FARTHEST = dt.timedelta(hours=18)


@lru_cache(maxsize=256)
def read_zone(name: str) -> dt.tzinfo:
    """The zone called `name`. Raises ValueError."""
    text = name.strip()
    if text.upper() in ("Z", "UTC", "GMT"):
        return dt.UTC
    found = _OFFSET.match(text)
    if found:
        offset = dt.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if offset <= _FARTHEST:
            return dt.timezone(-offset if found[1] == "-" else offset)
    try:
        return zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as e:  # OSError: the name of a folder, a name too long
        raise ValueError("is no time zone; they are called like Europe/Dublin or Asia/Tokyo, or +09:00") from e
