"""Reading the fields of one JSON object without believing in its schema.

A field of the wrong type counts as absent and becomes a notice with its place (`issues[4].labels`); the record stays.
Knows the shapes of both REST (`created_at`, `user`) and the gh command line (`createdAt`, `author`).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

from vaultkit.importing.entry import Notice, NoticeKind

GHOST = "ghost"
"""What GitHub itself calls the author of what a deleted account wrote."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Fields:
    """The fields of `record`. Every accessor takes the names a field may have; the first one present counts.

    What cannot be read is appended to `notices`, which belongs to the caller. `place` is without the file's name.
    """

    def __init__(self, record: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> None:
        self.record = record
        self.origin = origin
        self.place = place
        self._notices = notices
        self._unreadable: set[str] = set()

    def text(self, *names: str) -> str:
        """A string with LF line ends; "" when absent or null."""
        name, value = self._first(names)
        if value is None or isinstance(value, str):
            return clean(value or "")
        return self._bad(name, value, "text")

    def say(self, *names: str) -> bool:
        """Whether one of the fields is there, be it null or empty. What could not be read is as good as absent."""
        return any(name in self.record and name not in self._unreadable for name in names)

    def flag(self, *names: str) -> bool:
        """True only when the field is true."""
        return self._first(names)[1] is True

    def time(self, *names: str) -> dt.datetime | None:
        """An instant with its own offset. None when absent, null, or the year 1 by which Go programs say "never"."""
        name, value = self._first(names)
        if value is None or value == "":
            return None
        try:
            instant = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
            if instant is not None and instant.year == 1:
                return None
            if instant is not None and instant.tzinfo is not None:
                instant.astimezone(dt.UTC)  # raises when it is out of range there, in the year 9999
                return instant
        except (ValueError, OverflowError):
            pass
        self._bad(name, value, "a time with its offset from UTC")
        return None

    def person(self, *names: str) -> str:
        """A login. "" when the field is absent, "ghost" when it is null: the account was deleted."""
        name, value = self._first(names)
        if value is None:
            return GHOST if name else ""
        login = _named(value, "login")
        return self._bad(name, value, "a user") if login is None else login or GHOST

    def words(self, key: str, *names: str) -> tuple[str, ...]:
        """A list of strings, or of objects of which `key` is the string: labels (`name`), assignees (`login`)."""
        name, value = self._first(names)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._bad(name, value, "a list")
            return ()
        found = []
        for i, item in enumerate(value):
            word = _named(item, key)
            if word:
                found.append(word)
            else:
                self._bad(f"{name}[{i}]", item, f"text or an object with a {key}")
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
        return Fields(value if isinstance(value, dict) else {}, self.origin, self.at(name), self._notices)

    def at(self, name: str) -> str:
        """The place of the field `name`: `issues[4].labels`, `line 13: labels`."""
        return f"{self.place}.{name}" if self.place.endswith("]") else f"{self.place}: {name}"

    def _first(self, names: tuple[str, ...]) -> tuple[str, object]:
        """The first field that is not null, else the first present one and None, else "" and None."""
        present = [n for n in names if n in self.record]
        for name in present:
            if self.record[name] is not None:
                return name, self.record[name]
        return (present[0] if present else ""), None

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


def _named(value: object, key: str) -> str | None:
    """The string itself or that of the object's `key`; None when there is neither."""
    inner = value.get(key) if isinstance(value, dict) else value
    return clean(inner) if isinstance(inner, str) else None
