"""Org → Markdown. Not written yet: the text is handed back as it is."""

from __future__ import annotations

from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.pictures import Resolve


def from_org(text: str, resolve: Resolve = unresolved) -> Converted:
    """The text as Markdown."""
    return Converted(str(text))
