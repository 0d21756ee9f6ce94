"""All issues of a run as they come together from its files: copies, notes that came apart, people, projects.

Knows nothing of files. Of two copies the one updated last counts, and what only the other says completes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field, fields, replace

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.gitlab import note
from vaultkit.importing.gitlab.note import Uploads
from vaultkit.importing.gitlab.notes import LooseNote, Said
from vaultkit.importing.gitlab.project import Project, nameless
from vaultkit.importing.gitlab.records import Found
from vaultkit.importing.issue.model import Comment, Issue
from vaultkit.importing.shelf import Rows

_FIELDS = frozenset(one.name for one in fields(Issue))
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)

Ref = tuple[str, str]
"""Which issue: (`group/project`, `#12`); of a project of which only the number is known (`project-4`, `#12`)."""


class _Shelf(MutableMapping[Ref, Found]):
    """Issues, held on disk: a hundred thousand with all their comments would be too much otherwise."""

    def __init__(self) -> None:
        self._rows = Rows[Found]()
        self._at: dict[Ref, int] = {}

    def __getitem__(self, ref: Ref) -> Found:
        return self._rows[self._at[ref]]

    def __setitem__(self, ref: Ref, found: Found) -> None:
        self._at[ref] = self._rows.append(found)

    def __delitem__(self, ref: Ref) -> None:
        del self._at[ref]

    def __iter__(self) -> Iterator[Ref]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


@dataclass(slots=True)
class Tracker:
    """What has been read so far, over all files. `given`: the project of exports that name none, by the user."""

    given: Project | None = None
    issues: _Shelf = field(default_factory=_Shelf)
    loose: list[LooseNote] = field(default_factory=list)
    projects: dict[int, Project] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    """User names by number, as the list of members has them."""
    users: dict[int, str] = field(default_factory=dict)
    """What people are called in their notes."""
    uploads: dict[str, Uploads] = field(default_factory=dict)
    """By what `Found.uploads` says."""

    def add(self, new: Found) -> Iterator[Notice]:
        """Take an issue in, with what is said inside its record."""
        if new.project and new.project_id is not None:
            self.projects[new.project_id] = new.project
        for one in new.said:
            if one.by is not None and one.comment.author:
                self.users.setdefault(one.by, one.comment.author)
        ref = (self._scope(new), new.issue.key)
        old = self.issues.get(ref)
        if old is None:
            self.issues[ref] = new
            return
        is_older = (new.issue.updated or _NEVER) < (old.issue.updated or _NEVER)
        winner, loser = (old, new) if is_older else (new, old)
        self.issues[ref] = _completed(winner, loser)
        says_else = "body" not in loser.issue.unsaid | winner.issue.unsaid and loser.issue.body != winner.issue.body
        if says_else or loser.issue.title != winner.issue.title:
            place = f"{loser.issue.origin}: {loser.issue.place}"
            what = f"an older copy of {''.join(ref)} was left out; a newer one is imported"
            yield Notice(NoticeKind.WARNING, place, what, f"{loser.issue.title}\n\n{loser.issue.body}")

    def entries(self, *, merge_requests: bool) -> Iterator[Entry | Notice]:
        """All issues, each once, in the order of their first appearance; then what has no place. The tracker is empty
        afterwards. Raises ExportError when the project that was given is that of several exports."""
        yield from self._name_projects()
        apart, orphans = self._join()
        skipped, nameless = 0, set[str]()
        for ref in list(self.issues):
            found = self.issues.pop(ref)  # its texts are in the entry then: both need not be held
            comments = {one.id: one for one in (*map(self._comment, found.said), *apart.pop(ref, ()))}
            if ref[1].startswith("!") and not merge_requests:
                skipped += 1
                continue
            if found.project is None:
                nameless.add(ref[0])
            uploads = self.uploads.get(found.uploads, Uploads())
            yield note.entry(self._peopled(found), comments.values(), found.project, ref[0], uploads)
        if skipped:
            message = f"{skipped} of them were skipped, with their comments, as asked"
            yield Notice(NoticeKind.WARNING, "merge requests", message)
        for scope in sorted(nameless):
            what = f"called {scope}#… here" if scope else "known by their numbers alone"
            message = f"the export does not name its project, so that they are {what}; say --project GROUP/PROJECT"
            yield Notice(NoticeKind.WARNING, "issues", message)
        for orphan in orphans:
            author = f" by {orphan.comment.author}" if orphan.comment.author else ""
            number = f"{orphan.mark or '#'}{orphan.on_number}" if orphan.on_number else f"the issue {orphan.on_id}"
            if not orphan.comment.is_system:
                place = f"{orphan.origin}: {orphan.place}"
                message = f"a comment{author} is on {number}, which is not in this run"
                yield Notice(NoticeKind.UNPLACED, place, message, orphan.comment.body)

    def _scope(self, found: Found) -> str:
        return found.project.scope if found.project else nameless(found.project_id)

    def _name_projects(self) -> Iterator[Notice]:
        """Give the issues that do not say their project the one that others of its number say, or the given one."""
        unnamed = [(ref, one.project_id) for ref, one in self.issues.items() if one.project is None]
        unknown = {number for _, number in unnamed if number not in self.projects}
        if self.given and len(unknown) > 1:
            raise ExportError(
                f"--project {self.given.path}: the exports are of several projects; import them one by one"
            )
        for ref, number in unnamed:
            known = self.projects.get(number) if number is not None else None
            if project := known or self.given:
                yield from self.add(replace(self.issues.pop(ref), project=project))

    def _join(self) -> tuple[dict[Ref, list[Comment]], list[LooseNote]]:
        """The notes that came apart by their issues, and those whose issue is not here."""
        by_id: dict[tuple[str, int | None], Ref] = {}
        by_number: dict[str, list[Ref]] = {}
        if self.loose:
            for ref, one in self.issues.items():
                by_id[ref[1][0], one.id] = ref
                by_number.setdefault(ref[1], []).append(ref)
        apart: dict[Ref, list[Comment]] = {}
        orphans = []
        for loose in self.loose:
            on = by_id.get((loose.mark, loose.on_id)) if loose.on_id is not None else None
            if on is None:
                same = [ref for ref in by_number.get(f"{loose.mark}{loose.on_number}", ()) if self._may_be(ref, loose)]
                on = same[0] if len(same) == 1 else None
            if on is None:
                orphans.append(loose)
            else:
                apart.setdefault(on, []).append(loose.comment)
        self.loose.clear()
        return apart, orphans

    def _may_be(self, ref: Ref, loose: LooseNote) -> bool:
        own = self.issues[ref].project_id
        return own is None or loose.project_id is None or own == loose.project_id

    def _comment(self, said: Said) -> Comment:
        known = self.members.get(said.by or 0) or said.comment.author or self._person(said.by)
        return said.comment if known == said.comment.author else said.comment._replace(author=known)

    def _person(self, number: int | None) -> str:
        if number is None:
            return ""
        return self.members.get(number) or self.users.get(number) or f"user {number}"

    def _peopled(self, found: Found) -> Found:
        """`found` with the names of those who have only numbers."""
        one = found.issue
        author = one.author or self._person(found.author_id)
        assignees = one.assignees or tuple(map(self._person, found.assignee_ids))
        return replace(found, issue=replace(one, author=author, assignees=assignees))


def _completed(one: Found, other: Found) -> Found:
    """This copy of an issue, with what only `other`, another copy of it, says."""
    ours, theirs = one.issue, other.issue
    filled = ours.unsaid - theirs.unsaid
    more = dict(ours.more) | {name: value for name, value in theirs.more if name in filled}
    issue = replace(
        ours,
        **{name: getattr(theirs, name) for name in filled & _FIELDS},
        more=tuple(more.items()),
        url=ours.url or theirs.url,
        comment_count=theirs.comment_count if ours.comment_count is None else ours.comment_count,
        unsaid=ours.unsaid & theirs.unsaid,
    )
    if not issue.author:  # an export has numbers for people, but REST names
        issue = replace(issue, author=theirs.author)
    if not issue.assignees and one.assignee_ids == other.assignee_ids:
        issue = replace(issue, assignees=theirs.assignees if "assignees" in filled else ())
    return replace(
        one,
        issue=issue,
        id=one.id if one.id is not None else other.id,
        project=one.project or other.project,
        project_id=one.project_id if one.project_id is not None else other.project_id,
        author_id=one.author_id if one.author_id is not None else other.author_id,
        assignee_ids=one.assignee_ids or (other.assignee_ids if "assignees" in filled else ()),
        said=tuple(_by_id((*other.said, *one.said))),
        uploads=one.uploads or other.uploads,
    )


def _by_id(said: Iterable[Said]) -> Iterable[Said]:
    return {one.comment.id: one for one in said}.values()
