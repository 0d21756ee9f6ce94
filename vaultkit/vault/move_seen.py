"""Renames that were made elsewhere and only seen afterwards: which links have to be written anew.

As for a move that is asked for (`move`), but among other changes, so that more is in doubt. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vaultkit.vault.index import Ambiguous, Found, Index, Missing
from vaultkit.vault.linktext import linktext
from vaultkit.vault.move import Fate, Notice, Place, Planner, Rewrite, planned
from vaultkit.vault.names import path_key
from vaultkit.vault.note import Link, Note


def plan_seen(
    files: Mapping[str, str],
    before: Index,
    after: Index,
    notes: Iterable[Note],
    canvases: Mapping[str, bytes],
    link_format: str,
) -> tuple[tuple[Rewrite, ...], tuple[Notice, ...]]:
    """The edits and notices for renames that were made elsewhere: `files`, old path → new path, among other changes
    from `before` to `after`. Of `notes` (with the paths of before) and `canvases` only the links are looked at that led
    to such a file or stand in one.

    One that leads to another file now is left as it is and told: nobody knows which of the two is meant. One that says
    a name of which only case or normal form changed is brought up to date.
    """
    return planned(Seen(files, before, after, link_format), notes, canvases)


class Seen(Planner):
    """Over renames that were seen: what could be meant otherwise is left alone."""

    def __init__(self, files: Mapping[str, str], before: Index, after: Index, link_format: str) -> None:
        super().__init__(files, before, after, link_format)
        names = set(map(_last, files))
        self.names = names | {name.removesuffix(".md") for name in names}

    def _place(self, link: Link, source: str, wikilink: bool) -> Place:
        if source not in self.files and "?" not in link.path and _last(link.path) not in self.names:
            return Place()
        led, leads = self.before.follow(link, source), self.after.follow(link, self.new_path(source))
        ends = led.paths if isinstance(led, Ambiguous) else (led.path,) if isinstance(led, Found) else ()
        if source not in self.files and not any(end in self.files for end in ends):
            return Place()
        if isinstance(led, Found):
            wanted = self.new_path(led.path)
            if isinstance(self.after.at(wanted), Missing):
                return Place()  # deleted, which is another matter
            if isinstance(leads, Found) and leads.path == wanted:
                if not _says_old_spelling(link.path, led.path, wanted):
                    return Place()
                text = linktext(wanted, self.new_path(source), self.after, self.link_format, wikilink=wikilink)
                return Place(files=(wanted,), text=None if text == link.path else text)
            if not isinstance(leads, Missing):
                now = (leads.path,) if isinstance(leads, Found) else leads.paths
                return Place(Fate.UNCLEAR, tuple(dict.fromkeys((wanted, *now))))
        place = super()._place(link, source, wikilink)
        return Place() if place.fate is Fate.GAINED else place


def _last(path: str) -> str:
    """The last name of a path as lookup compares it."""
    return path_key(path).rpartition("/")[2]


def _says_old_spelling(linkpath: str, old: str, new: str) -> bool:
    """Whether a link spells the name of a file in a way that it is not spelled any more."""
    if old == new or path_key(old) != path_key(new):
        return False
    said = linkpath.lstrip("./").removesuffix(".md")
    return bool(said) and old.removesuffix(".md").endswith(said) and not new.removesuffix(".md").endswith(said)
