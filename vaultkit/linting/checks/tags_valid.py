"""The `tags` property: a list of valid tags.

Knows what Obsidian takes from it: items with spaces or punctuation, of digits only, or `a, b` as one text are no tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Property
from vaultkit.vault.tags import is_valid_tag, mend_tag
from vaultkit.vault.yaml_core import YamlError, read_mapping


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("items",)
EDITS: frozenset[Part] = frozenset()
_ANCHOR = re.compile(r"(?:^|[\s\[,])[&*][^\s,\]]")
_COMMENTED = re.compile(r"^[ \t]*-[ \t]+#([^\s#]+)[ \t]*\r?$", re.M)
"""`- #tag`: to YAML a comment, to its writer a tag."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding for each `tags` property: the items that are no tags."""
    for found in note.front_matter.properties if note.front_matter else ():
        if found.key.lower() != "tags":
            continue
        wrong = [item for item in _items(found.value) if item not in (None, "") and not _is_tag(item)]
        if not wrong and note.data.find(b"#", *found.span) < 0:
            continue
        raw = note.data[found.span.start : found.span.end].decode("utf-8", "replace")
        bad = [f"`{item}`" for item in wrong]
        bad += [f"`#{item[1]}` (to YAML a comment)" for item in _COMMENTED.finditer(raw)]
        if bad:
            yield Finding(found.span, {"items": ", ".join(bad)}, _fix(note, found, raw))


def _items(value: object) -> list[object]:
    """The items of the value: a text is one; nothing at all is none."""
    if isinstance(value, list):
        return list(value)
    return [] if value is None else [value]


def _is_tag(item: object) -> bool:
    return isinstance(item, str) and is_valid_tag(item.strip().removeprefix("#"))


def _fix(note: Note, found: Property, raw: str) -> Fix | None:
    """The list of mended tags; None when one cannot be mended or words in YAML comments would be lost."""
    if _ANCHOR.search(raw):
        return None  # other properties may refer to it
    meant = _COMMENTED.sub(lambda item: item[0].replace("#", "", 1), raw)
    try:
        entries = read_mapping(meant)
    except YamlError:
        return None
    if not entries or re.search(r"\s#", meant) or "\ufffd" in raw:
        return None
    value = entries[0].value
    if isinstance(value, str) and "[[" not in value:
        value = [part for part in (value.split(",") if "," in value else value.split()) if part.strip()]
    tags: dict[str, str] = {}
    for item in _items(value):
        if item is None or item == "":
            continue
        if isinstance(item, bool) or not isinstance(item, str | int) or "[[" in str(item):
            return None  # that a link becomes a tag is not for us to say
        text = str(item).strip().removeprefix("#")
        tag = text if is_valid_tag(text) else mend_tag(text)
        if not tag:
            return None
        tags.setdefault(tag.lower(), tag)
    from vaultkit.vault.edit_property import set_property  # a run that finds nothing does without

    edit = set_property(note, found.key, list(tags.values()))
    return Fix((edit,)) if edit else None
