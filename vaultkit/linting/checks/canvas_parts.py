"""Canvases whose cards show files that are not there, whose edges lead nowhere, or that cannot be read.

Links in the text of cards are looked at by the checks of links.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each card without its file, for each edge without a card, or one for the whole file."""
    from vaultkit.vault.canvas import read_canvas, read_cards  # most vaults have no canvas

    canvas = read_canvas(note.data)
    if canvas.error:
        yield Finding(WHOLE_NOTE, {"problem": f"the canvas {canvas.error}"})
    for card in read_cards(note.data):
        if card.path and not card.path.startswith(("http://", "https://")) and not context.file_at(card.path):
            yield Finding(card.span, {"problem": f"a card shows `{card.path}`, which is not in the vault"})
    for edge in canvas.dangling_edges:
        yield Finding(WHOLE_NOTE, {"problem": f"the arrow `{edge}` begins or ends at a card that is not there"})
