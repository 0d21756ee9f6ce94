"""All issues of a run as they come together from its files: copies, comments, and what refers to each other by address.

Knows nothing of files. Of two copies the one updated last counts, and what only the other says completes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.github import note
from vaultkit.importing.github.migration import Archived
from vaultkit.importing.github.records import Comment, Issue, Ref
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.markup.pictures import Picture


@dataclass(slots=True)
class Tracker:
    """What has been read so far, over all files."""

    issues: dict[Ref, Issue] = field(default_factory=dict)
    comments: dict[Ref, dict[str, Comment]] = field(default_factory=dict)
    archived: Archived = field(default_factory=Archived)

    def add_issue(self, new: Issue) -> Iterator[Notice]:
        """Take an issue in, with the comments inside it."""
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
        """Take a comment in; `ref`: ("", 0) when it does not say what it is on."""
        known = self.comments.setdefault(ref, {})
        old = known.get(new.id)
        winner, loser = (new, old) if old is None or not _is_older(new, old) else (old, new)
        known[new.id] = winner
        if loser is not None and loser.body != winner.body:
            yield _outdated(loser, f"comment {new.id} on {ref[0]}#{ref[1]}", loser.body)

    def entries(self, *, pull_requests: bool) -> Iterator[Entry | Notice]:
        """All issues with their comments, each once, in the order of their first appearance; then what has no place.
        Without `pull_requests` these are left out. The tracker is empty afterwards."""
        skipped = nameless = 0
        for ref in list(self.issues):
            one = self.issues.pop(ref)  # its texts are in the entry then: both need not be held
            comments = _without_twins(self.comments.pop(ref, {}).values())
            if one.is_pull_request and not pull_requests:
                skipped += 1
                continue
            nameless += not one.repo
            if one.milestone in self.archived.milestones:
                one = replace(one, milestone=self.archived.milestones[one.milestone])
            yield note.entry(one, comments, self._find if self.archived.files else None, self.archived.export)
        if skipped:
            yield Notice(
                NoticeKind.WARNING, "pull requests", f"{skipped} of them were skipped, with their comments, as asked"
            )
        if nameless:
            message = (
                f"{nameless} of them name no repository, so that #12 leads nowhere in them; ask gh for url as well"
            )
            yield Notice(NoticeKind.WARNING, "issues", message)
        if lost := self.archived.lost:
            message = f"{len(lost)} of them are not in the export; where texts show them, their addresses are left"
            yield Notice(NoticeKind.WARNING, "attachments", message, "\n".join(lost))
        yield from self._orphans()

    def _find(self, address: str) -> Picture | None:
        file = self.archived.files.get(address) or self.archived.files.get(address.partition("?")[0])
        return Picture(file) if file else None

    def _orphans(self) -> Iterator[Notice]:
        for (repo, number), orphans in self.comments.items():
            on = f"is on {repo}#{number}, which is not in this run" if number else "does not say on which issue it is"
            for orphan in orphans.values():
                author = f" by {orphan.author}" if orphan.author else ""
                place = f"{orphan.origin}: {orphan.place}"
                yield Notice(NoticeKind.UNPLACED, place, f"a comment{author} {on}", orphan.body)


def _without_twins(comments: Collection[Comment]) -> list[Comment]:
    """`comments` without those that came by another export as well, which told GitHub's number of them."""
    if all(one.url for one in comments):
        return list(comments)
    numbered = {(one.created, one.author, one.body) for one in comments if one.url}
    return [one for one in comments if one.url or (one.created, one.author, one.body) not in numbered]


def _is_older(new: Issue | Comment, old: Issue | Comment) -> bool:
    """Whether `new` was surely updated before `old`; of two that do not say, the one read last counts."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return (new.updated or never) < (old.updated or never)


def _outdated(loser: Issue | Comment, what: str, text: str) -> Notice:
    place = f"{loser.origin}: {loser.place}"
    return Notice(NoticeKind.WARNING, place, f"an older copy of {what} was left out; a newer one is imported", text)
