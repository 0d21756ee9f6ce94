"""What GitHub's issues and pull requests are in the terms of all trackers (`issue.model`).

Knows what only GitHub means: that it answers for an issue under two addresses, and which reasons say something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vaultkit.importing.digest.note import former_names
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.github.records import Comment, Issue
from vaultkit.importing.issue import model, note
from vaultkit.importing.issue.embeds import Embeds
from vaultkit.importing.markup.pictures import Resolve

_TELLING_REASONS = frozenset({"not_planned", "duplicate", "reopened"})
"""Why an issue is closed or open; `completed` says no more than `closed` does."""


def entry(issue: Issue, comments: Sequence[Comment], resolve: Resolve | None = None, export: str = "") -> Entry:
    """The note of `issue` with all of `comments`. `resolve` says which files the export called `export` has for the
    addresses in the texts."""
    embeds = Embeds(resolve) if resolve else None
    put = embeds.put if embeds else str
    count, reviews = issue.comment_count, sum(one.is_review for one in comments)
    body = put(issue.body)
    said = tuple(
        model.Comment(id=one.id, body=put(one.body), author=one.author, created=one.created, url=one.url)
        for one in comments
    )
    return note.entry(
        model.Issue(
            key=issue.key,
            number=str(issue.number),
            title=issue.title,
            body=body,
            scope=issue.repo,
            folder=issue.repo,
            aliases=(issue.key,) if issue.repo else (),
            names=_names(issue),
            url=issue.url,
            state="closed" if issue.state == "merged" else issue.state,
            reason=issue.reason if issue.reason in _TELLING_REASONS else "",
            type="pull-request" if issue.is_pull_request else "",
            author=issue.author,
            assignees=issue.assignees,
            milestone=issue.milestone,
            labels=issue.labels,
            created=issue.created,
            updated=issue.updated,
            closed=issue.closed,
            merged=issue.merged,
            draft=issue.draft,
            locked=issue.locked,
            comments=said,
            comment_count=None if count is None else count + reviews,
            attachments=embeds.attachments if embeds else (),
            export=export,
            formerly=_formerly(issue),
            unsaid=issue.unsaid,
            origin=issue.origin,
            place=issue.place,
        )
    )


def _formerly(issue: Issue) -> tuple[str, ...]:
    """What pages of notes about papers call the issue that one is kept as. They may give the day of any zone."""
    if not issue.repo or issue.created is None:
        return ()
    day = issue.created.date()
    days = [day, day + dt.timedelta(1), day - dt.timedelta(1)]
    return (f"{Kind.PAPER}/{issue.key}", *former_names(issue.title, days))


def _names(issue: Issue) -> tuple[str, ...]:
    """What texts call the issue. GitHub answers under both /issues/12 and /pull/12, whichever it is."""
    if not issue.repo:
        return (issue.url,) if issue.url else ()
    short = "/".join(issue.repo.split("/")[-2:])
    both = (f"{issue.web}/{word}/{issue.number}" for word in ("issues", "pull"))
    return (issue.key, f"{short}#{issue.number}", issue.url, *both)
