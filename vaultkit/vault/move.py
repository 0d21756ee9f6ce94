"""What a rename changes: the links that have to be written anew so that every link of the vault leads where it led.

Pure: is handed the vault as it was, answers with edits. Every link is looked up twice, before and after; only one that
would lead elsewhere is edited, and the edited text is read again before it is believed. What cannot be kept is named.
Knows no disk: `journal` carries the plan out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vaultkit.vault.canvas import Card, edit_card, read_cards
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.index import Ambiguous, Found, Index, Missing
from vaultkit.vault.linktext import linktext
from vaultkit.vault.names import normalize_path, stem
from vaultkit.vault.note import Link, LinkKind, Note
from vaultkit.vault.parse import parse
from vaultkit.vault.relink import Properties, relink
from vaultkit.vault.scan import scan


class Fate(StrEnum):
    """What becomes of a link that the plan could not simply keep."""

    LOST = "lost"
    """It led to a file, and no text was found that leads there still."""
    UNCLEAR = "unclear"
    """Several files fitted it equally well, and now others do: it was left as it is."""
    GAINED = "gained"
    """It led nowhere, and now leads to a file."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A link to look at: the file it stands in (as that is called afterwards), its text, and the files concerned."""

    path: str
    text: str
    fate: Fate
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file whose links change: its path before and after, its bytes as read, the edits in order."""

    path: str
    new_path: str
    before: bytes
    edits: tuple[Edit, ...]

    @property
    def after(self) -> bytes:
        """The new bytes."""
        return apply_edits(self.before, self.edits)


@dataclass(frozen=True, slots=True)
class Move:
    """`old` (a file or folder) is to be called `new`. `files`: each file that goes along, old path → new path."""

    old: str
    new: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """A move with all it entails."""

    move: Move
    rewrites: tuple[Rewrite, ...]
    notices: tuple[Notice, ...]


def plan_move(move: Move, before: Index, canvases: Mapping[str, bytes], link_format: str) -> Plan:
    """The edits that keep all links of `before` (files and notes) and of `canvases` (by path) when `move` is made.

    A link that leads to the same file afterwards stays byte for byte; another is written as `link_format` says.
    """
    after = Index(sorted(move.files.get(path, path) for path in before.files))
    return Plan(move, *planned(Planner(move.files, before, after, link_format), before.notes.values(), canvases))


def planned(
    planner: Planner, notes: Iterable[Note], canvases: Mapping[str, bytes]
) -> tuple[tuple[Rewrite, ...], tuple[Notice, ...]]:
    """What the planner makes of `notes` and `canvases`: the files that change, and what is to be told."""
    made = [planner.note(note) for note in notes]
    made += [planner.canvas(path, data) for path, data in canvases.items()]
    return tuple(rewrite for rewrite in made if rewrite.edits), tuple(planner.notices)


class Place(NamedTuple):
    """What becomes of a path that links of one file say. `text`: what they are to say, where they must change."""

    fate: Fate | None = None
    """What is to be told of it, unless it is changed as `text` says."""
    files: tuple[str, ...] = ()
    text: str | None = None
    has_query: bool = False


class Planner:
    """One pass over all links of a vault."""

    def __init__(self, files: Mapping[str, str], before: Index, after: Index, link_format: str) -> None:
        self.files = files
        self.before = before
        self.after = after
        self.link_format = link_format
        self.cards = {normalize_path(old): normalize_path(new) for old, new in files.items()}
        self.notices: list[Notice] = []

    def new_path(self, path: str) -> str:
        return self.files.get(path, path)

    def note(self, note: Note) -> Rewrite:
        properties: list[Properties] = []  # read only when a link among them changes

        def write(link: Link, path: str, keep_query: bool) -> Edit | None:
            if link.kind is not LinkKind.PROPERTY:
                return relink(note.data, link, path, keep_query=keep_query)
            if not properties:
                properties.append(Properties(note))
            return properties[0].relink(link, path)

        edits = self._edits(note.path, note.data, note.links, write, lambda data: parse(note.path, data).links)
        return Rewrite(note.path, self.new_path(note.path), note.data, edits)

    def canvas(self, path: str, data: bytes) -> Rewrite:
        edits: list[Edit] = []
        for card in read_cards(data):
            edits += edit_card(data, card, self._card_edits(path, card))
        return Rewrite(path, self.new_path(path), data, tuple(edits))

    def _card_edits(self, path: str, card: Card) -> Sequence[Edit]:
        if card.text is None:
            new = self.cards.get(normalize_path(card.path or ""))
            return [Edit(card.span, new.encode("utf-8", "replace"))] if new is not None and new != card.path else []
        text = card.text

        def write(link: Link, new: str, keep_query: bool) -> Edit:
            return relink(text, link, new, keep_query=keep_query)

        return self._edits(path, text, scan(text).links, write, lambda data: scan(data).links)

    def _edits(
        self,
        source: str,
        data: bytes,
        links: Sequence[Link],
        write: Callable[[Link, str, bool], Edit | None],
        read: Callable[[bytes], Sequence[Link]],
    ) -> tuple[Edit, ...]:
        """The edits for `links` of the text `data`, which stands in the file `source`; none when they would not read
        back as the links that they should be."""
        places: dict[str, Place] = {}  # a long note may say one path ten thousand times
        made: dict[Edit, None] = {}  # an anchored YAML value is there once for two links
        wanted: list[str | None] = []
        for link in links:
            wikilink = link.kind in (LinkKind.WIKI, LinkKind.PROPERTY)
            key = f"{wikilink:d}{link.path}"
            place = places.get(key) or places.setdefault(key, self._place(link, source, wikilink))
            edit = write(link, place.text, place.has_query) if place.text is not None else None
            if edit is not None:
                made[edit] = None
                wanted.append(place.files[0])
                continue
            wanted.append(None)
            if place.fate is not None:
                self._note(source, data, link, place.fate, place.files)
        edits = tuple(sorted(made, key=lambda edit: edit.span))
        if edits and not self._holds(source, links, wanted, read(apply_edits(data, edits))):
            for link, target in zip(links, wanted, strict=True):
                if target is not None:
                    self._note(source, data, link, Fate.LOST, (target,))
            return ()
        return edits

    def _place(self, link: Link, source: str, wikilink: bool) -> Place:
        """What is to become of the path that `link`, in the file `source`, says."""
        new_source = self.new_path(source)
        led, leads = self.before.follow(link, source), self.after.follow(link, new_source)
        match led:
            case Found(path):
                wanted = self.new_path(path)
                if isinstance(leads, Found) and leads.path == wanted:
                    return Place()
                has_query = isinstance(self.before.resolve(link.path, source), Missing)
                text = linktext(wanted, new_source, self.after, self.link_format, wikilink=wikilink)
                return Place(Fate.LOST, (wanted,), text, has_query)
            case Ambiguous(paths):
                now = tuple(map(self.new_path, paths))
                if not isinstance(leads, Ambiguous) or set(leads.paths) != set(now):
                    return Place(Fate.UNCLEAR, now)
            case Missing() if isinstance(leads, Found):
                return Place(Fate.GAINED, (leads.path,))
        return Place()

    def _holds(self, source: str, links: Sequence[Link], wanted: Sequence[str | None], again: Sequence[Link]) -> bool:
        """Whether the text, read `again`, has the same links but for some paths: those of links for which a file is
        `wanted`, and these lead there."""
        if len(links) != len(again):
            return False
        led: dict[str, str] = {}
        for link, now, target in zip(links, again, wanted, strict=True):
            if (link.kind, link.embed, link.key, link.subpath) != (now.kind, now.embed, now.key, now.subpath):
                return False
            if target is None:
                if now.target != link.target:
                    return False
            elif led.get(now.path) != target:
                leads = self.after.follow(now, self.new_path(source))
                if not isinstance(leads, Found) or leads.path != target:
                    return False
                led[now.path] = target
        return True

    def _note(self, source: str, data: bytes, link: Link, fate: Fate, files: tuple[str, ...]) -> None:
        text = data[slice(*link.span)].decode("utf-8", "replace")
        self.notices.append(Notice(self.new_path(source), text, fate, files))


def is_named(move: Move, data: bytes, *, by_name: bool = False, unquoted: bool = False) -> bool:
    """Whether a file of settings says, as one of its values, the path that `move` takes away.

    A note may be said without `.md`, a folder with what lies in it. `by_name`: its bare name counts as well, where that
    goes away, too. `unquoted`: the value may stand without quotes, as in YAML.
    """
    old, new = move.old, move.new
    names = {old, old[:-3] if old.lower().endswith(".md") else old}
    if by_name and stem(old) != stem(new):
        names.add(stem(old))
    name = "|".join(map(re.escape, sorted(names)))
    quoted = rf"""["'](?:{name})(?:[/#][^"'\n]*+)?\\?["']"""
    bare = rf"""(?:^|[\s\[,:-])(?:{name})(?:/[^\s,\]]*+)?(?=[\s,\]]|$)"""
    return re.search(f"{quoted}|{bare}" if unquoted else quoted, data.decode("utf-8", "replace"), re.M) is not None
