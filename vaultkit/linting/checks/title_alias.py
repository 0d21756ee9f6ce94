"""Entries that nobody finds by their title: their file is called otherwise, and no alias holds it.

Knows that a file's name cannot hold all that a title can (`A: b?`), and may be the title's beginning only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.entries import Entries, is_of_kind
from vaultkit.linting.parts import Part
from vaultkit.linting.written import short
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.names import stem
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("title",)
EDITS: frozenset[Part] = frozenset()
_SHOWN = 80


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding, at the title."""
    found = note.find_property("title")
    if found is None or not isinstance(found.value, str) or found.value in stem(note.path):
        return
    wanted = _letters(found.value)
    if not wanted or wanted in _letters(stem(note.path)) or "{{" in found.value or "<%" in found.value:
        return
    if not any(is_of_kind(note, context, kind) for kind in Entries):
        return
    if not any(wanted in _letters(alias) for alias in aliases(note.front_matter)):
        yield Finding(found.span, {"title": short(found.value, _SHOWN)}, _fix(note, " ".join(found.value.split())))


def _letters(text: str) -> str:
    """Its letters and digits, whatever their case and width."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _fix(note: Note, title: str) -> Fix | None:
    from vaultkit.vault.edit_list import add_to_list  # a run that finds nothing does without

    edit = add_to_list(note, "aliases", [title])
    return Fix((edit,)) if edit else None
