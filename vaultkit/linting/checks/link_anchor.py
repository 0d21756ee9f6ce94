"""Links whose file exists but whose heading or block does not.

Subpaths of pictures, PDFs, canvases and bases are not looked at: `#page=3` and `#View` are no headings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.written import is_placeholder, shown
from vaultkit.vault.anchors import heading_for_link
from vaultkit.vault.note import Link, LinkKind, Note, Span


class Options(NamedTuple):
    """What to look at."""

    blocks: Annotated[bool, "look at block ids (`#^id`) instead of headings"] = False
    comments: Annotated[bool, "look at links in `%%` comments, too; nobody follows them, but renaming keeps them"] = (
        False
    )


VALUES = ("link", "path", "hint")
EDITS = frozenset({Part.LINKS})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Links with a subpath that the note they lead to does not have."""
    for link, found in context.followed(note).inside:
        last = link.subpath.rpartition("#")[2].strip()
        if not last or last.startswith("[^") or is_placeholder(link):  # `#[^1]` is a footnote
            continue
        if last.startswith("^") is not options.blocks or _is_drawing(found.path):
            continue
        if not options.comments and _is_in_one(note.text.comments, link.span.start):
            continue
        if not context.notes.has_note(found.path) or context.notes.has_anchor(found.path, link.subpath):
            continue
        values = {"link": shown(link), "path": found.path, "hint": _hint(found.path, link.subpath, context)}
        yield Finding(link.span, values, None if options.blocks else _fix(note, link, found.path, context))


def _fix(note: Note, link: Link, path: str, context: Context) -> Fix | None:
    """The heading as it is written there, when it is the only one with these letters. What else the link says stays."""
    near = context.notes.similar_heading(path, link.subpath)
    last = heading_for_link(near)
    if not last or link.subpath.count("#") > 1 or link.kind is LinkKind.PROPERTY:
        return None
    if context.notes.has_hidden_heading(path, link.subpath) or not context.notes.has_anchor(path, f"#{last}"):
        return None
    from vaultkit.vault.edit_link import retarget_link  # a run that finds nothing does without

    edit = retarget_link(note, link, f"{link.path}#{last}")
    return Fix((edit,)) if edit else None


def _hint(path: str, subpath: str, context: Context) -> str:
    above, _, last = (part.strip() for part in subpath.rpartition("#"))
    if last.startswith("^"):
        return f"has no block `{last}`"
    if context.notes.has_heading(path, last):
        return f"has `{last}`, but not below `{above.strip('# ')}`"
    if context.notes.has_hidden_heading(path, last):
        return f"has `{last}` only in a comment, code, a list or a quote, where it is no heading"
    near = context.notes.similar_heading(path, last)
    return f"has no heading `{last}`" + (f"; did you mean `{near}`?" if near else "")


def _is_in_one(spans: Sequence[Span], place: int) -> bool:
    """Whether `place` lies in one of the spans, which are in order and do not overlap."""
    at = bisect_right(spans, (place, place)) - 1
    return any(start <= place < end for start, end in spans[max(at, 0) : at + 2])


def _is_drawing(path: str) -> bool:
    return path.lower().endswith(".excalidraw.md")
