"""Bookmarks that lead to a file, folder, heading or block that is not there, or that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.bookmarks import read_bookmarks
from vaultkit.vault.names import Kind, kind_of, path_key
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such bookmark, or one for the whole file."""
    found = read_bookmarks(note.data)
    if found.error:
        yield Finding(WHOLE_NOTE, {"problem": f"the bookmarks {found.error}"})
    for one in found.items:
        path = context.file_at(one.path)
        if one.is_folder:
            span, problem = one.span, _about_folder(one.path.strip("/"), context)
        elif not path:
            span, problem = one.span, f"`{one.path}` is not in the vault{_hint(context.namesakes(one.path))}"
        else:
            span, problem = one.subpath_span, _about_place(path, one.subpath, context)
        if problem:
            yield Finding(span, {"problem": f"a bookmark leads nowhere: {problem}"})


def _about_folder(path: str, context: Context) -> str:
    """What is wrong; empty: nothing. The vault's own folder has no name."""
    named = context.folders_named(path.rpartition("/")[2]) if path else ()
    is_there = not path or any(path_key(other) == path_key(path) for other in named)
    return "" if is_there else f"there is no folder `{path}`{_hint(named)}"


def _about_place(path: str, subpath: str, context: Context) -> str:
    """Likewise, of a place in the file at `path`. Only headings and blocks are looked for: `#page=3` is neither."""
    if not subpath or kind_of(path) is not Kind.NOTE or path.lower().endswith(".excalidraw.md"):
        return ""
    if not context.notes.has_note(path) or context.notes.has_anchor(path, subpath):
        return ""
    last = subpath.rpartition("#")[2].strip()
    meant = context.notes.similar_heading(path, subpath)
    return f"`{path}` has no {'block' if last.startswith('^') else 'heading'} `{last}`{_hint([meant] if meant else [])}"


def _hint(meant: Sequence[str]) -> str:
    """What may be meant: one or two, of many nobody knows."""
    return f"; did you mean {' or '.join(f'`{one}`' for one in meant)}?" if 0 < len(meant) <= 2 else ""
