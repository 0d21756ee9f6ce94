"""Edits of one heading: its text, in both forms that Markdown has for headings.

Knows what belongs to a heading without being its text: hashes, underline, block id. Links to it are not its concern.
"""

from __future__ import annotations

from vaultkit.vault.block_syntax import CLOSING_HASHES, HEADING
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Heading, Note, Span
from vaultkit.vault.parse import parse


def rename_heading(note: Note, heading: Heading, text: str) -> Edit | None:
    """The edit that gives `heading` the text `text`: hashes (also those behind it), underline and block id stay.

    A block id (`## Text ^id`) is part of the text that Obsidian has for the heading, but is not to be in `text`. None
    when it has that text already, and when it would not read back as this one heading: an empty text, a line end, ` #`
    at the end, before an underline a text that begins a list, a quote or the like.
    """
    start, end = heading.span
    if not text:
        return None
    place = _text_span(note.data[start:end])
    if place is None:
        return None
    at, stop = start + place[0], start + place[1]
    block_id = next((block.span.start for block in note.blocks if at <= block.span.start < stop), stop)
    kept = note.data[at:block_id].rstrip()
    behind = note.data[at + len(kept) : stop].decode("utf-8", "replace")
    new = text.encode("utf-8", "replace")
    if not kept and note.data[at - 1 : at] not in (b" ", b"\t", b"\n", b""):
        new = b" " + new  # hashes alone
    if not kept and note.data[at:end].strip():
        new += b" "  # nothing between the hashes and what is kept behind the text
    edit = Edit(Span(at, at + len(kept)), new)
    alone = parse("", note.data[start:at] + new + note.data[edit.span.end : end])
    whole = f"{text}{behind}" if kept else f"{text} {behind}".rstrip()
    wanted = Heading(heading.level, whole, Span(0, len(alone.data)))
    return edit if kept != new and alone.headings == (wanted,) else None


def _text_span(raw: bytes) -> tuple[int, int] | None:
    """Where the text of a heading stands in its bytes: without hashes or underline, but with a block id."""
    if b"\n" in raw:
        return 0, len(raw[: raw.rfind(b"\n")].rstrip())
    mark = HEADING.match(raw)
    if mark is None:
        return None
    text = raw[mark.end() :]
    return mark.end(), mark.end() + len(CLOSING_HASHES.sub(b"", text).rstrip())
