"""What an export leaves out is no deletion: it is carried over from the text that was imported last.

An issue list without its comments, or a dump of a few fields, must not take away what a fuller export brought. Pure.
"""

from __future__ import annotations

from collections.abc import Collection

from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.note import FrontMatter

_COMMENTS = b"\n## Comments\n\n### "
"""Where the thread of an issue begins; its own text stands before."""


def carry_over(text: bytes, base: bytes, missing: Collection[str]) -> bytes:
    """The new text of a note with its `missing` parts (`Entry.missing`) as they stand in `base`, the text before.

    Properties keep the order they have in `base`.
    """
    old, new = find_front_matter(base), find_front_matter(text)
    if old is None or new is None:
        return text
    lines, before = _lines(new, text), _lines(old, base)
    kept = {key: before[key] if key not in lines and key in missing else lines.get(key, b"") for key in before}
    head = b"".join([*kept.values(), *(line for key, line in lines.items() if key not in before)])
    body, comments = _parts(text[new.span.end :])
    old_body, old_comments = _parts(base[old.span.end :])
    body = old_body if "body" in missing else body
    comments = old_comments if "comments" in missing and not comments else comments
    rest = body.rstrip(b"\n") + (b"\n" if body.strip() else b"") + comments
    return b"---\n" + head + b"---\n" + rest


def _lines(block: FrontMatter, data: bytes) -> dict[str, bytes]:
    return {p.key: data[slice(*p.span)] for p in block.properties}


def _parts(body: bytes) -> tuple[bytes, bytes]:
    """The text of an issue, and its comments with the blank line before them (empty when there are none)."""
    at = (b"\n" + body).find(_COMMENTS)
    if at < 0:
        return body, b""
    return body[: max(0, at - 1)], body[max(0, at - 1) :]
