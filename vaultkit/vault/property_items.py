"""The items of a property that is a list, and which of them count as the same.

In `tags` they do whatever the case and with or without `#`, elsewhere only equal ones.
"""

from __future__ import annotations

from vaultkit.vault.note import PropertyValue


def listed(value: PropertyValue) -> list[PropertyValue]:
    """The items of a value: a single one is a list of it, null is none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def identity(key: str, item: object) -> str:
    """What two items of the list `key` have in common when they are the same."""
    if key.lower() == "tags" and isinstance(item, str):
        return item.strip().removeprefix("#").lower()
    return repr(item)
