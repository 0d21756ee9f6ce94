"""Properties as Obsidian read them before 1.9: `tag`, `alias`, `cssclass`, and a text where a list is wanted.

Knows how those texts were understood: tags and classes are divided by commas and spaces, aliases by commas. A single
text in `tags` is read still; what is wrong with tags is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.note import Note, Property, PropertyValue


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("property", "problem")
EDITS = frozenset({Part.LINKS})
"""A link that both of two lists hold is there once when they are one."""
_NOW = (("tag", "tags"), ("alias", "aliases"), ("cssclass", "cssclasses"))
_LISTS = ("aliases", "cssclasses")


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each property that is not read."""
    if note.front_matter is None:
        return
    for old, now in _NOW:
        if found := note.find_property(old):
            yield _renamed(note, found, now)
    for key in _LISTS:
        found = note.find_property(key)
        if found and isinstance(found.value, str) and found.value.strip():
            problem = "is a text, which is not read since Obsidian 1.9; it must be a list"
            yield Finding(found.span, {"property": found.key, "problem": problem}, _listed(note, found, key))


def _renamed(note: Note, found: Property, now: str) -> Finding:
    there = note.find_property(now)
    meant = f"its items belong into `{there.key}`" if there else f"the name is `{now}`"
    fix = _joined(note, found, there) if there else _listed(note, found, now, rename=True)
    problem = f"is not read since Obsidian 1.9; {meant}"
    return Finding(found.span, {"property": found.key, "problem": problem}, fix)


def _listed(note: Note, found: Property, now: str, *, rename: bool = False) -> Fix | None:
    """The value becomes a list, under the name `now` if `rename`. A comma in an alias may divide it, or be part of it:
    that only the writer knows."""
    from vaultkit.vault.edit_property import rename_property, set_property  # a run that finds nothing does without

    items = _items(now, found.value)
    if items is None:
        return None
    edits = []
    if rename:
        edits.append(rename_property(note, found.key, now))
    if items and not isinstance(found.value, list):
        edits.append(set_property(note, found.key, items))
    sure = not (now == "aliases" and isinstance(found.value, str) and "," in found.value)
    made = tuple(edit for edit in edits if edit)
    return Fix(made, sure) if len(made) == len(edits) else None


def _joined(note: Note, found: Property, there: Property) -> Fix | None:
    """The items go to the list that is there already. Never safe: they may have been left behind on purpose."""
    from vaultkit.vault.edit_list import add_to_list
    from vaultkit.vault.edit_property import remove_property
    from vaultkit.vault.frontmatter import find_front_matter

    items = _items(there.key.lower(), found.value)
    if items is None or not (there.value is None or isinstance(there.value, list)):
        return None
    scalars = [item for item in items if not isinstance(item, list | dict)]
    removed = remove_property(note, found.key)
    if removed is None or len(scalars) < len(items):
        return None
    added = add_to_list(note, there.key, scalars)
    edits: tuple[Edit, ...] = (removed, added) if added else (removed,)
    try:
        after = find_front_matter(apply_edits(note.data, edits))
    except ValueError:  # in `{…}` the two can overlap
        return None
    return Fix(edits, safe=False) if after and not after.error else None


def _items(key: str, value: PropertyValue) -> list[PropertyValue] | None:
    """The items that `value` stood for in the list `key`; None: it is no list of anything."""
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        return value
    if isinstance(value, str) and "[[" in value:
        return [value.strip()]  # a link is not divided
    if isinstance(value, str):
        parts = value.split(",") if key == "aliases" else value.replace(",", " ").split()
        texts = [part.strip() for part in parts if part.strip()]
        return [text.removeprefix("#") for text in texts] if key == "tags" else [*texts]
    return [] if value is None else [value]
