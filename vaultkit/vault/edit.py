"""Changing a note by replacing spans of it: the only way in which an existing note is ever changed.

Bytes outside the edited spans survive: comments, key order, quoting, line ends, a BOM, a missing final newline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vaultkit.vault.note import Note, Span
from vaultkit.vault.yaml_write import write_properties


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes of `span` by `text`; an empty span inserts."""

    span: Span
    text: bytes


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with all `edits` made at once. Raises ValueError when two overlap."""
    out, at = [], 0
    for edit in sorted(edits, key=lambda e: e.span):
        if edit.span.start < at:
            raise ValueError(f"edits overlap at byte {edit.span.start}")
        out += [data[at : edit.span.start], edit.text]
        at = edit.span.end
    return b"".join([*out, data[at:]])


def line_end(note: Note) -> bytes:
    """The line end that the note uses (that of its first line): CRLF or LF."""
    first = note.data.find(b"\n")
    return b"\r\n" if first > 0 and note.data[first - 1 : first] == b"\r" else b"\n"


def set_property(note: Note, key: str, value: object) -> Edit | None:
    """The edit that gives property `key` this value: in place, else as the last property, else with a new block.

    None when the front matter cannot be read, so that it is better left alone.
    """
    end = line_end(note)
    text = write_properties([(key, value)]).encode().replace(b"\n", end)
    block = note.front_matter
    if block is None:
        start = 3 if note.data.startswith(b"\xef\xbb\xbf") else 0
        return Edit(Span(start, start), b"---" + end + text + b"---" + end)
    if block.error or note.data[block.content.start : block.content.end].lstrip().startswith(b"{"):
        return None
    found = note.find_property(key)
    if found is None:
        return Edit(Span(block.content.end, block.content.end), text)
    return Edit(found.span, text)


def remove_property(note: Note, key: str) -> Edit | None:
    """The edit that takes the lines of property `key` away; None when there is none."""
    found = note.find_property(key)
    return Edit(found.span, b"") if found else None
