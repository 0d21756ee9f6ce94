"""Dates in prose whose daily note exists, but which are no link to it.

Knows where a date is more than prose: in tasks (`📅 2024-01-31`) and reminders (`@{2024-01-31}`) a plugin reads it, and
a link would be in its way. Other such places are `linkable`'s.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("date", "link")
EDITS = frozenset({Part.LINKS})

_SHAPE = bytes.maketrans(b"123456789/.", b"000000000--")
"""Makes `2024/01` and `1999.1` look alike."""
_YEAR = "年".encode()
_READ = r"(?:[\u23e9-\u23ff\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f? ?|[@{!^\]])\Z"
"""What stands right before a date that a plugin reads, or would become something else with a link behind it."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each date, unless it is the note's own day."""
    body = note.data[note.body :]
    if b"0000-0" not in body.translate(_SHAPE) and (body.isascii() or _YEAR not in body):
        return
    known = [
        (span, path) for span, day in _dates(note, _own_days(note, context)) if (path := context.days.daily_note(day))
    ]
    if not known:
        return
    from vaultkit.linting.linkable import Linkable, link_there

    prose = Linkable(note)
    for span, path in known:
        if path != note.path and prose.holds(span.start) and not _is_read(prose.before(span.start)):
            edit = link_there(note, span, context, path)
            text = note.data[span.start : span.end].decode()
            yield Finding(span, {"date": text, "link": edit.text.decode()}, Fix((edit,), safe=False))


def _own_days(note: Note, context: Context) -> set[dt.date | None]:
    """The days that the note is about by its name and its properties."""
    from vaultkit.dates.leading import any_date_of_name, date_in_value
    from vaultkit.vault.names import stem

    found = note.find_property("date")
    named = context.settings.daily_date(note.path) or any_date_of_name(stem(note.path))
    return {named, date_in_value(found.value) if found else None}


def _dates(note: Note, but: set[dt.date | None]) -> Iterator[tuple[Span, dt.date]]:
    """The dates in the body with their places in bytes, `but` those."""
    from vaultkit.dates.prose import find_dates

    text = note.data[note.body :].decode("utf-8", "surrogateescape")
    chars, offset = 0, note.body
    for start, end, day in find_dates(text):
        offset += len(text[chars:start].encode("utf-8", "surrogateescape"))
        chars = start
        if day not in but:
            yield Span(offset, offset + len(text[start:end].encode())), day


def _is_read(before: bytes) -> bool:
    """Whether what stands before the date makes it something for a plugin."""
    return re.search(_READ, before[-16:].decode("utf-8", "ignore")) is not None
