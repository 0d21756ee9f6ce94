"""Notes whose name another note has as well, in another folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.globs import check_glob, matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.written import some
from vaultkit.vault.names import stem
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What is left alone."""

    ignore: Annotated[
        tuple[Annotated[str, check_glob], ...], "patterns of paths; `**/README.md` for all of that name"
    ] = ()


VALUES = ("name", "paths")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding."""
    if options.ignore and matches(options.ignore, note.path):
        return
    others = [path for path in context.namesakes(note.path) if path != note.path and not matches(options.ignore, path)]
    if others:
        yield Finding(WHOLE_NOTE, {"name": stem(note.path), "paths": some(others)})
