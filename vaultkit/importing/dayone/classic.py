"""A record of Day One classic, one property list, as an `Entry`.

Knows its keys. The text is Markdown as its author typed it; its one photo stood above it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from vaultkit.importing.dayone.text import address, canonical, entry_links
from vaultkit.importing.diary.circumstances import coordinates, location, music, weather
from vaultkit.importing.diary.first_line import first_line_title
from vaultkit.importing.diary.record import diary_entry
from vaultkit.importing.entry import Attachment, Entry, Value
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.moment import Clock, Moment


def entry(fields: Fields, stem: str, photo: Attachment | None, export: str, clock: Clock) -> Entry:
    """The entry of a record in the file called `stem`. Its times are in UTC; its zone says which day it was."""
    uuid = canonical(fields.text("UUID") or stem)
    text = entry_links(fields.text("Entry Text")).strip("\n").rstrip()
    body = "\n\n".join(filter(None, (f"![[{photo.name}]]" if photo else "", text)))
    written = _moment(fields, clock)
    title = first_line_title(text)
    return diary_entry(
        fields,
        uuid,
        body,
        title,
        written,
        labels=fields.words("name", "Tags"),
        properties=_properties(fields, title, written),
        names=(address(uuid),),
        attachments=(photo,) if photo else (),
        export=export,
    )


def _moment(fields: Fields, clock: Clock) -> Moment | None:
    value = fields.record.get("Creation Date")
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=dt.UTC)  # `<date>` is in UTC, and the library leaves that out
    return clock.read(value, f"{fields.origin}: {fields.at('Creation Date')}", zone=fields.text("Time Zone"))


def _properties(fields: Fields, title: str, written: Moment | None) -> Iterator[tuple[str, Value]]:
    where, sky, song = fields.inner("Location"), fields.inner("Weather"), fields.inner("Music")
    names = ("Place Name", "Locality", "Administrative Area", "Country")
    yield "title", title
    yield "created", written.stamp if written else None
    yield "starred", fields.flag("Starred") or None
    yield "location", location(*(where.text(name) for name in names))
    yield "coordinates", coordinates(where.record.get("Latitude"), where.record.get("Longitude"))
    yield "weather", weather(sky.text("Description"), sky.record.get("Celsius"))
    yield "music", music(song.text("Artist"), song.text("Track"), song.text("Album"))
    yield "activity", fields.text("Activity")
    yield "steps", _count(fields.record)
    yield "url", fields.text("Publish URL")


def _count(record: Mapping[str, object]) -> int | None:
    steps = record.get("Step Count")
    return steps if isinstance(steps, int) and not isinstance(steps, bool) and steps > 0 else None
