"""What an export leaves out is no deletion: it is carried over from the text that was imported last.

An issue list without its comments, or a dump of a few fields, must not take away what a fuller export brought. Pure.
"""

from __future__ import annotations

from collections.abc import Collection

from vaultkit.vault.note import Note
from vaultkit.vault.parse import parse

_COMMENTS = b"\n## Comments\n\n### "
"""Where the thread of an issue begins; its own text stands before."""


def carry_over(text: bytes, base: bytes, missing: Collection[str]) -> bytes:
    """The new text of a note with its `missing` parts (`Entry.missing`) as they stand in `base`, the text before.

    Properties keep the order they have in `base`.
    """
    old, new = parse("", base), parse("", text)
    if old.front_matter is None or new.front_matter is None:
        return text
    lines, before = _lines(new), _lines(old)
    kept = {key: before[key] if key not in lines and key in missing else lines.get(key, b"") for key in before}
    head = b"".join([*kept.values(), *(line for key, line in lines.items() if key not in before)])
    body, comments = _parts(new.data[new.body :])
    old_body, old_comments = _parts(old.data[old.body :])
    body = old_body if "body" in missing else body
    comments = old_comments if "comments" in missing and not comments else comments
    rest = body.rstrip(b"\n") + (b"\n" if body.strip() else b"") + comments
    return b"---\n" + head + b"---\n" + rest


def _lines(note: Note) -> dict[str, bytes]:
    return {p.key: note.data[slice(*p.span)] for p in note.front_matter.properties} if note.front_matter else {}


def _parts(body: bytes) -> tuple[bytes, bytes]:
    """The text of an issue, and its comments with the blank line before them (empty when there are none)."""
    at = (b"\n" + body).find(_COMMENTS)
    if at < 0:
        return body, b""
    return body[: max(0, at - 1)], body[max(0, at - 1) :]
