"""What a check may ask about another note, by its path: its headings and block ids, aliases and lists of tags.

Of other notes no more is kept than that. Whatever is asked is written down (`Context.asked`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from vaultkit.linting.asked import note_key
from vaultkit.vault.anchors import heading_key, match_block, match_heading
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.names import stem
from vaultkit.vault.note import Block, Heading, Note

_HEADING_LINE = re.compile(rb"^[ \t>*+-]*#{1,6}[ \t]+([^\r\n]*)", re.M)


class _Anchors(NamedTuple):
    headings: Sequence[Heading]
    blocks: Sequence[Block]
    keys: frozenset[str]
    loose: dict[str, set[str]]
    """Headings by their letters; filled when it is first needed."""


class OtherNotes:
    """The notes of a vault."""

    def __init__(self, notes: Mapping[str, Note], asked: set[str], ask_name: Callable[[str, str], None]) -> None:
        """`asked`: where to write down what was asked; `ask_name` does so for a name said in the file at a path."""
        self._notes = notes
        self._asked = asked
        self._ask_name = ask_name
        self._anchors: dict[str, _Anchors | None] = {}
        self._aliases: dict[str, frozenset[str]] = {}
        self._tag_lists: dict[str, tuple[str, ...] | None] = {}
        self._hidden: dict[str, frozenset[str]] = {}

    def has_note(self, path: str) -> bool:
        """Whether a note that can be read is at `path`."""
        return self._anchors_of(path) is not None

    def listed_tags(self, path: str) -> tuple[str, ...] | None:
        """The tags that the note at `path` lists (`tags_listed`); None: there is no such note."""
        self._asked.add(note_key(path))
        self._ask_name(path, "")
        if path not in self._tag_lists:
            from vaultkit.linting.tag_list import tags_listed  # few vaults have one

            note = self._notes.get(path)
            self._tag_lists[path] = tags_listed(note) if note else None
        return self._tag_lists[path]

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
        self._asked.add(note_key(path))
        if path not in self._hidden:
            note = self._notes.get(path)
            lines = _HEADING_LINE.finditer(note.data if note else b"")
            self._hidden[path] = frozenset(heading_key(m[1].decode("utf-8", "replace")).lower() for m in lines)
        return heading_key(subpath.rpartition("#")[2]).lower() in self._hidden[path]

    def similar_heading(self, path: str, subpath: str) -> str:
        """The only heading of that note that differs in nothing but case, width, punctuation, spaces and hyphens; else
        empty."""
        found = self._anchors_of(path)
        wanted = _letters(subpath.rpartition("#")[2])
        if found is None or not wanted:
            return ""
        if not found.loose:
            for heading in found.headings:
                found.loose.setdefault(_letters(heading.text), set()).add(heading.text)
        same = found.loose.get(wanted, ())
        return next(iter(same)) if len(same) == 1 else ""

    def is_spelled(self, path: str, name: str) -> bool:
        """Whether the note at `path` has the title or alias `name` in just these letters."""
        if stem(path) == name:
            return True
        self._asked.add(note_key(path))
        if path not in self._aliases:
            note = self._notes.get(path)
            self._aliases[path] = frozenset(aliases(note.front_matter) if note else ())
        return name in self._aliases[path]

    def _anchors_of(self, path: str) -> _Anchors | None:
        self._asked.add(note_key(path))
        if path not in self._anchors:
            note = self._notes.get(path)
            self._anchors[path] = _anchors(note) if note else None
        return self._anchors[path]


def _anchors(note: Note) -> _Anchors:
    headings = note.headings
    return _Anchors(headings, note.blocks, frozenset(heading_key(heading.text).lower() for heading in headings), {})


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
