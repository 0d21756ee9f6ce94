"""Properties whose value is of another type than the vault says of them, in its own settings or in the rule's options.

Knows the types of Obsidian and what each takes. An empty value is of every type. `tags`, a text in `aliases` or
`cssclasses`, and links without quotes are told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from vaultkit.dates.calendar import calendar_date
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.entries import Entries, is_of_kind
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Property, PropertyValue

_EXPECTED: Mapping[str, str] = {
    "text": "a text",
    "multitext": "a list",
    "aliases": "a list",
    "number": "a number",
    "checkbox": "`true` or `false`",
    "date": "a date as `2024-01-17`",
    "datetime": "a date and time as `2024-01-17T08:30`",
}


def _type(name: str) -> str:
    name = "multitext" if name == "list" else name
    if name not in _EXPECTED:
        raise ValueError("is no type; allowed: list, " + ", ".join(_EXPECTED))
    return name


def _lowered(types: Mapping[str, str]) -> Mapping[str, str]:
    return {key.lower(): kind for key, kind in types.items()}


class Options(NamedTuple):
    """Types besides those that Obsidian has been told."""

    types: Annotated[
        Mapping[str, Annotated[str, _type]],
        _lowered,
        "properties with their types (text, list, number, checkbox, date, datetime), ahead of those in Obsidian",
    ] = {}
    entries: Annotated[
        Entries | None,
        "paper or issue: only such notes are looked at, and only `types` that Obsidian was not told",
    ] = None


VALUES = ("property", "expected", "value")
EDITS: frozenset[Part] = frozenset()
_TYPES: Mapping[str, frozenset[type]] = {
    "text": frozenset({str, int, float}),
    "multitext": frozenset({list}),
    "aliases": frozenset({list}),
    "number": frozenset({int, float}),
    "checkbox": frozenset({bool}),
    "date": frozenset(),
    "datetime": frozenset(),
}
_DATE = re.compile(
    r"([0-9]{4})-([01][0-9])-(0[1-9]|[123][0-9])"
    r"(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?\Z"
)
_OTHER_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\Z")
_SHOWN = 40
_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_MADE_ELSEWHERE = frozenset({"aliases", "cssclasses"})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such property."""
    own, known = options.types, context.settings.types
    if not (own or known) or note.front_matter is None:
        return
    if options.entries:
        if not is_of_kind(note, context, options.entries):
            return
        own, known = {key: kind for key, kind in own.items() if key not in known}, {}
    for found in note.front_matter.properties:
        key = found.key.lower()
        kind = own.get(key) or known.get(key)
        if kind and not _is_of(kind, found.value) and not _is_left_alone(note, found):
            said = {"property": found.key, "expected": _EXPECTED[kind], "value": _shown(found.value)}
            yield Finding(found.span, said, _fix(note, found, kind))


def _is_of(kind: str, value: PropertyValue) -> bool:
    """Whether `value` is of that type, or empty. Types that plugins bring are not known, so anything is."""
    types = _TYPES.get(kind)
    if types is None or type(value) in types or value is None or value == "":
        return True
    return kind in ("date", "datetime") and isinstance(value, str) and (_is_date(value) or value.startswith("[["))


def _is_date(text: str) -> bool:
    """Whether it is a day, with or without a time: Obsidian shows either in a field for the other."""
    found = _DATE.match(text)
    if found is None:
        return False
    year, month, day = found.groups()
    return "01" <= month <= "12" and (day <= "28" or calendar_date(year, month, day) is not None)


def _is_left_alone(note: Note, found: Property) -> bool:
    """Whether the value is told elsewhere, or stands for one that a template puts there (`{{date}}`)."""
    if isinstance(found.value, str) and found.key.lower() in _MADE_ELSEWHERE:
        return True
    if isinstance(found.value, list) and any(isinstance(item, list) for item in found.value):
        return True
    return note.data.find(b"{{", *found.span) >= 0 or note.data.find(b"<%", *found.span) >= 0


def _shown(value: PropertyValue) -> str:
    """The value in a few words."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "`key: value` lines"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = " ".join(str(value).split())
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"the text `{text}`" if isinstance(value, str) else f"`{text}`"


def _fix(note: Note, found: Property, kind: str) -> Fix | None:
    """The value as it was meant. Never safe: a text may be right and the type wrong."""
    meant = _meant(found.value, kind) if isinstance(found.value, str) else None
    if meant is None or found is not note.find_property(found.key):
        return None
    from vaultkit.vault.edit_property import set_property  # a run that finds nothing does without

    edit = set_property(note, found.key, meant)
    return Fix((edit,), safe=False) if edit else None


def _meant(text: str, kind: str) -> PropertyValue:
    """The value of that type that `text` spells; None: it is none."""
    match kind:
        case "number":
            from vaultkit.vault.yaml_core import core_scalar

            number = core_scalar(text.strip() or "~")
            return number if type(number) in _TYPES[kind] else None
        case "checkbox":
            return _SWITCH.get(text.strip().lower())
        case "multitext":
            return [text]
        case "date" | "datetime" if _OTHER_DATE.match(text.strip()):
            from vaultkit.dates.leading import date_in_value

            date = date_in_value(text)
            return date.isoformat() if date else None
    return None
