"""The note of a blog itself: what it says of itself, which belongs to no post."""

from __future__ import annotations

from vaultkit.importing.entry import Entry, Kind


def about(*, key: str, title: str, address: str, body: str, origin: str) -> Entry:
    """The note, under a `key` that is one in the world; `body` is Markdown."""
    properties = (("title", title), ("url", address), ("type", "index"))
    return Entry(
        kind=Kind.INDEX,
        key=key,
        is_key_unique=True,
        body=body,
        place="line 1",
        origin=origin,
        title=title,
        name=title or key,
        properties=tuple(pair for pair in properties if pair[1]),
        names=(title,) if title else (),
    )
