"""Issues of Redmine with their comments: JSON of its REST interface, or CSV.

How to get them: in the list of issues, with the filter *Status: any*, click *CSV* below the list, choose *All columns*
and tick *Description* and *Last notes*. All comments and the changes are in JSON alone, for single issues:

    key='X-Redmine-API-Key: KEY'
    curl -H "$key" 'https://HOST/issues.json?status_id=*&limit=100&offset=0' > page1.json
    curl -H "$key" 'https://HOST/issues/12.json?include=journals,attachments,relations,children' > 12.json

Give all files in one run. CSV may be in any language among English, Japanese, German, French and Spanish, and in its
encoding; its times say no zone: give `--tz`. Whether texts are Textile or Markdown is seen from all of them together.

Knows which files are Redmine's, and that an issue may stand in several of them: the copy updated last counts, completed
by the others. An export is never complete for sure, so absence means nothing. Not read: wiki pages, news, time entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from vaultkit.importing.entry import Entry, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.copies import completed, is_older
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.issue.instants import Instants
from vaultkit.importing.issue.model import Comment
from vaultkit.importing.issue.pages import LOOKED_AT, Beside, kind_of_file, paged
from vaultkit.importing.json_stream import BrokenLine, Field, Record
from vaultkit.importing.redmine import headers, note, rest, table
from vaultkit.importing.redmine.note import Ticket
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined

FORMAT = "redmine"
LABEL = "Redmine issues as JSON or CSV"
NAME = "redmine"
EXTENSIONS = ".json .csv"
KEPT = (
    "status, tracker, priority, category, version, people, dates, hours, parent and relations, custom fields, comments,"
    " changes"
)
NOT_KEPT = "attachments (their addresses are kept), earlier descriptions, watchers, wiki pages"

_LISTS = ("issues",)
_PAGE = frozenset({"total_count", "offset", "limit"})
"""What stands on a page beside its list."""


def identify(export: Export) -> Verdict:
    """Claims what has an issue of Redmine among its first records; a folder, when one of its files has."""
    if not export.is_folder:
        return CLAIMED if _kind(export.first) else declined("neither JSON nor CSV with issues of Redmine")
    if any(_kind(file) for file in islice(_candidates(export), LOOKED_AT)):
        return CLAIMED
    return declined("a folder without JSON or CSV of Redmine")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All issues of all exports, each once, in the order of their first appearance.

    Raises ExportError for a file that cannot be read, and for one whose dates do not show whether the day or the month
    comes first.
    """
    notices: list[Notice] = []
    reader = _Reader(options, notices)
    for export in exports:
        for file in _candidates(export) if export.is_folder else (export.first,):
            reader.read(file)
            yield from drained(notices)
    reader.make()
    textile = note.is_textile(reader.tickets.values())
    for ticket in reader.tickets.values():
        yield note.entry(ticket, textile=textile, notices=notices)
        yield from drained(notices)
    yield from drained(notices)


