"""What every converter to Markdown gives back: the text, the files that it embeds, and what had no place in it."""

from __future__ import annotations

from dataclasses import dataclass

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.pictures import Picture


@dataclass(frozen=True, slots=True)
class Converted:
    """A text as Markdown with LF line ends and none at its end. Accidental Obsidian syntax is escaped later."""

    text: str
    attachments: tuple[Attachment, ...] = ()
    """The files that it embeds, each once."""
    lost: tuple[str, ...] = ()
    """What stands in the original and not in `text`, in order: comments, scripts, addresses that run; to report."""


def unresolved(_src: str) -> Picture | None:
    """A `Resolve` for texts whose images nobody has."""
    return None
