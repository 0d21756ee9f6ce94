"""All texts of an entry at once, changed so that a note can hold them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from itertools import chain
from operator import attrgetter, is_
from typing import Any

from vaultkit.importing.disarm import disarm_text
from vaultkit.importing.entry import Entry

_TEXTS = tuple(f.name for f in fields(Entry) if f.name not in ("attachments", "kind", "waits"))
_of_text = attrgetter(*[f.name for f in fields(Entry) if f.type == "str"])
_of_texts = attrgetter(*[f.name for f in fields(Entry) if f.type == "tuple[str, ...]"])
_SHOWN = ("title", "aliases", "labels", "properties")


def encodable(entry: Entry) -> Entry:
    """`entry` without lone surrogates (JSON may hold half an emoji, `\\ud83d`), which no file can hold, and NULs, which
    no note may."""
    inner = chain.from_iterable((*entry.anchors, *entry.properties))
    lists = (*_of_texts(entry), *(value if isinstance(value, tuple) else (value,) for value in inner))
    texts = "\n".join([*_of_text(entry), *[one for one in chain.from_iterable(lists) if isinstance(one, str)]])
    return entry if _plain(texts) == texts else _with_texts(entry, _TEXTS, _plain)  # to look at each takes far longer


def without_code(entry: Entry) -> Entry:
    """`entry` with properties in which no inline code runs where a plugin shows them."""
    return _with_texts(entry, _SHOWN, disarm_text)


def _plain(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\0", "␀")


def _with_texts(entry: Entry, names: Iterable[str], change: Callable[[str], str]) -> Entry:
    """`entry` with the texts in its fields `names` changed; itself when that changes nothing."""
    changed = {name: new for name in names if (new := _each_text(old := getattr(entry, name), change)) is not old}
    return replace(entry, **changed) if changed else entry


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """`value`, of any type, with every text in it changed; itself when that changes nothing."""
    if isinstance(value, str):
        new = change(value)
        return value if new == value else new
    if isinstance(value, tuple):
        items = tuple([_each_text(item, change) for item in value])
        return value if all(map(is_, items, value)) else items
    return value
