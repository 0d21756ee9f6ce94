"""Bases, in files and in code blocks: what they name and is not there or was moved, and those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.names import path_key
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()
_OPENING = re.compile(rb"[`~][ \t]*+base[ \t]*+\r?\n")
"""What the opening of a code block that is a base ends with."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each name, or one for a base that cannot be read."""
    is_base = note.path.endswith(".base")
    if not is_base and (b"base" not in note.data or not _OPENING.search(note.data)):
        return
    from vaultkit.vault.bases import Names, base_blocks, read_base  # loads the YAML parser

    for place, base in [(Span(0, 0), read_base(note.data))] if is_base else base_blocks(note):
        if base.error:
            yield Finding(place, {"problem": f"the base {base.error}"})
        for kind, text, span in base.references:
            if kind is Names.FOLDER and (moved := _moved(text.strip("/"), context)):
                yield Finding(span, {"problem": f"there is no folder `{text}`; did you mean `{moved}`?"})
            elif kind is Names.LINK and not context.leads(text.partition("#")[0].strip(), note.path):
                yield Finding(span, {"problem": f"`{text}` leads to no file"})


def _moved(folder: str, context: Context) -> str:
    """Where else a folder of that name is, when `folder` is not there; empty: it may be one still to be made."""
    named = context.folders_named(folder.rpartition("/")[2]) if folder else ()
    is_there = any(path_key(one) == path_key(folder) for one in named)
    return "" if is_there or not named else min(named)
