"""Labels of another program (`labels`) without the tag that Obsidian finds them by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note
from vaultkit.vault.tags import clean_tag, is_valid_tag, known_level


class Options(NamedTuple):
    """Where labels stand."""

    property: Annotated[str, "the property that holds the labels"] = "labels"


VALUES = ("label", "tag")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each label without its tag or one below it; each carries the fix for all."""
    found = note.find_property(options.property)
    if found is None or not found.value:
        return
    labels = found.value if isinstance(found.value, list) else [found.value]
    tags = {label: clean_tag(label) for label in labels if isinstance(label, str)}
    lacking = {label: tag for label, tag in tags.items() if tag and not _has(note, tag)}
    if lacking:
        fix = _fix(note, list(dict.fromkeys(lacking.values())))
        for label, tag in lacking.items():
            yield Finding(found.span, {"label": label, "tag": tag}, fix)


def _has(note: Note, tag: str) -> bool:
    known = {tag.lower()}
    return any(known_level(other.name, known) for other in note.tags)


def _fix(note: Note, tags: list[str]) -> Fix | None:
    """The tags added to `tags`: not safe, for somebody may have taken them away. None when that holds a text that is no
    tag and so may be several."""
    from vaultkit.vault.edit_list import add_to_list  # a run that finds nothing does without

    old = note.find_property("tags")
    if old and isinstance(old.value, str) and not is_valid_tag(old.value.strip().removeprefix("#")):
        return None
    edit = add_to_list(note, "tags", tags)
    return Fix((edit,), safe=False) if edit else None
