"""The moments of an export's records: the civil day on which something was written, the time, and the text for
`created` and `updated`.

Knows the ways in which programs write timestamps, and which zone decides: the record's own, by name or offset; else the
one that the owner gave (`--tz`, `timezone` of the source); else the machine's, of which a notice tells. Knows neither
what is a record nor what time it is now: a moment that cannot be read is none, and never today.

`Z`, `UTC` and `+00:00` say when, but not where: a server writes them for everybody. Such an instant, and a number of
seconds, takes the zone of the record or the owner. A time without any offset is what the clock on the wall said: the
day needs no zone, and the text gets an offset only from a zone that was given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from vaultkit.dates.zone import read_zone
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.moment_text import Order, Unit, read_text, since_1970

_ALL_DAY = dt.timedelta(hours=2)
"""An entry of a whole day is written at midnight of its day, or an hour or two before where summer time was mistaken:
`2024-01-16T23:00:00Z` in Dublin is the 17th."""


class Moment(NamedTuple):
    """When something was written."""

    day: dt.date
    """The civil day where it was written."""
    time: dt.time | None
    """What the clock there said, to the second; None: only the day is known, or it is of the whole day."""
    stamp: dt.date | dt.datetime
    """For `created` and `updated`: with the offset where one is known, to the second; a date without a time."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of what does not say its own. The default is for those who have asked nobody."""

    name: str = "UTC"
    is_given: bool = False
    """By the owner, for this source; else it is the machine's, which is a guess."""


UTC = Zone()


class Clock:
    """Reads the moments of one run, and tells once when the machine's zone had to do."""

    def __init__(self, zone: Zone, notices: list[Notice], order: Order = "") -> None:
        """`notices`: where to say what cannot be read; the caller's. `order`: how `03/04/2024` is meant."""
        self._zone = zone
        self._notices = notices
        self._order = order
        self._has_told = False

    def read(
        self, value: object, place: str, *, zone: str = "", unit: Unit = "", all_day: bool = False, order: Order = ""
    ) -> Moment | None:
        """The moment that a text or number names; None when it names none, with a notice unless it is blank, zero or
        `0000-00-00 …`, by which programs say never.

        `place` is for messages, with the file: `a.json: entries[4].creationDate`. `zone` is the record's own, a name of
        the IANA database or an offset; one that is unknown is told and does not count. `all_day`: no time is meant.
        """
        try:
            found = _read(value, unit, order or self._order)
        except (ValueError, OverflowError) as e:
            self._tell(place, f"`{_short(value)}` is no date ({e}); imported without it", value)
            return None
        if found is None:
            return None
        if not isinstance(found, dt.datetime):
            return Moment(found, None, found)
        try:
            local = self._placed(found, place, zone)
            if all_day:
                day = (local.replace(tzinfo=None) + _ALL_DAY).date()
                return Moment(day, None, day)
        except OverflowError:
            self._tell(place, f"`{_short(value)}` is beyond the calendar; imported without it", value)
            return None
        return Moment(local.date(), local.time(), local)

    def _placed(self, found: dt.datetime, place: str, zone: str) -> dt.datetime:
        """`found` as the clock on the wall showed it, with the offset if that is known."""
        own = self._known(zone, place) if zone else None
        if found.tzinfo is None:
            if own is None and self._zone.is_given:
                own = read_zone(self._zone.name)
            return found.replace(tzinfo=_fixed(own, found.replace(tzinfo=own))) if own else found
        if own is None and found.utcoffset():
            return found
        there = own or self._owner(place)
        return found.astimezone(_fixed(there, found.astimezone(there)))

    def _known(self, zone: str, place: str) -> dt.tzinfo | None:
        try:
            return read_zone(zone)
        except ValueError:
            message = f"there is no time zone `{_short(zone)}`; {self._zone.name} was taken"
            self._notices.append(Notice(NoticeKind.WARNING, place, message))
            return None

    def _owner(self, place: str) -> dt.tzinfo:
        if not self._zone.is_given and not self._has_told:
            self._has_told = True
            message = (
                f"does not say in which time zone it was written: this machine's, {self._zone.name}, decides the days, "
                "here and wherever else it is not said; say --tz ZONE if it is another"
            )
            self._notices.append(Notice(NoticeKind.WARNING, place, message))
        return read_zone(self._zone.name)

    def _tell(self, place: str, message: str, value: object) -> None:
        self._notices.append(Notice(NoticeKind.WARNING, place, message, value if isinstance(value, str) else ""))


def _read(value: object, unit: Unit, order: Order) -> dt.date | dt.datetime | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if unit and text.lstrip("-").isdecimal():
            return since_1970(int(text[:40]), unit)
        return read_text(text, order)
    if isinstance(value, dt.datetime):  # of a parser that makes them: YAML, property lists
        return value.replace(microsecond=0)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"it is of the type {type(value).__name__}")
    return since_1970(value, unit)


def _fixed(zone: dt.tzinfo, local: dt.datetime) -> dt.timezone:
    """The offset that `zone` has at `local`, a time in it. Those before standard time have seconds, which no text form
    has: they are cut off."""
    offset = zone.utcoffset(local) or dt.timedelta(0)
    minutes = round(offset.total_seconds()) // 60
    return dt.timezone(dt.timedelta(minutes=minutes)) if minutes else dt.UTC


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
