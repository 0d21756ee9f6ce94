"""Notes with too few tags: none at all in the folders where notes are entries, or fewer than the owner asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.globs import check_glob, matches
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.index_note import is_index
from vaultkit.linting.parts import Part
from vaultkit.linting.tag_set import check_tag_pattern, listed, tag_set
from vaultkit.vault.note import Note


def _count(number: int) -> int:
    if number < 1:
        raise ValueError("must be 1 or more")
    return number


class Need(NamedTuple):
    """What some notes must have."""

    paths: Annotated[tuple[Annotated[str, check_glob], ...], "patterns of paths"]
    at_least: Annotated[int, _count, "how many tags"] = 1
    from_: Annotated[
        tuple[Annotated[str, check_tag_pattern], ...], "which tags count, those below them, too; none: all"
    ] = ()


class Options(NamedTuple):
    """Where to look, and for what."""

    folders: Annotated[tuple[str, ...], "patterns of paths; none: the folders that imports write to"] = ()
    needs: Annotated[
        tuple[Need, ...],
        "what is asked for besides, each `{paths: [Papers/**], at-least: 2, from: [topic/*]}`",
    ] = ()


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding when the note has no tag, neither in its properties nor in its text; else one for each need."""
    if (note.tags and not options.needs) or (note.front_matter and note.front_matter.error):
        return  # there may be tags in what cannot be read
    needs = [need for need in options.needs if matches(need.paths, note.path)]
    if not note.tags and not needs:
        folders = options.folders or tuple(f"{f}/**" if f else "**" for f in context.entry_folders.values())
        if not matches(folders, note.path):
            return
    if is_index(note):
        return
    if not note.tags and not any(need.from_ for need in needs):
        most = max((need.at_least for need in needs), default=1)
        yield Finding(WHOLE_NOTE, {"problem": "the note has no tags" + (f", not {most}" if most > 1 else "")})
        return
    names = {tag.name.lower() for tag in note.tags}
    for need in needs:
        wanted = tag_set(need.from_)
        count = sum(not need.from_ or wanted.holds(name, below=True) for name in names)
        if count < need.at_least:
            yield Finding(WHOLE_NOTE, {"problem": _problem(count, need)})


def _problem(count: int, need: Need) -> str:
    has = "no tag" if count == 0 else "1 tag" if count == 1 else f"{count} tags"
    which = f" of {listed(need.from_)}" if need.from_ else ""
    return f"the note has {has}{which}" + (f", not {need.at_least}" if need.at_least > 1 else "")
