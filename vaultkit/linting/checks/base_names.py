"""Bases, in files and in code blocks, that name notes or folders that are not there, or that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.names import extension
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each name, or one for a base that cannot be read."""
    is_base = extension(note.path) == "base"
    if not is_base and b"base" not in note.data:
        return
    from vaultkit.vault.bases import Names, base_blocks, read_base  # loads the YAML parser

    for place, base in [(Span(0, 0), read_base(note.data))] if is_base else base_blocks(note):
        if base.error:
            yield Finding(place, {"problem": f"the base {base.error}"})
        for kind, text, span in base.references:
            if kind is Names.FOLDER and text.strip("/") and not context.has_folder(text.strip("/")):
                yield Finding(span, {"problem": f"no file lies in the folder `{text}`"})
            elif kind is Names.LINK and not context.leads(text.partition("#")[0].strip(), note.path):
                yield Finding(span, {"problem": f"`{text}` leads to no file"})
