"""Tags that were given up for others, by a list of the owner's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.tag_set import check_tag
from vaultkit.vault.note import Note
from vaultkit.vault.tags import known_level


def _settled(replace: Mapping[str, str]) -> Mapping[str, str]:
    """Each old tag in lower case with what it is in the end: of `{a: b, b: c}` the first is `c`, too."""
    names = {old.lower(): new for old, new in replace.items()}
    out = {}
    for old, new in names.items():
        for _ in range(len(names) + 1):
            level = known_level(new, names)
            after = names[level.lower()] + new[len(level) :] if level else new
            if after.lower() == new.lower():
                break
            new = after
        else:
            raise ValueError(f"never comes to an end: `{old}` leads back to itself")
        out[old] = new
    return out


class Options(NamedTuple):
    """What is replaced."""

    replace: Annotated[
        Mapping[Annotated[str, check_tag], Annotated[str, check_tag]],
        _settled,
        "`old: new` lines; tags below `old` (`old/child`) move along",
    ] = {}


VALUES = ("tag", "instead")
EDITS = frozenset({Part.LINKS, Part.COMMENTS})
"""A link may show a tag, a comment hold one; where links lead and what else a comment says is proven by the edit."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each old tag; any of them carries the fix for all of the note."""
    names = options.replace
    if not names:
        return
    fix: Fix | None = None
    for tag in note.tags:
        level = known_level(tag.name, names)
        if level and level != names[level.lower()]:
            fix = fix or _fix(note, names)
            yield Finding(tag.span, {"tag": tag.name, "instead": names[level.lower()] + tag.name[len(level) :]}, fix)


def _fix(note: Note, names: Mapping[str, str]) -> Fix | None:
    from vaultkit.vault.edit_tag import rename_tags  # a run that finds nothing does without

    edits = rename_tags(note, names)
    return Fix(edits) if edits else None
