"""The properties block of a note (`properties_block` finds it): what it says, where each property stands.

Knows the reserved keys `tags` and `aliases`. Does not read YAML itself (`yaml_simple` reads what nearly every note has,
`yaml_core` the rest) and does not write: see `edit` and `yaml_write`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vaultkit.vault.note import (
    NO_MAPPING,
    FrontMatter,
    Link,
    LinkKind,
    Property,
    PropertyValue,
    Span,
    Tag,
    default_display,
)
from vaultkit.vault.properties_block import find_block
from vaultkit.vault.tags import is_valid_tag
from vaultkit.vault.yaml_core import YamlError, read_mapping
from vaultkit.vault.yaml_simple import read_simple

_NO_UTF8 = re.compile("[\udc80-\udcff]")
_PROPERTY_LINK = re.compile(r"\s*\[\[((?:[^\[\]\n]|\](?!\])|\[(?!\[))+)\]\]\s*\Z")


def find_front_matter(data: bytes) -> FrontMatter | None:
    """The properties block of `data`, read; None when there is none (see `find_block`)."""
    found = find_block(data)
    if not found:
        return None
    span, content = found
    block = data[content.start : content.end]
    try:
        properties = read_simple(block, content.start)
        if properties is None:
            properties = read_parsed(block, content.start)
    except YamlError as e:
        return FrontMatter(span, content, (), str(e), content.start + _line_offset(block, e.line))
    if properties is None and not _only_comments(block):
        return FrontMatter(span, content, (), NO_MAPPING, content.start)
    return FrontMatter(span, content, properties or ())


def read_parsed(block: bytes, offset: int = 0, *, twice: bool = False) -> tuple[Property, ...] | None:
    """The properties in the bytes between the fences by the YAML parser; None when they are no mapping. Byte spans run
    from the key to the end of the last line that belongs to it. `twice`: as for `read_mapping`. Raises YamlError."""
    raw = block.decode("utf-8", "surrogateescape")
    text = _NO_UTF8.sub("\ufffd", raw)  # a character for each such byte, so that places stay known
    entries = read_mapping(text, twice=twice)
    if entries is None:
        return None
    out = []
    at, before = offset, 0
    ends = [e.start for e in entries[1:]] + [len(text)]
    for entry, end in zip(entries, ends, strict=False):  # `{}` has no entry
        stop = max(entry.start, entry.end) if entry.in_braces else _last_line_end(text, entry.start, end)
        begin = at + _size(raw[before : entry.start])
        at, before = begin + _size(raw[entry.start : stop]), stop
        out.append(Property(entry.key, entry.value, Span(begin, at)))
    return tuple(out)


def _size(raw: str) -> int:
    return len(raw.encode("utf-8", "surrogateescape"))


def _last_line_end(text: str, begin: int, end: int) -> int:
    """`end` moved back over blank lines and comments that stand before the next key; they belong to that."""
    while (line := text.rfind("\n", begin, end - 1) + 1) > begin:
        if text[line] != "#" and text[line:end].strip(" \t\r\n"):  # no more: U+3000 is text, in a `|` block too
            break
        end = line
    return end


def _line_offset(data: bytes, line: int) -> int:
    """Where line `line` begins; the last one when the parser counted more (U+2028 ends a line for it)."""
    offset = 0
    for _ in range(line):
        offset = data.find(b"\n", offset) + 1 or offset
    return offset


def _only_comments(block: bytes) -> bool:
    return all(line.lstrip()[:1] in (b"", b"#") for line in block.splitlines())


def property_tags(front_matter: FrontMatter) -> tuple[Tag, ...]:
    """Tags of the `tags` property, key in any case: list items, or a single text that is one tag.

    A leading `#` is dropped. Items that are no valid tag (spaces, commas, all digits, null) are none.
    """
    out = []
    for found in front_matter.properties:
        if len(found.key) == 4 and found.key.lower() == "tags":
            for item in found.value if isinstance(found.value, list) else [found.value]:
                name = item.strip().removeprefix("#") if isinstance(item, str) else ""
                if is_valid_tag(name):
                    out.append(Tag(name, found.span, in_property=True))
    return tuple(out)


def aliases(front_matter: FrontMatter | None) -> list[str]:
    """Texts of the `aliases` list; a single text is not honoured since Obsidian 1.9."""
    return aliases_among((found.key, found.value) for found in front_matter.properties) if front_matter else []


def aliases_among(properties: Iterable[tuple[str, PropertyValue]]) -> list[str]:
    """The same of properties by key."""
    for key, value in properties:
        if len(key) == 7 and key.lower() == "aliases" and isinstance(value, list):
            return [item for item in value if isinstance(item, str) and item]
    return []


def property_links(front_matter: FrontMatter, data: bytes) -> tuple[Link, ...]:
    """Wikilinks that are the whole value of a property or of a list item; keys as `k`, `k.0`, `a.b`."""
    out: list[Link] = []
    block = front_matter.content
    if data.find(b"[[", *block) < 0 and data.find(b"\\", *block) < 0:  # `"\x5b["` is one, too
        return ()
    for found in front_matter.properties:
        at = found.span.start
        for key, text in _texts(found.key, found.value):
            match = _PROPERTY_LINK.match(text)
            if not match:
                continue
            target, pipe, display = match[1].partition("|")
            inner = match[1].encode()
            place = data.find(b"[[" + inner, at, found.span.end)
            start = place + 2 if place >= 0 else found.span.start
            at = start if place >= 0 else at
            name = target.rstrip("\\") if pipe else target
            if not name.strip():
                continue
            out.append(
                Link(
                    LinkKind.PROPERTY,
                    False,
                    name.strip(),
                    display.strip() if pipe else default_display(name.strip()),
                    Span(start - 2, start + len(inner) + 2) if place >= 0 else found.span,
                    Span(start, start + len(name.encode())) if place >= 0 else found.span,
                    key=key,
                )
            )
    return tuple(out)


def _texts(key: str, value: PropertyValue) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(key, value)]
    if isinstance(value, list):
        return [pair for i, item in enumerate(value) for pair in _texts(f"{key}.{i}", item)]
    if isinstance(value, dict):
        return [pair for name, item in value.items() for pair in _texts(f"{key}.{name}", item)]
    return []
