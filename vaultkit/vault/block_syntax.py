"""The shapes of lines that begin or end blocks, and what a block pass hands on. No walk, only patterns and types."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
_HTML_TAGS = (
    b"address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    b"fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    b"menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    b"track|ul"
)
HTML_BLOCK = re.compile(rb"</?(?:" + _HTML_TAGS + rb")(?=[\s>]|/>|\Z)", re.I)
HTML_ALONE = re.compile(rb"(?:<[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*\Z")

# Most text is lines at the margin that hide nothing: prose, blank lines, headings, simple list items. A run of them is
# taken at once, at the speed of the regular expression engine; whatever does not fit goes line by line. Left out is
# every line that could underline, delimit or define something: `--- | ---`, `===`, `[ref]: target`.
_CHARACTER = rb"(?:[^\]\n\r]|[\xc2-\xf4][\x80-\xbf]{1,3})"
_PROSE = (
    rb"(?:[^\s`~#$%<=*\-_+0-9|>\[:]|\[(?!\^|[^\]\n]*+\]:)|[0-9]++(?![.)])|[*_]{1,2}(?=[^\s*_])|-(?=[^\s\-:|])|:(?!-)"
    rb"|={1,2}(?=[^\s=])|`{1,2}(?!`)|~{1,2}(?!~)|#(?=[^#\s])|\$(?!\$)|%(?!%)|%%(?=[^%\n]*+(?:%(?!%)[^%\n]*+)*+%%)|\+(?=\S)"
    rb"|<(?![!?/])(?!(?i:" + _HTML_TAGS + rb"|script|pre|style|textarea)(?=[\s>/]|\Z))"
    rb"(?![A-Za-z][A-Za-z0-9-]*+(?:\s[^<>\n]*+)?/?>[ \t\r]*+(?:\n|\Z)))"
)
_ITEM_MARK = rb"(?:[-*+]|[0-9]{1,9}[.)]) {1,4}"
PROSE_LINES = re.compile(rb"(?:" + _PROSE + rb"[^\n]*+(?:\n|\Z))++")
_COMMENT = rb"<!--(?!-?>)[^-]*+(?:-(?!->)[^-]*+)*+-->[^\n]*+"
_ITEM = _ITEM_MARK + rb"(?:\[" + _CHARACTER + rb"\](?=[ \t])|" + _PROSE + rb")"
ZONE = re.compile(
    rb"(?:((?:[ \t\r]*+\n)++)"
    rb"|#{1,6}(?:[ \t][^\n]*+|\r*+)(?:\n|\Z)()"
    rb"|(?<=\n\n)" + _COMMENT + rb"(?:\n" + _COMMENT + rb")*+(?:\n|\Z)()"
    rb"|(?=" + _ITEM + rb")(" + _ITEM_MARK + rb")[^\n]*+(?:\n|\Z)(?:<!--[^\n]*+(?:\n|\Z))*+"  # text of the item
    rb"|" + _PROSE + rb"[^\n]*+(?:\n|\Z)){1,1000}"  # not possessive: that loses the groups; so the run is bounded
)
"""Such a run. Its groups: the last blank lines, the ends of the last heading and comment, the last list item's mark."""
_ZONE_COMMENT = rb"<!--(?<=\n\n<!--)" + _COMMENT[4:] + rb"(?:\n" + _COMMENT + rb")*+"
ZONE_HEADING = re.compile(rb"#(?<![^\n]#)(#{0,5})(?:[ \t]([^\n]*+)|(?=\r*+(?:\n|\Z)))|" + _ZONE_COMMENT)
ZONE_TASK = re.compile(rb"\[(?<= \[)(" + _CHARACTER + rb")\](?=[ \t])|" + _ZONE_COMMENT)
TASK_BOX = re.compile(rb" \[" + _CHARACTER + rb"\][ \t]")
"""What every task in a zone has, and little else; it is looked for first because it is found fast."""
ZONE_ITEM = re.compile(_ITEM_MARK + rb"\Z")
ZONE_BLOCK_ID = re.compile(rb"\^(?:(?<![^ \t\n]\^)|(?<=\]\]\^))([A-Za-z0-9-]++)[ \t\r]*+(?=\n|\Z)|" + _ZONE_COMMENT)
ZONE_BREAK = re.compile(rb"\n(?=[ \t\r]*+(?:\n|\Z)|#{1,6}(?:[ \t]|\r*+(?:\n|\Z))|" + _ITEM_MARK + rb")")
"""The end of a paragraph in a zone, unless that is a heading."""
BLANK_THEN_TEXT = re.compile(rb"\n(?:[ \t\r]*+\n)++(?![ \t\r]*+\Z)")
BLANK_LINE = re.compile(rb"\n[ \t\r]*(?=\n|\Z)")


@lru_cache(maxsize=64)
def closing_fence(ticks: bytes, anywhere: bool) -> re.Pattern[bytes]:
    """A line that closes a fence opened with `ticks`: `anywhere` in a text, else a line without its indentation."""
    run = re.escape(ticks[:1]) + b"{%d,}[ \t]*" % len(ticks)
    return re.compile(rb"^ {0,3}" + run + rb"\r*$", re.M) if anywhere else re.compile(run + rb"\Z")


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


@dataclass(slots=True)
class Blocks:
    """What the block pass found. `chunks` are the spans of text in which inline syntax counts, in order."""

    headings: list[Heading] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)


@dataclass(slots=True)
class Chunk:
    """One paragraph, heading, list item or table row; or a zone, which holds many. `addressable`: a block id may stand
    at its end."""

    start: int
    end: int
    addressable: bool = True
    table: bool = False
    zone: bool = False
