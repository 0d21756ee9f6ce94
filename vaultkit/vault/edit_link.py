"""Edits of one link in the text: what it leads to, what it shows. Links in properties are `edit_property_link`.

Knows the grammar of wikilinks and Markdown links; where a linktext leads is `index`. An edit is handed out only after
the link was read back, so a text that would end it gives none.
"""

from __future__ import annotations

import re

from vaultkit.vault.edit import Edit, apply_edits
from vaultkit.vault.edit_property_link import display_in_property, retarget_in_property
from vaultkit.vault.links import destination, is_in_table
from vaultkit.vault.note import Link, LinkKind, Note, Span, default_display
from vaultkit.vault.parse import parse

_REACHES_OUT = re.compile(rb"[`$<\\\[\]]|%%")
"""What may pair with something before or behind the link, and so hide it."""


def retarget_link(note: Note, link: Link, linktext: str) -> Edit | None:
    r"""The edit that makes `link` lead to `linktext` (path and subpath); display text, title, `\|` and brackets stay.

    A Markdown destination is percent-encoded as Obsidian does (space, backslash, control characters; more only where it
    would not read back), one in `<…>` stays there; in a property the quotes stay. None when it leads there already,
    when `linktext` cannot stand in such a link (`]]`, `|`, a line end), and when the place of the link is not known.
    """
    if linktext == link.target or not linktext or linktext != linktext.strip() or not _is_whole(linktext):
        return None
    if link.kind is LinkKind.PROPERTY:
        return retarget_in_property(note, link, linktext) if _is_target(linktext) else None
    if link.kind is LinkKind.WIKI:
        display = link.display if _display(note, link) else default_display(linktext)
        edit = Edit(link.target_span, linktext.encode("utf-8", "replace"))
        return edit if _is_target(linktext) and _is_read(note, link, edit, linktext, display) else None
    in_angles = note.data[link.target_span.start - 1 : link.target_span.start] == b"<"
    text = destination(linktext, in_angles=in_angles).encode("utf-8", "replace")
    alone = parse("", b"[x](<" + text + b">)" if in_angles else b"[x](" + text + b")").links
    if [found.target for found in alone] != [linktext] or (b"|" in text and is_in_table(note.data, link.span)):
        return None
    edit = Edit(link.target_span, text)
    return edit if _is_read(note, link, edit, linktext, link.display) else None


def set_display(note: Note, link: Link, text: str) -> Edit | None:
    r"""The edit that makes `link` show `text`; empty, or what a wikilink shows without: it loses its display text.

    In a table the `|` before it is written `\|`. None when it shows that already, when `text` cannot stand there (`]]`,
    half of a pair of brackets in a Markdown link, a line end), when the link shows an embed, and for the definition of
    a reference, which shows nothing.
    """
    if link.kind is LinkKind.REFERENCE or text != text.strip() or "\n" in text or "\r" in text:
        return None  # a line end in `# [a](b)` would cut the heading, and the link, in two
    if link.kind is LinkKind.MARKDOWN:
        return _set_text(note, link, text)
    own = default_display(link.target)
    if link.display == (text or own):
        return None
    text = "" if text == own else f"{text} " if text.endswith("]") else text  # `…]]]` would end one bracket early
    if text and not _is_display(text):
        return None
    if link.kind is LinkKind.PROPERTY:
        return display_in_property(note, link, text)
    span = Span(link.target_span.end, link.span.end - 2)
    before, bar, _ = note.data[span.start : span.end].partition(b"|")
    pipe = before + bar or (rb"\|" if is_in_table(note.data, link.span) else b"|")
    if "|" in text and pipe != b"|":
        return None
    edit = Edit(span, pipe + text.encode("utf-8", "replace") if text else b"")
    return edit if _is_read(note, link, edit, link.target, text.strip() or own) else None


def _set_text(note: Note, link: Link, text: str) -> Edit | None:
    """The edit of what stands between the first brackets of a Markdown link."""
    start = link.span.start + link.embed + 1
    span = Span(start, note.data.rindex(b"]", start, link.target_span.start))
    new = text.encode("utf-8", "replace")
    alone = b"[" + new + b"](x)"
    whole = [found.display for found in parse("", alone).links if found.span == Span(0, len(alone))]
    if whole != [text] or text == link.display or ("|" in text and is_in_table(note.data, link.span)):
        return None
    if any(span.start < other.target_span.start < span.end for other in note.links):
        return None
    edit = Edit(span, new)
    return edit if _is_read(note, link, edit, link.target, text) else None


def _is_whole(text: str) -> bool:
    """Whether `text` can be written at all; half a surrogate pair cannot."""
    return text.encode("utf-8", "replace").decode() == text


def _display(note: Note, link: Link) -> bool:
    """Whether a wikilink has a display text."""
    return b"|" in note.data[link.target_span.end : link.span.end]


def _is_target(linktext: str) -> bool:
    """Whether `linktext` can stand in a wikilink, with display text and without."""
    alone = parse("", f"[[{linktext}|x]] [[{linktext}]]".encode("utf-8", "replace")).links
    return [found.target for found in alone] == [linktext, linktext] and alone[0].display == "x"


def _is_display(text: str) -> bool:
    alone = parse("", f"[[x|{text}]]".encode("utf-8", "replace"))
    return [found.display for found in alone.links] == [text.strip()] and alone.links[0].span.end == len(alone.data)


def _is_read(note: Note, link: Link, edit: Edit, target: str, display: str) -> bool:
    """Whether the note has the same links behind the edit but for this one; looked at only if others could change."""
    if not _REACHES_OUT.search(edit.text):
        return True
    wanted = [(target, display) if found is link else (found.target, found.display) for found in note.links]
    after = parse(note.path, apply_edits(note.data, [edit])).links
    return [(found.target, found.display) for found in after] == wanted
