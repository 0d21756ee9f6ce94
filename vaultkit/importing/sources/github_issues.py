"""GitHub issues and pull requests with their comments, from JSON files.

How to get them, with the `gh` command line or any other client of its REST interface:

    gh api --paginate 'repos/OWNER/REPO/issues?state=all&per_page=100' > issues.json
    gh api --paginate 'repos/OWNER/REPO/issues/comments?per_page=100' > comments.json
    gh issue list --state all --limit 10000 --json number,title,url,body,state,stateReason,labels,author,assignees,\
milestone,createdAt,updatedAt,closedAt,comments > issues.json
    gh issue view 12 --json number,title,url,body,comments > issue.json

Give the comments in the same run as the issues.

Knows which files are GitHub's, and how issues and comments come together. Read are arrays, pages of arrays appended to
each other or gathered by `--slurp`, one object per line, one object, and the `items` of a search. An issue may stand in
several files: the copy updated last counts. An export is never complete for sure (30 items is a common default), so
absence means nothing. Not read: exports without numbers (migration archives), review comments, events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.github import note
from vaultkit.importing.github.records import Comment, Issue, Ref, comment, is_comment, is_issue, issue
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.json_stream import BrokenLine, Record, beginning, records
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "github-issues"
LABEL = "GitHub issues and pull requests as JSON (REST or gh)"
NAME = "github"
EXTENSIONS = ".json .ndjson .jsonl"
KEPT = "state, labels, milestone, assignees, dates, comments with their authors, links between issues"
NOT_KEPT = "reactions, events, review comments, pictures on GitHub's servers"

_LOOKED_AT = 20
"""So many records are looked at to tell what a file is."""

_NOT_TEXT = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
"""Marks, the NULs of UTF-16, and blanks: what may stand before the first bracket."""


def identify(export: Export) -> Verdict:
    """Claims a JSON file among whose first records is an issue or a comment of GitHub."""
    if export.is_folder:
        return declined("a folder; give the JSON files themselves")
    if not export.first.head[:256].lstrip(_NOT_TEXT).startswith((b"[", b"{")):
        return declined("not JSON")
    try:
        for raw in islice(records(beginning(export.first.pieces()), str(export.first.path)), _LOOKED_AT):
            if isinstance(raw, Record) and any(is_issue(r.value) or is_comment(r.value) for r in _unwrapped(raw)):
                return CLAIMED
    except ExportError as e:
        return declined(str(e))
    return declined("JSON, but no object looks like an issue (number, title) or a comment on one (issue_url, body)")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All issues of all exports, each once, in the order of their first appearance; comments are joined to them.

    Comments whose issue is nowhere in the run are UNPLACED. Raises ExportError for a file that is not JSON.
    """
    tracker = _Tracker()
    for export in exports:
        yield from _read_one(export, tracker)
    yield from _entries(tracker, options)


@dataclass(slots=True)
class _Tracker:
    """What has been read so far, over all files."""

    issues: dict[Ref, Issue] = field(default_factory=dict)
    comments: dict[Ref, dict[str, Comment]] = field(default_factory=dict)

    def add_issue(self, new: Issue) -> Iterator[Notice]:
        old = self.issues.get(new.ref)
        if old is not None and not new.repo and (old.created, old.author) != (new.created, new.author):
            message = (
                f"{old.origin}: {old.place} is #{new.number} too, and neither names its repository; ask gh for url"
            )
            texts = (new.title, new.body, *(one.body for one in new.comments))
            yield failed(new.origin, new.place, message, "\n\n".join(texts))
            return
        winner, loser = (new, old) if old is None or not _is_older(new, old) else (old, new)
        self.issues[new.ref] = winner.completed(loser) if loser else winner
        for one in new.comments:
            yield from self.add_comment(new.ref, one)
        says_else = loser is not None and "body" not in (loser.unsaid | winner.unsaid) and loser.body != winner.body
        if loser is not None and (says_else or loser.title != winner.title):
            yield _outdated(loser, new.key, f"{loser.title}\n\n{loser.body}")

    def add_comment(self, ref: Ref, new: Comment) -> Iterator[Notice]:
        known = self.comments.setdefault(ref, {})
        old = known.get(new.id)
        winner, loser = (new, old) if old is None or not _is_older(new, old) else (old, new)
        known[new.id] = winner
        if loser is not None and loser.body != winner.body:
            yield _outdated(loser, f"comment {new.id} on {ref[0]}#{ref[1]}", loser.body)


def _read_one(export: Export, tracker: _Tracker) -> Iterator[Notice]:
    origin = str(export.first.path)
    for raw in records(export.first.pieces(), origin):
        if isinstance(raw, BrokenLine):
            yield failed(origin, raw.place, raw.why, raw.text)
            continue
        for record in _unwrapped(raw):
            notices: list[Notice] = []
            if is_issue(record.value):
                found = issue(record.value, origin, _place("issues", record), notices)
                notices.extend(tracker.add_issue(found))
            elif is_comment(record.value):
                ref, one = comment(record.value, origin, _place("comments", record), notices)
                notices.extend(tracker.add_comment(ref or ("", 0), one))
            else:
                place = _place("issues", record)
                notices.append(failed(origin, place, "is not an issue: a number or a title is missing", record.value))
            yield from notices


def _entries(tracker: _Tracker, options: ReadOptions) -> Iterator[Entry | Notice]:
    skipped = nameless = 0
    for ref in list(tracker.issues):
        one = tracker.issues.pop(ref)  # its texts are in the entry then: both need not be held
        comments = tracker.comments.pop(ref, {}).values()
        if one.is_pull_request and options.pull_requests == "skip":
            skipped += 1
            continue
        nameless += not one.repo
        yield note.entry(one, comments)
    if skipped:
        yield Notice(
            NoticeKind.WARNING, "pull requests", f"{skipped} of them were skipped, with their comments, as asked"
        )
    if nameless:
        message = f"{nameless} of them name no repository, so that #12 leads nowhere in them; ask gh for url as well"
        yield Notice(NoticeKind.WARNING, "issues", message)
    for (repo, number), orphans in tracker.comments.items():
        for orphan in orphans.values():
            where = (
                f"is on {repo}#{number}, which is not in this run" if number else "does not say on which issue it is"
            )
            author = f" by {orphan.author}" if orphan.author else ""
            place = f"{orphan.origin}: {orphan.place}"
            yield Notice(NoticeKind.UNPLACED, place, f"a comment{author} {where}", orphan.body)


def _unwrapped(record: Record) -> Iterator[Record]:
    """The record, or those inside the answer to a search: `{"total_count": 2, "items": [...]}`."""
    value = record.value
    if isinstance(value, dict) and isinstance(value.get("items"), list) and not is_issue(value):
        for i, item in enumerate(value["items"]):
            yield Record(item, f"{record.place}: items[{i}]")
    else:
        yield record


def _place(noun: str, record: Record) -> str:
    return noun + record.place if record.place.startswith("[") else record.place


def _is_older(new: Issue | Comment, old: Issue | Comment) -> bool:
    """Whether `new` was surely updated before `old`; of two that do not say, the one read last counts."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return (new.updated or never) < (old.updated or never)


def _outdated(loser: Issue | Comment, what: str, text: str) -> Notice:
    place = f"{loser.origin}: {loser.place}"
    return Notice(NoticeKind.WARNING, place, f"an older copy of {what} was left out; a newer one is imported", text)
