"""What a note, canvas or base refers to, as it says it; where that leads is the index's.

Links and embeds in text and properties, what the cards of a canvas show, what the formulas of a base name. To an
attachment a note also refers where Obsidian sees no link: in the plain text of a property (`cover: Pictures/Lamp.png`),
which plugins and views of bases show, and in HTML (`<img src="Lamp.png">`), which other programs show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.vault.destination import read_destination
from vaultkit.vault.names import Kind, extension, kind_of
from vaultkit.vault.note import Note, PropertyValue

_HTML = re.compile(rb"""\b(?:src|href|poster)[ \t]*+=[ \t]*+(?:"([^"\r\n]*+)"|'([^'\r\n]*+)')""", re.I)
_IN_BRACKETS = re.compile(r"\[\[([^\[\]|#\n]++)")
_LINKED = frozenset((Kind.NOTE, Kind.CANVAS, Kind.BASE))


class Reference(NamedTuple):
    """One of them."""

    path: str
    """Without subpath, never empty: a linkpath, or when `is_exact` a path of the vault."""
    is_exact: bool = False


def references(note: Note) -> Iterator[Reference]:
    """All of them in a note, canvas or base, repeats kept; `[[#Below]]` names no file and is left out."""
    kind = Kind.NOTE if note.path.endswith(".md") else kind_of(note.path)
    yield from (Reference(path) for link in note.links if (path := link.path))
    if kind is Kind.CANVAS:
        from vaultkit.vault.canvas import read_cards  # most vaults have no canvas

        yield from (Reference(card.path, is_exact=True) for card in read_cards(note.data) if card.path)
    elif kind is Kind.BASE or b"base" in note.data:
        yield from _of_bases(note, kind)
    if kind is Kind.NOTE:
        yield from (Reference(path) for path in _attachments(note) if kind_of(path) not in _LINKED and extension(path))


def _of_bases(note: Note, kind: Kind) -> Iterator[Reference]:
    from vaultkit.vault.bases import Names, base_blocks, read_base  # loads the YAML parser

    for base in [read_base(note.data)] if kind is Kind.BASE else [base for _, base in base_blocks(note)]:
        for one in base.references:
            path = one.text.partition("#")[0].strip()
            if one.kind is Names.LINK and path:
                yield Reference(path)


def _attachments(note: Note) -> Iterator[str]:
    for one in note.front_matter.properties if note.front_matter else ():
        yield from _texts(one.value)
    for found in _HTML.finditer(note.data) if b"=" in note.data else ():
        path = read_destination((found[1] or found[2] or b"").strip())
        if path:
            yield path.partition("#")[0]


def _texts(value: PropertyValue) -> Iterator[str]:
    """The texts of a property's value that may be paths. Of a mapping, which Obsidian does not show, too."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            if "[[" in one:  # `![[Lamp.png]]` is no link in a property, but some plugins show it
                yield from map(str.strip, _IN_BRACKETS.findall(one))
            elif "." in one and "\n" not in one and "://" not in one:
                yield one.strip()
        elif isinstance(one, list):
            stack += one
        elif isinstance(one, dict):
            stack += one.values()
