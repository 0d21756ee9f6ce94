"""Properties that are too long for a note: front matter is read up to a limit, so a title of a megabyte, or thousands
of labels, are cut, and what was cut is named. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vaultkit.importing.entry import Entry, Notice, NoticeKind, Value

MAX_BYTES = 60_000
"""Of a note without its text. Above 64 kB no front matter is read."""
_STEPS = ((4000, 1000), (400, 100), (100, 12))
"""Longest text and longest list, tried one after the other."""


def fit(entry: Entry, size: Callable[[Entry], int]) -> tuple[Entry, Notice]:
    """`entry` with properties that a note can hold (`size` says the bytes of one), and a notice with what was cut.

    For entries that need it: whose note has more than MAX_BYTES without its text.
    """
    short, lost = entry, list[str]()
    for longest, most in _STEPS:
        short, lost = _cut(entry, longest, most)
        if size(short) <= MAX_BYTES // 2:
            break
    where = f"{entry.origin}: {entry.place}"
    text = "\n".join(dict.fromkeys(lost))
    return short, Notice(NoticeKind.UNPLACED, where, "properties too long for a note were cut", text)


def _cut(entry: Entry, longest: int, most: int) -> tuple[Entry, list[str]]:
    lost: list[str] = []

    def text(value: str) -> str:
        if len(value) <= longest:
            return value
        lost.append(value)
        return value[:longest] + "…"

    def texts(values: tuple[str, ...]) -> tuple[str, ...]:
        lost.extend(values[most:])
        return tuple(map(text, values[:most]))

    def value(given: Value) -> Value:
        return texts(given) if isinstance(given, tuple) else text(given) if isinstance(given, str) else given

    lost += [f"{key}: {given}" for key, given in entry.properties[most:]]
    short = replace(
        entry,
        title=text(entry.title),
        aliases=texts(entry.aliases),
        labels=texts(entry.labels),
        properties=tuple((text(key), value(given)) for key, given in entry.properties[:most]),
    )
    return short, lost
