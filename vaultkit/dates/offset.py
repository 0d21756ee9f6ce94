"""The offset from UTC behind a time of day: `Z`, `+09:00`, `-0500`.

Knows no names of zones: what `CET` was on a day depends on the day.
"""

from __future__ import annotations

import datetime as dt


def read_offset(text: str) -> dt.timezone | None:
    """The offset that `text` is, one of the forms above, `UTC` or `GMT`. None for the empty text.

    Raises ValueError for an offset of a day or more.
    """
    if not text:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return dt.UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return dt.timezone(dt.timedelta(minutes=-minutes if text[0] == "-" else minutes))
