"""The times of a tracker's export, which may not say in which time zone they are: CSV made for a person to look at.

Knows that a time without an offset is what the clock of the exporting person showed; one with an offset stays as it is
written, be it `Z`. How times are written, `moment` knows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from vaultkit.dates.zone import read_zone
from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.moment import Clock, Zone
from vaultkit.importing.moment_text import Order, read_text


@dataclass(slots=True)
class Instants:
    """Reads the times of one run as instants, and tells once when the machine's zone had to do. `notices`: where to say
    what cannot be read; the caller's."""

    zone: Zone
    notices: list[Notice]
    order: Order = ""
    """How `03/04/2024` is meant; may be changed from file to file."""
    _clock: Clock = field(init=False)
    _has_told: bool = False

    def __post_init__(self) -> None:
        self._clock = Clock(self.zone, self.notices)

    def time(self, text: str, place: str) -> dt.datetime | None:
        """An instant with its offset; a day without a time begins at midnight. None for a blank, and with a notice for
        what cannot be read. `place`: with the file."""
        found = self._written(text, place)
        if found is None:
            return None
        stamp = found if isinstance(found, dt.datetime) else dt.datetime.combine(found, dt.time())
        if stamp.tzinfo is not None:
            return stamp
        if not self.zone.is_given and not self._has_told:
            self._has_told = True
            message = (
                f"no time in it says its zone: this machine's, {self.zone.name}, was taken, here and in the rest of the"
                " run; say --tz ZONE if it is another"
            )
            self.notices.append(Notice(NoticeKind.WARNING, place, message))
        local = stamp.replace(tzinfo=read_zone(self.zone.name))
        return local.astimezone(dt.timezone(local.utcoffset() or dt.timedelta(0)))

    def day(self, text: str, place: str) -> dt.date | None:
        """The day that is written, whatever the time and the offset beside it: trackers write days as midnight on
        their servers."""
        found = self._written(text, place)
        return found.date() if isinstance(found, dt.datetime) else found

    def _written(self, text: str, place: str) -> dt.date | dt.datetime | None:
        try:
            return read_text(text, self.order)
        except (ValueError, OverflowError):
            self._clock.read(text, place, order=self.order)  # says what is wrong with it
            return None
