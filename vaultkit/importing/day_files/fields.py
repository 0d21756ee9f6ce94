"""The front matter of a diary's file: tags, aliases, when it was written, and the author's own properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from vaultkit.importing.entry import Value
from vaultkit.importing.front_matter_values import Field, as_text

_TAGS = ("tags", "tag", "categories", "category", "keywords")
_CREATED = ("created", "date", "datetime", "time", "created_at", "creation_date")
_DECIMAL = re.compile(r"-?\d{1,9}\.\d{1,6}", re.ASCII)
_NOT_OURS = frozenset({"vaultkit-id"})


class Fields(NamedTuple):
    """What a file says about itself. `created` is text; `left`: lines that no property can hold."""

    title: str
    created: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...]
    properties: tuple[tuple[str, Value], ...]
    left: tuple[str, ...]


def read_fields(stated: Mapping[str, Field]) -> Fields:
    """The meaning of the keys, whatever their case."""
    title = created = ""
    labels: list[str] = []
    aliases: list[str] = []
    properties: list[tuple[str, Value]] = []
    left: list[str] = []
    for key, value in stated.items():
        low = key.lower()
        if value in ("", [], None):
            continue
        if low == "title" and not isinstance(value, list | dict) and not title:
            title = as_text(value).strip()
        elif low in _TAGS:
            labels += _texts(value, split=True)
        elif low in ("aliases", "alias"):
            aliases += _texts(value, split=False)
        elif low in _CREATED and not created and re.match(r"\d{4}", as_text(value)):
            created = as_text(value)
        elif low in _NOT_OURS or isinstance(value, dict) or _is_deep(value):
            left.append(f"{key}: {as_text(value)}")
        else:
            properties.append((key, tuple(map(as_text, value)) if isinstance(value, list) else _number(value)))
    return Fields(
        title, created, tuple(dict.fromkeys(labels)), tuple(dict.fromkeys(aliases)), tuple(properties), tuple(left)
    )


def _number(value: str | int | bool) -> Value:
    """`62.5` as a number, as Obsidian has it; `1.10` would not be the same and stays text."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value) and str(float(value)) == value:
        return float(value)
    return value


def _is_deep(value: Field) -> bool:
    return isinstance(value, list) and any(isinstance(item, list | dict) for item in value)


def _texts(value: Field, *, split: bool) -> list[str]:
    """The texts of a list; of one text those between commas, or if there are none and `split` between blanks."""
    if isinstance(value, list):
        return [text for item in value if (text := as_text(item).strip().lstrip("#"))]
    text = as_text(value)
    parts = re.split(r"[,、，]", text) if re.search(r"[,、，]", text) or not split else text.split()
    return [one for part in parts if (one := part.strip().lstrip("#"))]
