"""Properties that are there twice: under the same key, or under keys that are one to Obsidian (`Tags` and `tags`).

With the same key twice no YAML reader gives any property, so that the places are looked for here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import line_of
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import FrontMatter, Note, Property, Span
from vaultkit.vault.yaml_core import TWICE, YamlError


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS = frozenset({Part.LINKS})
"""Links in properties are seen again when the block can be read."""
_ANY_CASE = frozenset({"tags", "aliases", "cssclasses"})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each property that was there before."""
    block = note.front_matter
    if block is None:
        return
    if block.error:
        if block.error.endswith(TWICE):
            yield from _unreadable(note, block)
    elif len({found.key.lower() for found in block.properties}) < len(block.properties):
        yield from _in_another_case(note, block.properties)


def _unreadable(note: Note, block: FrontMatter) -> Iterator[Finding]:
    from vaultkit.vault.frontmatter import read_parsed  # a run that finds nothing does without

    try:
        found = read_parsed(note.data[block.content.start : block.content.end], block.content.start, twice=True) or ()
    except YamlError:
        found = ()
    first: dict[str, Property] = {}
    for one in found:
        if first.setdefault(one.key, one) is not one:
            problem = f"the key `{one.key}` {TWICE}, so that Obsidian can read none of the properties"
            yield Finding(one.span, {"problem": problem}, _fix(note, first[one.key], one))
    if len(first) == len(found):  # it is in a mapping below a key
        problem = f"{block.error}, so that Obsidian can read none of the properties"
        yield Finding(line_of(note, block.error_at), {"problem": problem})


def _in_another_case(note: Note, found: Sequence[Property]) -> Iterator[Finding]:
    first: dict[str, Property] = {}
    for one in found:
        key = one.key.lower()
        if key in _ANY_CASE and first.setdefault(key, one) is not one:
            problem = f"`{first[key].key}` and `{one.key}` are one property to Obsidian"
            yield Finding(one.span, {"problem": problem}, _fix(note, first[key], one))


def _fix(note: Note, first: Property, again: Property) -> Fix | None:
    """The lines of `again` go when they say the same; never those that hold an anchor others may refer to."""
    raw = note.data[again.span.start : again.span.end]
    start = note.data.rfind(b"\n", 0, again.span.start) + 1
    own = not note.data[start : again.span.start].strip() and raw.endswith(b"\n")
    if not own or b"&" in raw or b"*" in raw or repr(first.value) != repr(again.value):
        return None
    return Fix((Edit(Span(start, again.span.end), b""),))
