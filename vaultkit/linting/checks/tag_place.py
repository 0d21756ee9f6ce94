"""Tags that do not stand where the owner wants all of them: in the properties, or in the text.

Knows that a tag on a line of its own speaks of the note, one in a sentence of that place, one in a task of the task.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.tag_set import check_tag_pattern, tag_set
from vaultkit.vault.note import Note, Tag
from vaultkit.vault.spans import Spans
from vaultkit.vault.tag_lines import TagLine, tag_lines


class Place(StrEnum):
    """Where tags stand."""

    PROPERTIES = "properties"
    TEXT = "text"


class Options(NamedTuple):
    """What is wanted."""

    place: Annotated[Place, "where all tags stand"] = Place.PROPERTIES
    sentences: Annotated[
        bool, "with `place: properties`: also tags in sentences, headings and items, not in tasks; they lose their `#`"
    ] = False
    keep: Annotated[
        tuple[Annotated[str, check_tag_pattern], ...], "tags that may stand anywhere (`placeholder/*`)"
    ] = ()


VALUES = ("tag", "here", "there")
EDITS = frozenset({Part.LINKS})
"""A link may show a tag; where links lead is proven by the edit."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each tag in the wrong place; any of them carries the fix for all."""
    if not note.tags or (note.front_matter and note.front_matter.error):
        return
    kept = tag_set(options.keep)
    wrong = [tag for tag in note.tags if not kept.holds(tag.name, below=False)]
    if options.place is Place.TEXT:
        yield from _in_properties(note, [tag for tag in wrong if tag.in_property])
    else:
        yield from _in_text(note, {tag for tag in wrong if not tag.in_property}, options.sentences)


def _in_properties(note: Note, wrong: list[Tag]) -> Iterator[Finding]:
    if wrong:
        from vaultkit.vault.edit_tag_place import tags_to_text  # a run that finds nothing does without

        edits = tags_to_text(note) if len(wrong) == sum(tag.in_property for tag in note.tags) else None
        fix = Fix(edits) if edits else None
        for tag in wrong:
            yield Finding(tag.span, {"tag": tag.name, "here": "the properties", "there": "the text"}, fix)


def _in_text(note: Note, wrong: set[Tag], sentences: bool) -> Iterator[Finding]:
    lines = [line for line in tag_lines(note) if wrong.issuperset(line.tags)]
    words = [tag for tag in _words(note, lines) if tag in wrong] if sentences else []
    if lines or words:
        from vaultkit.vault.edit_tag_place import tags_to_property

        edits = tags_to_property(note, lines, words)
        fix = Fix(edits, safe=not words and not _is_below_a_section(note, lines)) if edits else None
        for tag in sorted([tag for line in lines for tag in line.tags] + words, key=lambda tag: tag.span):
            yield Finding(tag.span, {"tag": tag.name, "here": "the text", "there": "the properties"}, fix)


def _words(note: Note, lines: list[TagLine]) -> list[Tag]:
    """The tags of the text that stand neither on lines of their own nor in tasks and comments."""
    ends = {task.span.start: note.data.find(b"\n", task.span.start) for task in note.tasks}
    tasks = [(start, end if end >= 0 else len(note.data)) for start, end in ends.items()]
    elsewhere = Spans([*tasks, *(line.span for line in lines), *note.text.comments])
    return [tag for tag in note.text.tags if not elsewhere.hold(tag.span.start)]


def _is_below_a_section(note: Note, lines: list[TagLine]) -> bool:
    """Whether a line may speak of a section only: it stands below a heading that is not the title."""
    headings = note.headings[1:] if note.headings and note.headings[0].level == 1 else note.headings
    return bool(headings) and lines[-1].span.start > headings[0].span.start
