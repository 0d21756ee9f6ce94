"""Properties blocks that Obsidian does not see: something stands before the block, or it is not closed.

Knows what looks like such a block and cannot be a rule, a heading or a paragraph: `key: value` lines without a blank
line between the two `---`. What is wrong inside a block that is seen is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import line_of
from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.note import Note, Property, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS = frozenset(Part)
"""What was text becomes a block: a link in it is then one of a property, code in it is no code."""

_FIRST = (b"-", b" ", b"\t", b"\r", b"\n", b"\xef", b"\xe2")
_KEY = rb"[A-Za-z\x80-\xff][\w\x80-\xff-]*+:"
_OPENING = re.compile(
    rb"(?P<mark>(?:\xef\xbb\xbf|\xe2\x80\x8b)*+)(?P<blank>(?:[ \t]*+\r?\n)*+)(?P<indent> {0,3}+)"
    rb"---(?P<behind>[ \t]*+)\r?\n(?=" + _KEY + rb"[ \t\r\n])"
)
_CLOSING = re.compile(rb"^(?P<indent> {0,3}+)---(?P<behind>[ \t]*+)\r?$", re.M)
_BLANK_LINE = re.compile(rb"^[ \t]*+\r?\n", re.M)
_REST_OF_LINE = rb"(?:[ \t][^\n]*+|\r)?+\n"
_UNCLOSED = re.compile(
    rb"---\r?\n(?P<lines>(?:" + _KEY + _REST_OF_LINE + rb"(?:[ \t]*+-" + _REST_OF_LINE + rb")*+)++)"
    rb"(?:\r?\n|\Z|(?P<other>-{2,40}|\.{3}|\*{3,40}|_{3,40}|\xe2\x80\x94)[ \t\r]*+(?:\n|\Z))"
)


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding, at the line that should have been the first or the last of the block."""
    if note.front_matter is not None or not note.data.startswith(_FIRST):
        return
    opening = _OPENING.match(note.data)
    if opening is None:
        return
    closing = _CLOSING.search(note.data, opening.end())
    if closing:
        yield from _out_of_place(note, opening, closing)
    elif (unclosed := _UNCLOSED.match(note.data)) and _are_properties(unclosed["lines"]):
        other = (unclosed["other"] or b"").decode()
        problem = f"it ends with `{other}`, not with `---`" if other else "the block is not closed by a line `---`"
        yield Finding(line_of(note, 0), {"problem": problem})


def _out_of_place(note: Note, opening: re.Match[bytes], closing: re.Match[bytes]) -> Iterator[Finding]:
    lines = note.data[opening.end() : closing.start()]
    if _BLANK_LINE.search(lines) or not _are_properties(lines):
        return
    places = [
        (Span(opening.start(), opening.start("indent")), "a blank line stands before it"),
        (Span(*opening.span("indent")), "spaces stand before its first `---`"),
        (Span(*opening.span("behind")), "spaces stand behind its first `---`"),
        (Span(*closing.span("indent")), "spaces stand before its last `---`"),
        (Span(*closing.span("behind")), "spaces stand behind its last `---`"),
    ]
    if opening["mark"]:
        mark = "a byte order mark" if opening["mark"].startswith(b"\xef") else "a space of no width"
        places[0] = (places[0][0], f"{mark}, which no editor shows, stands before it")
    wrong = [(span, problem) for span, problem in places if span.start < span.end]
    if not wrong:
        return
    edits = tuple(Edit(span, b"") for span, _ in wrong)
    from vaultkit.vault.frontmatter import find_front_matter  # a run that finds nothing does without

    after = find_front_matter(apply_edits(note.data, edits))
    if after and not after.error:
        first = opening.start("indent") if wrong[0][0].start < opening.end() else closing.start()
        yield Finding(line_of(note, first), {"problem": wrong[0][1]}, Fix(edits))


def _are_properties(lines: bytes) -> bool:
    """Whether nobody can have meant a heading between two rules, as `Summary: rain` could be."""
    from vaultkit.vault.frontmatter import read_parsed
    from vaultkit.vault.yaml_core import YamlError

    try:
        found: tuple[Property, ...] = read_parsed(lines) or ()
    except YamlError:
        return False
    return len(found) > 1 or any(one.key.islower() or isinstance(one.value, list) for one in found)