class _Reader:
    """Reads one file after the other into `tickets`, by key. `notices` are the caller's."""

    def __init__(self, options: ReadOptions, notices: list[Notice]) -> None:
        self.tickets: dict[str, Ticket] = {}
        self._order = options.date_order
        self._notices = notices
        self._instants = Instants(options.zone, notices)
        self._words = rest.Words()
        self._waiting: list[tuple[dict[str, object], str, str]] = []
        """Records with their files and places, until all names are known."""

    def read(self, file: ExportFile) -> None:
        """Take in a file; one that is not Redmine's is a notice."""
        kind, origin = _kind(file), str(file.path)
        if kind == "json":
            self._json(file, origin)
        elif kind == "csv":
            for row in table.tickets(file.pieces, origin, self._order, self._instants):
                if isinstance(row, Notice):
                    self._notices.append(row)
                else:
                    self._take(row)
        else:
            self._notices.append(Notice(NoticeKind.WARNING, origin, "is not read: no issues of Redmine are in it"))

    def make(self) -> None:
        """Make issues of the records, now that the names of statuses and people are known from all of them."""
        for value, origin, place in self._waiting:
            self._take(rest.ticket(value, origin, place, self._words, self._instants, self._notices))
        self._waiting.clear()

    def _json(self, file: ExportFile, origin: str) -> None:
        for raw in paged(file, _LISTS):
            if isinstance(raw, BrokenLine):
                self._notices.append(failed(origin, raw.place, raw.why, raw.text))
            elif isinstance(raw, Beside):
                self._record_alone(raw.fields, origin)
            else:
                for one in _unwrapped(raw):
                    self._record(one, origin)

    def _record_alone(self, found: dict[str, object], origin: str) -> None:
        """What stood beside the lists of an object: a page's own fields, or an issue that is in no list."""
        if "issue" in found:
            self._record(Record(found["issue"], "issue"), origin)
        elif "subject" in found:
            self._record(Record(found, f"issue {found.get('id')}"), origin)

    def _record(self, raw: Record, origin: str) -> None:
        place = f"issues{raw.place}" if raw.place.startswith("[") else raw.place
        if rest.is_issue(raw.value):
            self._words.learn(raw.value)
            self._waiting.append((raw.value, origin, place))
        else:
            message = "is not an issue: its number, its subject or its tracker is missing"
            self._notices.append(failed(origin, place, message, raw.value))

    def _take(self, new: Ticket) -> None:
        key = new.issue.key
        old = self.tickets.get(key)
        if old is None:
            self.tickets[key] = new
            return
        winner, loser = (old, new) if is_older(new.issue.updated, old.issue.updated) else (new, old)
        issue = replace(completed(winner.issue, loser.issue), comments=_comments(winner, loser))
        files = winner.files if any(one.address for one in winner.files) else loser.files or winner.files
        self.tickets[key] = replace(winner, issue=issue, files=files)
        if "body" not in winner.issue.unsaid | loser.issue.unsaid and winner.issue.body != loser.issue.body:
            message = f"an older copy of #{loser.issue.number} was left out; a newer one is imported"
            place = f"{loser.issue.origin}: {loser.issue.place}"
            self._notices.append(Notice(NoticeKind.WARNING, place, message, loser.issue.body))


def _comments(winner: Ticket, loser: Ticket) -> tuple[Comment, ...]:
    """Those of both. The last note of a CSV has no id of its own, and is among the journals of JSON."""
    found = {one.id: one for one in (*loser.issue.comments, *winner.issue.comments)}
    named = {one.body.strip() for one in found.values() if one.created}
    return tuple(one for one in found.values() if one.created or one.body.strip() not in named)


def _kind(file: ExportFile) -> str:
    """`json` or `csv`; "" for a file that is not Redmine's."""
    return kind_of_file(file, _LISTS, _is_redmines_json, headers.is_redmines)


def _is_redmines_json(found: Iterator[Record | Field | BrokenLine]) -> bool:
    """Whether an issue is among the records, or they are a page of a list, be it empty."""
    beside: dict[str, object] = {}
    for raw in found:
        if isinstance(raw, Field):
            beside[raw.name] = raw.value
        elif isinstance(raw, Record) and any(rest.is_issue(one.value) for one in _unwrapped(raw)):
            return True
        if rest.is_issue(beside) or rest.is_issue(beside.get("issue")):
            return True
    return _PAGE.issubset(beside)


def _unwrapped(raw: Record) -> Iterator[Record]:
    """The record, or those inside a page or a single answer: `{"issues": […]}`, `{"issue": {…}}`."""
    value = raw.value
    if isinstance(value, dict) and not rest.is_issue(value):
        if isinstance(value.get("issue"), dict):
            yield Record(value["issue"], f"{raw.place}: issue")
            return
        if isinstance(value.get("issues"), list):
            yield from (Record(item, f"{raw.place}: issues[{i}]") for i, item in enumerate(value["issues"]))
            return
    yield Record(value, raw.place)


def _candidates(export: Export) -> Iterator[ExportFile]:
    return (file for file in export.files if file.path.suffix.lower() in EXTENSIONS.split())
