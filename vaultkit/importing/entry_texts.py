"""All texts of an entry at once, changed so that a note can hold them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from vaultkit.importing.disarm import disarm_text
from vaultkit.importing.entry import Entry


def encodable(entry: Entry) -> Entry:
    """`entry` without lone surrogates (JSON may hold half an emoji, `\\ud83d`), which no file can hold, and NULs, which
    no note may."""

    def plain(text: str) -> str:
        return text.encode("utf-8", "replace").decode().replace("\0", "␀")

    names = (f.name for f in fields(entry) if f.name not in ("attachments", "kind"))
    return replace(entry, **{name: _each_text(getattr(entry, name), plain) for name in names})


def without_code(entry: Entry) -> Entry:
    """`entry` with properties in which no inline code runs where a plugin shows them."""
    return replace(
        entry,
        title=disarm_text(entry.title),
        aliases=_each_text(entry.aliases, disarm_text),
        labels=_each_text(entry.labels, disarm_text),
        properties=tuple((disarm_text(key), _each_text(value, disarm_text)) for key, value in entry.properties),
    )


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """`value`, of any type, with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    return tuple(_each_text(item, change) for item in value) if isinstance(value, tuple) else value
