"""Changing a note by replacing spans of it: the only way in which an existing note is ever changed.

Bytes outside the edited spans survive: comments, key order, quoting, line ends, a BOM, a missing final newline. Knows
edits only; what to write where is known by `edit_property`, `edit_list`, `edit_tag`, `edit_link` and `edit_heading`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vaultkit.vault.note import Note, Span


class Edit(NamedTuple):
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
