"""Where a note goes: folder by kind, name by entry, told apart from others by what a reader understands.

Pure; the vault's settings and the taken names are handed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from vaultkit.importing.entry import Entry, Kind
from vaultkit.vault.daily import parse_daily
from vaultkit.vault.names import path_key, safe_name, stem, with_suffix
from vaultkit.vault.settings import Settings


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run. `folders` by kind, from vaultkit.yaml; `into` overrides them all."""

    settings: Settings
    folders: Mapping[Kind, str]
    into: str | None = None

    def folder(self, kind: Kind) -> str:
        """Where notes of this kind that are no daily notes go."""
        if self.into is not None:
            return self.into
        if kind in (Kind.DIARY, Kind.INDEX) and self.settings.daily_folder:
            return self.settings.daily_folder
        return self.folders.get(Kind.DIARY if kind is Kind.INDEX else kind, "")

    def daily_path(self, date: dt.date) -> str:
        """The daily note of `date`, by the vault's own settings when it has any."""
        if self.into is not None or not self.settings.has_daily_notes:
            return f"{self.folder(Kind.DIARY)}/{date.isoformat()}.md".lstrip("/")
        return self.settings.daily_path(date)

    def daily_linktext(self, date: dt.date) -> str:
        """What a link to the day is called, whether the note is there or not: its bare name if that names the day."""
        path = self.daily_path(date)[:-3]
        name = stem(path)
        tail = self.settings.daily_format.rsplit("/", 1)[-1]
        return name if parse_daily(name, tail) == date or not self.settings.has_daily_notes else path

    def wanted(self, entry: Entry) -> str:
        """The path the entry would like, before anything is known to stand there."""
        if entry.kind is Kind.DIARY and entry.date and not entry.name:
            return self.daily_path(entry.date)
        folders = [self.folder(entry.kind), _safe_folder(entry.folder)]
        name = safe_name(entry.name or entry.title or (entry.date.isoformat() if entry.date else ""))
        return "/".join([*filter(None, folders), f"{name}.md"])


@lru_cache(64)
def _safe_folder(folder: str) -> str:
    return "/".join(safe_name(part) for part in folder.split("/") if part)


def named(entry: Entry, template: str) -> str:
    """The name that `template` gives the note of `entry`: `{title} {date} {number} {id}` stand for what the source
    says, `{number}` for that of an issue, `{id}` for its whole key. Spaces and dashes at the ends, where something is
    not said, are left out; empty: nothing is left, or the entry is no single item."""
    if entry.kind is Kind.INDEX:
        return ""
    values = {
        "title": entry.title,
        "date": entry.date.isoformat() if entry.date else "",
        "number": entry.key.rpartition("#")[2] if "#" in entry.key else "",
        "id": entry.key,
    }
    return template.format_map(values).strip(" -_,.")


def choose_paths(
    entries: Mapping[str, Entry], places: Places, taken: Set[str], source_of: Callable[[str], str]
) -> dict[str, str]:
    """A free path for each of `entries` (by id). `taken`: keys (`path_key`) of what stands in the vault.

    Entries of one run that want the same path are all told apart: by date, time, title, or the end of their key, so
    that the order of the export does not matter. Of a day the earliest comes first, and becomes the day's note.
    """
    wanted = {id_: places.wanted(entry) for id_, entry in entries.items()}
    crowd: dict[str, int] = {}
    for path in wanted.values():
        crowd[path_key(path)] = crowd.get(path_key(path), 0) + 1
    out: dict[str, str] = {}
    used = set(taken)
    for id_ in sorted(entries, key=lambda id_: (entries[id_].time or dt.time.min, id_)):
        path = wanted[id_]
        if crowd[path_key(path)] > 1 or path_key(path) in used:
            path = _distinct(path, entries[id_], source_of(id_), used, crowd[path_key(path)] > 1)
        used.add(path_key(path))
        out[id_] = path
    return {id_: out[id_] for id_ in sorted(out)}


def _distinct(path: str, entry: Entry, source: str, used: Set[str], crowded: bool) -> str:
    folder, _, _ = path.rpartition("/")
    ordinal = entry.key.rpartition("/")[2] if "/" in entry.key else ""
    daily = entry.kind is Kind.DIARY and entry.date and not entry.name
    if daily and crowded and not ordinal and path_key(path) not in used:
        return path  # the first entry of a day is the day's note
    candidates = [
        entry.title if daily else "",
        entry.time.strftime("%H%M") if entry.time and daily else "",
        entry.date.isoformat() if entry.date and not daily else "",
        f"{entry.date} {entry.time:%H%M}" if entry.date and entry.time and not daily else "",
        ordinal if daily else "",
        source,
        f"{entry.date or source} {ordinal or entry.key}" if not daily else "",
        entry.key,
    ]
    for text in filter(None, candidates):
        tried = f"{folder}/{with_suffix(stem(path), text)}.md".lstrip("/")
        if path_key(tried) not in used:
            return tried
    number = 2
    while path_key(tried := f"{folder}/{with_suffix(stem(path), str(number))}.md".lstrip("/")) in used:
        number += 1
    return tried
