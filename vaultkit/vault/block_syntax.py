"""The shapes of lines that begin or end blocks, and what a block pass hands on. No walk, only patterns and types."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultkit.vault.note import Heading, Mark, RegionKind, Task

QUOTE = re.compile(rb" {0,3}>[ \t]?")
ITEM = re.compile(rb"(?:[-*+]|\d{1,9}[.)])(?=[ \t\r]|\Z)")
TASK = re.compile(rb"[ \t]+\[([^\]\n\r]|[\xc2-\xf4][\x80-\xbf]{1,3})\](?=[ \t])")
FENCE = re.compile(rb"(`{3,})[^`]*\Z|(~{3,})")
HEADING = re.compile(rb"(#{1,6})(?:[ \t]+|\Z)")
CLOSING_HASHES = re.compile(rb"(?:^|[ \t]+)#+[ \t]*\Z")
FOOTNOTE = re.compile(rb"\[\^[^\]\s]+\]:")
DELIMITER_ROW = re.compile(
    rb"\n[ \t>]*(?=[-:|])(?=[^\n|]*\|)[ \t]*\|?(?:[ \t]*+:?-++:?[ \t]*+\|?+)++[ \t\r]*+(?=\n|\Z)"
)
SETEXT = re.compile(rb"(=+|-+)[ \t]*\Z")
BREAK = re.compile(rb"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})\Z")

HTML_TEXT = re.compile(rb"<(script|pre|style|textarea)(?=[\s>]|\Z)", re.I)
HTML_TAGS = (
    b"address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    b"fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    b"menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    b"track|ul"
)
HTML_BLOCK = re.compile(rb"</?(?:" + HTML_TAGS + rb")(?=[\s>]|/>|\Z)", re.I)
HTML_ALONE = re.compile(rb"(?:<[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*\Z")

BLANK_LINE = re.compile(rb"\n[ \t\r]*(?=\n|\Z)")


@lru_cache(maxsize=64)
def closing_fence(ticks: bytes, anywhere: bool) -> re.Pattern[bytes]:
    """A line that closes a fence opened with `ticks`: `anywhere` in a text, else a line without its indentation."""
    three, rest = ticks[:3], ticks[:1] + rb"{%d,}+[ \t]*+" % (len(ticks) - 3)
    if not anywhere:
        return re.compile(three + rest + rb"\Z")
    indented = b"|".join(b"(?<=^" + b" " * n + three + b")" for n in range(4))
    return re.compile(three + b"(?:" + indented + b")" + rest + rb"\r*+$", re.M)  # found by what stands in few lines


def html_block(text: bytes, *, paragraph: bool, item: bool) -> tuple[RegionKind, bytes] | None:
    """What ends the HTML block that a line begins (empty: a blank line), by the seven conditions of CommonMark.

    None when it begins none. `paragraph`: the line could go on with one; `item`: that is in a list.
    """
    kind = RegionKind.HTML_BLOCK
    if text.startswith(b"<!--"):
        # directly under a list item it is the item's text
        return None if paragraph and item else (RegionKind.HTML_COMMENT, b"-->")
    if name := HTML_TEXT.match(text):
        return kind, b"</" + name[1].lower() + b">"
    for opening, closer in ((b"<?", b"?>"), (b"<![CDATA[", b"]]>")):
        if text.startswith(opening):
            return kind, closer
    if text[:2] == b"<!" and text[2:3].isalpha():
        return kind, b">"
    if HTML_BLOCK.match(text) or (not paragraph and HTML_ALONE.match(text)):
        return kind, b""
    return None


def before_line_end(data: bytes, stop: int) -> int:
    """`stop` moved back before the line end that stands there, if any."""
    if data[stop - 1] == 10:
        stop -= 1
    while data[stop - 1] == 13:
        stop -= 1
    return stop


class Blocks:
    """What the block pass found. `chunks` are the spans of text in which inline syntax counts, in order; headings and
    tasks of `zones` are not among `headings` and `tasks`."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.marks: list[Mark] = []
        self.tasks: list[Task] = []
        self.chunks: list[Chunk] = []
        self.zones: list[tuple[int, int]] = []


class Chunk:
    """One paragraph, heading, list item or table row; or a zone, which holds many. `addressable`: a block id may stand
    at its end."""

    __slots__ = ("addressable", "end", "start", "table", "zone")

    def __init__(self, start: int, end: int, addressable: bool = True, table: bool = False, zone: bool = False) -> None:
        self.start = start
        self.end = end
        self.addressable = addressable
        self.table = table
        self.zone = zone
