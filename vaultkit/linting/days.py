"""What a check may ask about days: whether one is to come, and which notes are daily notes.

Whatever depends on other files or on the day of the run is written down (`Context.asked`).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from vaultkit.linting.asked import folder_key, future_key
from vaultkit.vault.daily import names_every_day
from vaultkit.vault.index import Found, Index, Missing
from vaultkit.vault.settings import Settings

_DAYS_BY_NAME = 31


class Days:
    """The days of a vault."""

    def __init__(
        self,
        index: Index,
        settings: Settings,
        entry_folders: Mapping[str, str],
        today: dt.date | None,
        asked: set[str],
        ask_name: Callable[[str, str], None],
    ) -> None:
        """`today`: None: no day is in the future. `asked`: where to write down what was asked; `ask_name` does so for a
        name said in the file at a path."""
        self._index = index
        self._settings = settings
        self._entry_folders = entry_folders
        self._today = today
        self._asked = asked
        self._ask_name = ask_name
        self._daily: dict[dt.date, tuple[str, str]] = {}

    @cached_property
    def diary_folders(self) -> tuple[str, ...]:
        """The daily notes' folder and that of diary imports, each with a `/` behind; without those that are the vault
        itself."""
        folders = self._settings.daily_folder, self._entry_folders.get("diary", "")
        return tuple(f"{folder}/" for folder in folders if folder)

    def is_future(self, day: dt.date) -> bool:
        """Whether `day` is still to come."""
        if self._today is None or day <= self._today:
            return False
        self._asked.add(future_key(day))
        return True

    def daily_note(self, day: dt.date) -> str:
        """Path of the daily note of `day`, in its place or below the daily notes' folder; empty: there is none."""
        known = self._daily.get(day)
        if known is None:
            wanted = self._settings.daily_path(day)
            known = self._daily[day] = wanted, self._find_daily(wanted, day)
        self._ask_name(known[0], "")
        return known[1]

    def _find_daily(self, path: str, day: dt.date) -> str:
        found = self._index.resolve(f"/{path}", "")
        if isinstance(found, Missing):
            found = self._index.resolve(path.rpartition("/")[2], "")
        if isinstance(found, Missing):
            return ""
        paths = (found.path, *found.others) if isinstance(found, Found) else found.paths
        return next((one for one in paths if self._settings.daily_date(one) == day), "")

    def next_daily(self, day: dt.date) -> dt.date | None:
        """The day of the first daily note behind `day`; None: there is none."""
        if names_every_day(self._settings.daily_format):
            for ahead in range(1, _DAYS_BY_NAME + 1):  # few ask for all of the folder, which changes every day
                try:
                    one = day + dt.timedelta(days=ahead)
                except OverflowError:
                    return None
                if self.daily_note(one):
                    return one
        self._asked.add(folder_key(self._settings.daily_folder))
        at = bisect_right(self._daily_days, day)
        return self._daily_days[at] if at < len(self._daily_days) else None

    @cached_property
    def _daily_days(self) -> Sequence[dt.date]:
        return sorted({day for path in self._index.files if (day := self._settings.daily_date(path))})
