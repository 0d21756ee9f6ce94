"""A block id after a piece of Markdown that someone else wrote, put where Obsidian takes it for one.

At the end of a paragraph an id stands on the last line; after code, tables, lists, quotes and HTML it stands alone
after a blank line. What the text leaves open (a code fence without its end) is closed first, because it would swallow
the id and all that follows. Apart from that no character of the text is touched.
"""

from __future__ import annotations

import hashlib
import re

_FENCE = re.compile(r"`{3,}(?=[^`]*+$)|~{3,}")
"""Only at the margin: a fence inside a list item ends with the item."""
_RAW_HTML = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_HTML_BLOCK = re.compile(
    r"</?(?:blockquote|center|details|div|d[dlt]|fieldset|figcaption|figure|form|h[1-6]|hr|li|ol|p|section|summary"
    r"|t(?:able|body|d|foot|h|head|r)|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
"""Up to the next blank line nothing is Markdown: a fence right below `<details>` is none."""
_NOT_PROSE = re.compile(
    r"[\s>|<]"  # indented, quote, table, HTML
    r"|(?:[-*+]|[0-9]{1,9}[.)]|\#{1,6})(?:\s|$)"  # list item, heading
    r"|\[[^\]]*+\]:"  # definition of a link or footnote
    r"|```|~~~|\$\$|%%|\^"
    r"|[-:|\s]*+$|=++\s*+$|(?:\*\s?){3,}+$|(?:_\s?){3,}+$",  # table delimiter, underline, rule
)


_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9]+")


def comment_block_id(comment_id: str) -> str:
    """`comment-7`: the block id of the comment that the tracker calls `7`. Obsidian's ids have ASCII letters, digits
    and `-` alone."""
    is_id = comment_id.isascii() and comment_id.isalnum()
    return f"comment-{comment_id if is_id else _NOT_IN_IDS.sub('-', comment_id).strip('-')}"


def hashed_id(*parts: str) -> str:
    """An id for a comment that has none: made of what does not change, its time and author."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:8]


def with_block_id(text: str, block_id: str) -> str:
    """`text` with ` ^block_id` for its last block. An empty text becomes the id alone."""
    closer, block = _end(text)
    if closer:
        return f"{text}\n{closer}\n\n^{block_id}"
    if not text:
        return f"^{block_id}"
    prose = not any(_NOT_PROSE.match(line) for line in block)
    return f"{text} ^{block_id}" if prose else f"{text}\n\n^{block_id}"


def closed(text: str) -> str:
    """`text`, with what it leaves open closed on a line of its own."""
    closer, _ = _end(text)
    return f"{text}\n{closer}" if closer else text


def _end(text: str) -> tuple[str, list[str]]:
    """What closes the block still open at the end ("" when none is), and the lines of the last block."""
    closer = ""
    block: list[str] = []
    after_gap, in_html = True, False
    for line in text.split("\n"):
        if closer:
            block.append(line)
            closer = "" if _closes(line, closer) else closer
            continue
        if not line.strip():
            after_gap, in_html = True, False
            continue
        if after_gap:
            block, after_gap = [], False
        block.append(line)
        if line[0] in "<`~":  # all that matters to the lines below begins so
            in_html = in_html or _HTML_BLOCK.match(line) is not None
            closer = "" if in_html else _opens(line)
    return closer, block


def _opens(line: str) -> str:
    """What will close the block that `line` opens; "" when it opens none, or closes it itself."""
    if fence := _FENCE.match(line):
        return fence[0]
    if line.startswith("<!--"):
        return "" if "-->" in line else "-->"
    if tag := _RAW_HTML.match(line):
        closer = f"</{tag[1].lower()}>"
        return "" if closer in line.lower() else closer
    return ""


def _closes(line: str, closer: str) -> bool:
    if closer[0] in "`~":
        mark = line.strip()
        return len(mark) >= len(closer) and set(mark) == {closer[0]} and line.find(closer[0]) <= 3
    return closer in line.lower()
