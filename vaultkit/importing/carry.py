"""What an export leaves out is no deletion: it is carried over from the text that was imported last.

An issue list without its comments, or a dump of a few fields, must not take away what a fuller export brought. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from vaultkit.vault.frontmatter import find_front_matter
from vaultkit.vault.note import FrontMatter

_LINKS = b"\n## Links\n\n- "
"""Where the list of what an issue has to do with begins; its own text stands before, its thread behind."""
_THREAD = re.compile(rb"\n## (?:Comments\n\n### |Activity\n\n> \[!info\]- )")
"""Where the thread of an issue begins, or what its tracker noted."""


def carry_over(text: bytes, base: bytes, missing: Collection[str], empty: Collection[str] = ()) -> bytes:
    """The new text of a note with its `missing` parts (`Entry.missing`, `Entry.empty`) as they stand in `base`, the
    text before.

    Properties keep the order they have in `base`.
    """
    old, new = find_front_matter(base), find_front_matter(text)
    if old is None or new is None:
        return text
    lines, before = _lines(new, text), _lines(old, base)
    rest = "rest" in missing
    empty = () if rest else empty if "*" in missing else tuple(before)
    gone = before.keys() - lines.keys() - (set(empty) - set(missing))
    kept = {key: before[key] if key in gone else lines.get(key, b"") for key in before}
    if rest:
        kept |= {k: before[k] for k in kept if sorted(kept[k].split(b"\n")) == sorted(before[k].split(b"\n"))}
    head = b"".join([*kept.values(), *(line for key, line in lines.items() if key not in before)])
    if rest and len(base) - old.span.end >= len(text) - new.span.end:
        return b"---\n" + head + b"---\n" + base[old.span.end :]
    body, comments = _parts(text[new.span.end :])
    old_body, old_comments = _parts(base[old.span.end :])
    links = b""
    if "links" in missing or body.startswith(_LINKS[1:]):  # else the heading may be the author's own
        (body, links), (old_body, old_links) = _apart(body), _apart(old_body)
        links = old_links if "links" in missing and not links else links
    body = old_body if "body" in missing else body
    comments = old_comments if "comments" in missing and not comments else comments
    for part in (links, comments):
        body = body.rstrip(b"\n") + (b"\n" if body.strip() else b"") + part
    return b"---\n" + head + b"---\n" + body


def _lines(block: FrontMatter, data: bytes) -> dict[str, bytes]:
    return {p.key: data[slice(*p.span)] for p in block.properties}


def _parts(body: bytes) -> tuple[bytes, bytes]:
    """The text of an issue, and its comments with the blank line before them (empty when there are none)."""
    found = _THREAD.search(b"\n" + body)
    return _cut(body, found.start() if found else -1)


def _apart(body: bytes) -> tuple[bytes, bytes]:
    """The text of an issue, and its links with the blank line before them (empty when there are none)."""
    return _cut(body, (b"\n" + body).rfind(_LINKS))


def _cut(body: bytes, at: int) -> tuple[bytes, bytes]:
    return (body, b"") if at < 0 else (body[: max(0, at - 1)], body[max(0, at - 1) :])
