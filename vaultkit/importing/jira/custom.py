"""The values of Jira's custom fields, of which every site has its own: short ones are properties, long ones sections.

Knows the shapes of values in JSON and text; what is only bookkeeping of Jira's boards (`0|i000pr:`) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from vaultkit.importing.entry import Value
from vaultkit.importing.issue.custom import is_long, plain_value, property_name
from vaultkit.importing.issue.fields import clean, without_host
from vaultkit.importing.jira.ticket import Custom, Markup, Section, Text

_RANK = re.compile(r"\d\|[a-z0-9]+:[a-z0-9]*")
_SPRINT = re.compile(r"\Acom\.atlassian\.greenhopper\.service\.sprint\.Sprint@[0-9a-f]+\[.*?name=(.*?),\w+=", re.S)
"""How Jira Server writes a sprint: Java's own words for it."""
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+\Z")
_BOARDS_OWN = re.compile(
    r"\[chart\]|(?:rank|rang|ランク|development|開発|entwicklung|issue colou?r|(?:locked|open|submitted|total) forms)$"
)
"""Names of fields that say nothing of the issue."""
_SPRINTS = frozenset({"sprint", "sprints", "スプリント"})
_EPICS = frozenset({"epic link", "エピックリンク", "エピック リンク", "epic-verknüpfung"})


class Found(NamedTuple):
    """What a field becomes: a property, a section of the body, or neither."""

    name: str = ""
    value: Value = None
    section: Section | None = None


def found(field: Custom, name: str) -> Found:
    """What `field` becomes under `name`, as people call it. Empty when it has no value, or says nothing."""
    if _BOARDS_OWN.match(name.casefold()):
        return Found()
    value = field.value
    if isinstance(value, dict) and value.get("type") == "doc":
        return Found(section=Section(name, Text(value, Markup.ADF))) if value.get("content") else Found()
    if isinstance(value, str):
        text = clean(value).strip()
        if is_long(text) or (field.markup is Markup.HTML and "<" in text):
            return Found(section=Section(name, Text(text, field.markup)))
    if name.casefold() in _SPRINTS:
        names = tuple(filter(None, map(_word, value if isinstance(value, list) else [value])))
        return Found("sprint", names) if names else Found()
    short = _short(value)
    return Found(property_name(name), short) if short not in (None, "", ()) else Found()


def is_epic(field: Custom, name: str) -> bool:
    """Whether the field says to which issue this one belongs, as Server has it."""
    return name.casefold() in _EPICS and isinstance(field.value, str)


def _short(value: object) -> Value:
    if isinstance(value, list):
        return tuple(dict.fromkeys(filter(None, map(_word, value))))
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return plain_value(_word(value))


def _word(value: object) -> str:
    """One value as a word: a text, a user, a version, an option, also one with a second choice in it."""
    if isinstance(value, str):
        text = " ".join(clean(value).split())
        if _RANK.fullmatch(text) or text in ("{}", "[]"):
            return ""
        sprint = _SPRINT.match(text[:2000])
        return sprint[1] if sprint else without_host(text) if _ADDRESS.match(text) else text
    if isinstance(value, bool) or not isinstance(value, Mapping):
        return "" if value is None or isinstance(value, list) else str(value)
    for key in ("displayName", "value", "name", "key", "title"):
        word = value.get(key)
        if isinstance(word, str) and word.strip():
            inner = _word(value.get("child")) if key == "value" else ""
            word = without_host(clean(word).strip())
            return f"{word} - {inner}" if inner else word
    return ""
