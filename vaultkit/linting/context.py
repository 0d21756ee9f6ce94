"""What a check may ask besides the note: the vault's settings, and what other notes and names there are.

Knows no rule and no disk. Whatever is asked about other notes is written down in `asked`, so that a run knows which
notes must be looked at again when something changed. Of other notes only headings and block ids are kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from vaultkit.linting.suppress import Suppression
from vaultkit.vault.anchors import heading_key, match_block, match_heading
from vaultkit.vault.index import Ambiguous, Found, Index, Missing, Resolution, relative
from vaultkit.vault.names import Kind, kind_of, normalize_path, path_key
from vaultkit.vault.note import Block, Heading, Link, Note
from vaultkit.vault.settings import Settings

_HEADING_LINE = re.compile(rb"^[ \t>*+-]*#{1,6}[ \t]+([^\r\n]*)", re.M)


class _Anchors(NamedTuple):
    headings: Sequence[Heading]
    blocks: Sequence[Block]
    keys: frozenset[str]
    loose: dict[str, str]
    """Headings by their letters; filled when it is first needed."""


class Followed(NamedTuple):
    """The links of a note with where they lead, those that a check may ask about."""

    missing: list[Link]
    several: list[tuple[Link, Found | Ambiguous]]
    """Those that would lead elsewhere if their target were gone."""
    inside: list[tuple[Link, Found]]
    """Those with a subpath; it is not looked at."""


class Idle(NamedTuple):
    """What silences none of the findings in a note, and the ids of the rules that looked for some."""

    said: Sequence[Suppression]
    looked: frozenset[str]


class Context:
    """The vault around a note."""

    def __init__(
        self,
        index: Index,
        settings: Settings | None = None,
        entry_folders: Mapping[str, str] | None = None,
        *,
        remember: bool = False,
    ) -> None:
        """`entry_folders`: where imports of each kind write. `remember`: whether `asked` is kept."""
        self.settings = settings or Settings()
        self.entry_folders = entry_folders or {}
        self.idle: Idle | None = None
        """Of the note that all other rules have looked at; None: they have not yet."""
        self.asked: set[str] = set()
        """What was asked, as keys: `name:`, `similar:`, `folder:`, `note:` and `alias:` with what it was about. An
        answer can only change with one of the keys that `names_touched` gives for a file that comes or goes, that
        `note:` makes with the path of a changed note, or `alias:` with an alias of it."""
        self._remember = remember
        self._index = index
        self._followed: tuple[Note | None, Followed] = (None, Followed([], [], []))
        self._anchors: dict[str, _Anchors | None] = {}
        self._names: dict[str, str] = {}
        self._hidden: dict[str, frozenset[str]] = {}

    def followed(self, note: Note) -> Followed:
        """Where the links of `note` lead."""
        last, found = self._followed
        if last is note:
            return found
        found = Followed([], [], [])
        for link in note.links:
            target = self._follow(link, note.path)
            if isinstance(target, Missing):
                found.missing.append(link)
                continue
            if isinstance(target, Ambiguous) or target.others:
                found.several.append((link, target))
            if isinstance(target, Found) and "#" in link.target:
                found.inside.append((link, target))
        self._followed = note, found
        return found

    def _follow(self, link: Link, source: str) -> Resolution:
        if self._remember:
            path = link.path
            self._ask_name(path, source)
            if "?" in path:
                self._ask_name(path.split("?", 1)[0].strip(), source)
        return self._index.follow(link, source)

    def twin(self, path: str) -> str:
        """Another file whose path is the same to link lookup as that of the note at `path`; empty: there is none."""
        self._ask_name(path, "")
        return self._index.twin(path)

    def linktext(self, path: str, source: str) -> str:
        """The shortest linktext that leads to `path` from `source`."""
        self._ask_name(path, source)
        return self._index.shortest_linktext(path, source)

    def aliased(self, name: str) -> tuple[str, ...]:
        """Paths of the notes that bear `name` as an alias, in any case."""
        key = alias_key(name)
        self.asked.add(f"alias:{key}")
        return self._index.aliased.get(key, ())

    def has_note(self, path: str) -> bool:
        """Whether a note that can be read is at `path`."""
        return self._anchors_of(path) is not None

    def has_anchor(self, path: str, subpath: str) -> bool:
        """Whether `subpath` (`#A#B`, `#^id`) exists in the note at `path`; True when it names nothing."""
        found = self._anchors_of(path)
        if found is None:
            return False
        parts = [part.strip() for part in subpath.split("#")]
        if parts[-1].startswith("^"):
            return match_block(found.blocks, parts[-1]) is not None
        keys = [key for part in parts if (key := heading_key(part).lower())]
        if not all(key in found.keys for key in keys):
            return False
        return len(keys) < 2 or match_heading(found.headings, subpath) is not None

    def has_heading(self, path: str, text: str) -> bool:
        """Whether the note at `path` has a heading of that text anywhere."""
        found = self._anchors_of(path)
        return found is not None and heading_key(text).lower() in found.keys

    def has_hidden_heading(self, path: str, subpath: str) -> bool:
        """Whether a line that looks like that heading stands where Obsidian sees none: a comment, code, a quote."""
        self.asked.add(f"note:{path}")
        if path not in self._hidden:
            note = self._index.notes.get(path)
            lines = _HEADING_LINE.finditer(note.data if note else b"")
            self._hidden[path] = frozenset(heading_key(m[1].decode("utf-8", "replace")).lower() for m in lines)
        return heading_key(subpath.rpartition("#")[2]).lower() in self._hidden[path]

    def similar_heading(self, path: str, subpath: str) -> str:
        """The heading of that note that differs only in case, width, punctuation, spaces and hyphens; else empty."""
        found = self._anchors_of(path)
        if found is None:
            return ""
        if not found.loose:
            found.loose.update((_letters(heading.text), heading.text) for heading in reversed(found.headings))
        return found.loose.get(_letters(subpath.rpartition("#")[2]), "")

    def similar(self, name: str) -> tuple[str, ...]:
        """Paths of files whose name differs from `name` (a linkpath) only in case, width, spaces, hyphens or folder."""
        key = _loose(name.rstrip("/").rpartition("/")[2])
        self.asked.add(f"similar:{key}")
        return tuple(self._by_loose_name.get(key, ()))

    def is_first_in(self, folder: str, path: str) -> bool:
        """Whether `path` is the first note below `folder`: a finding about a folder is told there, once."""
        self.asked.add(f"folder:{folder}")
        return self._first_in.get(folder) == path

    def _ask_name(self, path: str, source: str) -> None:
        if not self._remember:
            return
        if path.startswith("."):
            path = relative(source.rpartition("/")[0], path) or ""
        if path:
            key = self._names.get(path)
            if key is None:
                key = self._names[path] = f"name:{_bare(path)}"
            self.asked.add(key)

    def _anchors_of(self, path: str) -> _Anchors | None:
        self.asked.add(f"note:{path}")
        if path not in self._anchors:
            note = self._index.notes.get(path)
            self._anchors[path] = _anchors(note) if note else None
        return self._anchors[path]

    @cached_property
    def _by_loose_name(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = {}
        for path in self._index.files:
            for key in _loose_names(path):
                out.setdefault(key, []).append(path)
        return out

    @cached_property
    def _first_in(self) -> Mapping[str, str]:
        out: dict[str, str] = {}
        for path in sorted(p for p in self._index.files if kind_of(p) is Kind.NOTE):
            folder = path.rpartition("/")[0]
            while folder and folder not in out:
                out[folder] = path
                folder = folder.rpartition("/")[0]
        return out


def _anchors(note: Note) -> _Anchors:
    headings = note.headings
    return _Anchors(headings, note.blocks, frozenset(heading_key(heading.text).lower() for heading in headings), {})


def names_touched(paths: Iterable[str]) -> set[str]:
    """The keys of `Context.asked` about names and folders that may have another answer when `paths` come or go."""
    out = set()
    for path in paths:
        out.add(f"name:{_bare(path)}")
        out |= {f"similar:{key}" for key in _loose_names(path)}
        folder = path.rpartition("/")[0]
        while folder:
            out.add(f"folder:{folder}")
            folder = folder.rpartition("/")[0]
    return out


def alias_key(name: str) -> str:
    """What two spellings of an alias share."""
    return normalize_path(name).lower()


def _bare(path: str) -> str:
    """The last name of a path or linkpath as lookups compare it. Never with `.md`: `[[x]]` finds `x` and `x.md`."""
    name = path_key(path).rsplit("/", 1)[-1]
    while name.endswith(".md"):
        name = name[:-3]
    return name


def _loose_names(path: str) -> set[str]:
    name = path.rpartition("/")[2]
    return {_loose(name), _loose(name.rpartition(".")[0] or name)}


def _loose(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().removesuffix(".md")
    return re.sub(r"[\s_-]+", "", text) or text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
