"""The `tags` property: a list of valid tags.

Knows what Obsidian takes from it: items with spaces or punctuation, of digits only, or `a, b` as one text are no tags,
`- #a` is a comment. Knows what it takes as nobody means it: `a、b` as one tag, `a/` as a tag beside `a`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.note import Note, Property
from vaultkit.vault.tags import is_valid_tag, mend_tag


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("items",)
EDITS: frozenset[Part] = frozenset()
_ANCHOR = re.compile(r"(?:^|[\s\[,])[&*][^\s,\]]")
_COMMENTED = re.compile(r"^[ \t]*-[ \t]+#([^\s#]+)[ \t]*\r?$", re.M)
"""`- #tag`: to YAML a comment, to its writer a tag."""
_QUOTED = re.compile(r"""(?:[\[,:]|^[ \t]*-)[ \t]*(?:'[^'\n]*'|"[^"\n]*")(?=[ \t]*(?:[,\]\r\n#]|\Z))""", re.M)
"""An item in quotes: a `#` in it begins no comment."""
_SEPARATORS = re.compile("[,;、，；､]")
_MISREAD = re.compile("[、，；､]|^[/＃]|/$|//")
"""What Obsidian allows in a tag and nobody means as part of one."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding for each `tags` property: the items that are no tags."""
    for found in note.front_matter.properties if note.front_matter else ():
        if found.key.lower() != "tags":
            continue
        wrong = [item for item in _items(found.value) if item not in (None, "") and not _is_tag(item)]
        if not wrong and note.data.find(b"#", *found.span) < 0:
            continue
        raw = note.data[found.span.start : found.span.end].decode("utf-8", "replace")
        behind = _behind(raw)
        comments = [item[1] for item in _COMMENTED.finditer(raw)] + (behind.replace("#", "").split() if behind else [])
        bad = [f"`{item}`" for item in wrong] + [f"`#{name}` (to YAML a comment)" for name in comments]
        if bad:
            yield Finding(found.span, {"items": ", ".join(bad)}, _fix(note, found, raw, behind))


def _items(value: object) -> list[object]:
    """The items of the value: a text is one; nothing at all is none."""
    if isinstance(value, list):
        return list(value)
    return [] if value is None else [value]


def _is_tag(item: object) -> bool:
    if not isinstance(item, str):
        return False
    name = item.strip().removeprefix("#")
    return is_valid_tag(name) and not _MISREAD.search(name)


def _behind(raw: str) -> str:
    """`#b #c` of `tags: a #b #c`, to YAML a comment: all of it must be tags. Empty: it is nothing of the kind."""
    value = raw.partition(":")[2].strip()
    if "\n" in value or value[:1] in ("'", '"', "[", "{", "|", ">"):
        return ""
    found = re.search(r"(?<!\S)#", value)
    words = value[found.start() :].split() if found else []
    return " ".join(words) if all(word[0] == "#" and is_valid_tag(word[1:]) for word in words) else ""


def _fix(note: Note, found: Property, raw: str, behind: str) -> Fix | None:
    """The list of mended tags; None when one cannot be mended or words in YAML comments would be lost."""
    if _ANCHOR.search(raw) or "\ufffd" in raw:
        return None  # other properties may refer to it
    meant = _COMMENTED.sub(lambda item: item[0].replace("#", "", 1), raw)
    if behind:
        key, _, value = raw.partition(":")
        meant = f"{key}:{value[: value.index('#')].rstrip()}{raw[len(raw.rstrip()) :]}"
    from vaultkit.vault.edit_property import set_property  # a run that finds nothing does without
    from vaultkit.vault.parse import parse

    before = note if meant == raw else parse(note.path, apply_edits(note.data, [Edit(found.span, meant.encode())]))
    entry = before.find_property(found.key)
    if not entry or re.search(r"\s#", _QUOTED.sub("", meant)):
        return None
    tags, sure = _mended(entry.value, behind)
    edit = set_property(before, found.key, tags) if tags else None
    if not edit and (before is note or tags != entry.value):
        return None
    rest = len(note.data) - found.span.end
    after = apply_edits(before.data, [edit] if edit else [])
    return Fix((Edit(found.span, after[found.span.start : len(after) - rest]),), safe=sure)


def _mended(value: object, behind: str) -> tuple[list[str], bool]:
    """The tags of a value, mended, none twice, and whether they are surely meant; none when one cannot be mended."""
    tags: dict[str, str] = {}
    texts, sure = _texts(value)
    for text in [*texts, *behind.split()]:
        name = text.strip().lstrip("#＃")
        tag = name if _is_tag(name) else mend_tag(name)
        if not tag:
            return [], False
        tags.setdefault(tag.lower(), tag)
    return list(tags.values()), sure


def _texts(value: object) -> tuple[list[str], bool]:
    """The texts that are meant as one tag each, and whether that is sure: `- Smith, Ann` may be one. None at all when
    there is something else than texts and numbers."""
    out, sure = [], True
    for item in _items(value):
        if item is None or item == "":
            continue
        if isinstance(item, bool) or not isinstance(item, str | int) or "[[" in str(item):
            return [], False  # that a link becomes a tag is not for us to say
        parts = [part for part in _SEPARATORS.split(str(item)) if part.strip()]
        if len(parts) == 1 and (value is item or all(word[0] == "#" for word in parts[0].split())):
            parts = parts[0].split()
        elif len(parts) > 1 and (value is not item or is_valid_tag(str(item).strip())):
            sure = False
        out += parts
    return out, sure
