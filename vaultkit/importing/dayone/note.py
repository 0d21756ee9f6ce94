"""A record of Day One 2 as an `Entry`: its text, what it shows, and its properties.

Knows the fields of a record. The title is the first line where that is one; the text keeps it, as Day One shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultkit.dates.zone import read_zone
from vaultkit.importing.dayone.media import FOLDERS, Media, listed
from vaultkit.importing.dayone.rich_text import from_rich_text
from vaultkit.importing.dayone.text import address, canonical, to_markdown
from vaultkit.importing.diary.circumstances import coordinates, location, music, weather
from vaultkit.importing.diary.first_line import first_line_title
from vaultkit.importing.diary.record import diary_entry
from vaultkit.importing.entry import Attachment, Entry, Notice, NoticeKind, Value
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.moment import Clock, Moment


@dataclass(frozen=True, slots=True)
class Reading:
    """What the records of one journal are read with. `journal`: its name; `export`: that of the export."""

    journal: str
    export: str
    media: Media
    clock: Clock
    notices: list[Notice]


@dataclass(slots=True)
class _Shown:
    """The files that a text shows, under names that are different within the entry."""

    media: Media
    attachments: dict[Attachment, None] = field(default_factory=dict)
    identifiers: set[str] = field(default_factory=set)

    def embed(self, identifier: str) -> str:
        """`![[name]]`; "" when nobody knows the file."""
        found = self.media.attachment(identifier)
        if found is None:
            return ""
        self.identifiers.add(identifier.upper())
        stem, dot, extension = found.name.rpartition(".")
        number = 1
        while any(one.name == found.name and one.path != found.path for one in self.attachments):
            number += 1
            found = Attachment(f"{stem} {number}{dot}{extension}", found.path)
        self.attachments[found] = None
        return f"![[{found.name}]]"


def entry(fields: Fields, key: str, reading: Reading) -> Entry:
    """The entry of a record, under `key`. What is wrong with the record goes to the notices."""
    shown = _Shown(reading.media)
    body = _body(fields, shown, reading.notices)
    zone = _zone(fields)
    written = _moment(fields, "creationDate", zone, reading.clock)
    title = first_line_title(body)
    return diary_entry(
        fields,
        key,
        body,
        title,
        written,
        properties=(*_properties(fields, title, reading.journal, written, zone, reading.clock),),
        labels=fields.words("name", "tags"),
        names=(address(key),),
        attachments=tuple(shown.attachments),
        export=reading.export,
    )


def text_of(fields: Fields, shown: _Shown | None = None, notices: list[Notice] | None = None) -> str:
    """The text of a record as Markdown; of its rich text only when it has no other."""
    embed = shown.embed if shown else lambda _: ""
    text = fields.text("text")
    if text.strip() or not fields.record.get("richText"):
        return to_markdown(text, embed)
    rich = from_rich_text(fields.text("richText"), embed)
    if rich.lost and notices is not None:
        message = "shows what a note cannot: cards of places, addresses or songs"
        place = f"{fields.origin}: {fields.at('richText')}"
        notices.append(Notice(NoticeKind.UNPLACED, place, message, "\n".join(rich.lost)))
    return rich.text


def key_of(fields: Fields, journal: str) -> str:
    """The identity of a record: its UUID, else the journal and when it was written; "" when it has neither."""
    if uuid := fields.record.get("uuid"):
        return canonical(uuid) if isinstance(uuid, str) else ""
    created = fields.record.get("creationDate")
    return f"{journal} {created}".replace(":", "") if isinstance(created, str) and created else ""


def _body(fields: Fields, shown: _Shown, notices: list[Notice]) -> str:
    """The text, and below it the files that it does not show."""
    text = text_of(fields, shown, notices).strip("\n")
    left = []
    for kind in FOLDERS:
        for i, (id_, one) in enumerate(listed(fields.record, kind)):
            if id_ in shown.identifiers:
                continue
            if embed := shown.embed(id_):
                left.append(embed)
            else:
                missing = "md5" if not one.get("md5") else "identifier"
                place = f"{fields.origin}: {fields.at(f'{kind}[{i}].{missing}')}"
                notices.append(Notice(NoticeKind.WARNING, place, "is missing, so its file cannot be told; left out"))
    if "](dayone-moment:" in text:
        message = "shows a photo, film, sound or PDF that no entry of the export lists; the link stays as it is"
        notices.append(Notice(NoticeKind.WARNING, f"{fields.origin}: {fields.at('text')}", message))
    return "\n\n".join(filter(None, (text.rstrip(), *left)))


def _zone(fields: Fields) -> str:
    """The zone in which the record was written: its own, if there is such a zone, else that of its place."""
    own, there = fields.text("timeZone"), fields.inner("location").text("timeZoneName")
    return next((zone for zone in (own, there) if zone and _is_zone(zone)), own or there)


def _is_zone(name: str) -> bool:
    try:
        read_zone(name)
    except ValueError:
        return False
    return True


def _moment(fields: Fields, name: str, zone: str, clock: Clock) -> Moment | None:
    place = f"{fields.origin}: {fields.at(name)}"
    all_day = name == "creationDate" and fields.flag("isAllDay")
    return clock.read(fields.record.get(name), place, zone=zone, all_day=all_day)


def _properties(
    fields: Fields, title: str, journal: str, written: Moment | None, zone: str, clock: Clock
) -> Iterator[tuple[str, Value]]:
    updated = _moment(fields, "modifiedDate", zone, clock)
    where, sky = fields.inner("location"), fields.inner("weather")
    song, activity = fields.inner("music"), fields.inner("userActivity")
    names = ("userLabel", "placeName", "localityName", "administrativeArea", "country")
    yield "title", title
    yield "journal", journal
    yield "created", written.stamp if written and written.time else None
    yield "updated", updated.stamp if updated else None
    yield "starred", fields.flag("starred") or None
    yield "pinned", fields.flag("isPinned") or fields.flag("pinned") or None
    yield "location", location(*(where.text(name) for name in names))
    yield "coordinates", coordinates(where.record.get("latitude"), where.record.get("longitude"))
    yield "weather", weather(sky.text("conditionsDescription"), sky.record.get("temperatureCelsius"))
    yield "music", music(song.text("artist"), song.text("track"), song.text("album"))
    yield "activity", activity.text("activityName")
    yield "steps", steps if isinstance(steps := activity.record.get("stepCount"), int) and steps else None
