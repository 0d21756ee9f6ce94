"""What a check may ask about notes that are gone. Knows no git: who answers is given from above."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, Protocol


class Lost(NamedTuple):
    """A note that was there and is not any more."""

    path: str
    """Where it lay."""
    day: dt.date | None
    """When it was taken away or renamed; None: since the last commit, or nobody knows."""
    now: str = ""
    """Where it was last renamed to; empty: it was deleted."""


class History(Protocol):
    """The past of one vault."""

    @property
    def head(self) -> str:
        """What the answers depend on, found out fast: they are the same as long as it is. Empty: there is no past."""

    def lost(self, key: str) -> Lost | None:
        """The note of that name (`path_key` of it, without `.md`) that was last there; None: there never was one.

        That there is none of the name today is for the caller to know."""

    def prepare(self) -> None:
        """Find out now what the first question would find out: several processes are about to ask."""
