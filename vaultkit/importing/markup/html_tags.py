"""The HTML tags that stand in Markdown, and which of them belong together.

Knows tags and their attributes as far as figures need it; is no HTML parser and knows nothing of what tags mean.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vaultkit.importing.markup.shield import Shield, replace_outside

# No `<` within a quoted value: an unclosed quote must not make every tag read the rest of the file.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<attributes>(?=[\s/>])(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z_:@][\w:.@-]*+)(?:\s*+=\s*+(?:\"(?P<d>[^\"]*+)\"|'(?P<s>[^']*+)'|(?P<u>[^\s\"'>]++)))?+"
)
_LINK = re.compile(r"^[ \t]*+<link\s[^<>]*+>[ \t]*+(?:\n|\Z)|<link\s[^<>]*+>", re.MULTILINE | re.IGNORECASE)
_STYLESHEET = re.compile(r"\srel\s*+=\s*+[\"']?+stylesheet\b", re.IGNORECASE)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: its lower-case name, whether it closes, and where it stands."""

    name: str
    closes: bool
    start: int
    end: int
    text: str

    def attributes(self) -> dict[str, str]:
        """The attributes by lower-case name, entities resolved. The first of a name counts; no value is ""."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.text, len(self.name) + 1, len(self.text) - 1):
            value = match["d"] or match["s"] or match["u"] or ""
            found.setdefault(match["name"].lower(), html.unescape(value))
        return found


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag and the end tag that closes it."""

    opening: Tag
    closing: Tag


def find_tags(text: str, shield: Shield) -> Iterator[Tag]:
    """The tags of `text` in order, those in protected spans left out."""
    for match in _TAG.finditer(text):
        if not shield.hit(match.start(), match.end()):
            yield Tag(match["name"].lower(), bool(match["close"]), match.start(), match.end(), match[0])


def find_elements(tags: tuple[Tag, ...]) -> tuple[Element, ...]:
    """The elements that have both tags, in the order of their start. A tag without its partner makes none."""
    found: list[Element] = []
    stack: list[Tag] = []
    open_names: Counter[str] = Counter()
    for tag in tags:
        if tag.name in _VOID:
            continue
        if not tag.closes:
            stack.append(tag)
            open_names[tag.name] += 1
        elif open_names[tag.name]:
            while True:
                last = stack.pop()
                open_names[last.name] -= 1
                if last.name == tag.name:
                    break
            found.append(Element(last, tag))
    return tuple(sorted(found, key=lambda element: element.opening.start))


def remove_stylesheets(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without its `<link rel="stylesheet">` tags, which mean nothing in a vault; and those tags."""
    removed: list[str] = []

    def drop(match: re.Match[str]) -> str:
        if not _STYLESHEET.search(match[0]):
            return match[0]
        removed.append(match[0].strip())
        return ""

    return replace_outside(_LINK, drop, text), tuple(removed)
