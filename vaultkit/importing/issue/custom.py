"""Fields that the people of one site made for their issues: what they are called in a note, and what fits there."""

from __future__ import annotations

import datetime as dt
import re

from vaultkit.importing.entry import Value

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NOT_IN_NAMES = re.compile(r"\W+")
_TAKEN = frozenset(
    "affected-versions aliases assignees author category closed components confidential created cssclasses date done"
    " draft due estimated-hours labels links locked merged milestone parent position priority reason spent-hours start"
    " state status tags time-estimate time-spent title type updated url vaultkit-id versions".split()
)
_LONGEST = 250


def property_name(name: str) -> str:
    """`Story Points` → `story-points`; what issues have anyway gets `custom-` in front. "" for a name of signs."""
    plain = _NOT_IN_NAMES.sub("-", name.casefold()).strip("-")
    return f"custom-{plain}" if plain in _TAKEN else plain


def is_long(text: str) -> bool:
    """Whether `text` is no property but a part of the note's body."""
    return "\n" in text or len(text) > _LONGEST


def plain_value(text: str) -> Value:
    """`text`, or the day that it is."""
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text
