"""Wikilinks in another case than the name of their file: Obsidian finds it all the same, other programs do not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.written import shown
from vaultkit.vault.note import Link, LinkKind, Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("link", "name")
EDITS = frozenset({Part.LINKS})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such link. Markdown links are those of another check."""
    for link in note.links:
        if link.kind not in (LinkKind.WIKI, LinkKind.PROPERTY) or not link.path:
            continue
        path = context.path_of(link, note.path)
        wanted = link.path.lstrip("./")
        name = _named(path, wanted)
        if name and name != wanted:
            yield Finding(link.span, {"link": shown(link), "name": name}, _fix(note, link, wanted, name))


def _named(path: str, wanted: str) -> str:
    """The end of `path`, with or without `.md`, that `wanted` spells in some case; empty: none."""
    for name in (path, path[:-3] if path.lower().endswith(".md") else ""):
        end = name[-len(wanted) :]
        if end.lower() == wanted.lower():
            return end
    return ""


def _fix(note: Note, link: Link, wanted: str, name: str) -> Fix | None:
    r"""The name as it is written, behind the old text as what is shown: `[[recipes]]` → `[[Recipes|recipes]]`."""
    from vaultkit.vault.edit_link import retarget_link  # a run that finds nothing does without
    from vaultkit.vault.links import is_in_table, wikilink

    before, _, after = link.target.partition(wanted)
    linktext = before + name + after
    if link.kind is LinkKind.PROPERTY or link.embed or link.display != link.target:
        edit = retarget_link(note, link, linktext)
        return Fix((edit,)) if edit else None
    from vaultkit.vault.edit import Edit

    text = wikilink(linktext, link.display, in_table=is_in_table(note.data, link.span))
    return Fix((Edit(link.span, text.encode("utf-8", "replace")),))
