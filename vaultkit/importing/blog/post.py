"""A post or page of a blog as an `Entry`: its properties, its body with the comments, and what texts call it.

Knows how such a note looks, for all blogs alike. A post is an entry of a diary, called by its title; without a title it
is the note of its day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from vaultkit.dates.leading import any_date_of_name
from vaultkit.importing.blog.comment import Comment, anchors, thread
from vaultkit.importing.entry import Attachment, Entry, Kind, Value
from vaultkit.importing.issue.block_id import closed
from vaultkit.importing.moment import Moment

_DAY = re.compile(r"[\d./年月_ -]{8,11}日?")
"""A title that says nothing but the day, `2019-01-24`: the note is that of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One item of a blog. Texts are Markdown where they are long, and plain where they become properties."""

    key: str
    origin: str
    place: str
    title: str
    body: str
    is_page: bool = False
    """A page that belongs to no day: `About me`."""
    is_key_unique: bool = False
    published: Moment | None = None
    updated: Moment | None = None
    status: str = ""
    """`draft`, `private`, `future`; empty: published."""
    url: str = ""
    author: str = ""
    blog: str = ""
    excerpt: str = ""
    labels: tuple[str, ...] = ()
    more: tuple[tuple[str, Value], ...] = ()
    """Properties that only this program has."""
    comments: tuple[Comment, ...] = ()
    trackbacks: tuple[Comment, ...] = ()
    addresses: tuple[str, ...] = ()
    """What links to it say, whole addresses or paths of the site."""
    attachments: tuple[Attachment, ...] = ()
    export: str = ""
    missing: tuple[str, ...] = ()


def entry(post: Post) -> Entry:
    """The note of `post`."""
    day = post.published.day if post.published else None
    is_of_day = not post.is_page and _DAY.fullmatch(post.title) and any_date_of_name(post.title) == day
    return Entry(
        kind=Kind.PAGE if post.is_page else Kind.DIARY,
        key=post.key,
        is_key_unique=post.is_key_unique,
        body=_body(post),
        place=post.place,
        origin=post.origin,
        title=post.title,
        name="" if is_of_day else post.title,
        date=day,
        time=post.published.time if post.published else None,
        labels=tuple(dict.fromkeys(filter(None, (label.strip() for label in post.labels)))),
        properties=tuple(pair for pair in _properties(post) if pair[1]),
        names=tuple(dict.fromkeys(filter(None, (post.title, *_spellings(post.addresses))))),
        anchors=tuple(
            (spelling, subpath)
            for address, subpath in anchors((*post.comments, *post.trackbacks))
            for spelling in _spellings((address,))
        ),
        attachments=post.attachments,
        export=post.export,
        missing=post.missing,
    )


def _properties(post: Post) -> tuple[tuple[str, Value], ...]:
    return (
        ("title", post.title),
        ("url", post.url),
        ("status", post.status),
        ("created", post.published.stamp if post.published and post.published.time else None),
        ("updated", post.updated.stamp if post.updated else None),
        ("author", post.author),
        ("blog", post.blog),
        ("excerpt", post.excerpt),
        *post.more,
    )


def _body(post: Post) -> str:
    own = post.body.strip("\n")
    sections = [thread("Comments", post.comments), thread("Trackbacks", post.trackbacks)]
    if not any(sections):
        return own
    return "\n\n".join(filter(None, [closed(own) if own else "", *sections]))


def _spellings(addresses: Sequence[str]) -> list[str]:
    """Each address by both schemes, since blogs moved to https, and as people write it who see it in a browser."""
    out = []
    for address in addresses:
        bare = address.partition("://")[2]
        forms = [f"https://{bare}", f"http://{bare}"] if bare else [address]
        for form in forms:
            plain = unquote(form)
            out += [form, *([plain] if plain != form and "\ufffd" not in plain else [])]
    return out


def one_line(text: str) -> str:
    """`text` for a property."""
    return " ".join(text.split())


def excerpt_of(excerpt: str, body: str) -> str:
    """`excerpt` on one line; "" when it only repeats how `body` begins, as programs make it when nobody wrote one."""
    short = one_line(excerpt)
    start = "".join(short.rstrip("….").removesuffix("[").rstrip("….").split())
    return "" if "".join(body[: 4 * len(short) + 200].split()).startswith(start) else short
