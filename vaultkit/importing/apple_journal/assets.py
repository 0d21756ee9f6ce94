"""What the cards of an entry of Apple Journal become: embeds, properties, and lines below the text.

Knows the types of cards, and the JSON beside some (`Resources/ID.json`) with the places that a card shows. Pictures
that only decorate a card (a mood's flower, the face of a contact, the cover of a song) are left behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vaultkit.errors import ExportError
from vaultkit.importing.apple_journal.page import Card
from vaultkit.importing.diary.circumstances import coordinates, location
from vaultkit.importing.entry import Attachment, Value
from vaultkit.importing.export import Export
from vaultkit.importing.media import Media

_FILES = frozenset({"photo", "livePhoto", "video", "audio", "drawing", "sketch"})
_MAPS = frozenset({"multiPinMap", "genericMap", "visit", "visitMap", "location", "workoutRoute", "map"})
_DECORATED = frozenset(
    {"stateOfMind", "contact", "thirdPartyMedia", "motionActivity", "workoutIcon", "reflection", "streakEvent"}
)


@dataclass(slots=True)
class Assets:
    """What the cards of one entry say."""

    attachments: dict[Attachment, None] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    """Files that are not in the export."""
    mood: dict[str, None] = field(default_factory=dict)
    about: dict[str, None] = field(default_factory=dict)
    people: dict[str, None] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """Each with its coordinates, or nothing."""
    activity: dict[str, None] = field(default_factory=dict)
    workout: dict[str, None] = field(default_factory=dict)
    media: dict[str, None] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """What cards say whose type is not known, or that have a text beside their file."""

    def properties(self) -> Iterator[tuple[str, Value]]:
        """Those that say something."""
        where = [place for place in self.places.values() if place]
        known: tuple[tuple[str, Value], ...] = (
            ("mood", ", ".join(self.mood)),
            ("mood-about", ", ".join(self.about)),
            ("people", tuple(self.people)),
            ("location", "; ".join(self.places)),
            ("coordinates", where[0] if len(where) == len(self.places) == 1 else ""),
            ("activity", "; ".join(self.activity)),
            ("workout", "; ".join(self.workout)),
            ("media", tuple(self.media)),
        )
        return ((name, value) for name, value in known if value)


def read_assets(cards: tuple[Card, ...], export: Export, media: Media, folder: str) -> Assets:
    """What the cards become. `folder`: that of the page, from which their addresses lead."""
    out = Assets()
    for card in cards:
        about = _beside(card, export, media, folder)
        _take_files(card, media, folder, out)
        _take_texts(card, about, out)
    return out


def _take_files(card: Card, media: Media, folder: str, out: Assets) -> None:
    if card.type in _DECORATED:
        return
    for source in dict.fromkeys(card.sources):
        if source.startswith(("http:", "https:", "data:")):
            continue
        if found := media.find(source, near=folder):
            out.attachments[found] = None
        else:
            out.missing.append(source)


def _take_texts(card: Card, about: dict[str, Any], out: Assets) -> None:
    head, foot = card.text("gridItemOverlayHeader"), card.text("gridItemOverlayFooter")
    for place, where in _places(about):
        out.places.setdefault(place, where)
    if card.type == "stateOfMind":
        out.mood.update(_each(head or card.text()))
        out.about.update(_each(foot if head else ""))
    elif card.type == "contact":
        out.people.update(_each(card.text(), split=False))
    elif card.type in _MAPS - {"workoutRoute"}:
        if not any(_places(about)) and card.text():
            out.places.setdefault(card.text(), "")
    elif card.type == "motionActivity":
        out.activity.update(_each(card.text(), split=False))
    elif card.type in ("workoutRoute", "workoutIcon", "workout"):
        out.workout.update(_each(card.text(), split=False))
    elif card.type == "thirdPartyMedia":
        title, kind = card.text("mediaTitle"), card.text("mediaCategory")
        others = [text for name, text in card.texts if name not in ("mediaTitle", "mediaCategory")]
        words = " – ".join(filter(None, [*dict.fromkeys(others), title]))
        out.media.update(_each(f"{words} ({kind})" if words and kind else words or kind, split=False))
    elif card.text():
        name = "" if card.type in _FILES else f"{card.type}: "
        out.lines.append(f"{name}{card.text()}")


def _each(text: str, *, split: bool = True) -> dict[str, None]:
    parts = text.replace("、", ",").split(",") if split else [text]
    return dict.fromkeys(part.strip() for part in parts if part.strip())


def _places(about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The places that the JSON of a card names."""
    visits = about.get("visits")
    for one in [about, *(visits if isinstance(visits, list) else ())]:
        if isinstance(one, dict):
            names = [one.get(name) for name in ("placeName", "city")]
            if place := location(*(name for name in names if isinstance(name, str))):
                yield place, coordinates(one.get("latitude"), one.get("longitude"))


def _beside(card: Card, export: Export, media: Media, folder: str) -> dict[str, Any]:
    """The JSON of a card; empty when there is none that can be read."""
    found = media.find(f"../Resources/{card.id}.json", near=folder) if card.id else None
    file = export.find(found.path) if found else None
    if file is None or file.size > 1024 * 1024:
        return {}
    try:
        value = json.loads("".join(file.pieces()))
    except (ValueError, RecursionError, ExportError):
        return {}
    return value if isinstance(value, dict) else {}
