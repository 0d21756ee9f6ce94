"""Two copies of one issue: what only one of them says, the other takes over."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from vaultkit.importing.issue.model import Issue

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_FIELDS = frozenset(one.name for one in fields(Issue))


def completed(own: Issue, its: Issue) -> Issue:
    """`own`, with what only `its` says: the fields that are not said, addresses, and the higher count of comments.
    Comments stay as they are."""
    wanted, more = own.unsaid - its.unsaid, dict(its.more)
    taken = {name: getattr(its, name) for name in wanted & _FIELDS}
    more |= {name: value for name, value in own.more if name not in wanted or name not in more}
    counts = [count for count in (own.comment_count, its.comment_count) if count is not None]
    return replace(
        own,
        **taken,
        url=own.url or its.url,
        names=tuple(dict.fromkeys((*own.names, *its.names))),
        more=tuple(more.items()),
        unsaid=own.unsaid & its.unsaid,
        comment_count=max(counts, default=None),
    )


def is_older(new: dt.datetime | None, old: dt.datetime | None) -> bool:
    """Whether what was updated at `new` is surely older than what was at `old`; of two that do not say, the one read
    last counts."""
    return (new or _NEVER) < (old or _NEVER)
