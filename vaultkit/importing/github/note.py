"""An issue and its comments as an `Entry`: the properties, the body and the anchors of the comments.

Knows how such a note looks. Knows nothing of JSON. Bodies stay to the letter; links and escapes are made later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from vaultkit.importing.entry import Entry, Kind, Value
from vaultkit.importing.github.block_id import closed, with_block_id
from vaultkit.importing.github.records import Comment, Issue

_TELLING_REASONS = frozenset({"not_planned", "duplicate", "reopened"})
"""Why an issue is closed or open; `completed` says no more than `closed` does."""

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


def entry(issue: Issue, comments: Iterable[Comment]) -> Entry:
    """The note of `issue` with all of `comments` in order of time, undated ones first."""
    ordered = sorted(comments, key=lambda c: (c.created or _NEVER, len(c.id), c.id))
    return Entry(
        kind=Kind.ISSUE,
        key=issue.key,
        body=_body(issue, ordered),
        place=issue.place,
        origin=issue.origin,
        title=issue.title,
        name=f"{issue.number} {issue.title}",
        folder=issue.repo,
        labels=issue.labels,
        aliases=(issue.key,) if issue.repo else (),
        properties=tuple((name, value) for name, value in _properties(issue) if value not in ("", (), None, False)),
        names=_names(issue),
        anchors=tuple((c.url, f"#^{_block_id(c)}") for c in ordered if c.url),
        scope=issue.repo,
        missing=_missing(issue, len(ordered)),
    )


def _properties(issue: Issue) -> tuple[tuple[str, Value], ...]:
    return (
        ("title", issue.title),
        ("url", issue.url),
        ("state", issue.state),
        ("reason", issue.reason if issue.reason in _TELLING_REASONS else ""),
        ("closed", issue.closed),
        ("created", issue.created),
        ("updated", issue.updated),
        ("author", issue.author),
        ("assignees", issue.assignees),
        ("milestone", issue.milestone),
        ("type", "pull-request" if issue.is_pull_request else ""),
        ("draft", issue.draft),
        ("merged", issue.merged),
        ("locked", issue.locked),
    )


def _missing(issue: Issue, comments: int) -> tuple[str, ...]:
    """What a note of an earlier import may say and this run does not: properties, the body, the comments.

    The comments are missing as well when the record counts more of them than there are in the run.
    """
    names = {name: (name,) for name, _ in _properties(issue)} | {"labels": ("tags", "labels"), "body": ("body",)}
    unsaid = [written for name, of in names.items() if name in issue.unsaid for written in of]
    count = issue.comment_count
    return (*unsaid, *(["comments"] if comments < (1 if count is None else count) else []))


def _names(issue: Issue) -> tuple[str, ...]:
    """What texts call the issue. GitHub answers under both /issues/12 and /pull/12, whichever it is."""
    if not issue.repo:
        return (issue.url,) if issue.url else ()
    short = "/".join(issue.repo.split("/")[-2:])
    both = (f"{issue.web}/{word}/{issue.number}" for word in ("issues", "pull"))
    return tuple(dict.fromkeys((issue.key, f"{short}#{issue.number}", issue.url, *both)))


def _body(issue: Issue, comments: list[Comment]) -> str:
    own = issue.body.rstrip()
    if not comments:
        return own
    parts = [closed(own)] if own else []
    parts.append("## Comments")
    for one in comments:
        parts.append(f"### {_heading(one)}")
        parts.append(with_block_id(one.body.lstrip("\n").rstrip(), _block_id(one)))
    return "\n\n".join(parts)


def _heading(one: Comment) -> str:
    """`someone, 2024-05-01 09:30 UTC`: who and when, as far as the export says."""
    utc = one.created.astimezone(dt.UTC).replace(tzinfo=None) if one.created else None
    when = f"{utc.isoformat(' ', 'minutes')} UTC" if utc else ""
    return ", ".join(filter(None, (one.author, when))) or "Comment"


def _block_id(one: Comment) -> str:
    return f"comment-{one.id}"
