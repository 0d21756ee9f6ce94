"""A JSON Schema for properties, proposed from notes that are there.

All of these notes fit it. What is said of a property is only what so many notes can hardly show by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vaultkit.dates.calendar import calendar_date
from vaultkit.linting.index_note import is_index
from vaultkit.vault.note import Note, PropertyValue

_NAMES: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
}
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_WORDS = 8
"""How many values a property may have for these to be all that are allowed."""
_TIMES = 4
"""How often each of them must be there, on average."""
_LONGEST = 40


def counts(note: Note) -> bool:
    """Whether `note` shows anything: not when its properties cannot be read, and not when it is a list of others."""
    return not (note.front_matter and note.front_matter.error) and not is_index(note)


def infer(notes: Iterable[Note]) -> dict[str, object]:
    """The schema, of those notes that count. Empty when none has a property with a value."""
    values: dict[str, list[PropertyValue]] = {}
    number = 0
    for note in filter(counts, notes):
        number += 1
        for key, value in note.properties.items():
            if value is not None:
                values.setdefault(key, []).append(value)
    if not values:
        return {}
    out: dict[str, object] = {}
    if required := [key for key, given in values.items() if len(given) == number]:
        out["required"] = required
    out["properties"] = {key: _property(given) for key, given in values.items()}
    return out


def _property(given: Sequence[PropertyValue]) -> dict[str, object]:
    """What holds for all the values `given`."""
    types = _types(given)
    out: dict[str, object] = {"type": types[0] if len(types) == 1 else types}
    if types == ["string"]:
        texts = [value for value in given if isinstance(value, str)]
        if all(_is_day(text) for text in texts):
            out["format"] = "date"
        elif _are_words(texts):
            out = {"enum": sorted(set(texts))}
    if types == ["array"]:
        items = [item for value in given if isinstance(value, list) for item in value]
        if items and None not in items:
            inner = _types(items)
            out["items"] = {"type": inner[0] if len(inner) == 1 else inner}
    return out


def _types(given: Sequence[PropertyValue]) -> list[str]:
    names = {_NAMES[type(value)] for value in given if value is not None}
    return sorted(names - {"integer"} if "number" in names else names)


def _is_day(text: str) -> bool:
    found = _DAY.match(text)
    return found is not None and calendar_date(*found.groups()) is not None


def _are_words(texts: Sequence[str]) -> bool:
    """Whether the texts are a few words, again and again."""
    words = set(texts)
    return len(words) <= _WORDS and len(texts) >= max(10, _TIMES * len(words)) and max(map(len, words)) <= _LONGEST
