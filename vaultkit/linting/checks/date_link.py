"""Dates in prose whose daily note exists, but which are no link to it.

Knows where a date is more than prose: in square brackets, in fields (`due:: 2024-01-31`), tasks (`📅 2024-01-31`) and
reminders (`@{2024-01-31}`) a plugin reads it, and a link would be in its way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Note, RegionKind, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("date", "link")
EDITS = frozenset({Part.LINKS})

_SHAPE = bytes.maketrans(b"123456789/.", b"000000000--")
"""Makes `2024/01` and `1999.1` look alike."""
_YEAR = "年".encode()
_NEAR = 300
"""So many bytes before a date are looked at, as far as they stand on its line."""
_READ = r"(?:[\u23e9-\u23ff\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f? ?|[@{!^\]])\Z"
"""What stands right before a date that a plugin reads, or would become something else with a link behind it."""


_DEFINITION = rb"[ \t>]*\[[^\]^\n][^\]\n]*\]:"
"""How a reference definition begins, whose title may hold a date."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each date, unless it is the note's own day."""
    body = note.data[note.body :]
    if b"0000-0" not in body.translate(_SHAPE) and (body.isascii() or _YEAR not in body):
        return
    known = [(span, path) for span, day in _dates(note, _own_days(note, context)) if (path := context.daily_note(day))]
    if not known:
        return
    from vaultkit.vault.hidden import hidden
    from vaultkit.vault.spans import Spans

    no_prose = hidden(note, RegionKind.COMMENT)
    others = Spans([*(heading.span for heading in note.headings), *(link.span for link in note.links)])
    for span, path in known:
        if path != note.path and not (no_prose.hold(span.start) or others.hold(span.start) or _is_read(note, span)):
            text = note.data[span.start : span.end].decode()
            link = _link(note, span, context, path, text)
            yield Finding(span, {"date": text, "link": link}, Fix((Edit(span, link.encode()),), safe=False))


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


def _is_read(note: Note, span: Span) -> bool:
    """Whether what stands before the date on its line makes it something for a plugin, or a part of a link."""
    start = max(note.body, span.start - _NEAR)
    start = max(start, note.data.rfind(b"\n", start, span.start) + 1)
    before = note.data[start : span.start]
    if before.count(b"[") > before.count(b"]") or b":: " in before or re.match(_DEFINITION, before):
        return True
    return re.search(_READ, before[-16:].decode("utf-8", "ignore")) is not None


def _link(note: Note, span: Span, context: Context, path: str, text: str) -> str:
    from vaultkit.vault.links import destination, is_in_table, markdown_link, wikilink

    if context.settings.markdown_links:
        return markdown_link(destination(path), text)
    return wikilink(context.linktext(path, note.path), text, in_table=is_in_table(note.data, span))
