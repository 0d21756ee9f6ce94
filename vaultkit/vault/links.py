"""Links as text: how a wikilink or Markdown link to a given file is written.

Knows the grammar only; which text leads to which file is `index` and `linktext`.
"""

from __future__ import annotations

import re

from vaultkit.vault.destination import percent_decode

_ENCODE = re.compile(r"[ \\\x00-\x1f\x7f]")
_ENCODE_IN_ANGLES = re.compile(r"[\\<>\x00-\x1f\x7f]")
_ENCODE_ALL = re.compile(r"[\x00-,:-@\[-^`{-}\x7f]")
"""ASCII but letters, digits and `-./_~`; said by what is in it, for `[^…\U0010ffff]` takes long to compile."""
_NEAR = 1000
_WIKILINK = re.compile(rb"\[\[[^\[\]\n]{1,500}\]\]")


def wikilink(linktext: str, display: str = "", *, embed: bool = False, in_table: bool = False) -> str:
    """`[[linktext|display]]`; without display text when it would only repeat the linktext.

    The display text may hold single brackets; what would end the link or the line is made harmless.
    """
    shown = " ".join(display.split())
    while "]]" in shown or "[[" in shown:
        shown = shown.replace("]]", "] ]").replace("[[", "[ [")
    if shown.endswith("]"):
        shown += " "  # `…]]]` would end the link one bracket early
    pipe = r"\|" if in_table else "|"
    text = f"{linktext}{pipe}{shown}" if shown and shown != linktext else linktext
    return f"{'!' if embed else ''}[[{text}]]"


def markdown_link(path: str, display: str, *, embed: bool = False) -> str:
    """`[display](path)` as Obsidian writes it: only spaces, backslashes and control characters are percent-encoded."""
    return f"{'!' if embed else ''}[{display}]({_percent(_ENCODE, path)})"


def fits_wikilink(path: str) -> bool:
    """Whether `path` can stand in a wikilink: nothing in it ends the path or the link, for which there is no escape."""
    ends_it = set(path) & set("#|\r\n") or "[[" in path or "]]" in path or path.endswith(("]", "\\"))
    return not ends_it and path == path.strip()


def destination(path: str, *, in_angles: bool = False) -> str:
    """`path` as the destination of a Markdown link; `in_angles`: to stand between `<` and `>`.

    Encoded as Obsidian does, which leaves parentheses and the like alone; more only where that would not read back as
    `path` (`100%25.md`, `a) b.md`).
    """
    written = _percent(_ENCODE_IN_ANGLES if in_angles else _ENCODE, path)
    plain = in_angles or (_balanced(written) and not written.startswith("<"))
    if plain and ":" not in path and percent_decode(written.encode()).decode() == path:
        return written
    return _percent(_ENCODE_ALL, path)


def _balanced(text: str) -> bool:
    """Whether parentheses come in pairs that are not nested: more a destination need not hold."""
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth not in (0, 1):
            return False
    return depth == 0


def _percent(chars: re.Pattern[str], text: str) -> str:
    return chars.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), text)


def is_in_table(data: bytes, link: tuple[int, int]) -> bool:
    r"""Whether a pipe of no other link stands near the one at `link` on its line.

    Then its own is to be `\|`, which does no harm elsewhere.
    """
    start, end = link
    before = data[max(0, start - _NEAR) : start].rpartition(b"\n")[2]
    behind = data[end : end + _NEAR].partition(b"\n")[0]
    return b"|" in _WIKILINK.sub(b"", before) or b"|" in _WIKILINK.sub(b"", behind)
