"""Comments and trackbacks of a post, as a thread that can be read and linked to.

A reply stands under what it answers, with a heading one level deeper, so that Obsidian's outline shows the thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vaultkit.importing.issue.block_id import comment_block_id, with_block_id
from vaultkit.importing.issue.fields import without_host
from vaultkit.importing.markup.markdown import escape
from vaultkit.importing.markup.pictures import link_target
from vaultkit.importing.moment import Moment

_DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment. `id` tells it from the others of its post and stays from export to export."""

    id: str
    author: str
    """As it is shown; of an e-mail address only what is before the `@` will be."""
    body: str
    """Markdown."""
    moment: Moment | None = None
    website: str = ""
    """The author's own address; of a trackback that of the post that links here."""
    parent: str = ""
    """The id of what it answers."""
    note: str = ""
    """`pending`: what there is to say of it in a word."""
    names: tuple[str, ...] = ()
    """The addresses of the comment itself."""


def thread(heading: str, comments: Sequence[Comment]) -> str:
    """A section with all `comments` in order of time, replies under what they answer; "" when there are none."""
    if not comments:
        return ""
    parts = [f"## {heading}"]
    for one, depth in _in_order(comments):
        parts.append(f"{'#' * min(3 + depth, _DEEPEST)} {_heading(one)}")
        parts.append(with_block_id(one.body.strip("\n"), comment_block_id(one.id)))
    return "\n\n".join(parts)


def anchors(comments: Sequence[Comment]) -> tuple[tuple[str, str], ...]:
    """Where the addresses of the comments lead."""
    return tuple((name, f"#^{comment_block_id(one.id)}") for one in comments for name in one.names)


def _in_order(comments: Sequence[Comment]) -> list[tuple[Comment, int]]:
    """All of them, each once, with how deep it stands. One that answers nothing here, or itself, stands at the top."""
    known = {one.id for one in comments}
    below: dict[str, list[Comment]] = {}
    for one in sorted(comments, key=_when):
        below.setdefault(one.parent if one.parent in known and one.parent != one.id else "", []).append(one)
    out: list[tuple[Comment, int]] = []
    placed: set[int] = set()
    tops = [*below.get("", ()), *comments]  # those that answer each other in a circle come last
    for top in tops:
        stack = [(top, 0)]
        while stack:
            one, depth = stack.pop()
            if id(one) in placed:
                continue
            placed.add(id(one))
            out.append((one, depth))
            stack += [(reply, depth + 1) for reply in reversed(below.get(one.id, ())) if one.id]
    return out


def _when(one: Comment) -> dt.datetime:
    """Undated ones first; of one time in the order of the export."""
    if one.moment is None:
        return dt.datetime.min
    return dt.datetime.combine(one.moment.day, one.moment.time or dt.time.min)


def _heading(one: Comment) -> str:
    """`someone, 2024-05-01T09:30`: with a blank in it the day of each comment would become a link to a daily note."""
    name = escape(" ".join(without_host(one.author.strip()).split()))
    if one.website.startswith(("http://", "https://")):
        name = f"[{name or escape(one.website)}]({link_target(one.website)})"
    when = ""
    if one.moment:
        when = one.moment.day.isoformat()
        when += f"T{one.moment.time:%H:%M}" if one.moment.time else ""
    return ", ".join(filter(None, (name, when, one.note))) or "Comment"
