"""Where what stands in prose can become a link, and how that link is written.

Knows where words are more than prose: in square brackets, in fields (`due:: 2024-01-31`) and in the titles of reference
definitions a link would be in somebody's way.
"""

from __future__ import annotations

import re

from vaultkit.linting.context import Context
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import hidden
from vaultkit.vault.links import destination, is_in_table, markdown_link, wikilink
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.spans import Spans

_NEAR = 300
"""So many bytes before a place are looked at, as far as they stand on its line."""
_DEFINITION = rb"[ \t>]*\[[^\]^\n][^\]\n]*\]:"
"""How a reference definition begins, whose title may hold a date."""


class Linkable:
    """The prose of one note, without its headings and links."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._no_prose = hidden(note, RegionKind.COMMENT)
        self._others = Spans([*(heading.span for heading in note.headings), *(link.span for link in note.links)])

    def holds(self, start: int) -> bool:
        """Whether a link may begin at `start`."""
        if self._no_prose.hold(start) or self._others.hold(start):
            return False
        before = self.before(start)
        return not (before.count(b"[") > before.count(b"]") or b":: " in before or re.match(_DEFINITION, before))

    def before(self, start: int) -> bytes:
        """What stands on the line before `start`, no more than is near."""
        data = self._note.data
        near = max(self._note.body, start - _NEAR)
        return data[max(near, data.rfind(b"\n", near, start) + 1) : start]


def link_there(note: Note, span: Span, context: Context, path: str) -> Edit:
    """The edit that makes of the text at `span` a link to the file at `path`, as the vault's settings have links."""
    text = note.data[span.start : span.end].decode()
    if context.settings.markdown_links:
        link = markdown_link(destination(path), text)
    else:
        link = wikilink(context.linktext(path, note.path), text, in_table=is_in_table(note.data, span))
    return Edit(span, link.encode())
