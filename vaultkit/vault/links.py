"""Links as text: how a wikilink or Markdown link to a given file is written.

Knows the grammar only; which text leads to which file is `index`.
"""

from __future__ import annotations

import re

_ENCODE = re.compile(r"[ \\\x00-\x1f\x7f]")


def wikilink(linktext: str, display: str = "", *, embed: bool = False, in_table: bool = False) -> str:
    """`[[linktext|display]]`; without display text when it would only repeat the linktext.

    The display text may hold single brackets; what would end the link or the line is made harmless.
    """
    shown = re.sub(r"\s+", " ", display).strip()
    while "]]" in shown or "[[" in shown:
        shown = shown.replace("]]", "] ]").replace("[[", "[ [")
    if shown.endswith("]"):
        shown += " "  # `…]]]` would end the link one bracket early
    pipe = r"\|" if in_table else "|"
    text = f"{linktext}{pipe}{shown}" if shown and shown != linktext else linktext
    return f"{'!' if embed else ''}[[{text}]]"


def markdown_link(path: str, display: str, *, embed: bool = False) -> str:
    """`[display](path)` as Obsidian writes it: only spaces, backslashes and control characters are percent-encoded."""
    encoded = _ENCODE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), path)
    return f"{'!' if embed else ''}[{display}]({encoded})"
