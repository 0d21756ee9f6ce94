"""Headings and blocks as link targets: the key by which headings are compared, the walk of `#A#B`, block ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vaultkit.vault.note import Block, Heading

_IGNORED = re.compile(r"[\s!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\ufeff]+")
_FOR_LINK = re.compile(r"(?:[:#|^\\\r\n]|%%|\[\[|\]\]|\s)+")


def heading_key(text: str) -> str:
    """What is compared, before lower-casing: ASCII punctuation but `-_'` and white space become one space.

    Full-width punctuation is kept and must be typed: `[[#Why]]` finds `Why?`, not `Why？`.
    """
    return _IGNORED.sub(" ", text).strip()


def heading_for_link(text: str) -> str:
    """What Obsidian writes into a link to a heading: what would break the link becomes a space (`C# x` → `C x`)."""
    return _FOR_LINK.sub(" ", text).strip()


def match_heading(headings: Sequence[Heading], anchor: str) -> int | None:
    """Index of the heading that `anchor` (`A#B`, without or with a leading `#`) leads to, or None.

    Each part must be found behind the one before it and on a deeper level; empty parts are skipped; the first wins.
    """
    parts = [key for part in anchor.split("#") if (key := heading_key(part).lower())]
    if not parts:
        return None
    level, wanted = 0, 0
    for i, heading in enumerate(headings):
        if heading.level > level and heading_key(heading.text).lower() == parts[wanted]:
            wanted += 1
            level = heading.level
            if wanted == len(parts):
                return i
    return None


def match_block(blocks: Iterable[Block], anchor: str) -> Block | None:
    """The block that `^id` leads to, whatever the case, or None."""
    wanted = anchor.lstrip("#").removeprefix("^").strip().lower()
    return next((block for block in blocks if block.id.lower() == wanted), None)
