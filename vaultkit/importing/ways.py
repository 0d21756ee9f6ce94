"""How the links of imported texts lead to the notes of a vault, in the vault's own style (`.obsidian/app.json`).

Knows where every note is or will be; knows nothing of what texts call them. Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from vaultkit.importing.calling import Target
from vaultkit.importing.place import Places
from vaultkit.vault.index import Found, Index
from vaultkit.vault.linktext import linktext
from vaultkit.vault.parse import parse


class Ways:
    """The ways from note to note, once all paths are known."""

    def __init__(self, places: Places, paths: Mapping[str, str], files: Iterable[str]) -> None:
        """`paths` by id; `files`: all that are or will be in the vault."""
        self._places = places
        self._paths = paths
        self._index = Index(sorted(files))
        self._files = frozenset(self._index.files)
        self._style = places.settings
        self._known: dict[tuple[str, str], str | None] = {}
        """By the path and the folder of the source: nothing else of the source counts."""

    def to_note(self, id_: str, source: str) -> str | None:
        """The linktext that leads from the note at `source` to the note of an id; None: none does."""
        return self._to_path(self._paths[id_], source)

    def to_file(self, name: str, path: str, source: str) -> str:
        """How the note at `source` embeds the attachment at `path`, which the export calls `name`: by its bare name if
        it was deleted, and as the export does if that lacks it."""
        if path in self._files:
            return self._index.shortest_linktext(path, source)
        return name if path == name else path.rpartition("/")[2]

    def to_day(self, date: dt.date, source: str) -> str:
        """The linktext for the daily note of `date`, whether it is there, was moved, or is not there yet."""
        path = self._places.daily_path(date)
        if path in self._files and (text := self._to_path(path, source)):
            return text
        name = self._places.daily_linktext(date)
        found = self._index.resolve(name, source)
        moved = self._to_path(found.path, source) if isinstance(found, Found) else None
        return moved or (f"{name}.md" if self._style.markdown_links else name)

    def in_text(self, text: bytes, source: str) -> dict[str, Target]:
        """What the links in `text`, a note at `source`, lead to, by what they show; only notes that have an id."""
        ids = {path: id_ for id_, path in self._paths.items()}
        out = {}
        for link in parse(source, text).links:
            found = self._index.follow(link, source)
            if isinstance(found, Found) and found.path in ids:
                out[link.display.strip()] = Target(ids[found.path], link.subpath)
        return out

    def _to_path(self, path: str, source: str) -> str | None:
        key, style = (path, source.rpartition("/")[0]), self._style
        if key not in self._known:
            found = linktext(path, source, self._index, style.link_format, wikilink=not style.markdown_links)
            self._known[key] = found
        return self._known[key]
