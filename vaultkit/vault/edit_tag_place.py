"""Edits that bring the tags of a note to one place: its `tags` property, or a line of tags at its end.

The outcome is read back: the note has the same tags as before, and the same headings, links and tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vaultkit.vault.edit import Edit, apply_edits, line_end
from vaultkit.vault.edit_list import add_to_list
from vaultkit.vault.edit_property import remove_property
from vaultkit.vault.edit_tag import shape
from vaultkit.vault.note import Note, Span, Tag
from vaultkit.vault.parse import parse
from vaultkit.vault.tag_lines import TagLine
from vaultkit.vault.tags import is_valid_tag


def tags_to_property(note: Note, lines: Sequence[TagLine], words: Iterable[Tag] = ()) -> tuple[Edit, ...] | None:
    """The edits that take `lines` of tags out of the text, `#` from the tags `words` in it, and add all to `tags`.

    None when the text would mean something else, and when the properties cannot be read or `tags` is a text that is no
    tag and so may be several.
    """
    old, words = note.find_property("tags"), list(words)
    if any(tag.name[0] in "-_" for tag in words):
        return None  # `#- x` would be an item, `#_x_` emphasis
    if old and isinstance(old.value, str) and not is_valid_tag(old.value.strip().removeprefix("#")):
        return None
    edits = [Edit(Span(tag.span.start, tag.span.start + 1), b"") for tag in words]
    edits += [Edit(span, b"") for span in _cuts(note, lines)]
    names = dict.fromkeys([tag.name for line in lines for tag in line.tags] + [tag.name for tag in words])
    edit = add_to_list(note, "tags", names)
    return _proven(note, [*edits, edit] if edit else edits)


def tags_to_text(note: Note) -> tuple[Edit, ...] | None:
    """The edits that take the `tags` property away and write its tags, those the text has not yet, on a last line.

    None when an item is no tag, when comments stand in the property, and when the line would not be read as tags.
    """
    found = note.find_property("tags")
    if found is None or note.data.find(b"#", *found.span) >= 0:
        return None
    items = found.value if isinstance(found.value, list) else [found.value]
    names = [item for item in items if isinstance(item, str) and is_valid_tag(item)]
    edit = remove_property(note, found.key)
    if edit is None or len(names) < len(items):
        return None
    there = {tag.name.lower() for tag in note.text.tags}
    new = [name for name in dict.fromkeys(names) if name.lower() not in there]
    if not new:
        return _proven(note, [edit])
    end, text = line_end(note), note.data[note.body :]
    before = b"" if not text.strip() else end if text.endswith(b"\n") else end + end
    line = before + b" ".join(b"#" + name.encode() for name in new) + end
    return _proven(note, [edit, Edit(Span(len(note.data), len(note.data)), line)])


def _cuts(note: Note, lines: Sequence[TagLine]) -> list[Span]:
    """What goes with the lines: of two blank lines around them one, at the end of the note the one before."""
    blocks: list[Span] = []
    for line in lines:
        if blocks and not note.data[blocks[-1].end : line.span.start].strip():
            blocks[-1] = Span(blocks[-1].start, line.span.end)
        else:
            blocks.append(line.span)
    out = []
    for start, end in blocks:
        before = note.data.rfind(b"\n", note.body, max(start - 1, note.body)) + 1 or note.body
        behind = note.data.find(b"\n", end) + 1 or len(note.data)
        after_blank = start == note.body or not note.data[before:start].strip()
        if end < len(note.data) and after_blank and not note.data[end:behind].strip():
            end = behind
        elif end == len(note.data) and after_blank:
            start = before
        out.append(Span(start, end))
    return out


def _proven(note: Note, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
    after = parse(note.path, apply_edits(note.data, edits))
    same = _names(after) == _names(note) and shape(after) == shape(note)
    return tuple(edits) if same and len(edits) else None


def _names(note: Note) -> set[str]:
    return {tag.name.lower() for tag in note.tags}
