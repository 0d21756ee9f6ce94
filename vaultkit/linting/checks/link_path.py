"""Markdown links that only Obsidian follows: by a name alone, from the vault's root, in another case, without `.md`.

Other programs and the web read such a link as a path from the note's own folder.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.written import shown
from vaultkit.vault.note import Link, LinkKind, Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("link", "path")
EDITS = frozenset({Part.LINKS})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such link and embed. Those without a target are told elsewhere."""
    for link in note.links:
        if link.kind not in (LinkKind.MARKDOWN, LinkKind.REFERENCE) or not link.path or "?" in link.path:
            continue
        path = context.path_of(link, note.path)
        folder = note.path.rpartition("/")[0]
        if path and posixpath.normpath(f"{folder}/{link.path}" if folder else link.path) != path:
            wanted = posixpath.relpath(path, folder or ".")
            yield Finding(link.span, {"link": shown(link), "path": wanted}, _fix(note, link, wanted))


def _fix(note: Note, link: Link, path: str) -> Fix | None:
    from vaultkit.vault.edit_link import retarget_link  # a run that finds nothing does without

    edit = retarget_link(note, link, path + link.subpath)
    return Fix((edit,)) if edit else None
