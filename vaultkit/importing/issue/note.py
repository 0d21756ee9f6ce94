"""An issue and its comments as an `Entry`: the properties, the body and the anchors of the comments.

Knows how such a note looks, for all trackers alike. Bodies stay to the letter; references and escapes are made later.
"""

from __future__ import annotations

import datetime as dt

from vaultkit.importing.entry import Entry, Kind, Value
from vaultkit.importing.issue.block_id import closed, comment_block_id, with_block_id
from vaultkit.importing.issue.model import Comment, Issue

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_WRITTEN_AS = {"labels": ("tags", "labels"), "body": ("body",), "links": ("links",)}
"""What a field becomes in the note when that is not the property of its name."""


def entry(issue: Issue) -> Entry:
    """The note of `issue` with its comments in order of time, undated ones first.

    What the tracker itself wrote comes last, in a folded callout. The parent and the links are properties, and lines of
    the body as well, because references become links only there.
    """
    ordered = sorted(issue.comments, key=lambda c: (c.created or _NEVER, len(c.id), c.id))
    said = [one for one in ordered if not one.is_system]
    noted = [one for one in ordered if one.is_system]
    return Entry(
        kind=Kind.ISSUE,
        key=issue.key,
        body=_body(issue, said, noted),
        place=issue.place,
        origin=issue.origin,
        title=issue.title,
        name=f"{issue.number} {issue.title}",
        folder=issue.folder,
        labels=issue.labels,
        aliases=issue.aliases,
        properties=tuple(pair for pair in _properties(issue) if _is_said(pair[1])),
        names=tuple(dict.fromkeys(issue.names)),
        anchors=tuple((one.url, f"#^{comment_block_id(one.id)}") for one in said if one.url),
        scope=issue.scope,
        attachments=issue.attachments,
        export=issue.export,
        missing=_missing(issue, len(said)),
        empty=() if issue.says_own_fields else _empty(issue),
        formerly=issue.formerly,
        detail=issue.detail,
    )


def _properties(issue: Issue) -> tuple[tuple[str, Value], ...]:
    return (
        ("title", issue.title),
        ("url", issue.url),
        ("state", issue.state),
        ("status", issue.status),
        ("reason", issue.reason),
        ("closed", issue.closed),
        ("due", issue.due),
        ("created", issue.created),
        ("updated", issue.updated),
        ("author", issue.author),
        ("assignees", issue.assignees),
        ("milestone", issue.milestone),
        ("versions", issue.versions),
        ("type", issue.type),
        ("priority", issue.priority),
        ("draft", issue.draft),
        ("merged", issue.merged),
        ("locked", issue.locked),
        ("confidential", issue.confidential),
        ("parent", issue.parent),
        ("links", tuple(f"{one.relation} {one.target}".strip() for one in issue.links)),
        *issue.more,
    )


def _is_said(value: Value) -> bool:
    """Zero says something, as a weight; False, which is what a flag mostly is, does not."""
    return bool(value) or (value == 0 and value is not False)


def _missing(issue: Issue, comments: int) -> tuple[str, ...]:
    """What a note of an earlier import may say and this run does not: properties, the body, the comments.

    The comments are missing as well when the tracker counts more of them than there are in the run.
    """
    unsaid: list[str] = []
    if issue.unsaid:
        names = {name: (name,) for name, _ in _properties(issue)} | _WRITTEN_AS
        unsaid += [written for name, of in names.items() if name in issue.unsaid for written in of]
    count = issue.comment_count
    unsaid += [] if issue.says_own_fields else ["*"]
    return (*unsaid, *(["comments"] if comments < (1 if count is None else count) else []))


def _empty(issue: Issue) -> tuple[str, ...]:
    """The properties that the issue is said not to have."""
    names = [name for name, value in _properties(issue) if not _is_said(value)]
    written = [one for name in (*names, "labels") for one in _WRITTEN_AS.get(name, (name,))]
    unsaid = {one for name in issue.unsaid for one in _WRITTEN_AS.get(name, (name,))}
    return ("aliases", *(one for one in dict.fromkeys(written) if one not in unsaid))


def _body(issue: Issue, said: list[Comment], noted: list[Comment]) -> str:
    own = issue.body.rstrip()
    related = [f"parent {issue.parent}"] if issue.parent else []
    related += [f"{one.relation} {one.target}".strip() for one in issue.links]
    if not (related or said or noted):
        return own
    parts = [closed(own)] if own else []
    if related:
        parts.append("## Links")
        parts.append("\n".join(f"- {_on_one_line(line)}" for line in related))
    if said:
        parts.append("## Comments")
    for one in said:
        parts.append(f"### {_heading(one)}")
        parts.append(with_block_id(one.body.lstrip("\n").rstrip(), comment_block_id(one.id)))
    if noted:
        parts.append("## Activity")
        parts.append(_folded(noted))
    return "\n\n".join(parts)


def _heading(one: Comment) -> str:
    """`someone, 2024-05-01 09:30 UTC`: who and when, as far as the export says."""
    when = f"{one.created.astimezone(dt.UTC).isoformat(' ')[:16]} UTC" if one.created else ""
    return f"{one.author}, {when}" if one.author and when else one.author or when or "Comment"


def _folded(noted: list[Comment]) -> str:
    """`> [!info]- 2 changes`, and a line for each: when, who and what."""
    lines = [f"> [!info]- {len(noted)} change{'s' if len(noted) > 1 else ''}"]
    lines += [f"> - {_heading(one)}: {_on_one_line(one.body)}".rstrip() for one in noted]
    return "\n".join(lines)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
