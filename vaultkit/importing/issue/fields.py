"""Reading the fields of one JSON object without believing in its schema.

A field of the wrong type counts as absent and becomes a notice with its place (`issues[4].labels`); the record stays.
Knows what trackers' fields are made of (people, times, lists of labels), but not what they are called.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

from vaultkit.importing.entry import Notice, NoticeKind
from vaultkit.importing.moment import Clock
from vaultkit.importing.moment_text import read_text

GHOST = "ghost"
"""What GitHub itself calls the author of what a deleted account wrote."""

_DIGITS = re.compile(r"-?[0-9]{1,18}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Fields:
    """The fields of `record`. Every accessor takes the names a field may have; the first one present counts.

    What cannot be read is appended to `notices`, which belongs to the caller. `place` is without the file's name.
    `clock` knows in which zone times are that do not say it; without one they cannot be read.
    """

    __slots__ = ("_clock", "_notices", "_unreadable", "origin", "place", "record")

    def __init__(
        self,
        record: Mapping[str, object],
        origin: str,
        place: str,
        notices: list[Notice],
        clock: Clock | None = None,
    ) -> None:
        self.record = record
        self.origin = origin
        self.place = place
        self._notices = notices
        self._clock = clock
        self._unreadable: set[str] = set()

    def text(self, *names: str) -> str:
        """A string with LF line ends; "" when absent or null."""
        name, value = self._first(names)
        if value is None or isinstance(value, str):
            return clean(value or "")
        return self._bad(name, value, "text")

    def say(self, *names: str) -> bool:
        """Whether one of the fields is there, be it null or empty. What could not be read is as good as absent."""
        said = self.record.keys() - self._unreadable if self._unreadable else self.record.keys()
        return not said.isdisjoint(names)

    def flag(self, *names: str) -> bool:
        """True only when the field is true."""
        return self._first(names)[1] is True

    def time(self, *names: str) -> dt.datetime | None:
        """An instant to the second with its own offset, in any form that `moment_text` knows; one without an offset as
        the clock places it. None when absent, null, or by what programs say "never": the year 1, `0000-00-00 …`."""
        name, value = self._first(names)
        if value is None or value == "":
            return None
        try:
            found = read_text(value) if isinstance(value, str) else dt.date.min
            if found is None:
                return None
            if isinstance(found, dt.datetime) and found.tzinfo is None and self._clock:
                placed = self._clock.read(found, f"{self.origin}: {self.at(name)}")
                found = placed.stamp if placed else found
            if isinstance(found, dt.datetime) and found.tzinfo is not None:
                if found.tzinfo is not dt.UTC:
                    found.astimezone(dt.UTC)  # raises when it is out of range there, in the year 9999
                return found
        except (ValueError, OverflowError):
            pass
        self._bad(name, value, "a time with its offset from UTC")
        return None

    def date(self, *names: str) -> dt.date | None:
        """A day (`2024-05-01`), or that of a time as it is written. None when absent, null, empty or `0000-00-00`."""
        name, value = self._first(names)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, str):
                found = read_text(value)
                return found.date() if isinstance(found, dt.datetime) else found
        except (ValueError, OverflowError):
            pass
        self._bad(name, value, "a day, YYYY-MM-DD")
        return None

    def number(self, *names: str) -> int | None:
        """A whole number, also one written as text. None when absent or null."""
        name, value = self._first(names)
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            value = int(value)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self._bad(name, value, "a whole number")
        return None

    def person(self, *names: str, keys: tuple[str, ...] = ("login",), deleted: str = GHOST) -> str:
        """A name: the first of `keys` that the user has. "" when the field is absent, `deleted` when it is null.

        Of an e-mail address, which some servers have for names, only what is before the `@`.
        """
        name, value = self._first(names)
        if value is None:
            return deleted if name else ""
        found = _named(value, *keys)
        return self._bad(name, value, "a user") if found is None else without_host(found) or deleted

    def people(self, *names: str, keys: tuple[str, ...] = ("login",)) -> tuple[str, ...]:
        """A list of users, each as `person` has it."""
        return tuple(map(without_host, self.words(keys, *names)))

    def words(self, key: str | tuple[str, ...], *names: str) -> tuple[str, ...]:
        """A list of strings, or of objects of which `key` is the string: labels (`name`), assignees (`login`)."""
        name, value = self._list(names)
        keys = (key,) if isinstance(key, str) else key
        found = []
        for i, item in enumerate(value):
            word = _named(item, *keys)
            if word:
                found.append(word)
            else:
                self._bad(f"{name}[{i}]", item, f"text or an object with a {' or '.join(keys)}")
        return tuple(found)

    def word(self, key: str, *names: str) -> str:
        """A string, or an object of which `key` is the string: a milestone (`title`). "" when absent or null."""
        name, value = self._first(names)
        if value is None:
            return ""
        return _named(value, key) or self._bad(name, value, f"text or an object with a {key}")

    def inner(self, name: str) -> Fields:
        """The fields of the object `name`; of an empty one when there is none."""
        value = self.record.get(name)
        return Fields(value if isinstance(value, dict) else {}, self.origin, self.at(name), self._notices, self._clock)

    def objects(self, *names: str) -> tuple[Fields, ...]:
        """The objects of a list: comments, attachments. What is no object becomes a notice."""
        name, value = self._list(names)
        found = []
        for i, item in enumerate(value):
            place = self.at(f"{name}[{i}]")
            if isinstance(item, dict):
                found.append(Fields(item, self.origin, place, self._notices, self._clock))
            else:
                self._notices.append(failed(self.origin, place, "is not an object; imported without it", item))
        return tuple(found)

    def at(self, name: str) -> str:
        """The place of the field `name`: `issues[4].labels`, `line 13: labels`."""
        return f"{self.place}.{name}" if self.place.endswith("]") else f"{self.place}: {name}"

    def _first(self, names: tuple[str, ...]) -> tuple[str, object]:
        """The first field that is not null, else the first present one and None, else "" and None."""
        for name in names:
            if (value := self.record.get(name)) is not None:
                return name, value
        return next((name for name in names if name in self.record), ""), None

    def _list(self, names: tuple[str, ...]) -> tuple[str, list[object]]:
        """As `_first`; an empty list for none, and with a notice for what is none."""
        name, value = self._first(names)
        if isinstance(value, list):
            return name, value
        if value is not None:
            self._bad(name, value, "a list")
        return name, []

    def _bad(self, name: str, value: object, wanted: str) -> str:
        self._unreadable.add(name)
        self._notices.append(failed(self.origin, self.at(name), f"is not {wanted}; imported without it", value))
        return ""


def failed(origin: str, place: str, message: str, value: object) -> Notice:
    """The notice for something that could not be read; holds all of it as text."""
    try:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:  # what could just be decoded may be too deep to be encoded
        text = ""
    return Notice(NoticeKind.FAILED, f"{origin}: {place}", message, clean(text))


def clean(text: str) -> str:
    """`text` with LF line ends; half a surrogate pair, which no file can hold, becomes U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        text.encode()  # takes a fraction of what the search for one takes
    except UnicodeEncodeError:
        text = _LONE_SURROGATE.sub("\ufffd", text)
    return text


def without_host(name: str) -> str:
    """`name`, of an e-mail address only what is before the `@`: addresses of people do not go into a vault."""
    return name if "@" not in name or " " in name else name.partition("@")[0]


def _named(value: object, *keys: str) -> str | None:
    """The string itself or that of the first of the object's `keys` that is one; None when there is neither."""
    for one in map(value.get, keys) if isinstance(value, dict) else (value,):
        if isinstance(one, str):
            return clean(one)
    return None
