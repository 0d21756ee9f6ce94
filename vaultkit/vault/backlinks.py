"""What refers to what, over the whole vault at once: backlinks of every file, and links that lead nowhere.

Pure, over an index and over canvases and bases that were read elsewhere; one pass, where `Index.backlinks` walks all
notes for each question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from vaultkit.vault.bases import Base, Names
from vaultkit.vault.canvas import Canvas
from vaultkit.vault.index import Ambiguous, Found, Index, Missing, Resolution
from vaultkit.vault.note import Link


class Via(StrEnum):
    """In what a reference stands."""

    NOTE = "note"
    """A link or embed in a note's body or properties."""
    CARD = "card"
    """The file that a canvas shows in a card, or behind a group. Counts in Obsidian's graph."""
    CARD_TEXT = "card-text"
    """A link in the text of a card. Can be clicked, but Obsidian counts no backlink."""
    BASE = "base"
    """A note that a formula names. Obsidian counts no backlink."""


class Backlink(NamedTuple):
    """One reference: the file it stands in, and the link if it is one (not for `CARD` and `BASE`)."""

    source: str
    via: Via
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Backlinks:
    """All references of a vault, each in one of three places; by source in the order of notes, canvases, bases."""

    to: Mapping[str, tuple[Backlink, ...]] = field(default_factory=dict)
    """By the path they lead to, which may be their own (`[[#Below]]`). A file that nothing refers to is not there."""
    unresolved: Mapping[str, tuple[Backlink, ...]] = field(default_factory=dict)
    """By linkpath as written, without subpath: there is no such file."""
    unclear: Mapping[str, tuple[Backlink, ...]] = field(default_factory=dict)
    """By linkpath: several files fit equally well, and which one Obsidian takes is not specified."""


def find_backlinks(
    index: Index, canvases: Iterable[tuple[str, Canvas]] = (), bases: Iterable[tuple[str, Base]] = ()
) -> Backlinks:
    """All references from the notes of `index` and from `canvases` and `bases`, given with their paths.

    A note with code blocks that are bases may be among the bases, once for each. A canvas names its files by their
    exact vault path. An edge between two cards is no reference: Obsidian's graph does not have it.
    """
    found: tuple[dict[str, list[Backlink]], ...] = ({}, {}, {})

    def add(to: Resolution, linkpath: str, reference: Backlink) -> None:
        match to:
            case Found(path):
                found[0].setdefault(path, []).append(reference)
            case Missing():
                found[1].setdefault(linkpath, []).append(reference)
            case Ambiguous():
                found[2].setdefault(linkpath, []).append(reference)

    for source, note in index.notes.items():
        for link in note.links:
            add(index.follow(link, source), link.path, Backlink(source, Via.NOTE, link))
    for source, canvas in canvases:
        for path in canvas.files + canvas.backgrounds:
            add(index.at(path), path, Backlink(source, Via.CARD))
        for link in canvas.links:
            add(index.follow(link, source), link.path, Backlink(source, Via.CARD_TEXT, link))
    for source, base in bases:
        for reference in base.references:
            if reference.kind is Names.LINK:
                linkpath = reference.text.partition("#")[0].strip()
                add(index.resolve(linkpath, source), linkpath, Backlink(source, Via.BASE))
    return Backlinks(*({path: tuple(links) for path, links in one.items()} for one in found))
