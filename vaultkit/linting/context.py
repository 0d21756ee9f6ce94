"""What a check may ask besides the note: the index, the vault's settings, and what is derived from them once.

Knows no rule and no disk. Everything that would cost a walk over the vault is made on first use and kept for the run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from vaultkit.vault.anchors import heading_key, match_block
from vaultkit.vault.index import Index
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.settings import Settings

_HEADING_LINE = re.compile(rb"^[ \t>*+-]*#{1,6}[ \t]+([^\r\n]*)", re.M)


@dataclass(frozen=True)
class Context:
    """The vault around a note. `entry_folders`: where imports of each kind write."""

    index: Index
    settings: Settings = field(default_factory=Settings)
    entry_folders: Mapping[str, str] = field(default_factory=dict)
    _headings: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _loose_headings: dict[str, dict[str, str]] = field(default_factory=dict, repr=False, compare=False)
    _hidden: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def has_anchor(self, path: str, subpath: str) -> bool:
        """Whether `subpath` (`#A#B`, `#^id`) exists in the note at `path`; True when it names nothing."""
        note = self.index.notes[path]
        parts = [part.strip() for part in subpath.split("#")]
        if parts[-1].startswith("^"):
            return match_block(note.blocks, parts[-1]) is not None
        keys = [key for part in parts if (key := heading_key(part).lower())]
        if not all(self.has_heading(path, key) for key in keys):
            return False
        return len(keys) < 2 or self.index.anchor(path, subpath) is not None

    def has_heading(self, path: str, text: str) -> bool:
        """Whether the note at `path` has a heading of that text anywhere."""
        if path not in self._headings:
            headings = self.index.notes[path].headings
            self._headings[path] = frozenset(heading_key(heading.text).lower() for heading in headings)
        return heading_key(text).lower() in self._headings[path]

    def has_hidden_heading(self, path: str, subpath: str) -> bool:
        """Whether a line that looks like that heading stands where Obsidian sees none: a comment, code, a quote."""
        if path not in self._hidden:
            lines = _HEADING_LINE.finditer(self.index.notes[path].data)
            self._hidden[path] = frozenset(heading_key(m[1].decode("utf-8", "replace")).lower() for m in lines)
        return heading_key(subpath.rpartition("#")[2]).lower() in self._hidden[path]

    def similar_heading(self, path: str, subpath: str) -> str:
        """The heading of that note that differs only in case, width, punctuation, spaces and hyphens; else empty."""
        if path not in self._loose_headings:
            headings = reversed(self.index.notes[path].headings)
            self._loose_headings[path] = {_letters(heading.text): heading.text for heading in headings}
        return self._loose_headings[path].get(_letters(subpath.rpartition("#")[2]), "")

    def similar(self, name: str) -> tuple[str, ...]:
        """Paths of files whose name differs from `name` (a linkpath) only in case, width, spaces, hyphens or folder."""
        return self._by_loose_name.get(_loose(name.rstrip("/").rpartition("/")[2]), ())

    @cached_property
    def _by_loose_name(self) -> Mapping[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for path in self.index.files:
            name = path.rpartition("/")[2]
            for key in {_loose(name), _loose(name.rpartition(".")[0] or name)}:
                out[key] = (*out.get(key, ()), path)
        return out

    @cached_property
    def first_in(self) -> Mapping[str, str]:
        """The first note below each folder, in the order of paths: a finding about a folder is told there, once."""
        out: dict[str, str] = {}
        for path in sorted(p for p in self.index.files if kind_of(p) is Kind.NOTE):
            folder = path.rpartition("/")[0]
            while folder and folder not in out:
                out[folder] = path
                folder = folder.rpartition("/")[0]
        return out


def _loose(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().removesuffix(".md")
    return re.sub(r"[\s_-]+", "", text) or text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
