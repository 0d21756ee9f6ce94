"""Inline fields of the Dataview plugin: `Key:: value` as a line of its own, `[key:: value]` or `(key:: value)` in text.

Computed from a parsed note when asked for. No syntax of Obsidian's own: links and tags in a value count as anywhere.
Stricter than the plugin in one point: a space or the end stands behind `::`, so that `std::vector` is no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.vault.hidden import hidden
from vaultkit.vault.note import Note, Span
from vaultkit.vault.spans import Spans

_LINE = re.compile(rb"^[^\n]*?::(?=[\s)\]]|\Z)[^\n]*+", re.M)
_KEY = rb"[^\[\]()\n:|`#<>{}\"=;,.!?$%&\\]"
_START = rb"[^\s\x00-\x2f:-@\[-^`{-~]"  # a letter, a digit, `_`, or anything beyond ASCII
_ALONE = re.compile(
    rb"[ \t>]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++)*+(?:\[[^\]\n]{1,4}\][ \t]++)?+"
    rb"([*_~]{0,3}+" + _START + rb"" + _KEY + rb"*+)::(?=\s|\Z)[ \t]*+([^\n]*+)"
)
_BRACKETED = re.compile(rb"[ \t*_~]*+(" + _START + rb"" + _KEY + rb"*+)::(?=[\s)\]])[ \t]*+")
_BRACKET = re.compile(rb"\\.|[\[\]()]")


class InlineField(NamedTuple):
    """One field. `key` without the emphasis around it; `value` as written, trimmed."""

    key: str
    value: str
    bracket: str
    """`[` or `(`; empty when the field is a line of its own."""
    span: Span
    """With its brackets; without the marks of quotes, lists and tasks before it."""
    value_span: Span


def inline_fields(note: Note) -> tuple[InlineField, ...]:
    """The fields of `note`, in order. A line with fields in brackets is not itself one."""
    if b"::" not in note.data:
        return ()
    off = hidden(note)
    out: list[InlineField] = []
    for line in _LINE.finditer(note.data, note.body):
        inside = list(_in_brackets(note.data, line.start(), line.end(), off))
        out += inside or _alone(note.data, line.start(), line.end(), off)
    return tuple(out)


def _alone(data: bytes, start: int, end: int, off: Spans) -> list[InlineField]:
    found = _ALONE.match(data, start, end)
    if not found or off.hold(found.start(1)) or off.hold(found.end(1)):
        return []
    return [_field(data, found, "", Span(found.start(1), found.start(2) + len(found[2].rstrip())), found.end(2))]


def _in_brackets(data: bytes, start: int, end: int, off: Spans) -> Iterator[InlineField]:
    """The outermost pairs of brackets that hold a field. Only brackets of its own kind pair: `[k:: a (b]`."""
    pairs = _pairs(data, start, end, off)
    reached = start
    for opener, closer in pairs:
        if opener < reached:
            continue
        if found := _BRACKETED.match(data, opener + 1, closer + 1):
            reached = closer + 1
            yield _field(data, found, chr(data[opener]), Span(opener, closer + 1), closer)


def _pairs(data: bytes, start: int, end: int, off: Spans) -> list[tuple[int, int]]:
    """Offsets of the brackets of a line that belong together, in order of the opening ones."""
    out = []
    opened: dict[int, list[int]] = {0x5D: [], 0x29: []}
    for found in _BRACKET.finditer(data, start, end):
        at = found.start()
        mark = data[at]
        if mark == 0x5C or off.hold(at):
            continue
        if mark == 0x5B or mark == 0x28:
            opened[0x5D if mark == 0x5B else 0x29].append(at)
        elif opened[mark]:
            out.append((opened[mark].pop(), at))
    return sorted(out)


def _field(data: bytes, found: re.Match[bytes], bracket: str, span: Span, end: int) -> InlineField:
    value = data[found.end() if bracket else found.start(2) : end]
    begin = end - len(value.lstrip())
    key = found[1].decode("utf-8", "replace").strip("*_~ \t")
    text = value.strip()
    return InlineField(key, text.decode("utf-8", "replace"), bracket, span, Span(begin, begin + len(text)))
