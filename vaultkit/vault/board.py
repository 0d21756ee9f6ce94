"""Files that are no notes as a linter looks at them: like notes, with nothing in them but the links in the text of a
canvas's cards.

Knows where such a link stands in the file; what else is referred to is `canvas`, `bases` and `bookmarks`.
"""

from __future__ import annotations

from vaultkit.vault.lazy import lazy
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Block, Heading, Link, Note, Region, Span, Tag, Task
from vaultkit.vault.parse import parse
from vaultkit.vault.scan import scan


class _Cards:
    headings: tuple[Heading, ...] = ()
    tags: tuple[Tag, ...] = ()
    blocks: tuple[Block, ...] = ()
    tasks: tuple[Task, ...] = ()
    comments: tuple[Span, ...] = ()
    unclosed: tuple[Region, ...] = ()
    regions: tuple[Region, ...] = ()
    nearly_links = False

    def __init__(self, data: bytes) -> None:
        self._data = data

    @lazy
    def links(self) -> tuple[Link, ...]:
        from vaultkit.vault.canvas import edit_card, read_cards  # most vaults have no canvas
        from vaultkit.vault.edit import Edit

        out: list[Link] = []
        for card in read_cards(self._data):
            links = scan(card.text).links if card.text else ()
            places = edit_card(self._data, card, [Edit(Span(link.span.start, link.span.start), b"") for link in links])
            out += [
                link._replace(span=place.span, target_span=place.span)
                for link, place in zip(links, places, strict=True)
            ]
        return tuple(out)


def read_file(path: str, data: bytes) -> Note:
    """The note, canvas, base or other file at `path`. Of a canvas, spans of links are empty and tell where in the file
    they begin: its text is written as JSON, so that no edit of a note's link would do."""
    kind = Kind.NOTE if path.endswith(".md") else kind_of(path)
    if kind is Kind.NOTE:
        return parse(path, data)
    return Note(path, data, None, _Cards(data if kind is Kind.CANVAS else b""))
