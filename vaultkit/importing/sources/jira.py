"""Issues of Jira, Cloud and Server, with their comments: JSON, CSV or XML.

How to get them: open *Filters → Search work items* (on Server *Issues → Search for issues*), choose a search, and in
the menu *Export* take *CSV (all fields)* or *XML*; both are cut after 1,000 issues, so export in parts and give all
files in one run. JSON says most, the changes among it:

    site=https://SITE.atlassian.net/rest/api/3
    curl -u MAIL:TOKEN "$site/search/jql?jql=project=ABC&fields=*all&expand=names,changelog" > page1.json
    curl -u MAIL:TOKEN "$site/issue/ABC-12/comment?maxResults=5000" > comments-12.json

The next page is got with `&nextPageToken=…`; on Server the address is `/rest/api/2/search?jql=…&startAt=0`. Columns of
CSV may be called in English, Japanese, German, French or Spanish; its times say no zone: give `--tz`.

Knows which files are Jira's, and how copies of an issue, its comments, and the names of custom fields come together
over several files. An issue may stand in several of them: the copy updated last counts, completed by the others. An
export is never complete for sure, so absence means nothing. Not read: backups of a whole site (`entities.xml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Notice, NoticeKind, drained
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.issue.instants import Instants
from vaultkit.importing.issue.pages import LOOKED_AT, Beside, kind_of_file, paged
from vaultkit.importing.jira import feed, headers, rest, table
from vaultkit.importing.jira.tracker import Tracker
from vaultkit.importing.json_stream import BrokenLine, Field, Record
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined
from vaultkit.importing.xml_stream import BrokenXml, xml_records

FORMAT = "jira"
LABEL = "Jira issues as JSON (REST 2 and 3), CSV or XML"
NAME = "jira"
EXTENSIONS = ".json .csv .xml"
KEPT = (
    "status, resolution, type, priority, labels, components, versions, sprints, people, dates, parent and links, custom"
    " fields, comments, history, work log"
)
NOT_KEPT = "attachments (their addresses are kept), earlier descriptions, votes, watchers, ranks"

_LISTS = ("issues", "comments", "values")
_PAGES = (frozenset({"startAt", "maxResults", "total"}), frozenset({"isLast"}))
"""What stands on a page beside its list, be it the last and empty."""
_SUFFIXES = frozenset(EXTENSIONS.split())


def identify(export: Export) -> Verdict:
    """Claims what has an issue or a comment of Jira among its first records; a folder, when one of its files has."""
    if not export.is_folder:
        return CLAIMED if _kind(export.first) else declined("neither JSON, CSV nor XML with issues of Jira")
    if any(_kind(file) for file in islice(_candidates(export), LOOKED_AT)):
        return CLAIMED
    return declined("a folder without JSON, CSV or XML of Jira")


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All issues of all exports, each once, in the order of their first appearance; comments are joined to them.

    Comments whose issue is nowhere in the run are UNPLACED. Raises ExportError for a file that cannot be read, and for
    one whose dates do not show whether the day or the month comes first.
    """
    notices: list[Notice] = []
    reader = _Reader(options, notices)
    for export in exports:
        for file in _candidates(export) if export.is_folder else (export.first,):
            reader.read(file)
            yield from drained(notices)
    for entry in reader.tracker.entries():
        yield entry
        yield from drained(notices)
    yield from drained(notices)


class _Reader:
    """Reads one file after the other into `tracker`. `notices` are the caller's."""

    def __init__(self, options: ReadOptions, notices: list[Notice]) -> None:
        self.tracker = Tracker(notices)
        self._order = options.date_order
        self._notices = notices
        self._instants = Instants(options.zone, notices)

    def read(self, file: ExportFile) -> None:
        """Take in a file; one that is not Jira's is a notice."""
        kind, origin = _kind(file), str(file.path)
        if kind == "json":
            self._json(file, origin)
        elif kind == "csv":
            for row in table.tickets(file.pieces, origin, self._order, self._instants):
                if isinstance(row, Notice):
                    self._notices.append(row)
                else:
                    self.tracker.take(row)
        elif kind == "xml":
            self._xml(file, origin)
        else:
            self._notices.append(Notice(NoticeKind.WARNING, origin, "is not read: no issues of Jira are in it"))

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
        """What stood beside the lists of an object: a page's own fields, or those of an issue that is no list's."""
        if "fields" in found or "body" in found:
            self._record(Record(found, str(found.get("key") or f"comment {found.get('id')}")), origin)
        else:
            self.tracker.learn(found.get("names"))

    def _record(self, raw: Record, origin: str) -> None:
        value = raw.value
        place = f"issues{raw.place}" if raw.place.startswith("[") else raw.place
        if rest.is_issue(value):
            self.tracker.learn(value.get("names"))
            self.tracker.take(rest.ticket(value, origin, place, self._notices))
        elif rest.is_comment(value):
            self.tracker.take_comment(*rest.comment(value, origin, place, self._notices), rest.people(value))
        else:
            self._notices.append(failed(origin, place, "is not an issue: its key or its fields are missing", value))

    def _xml(self, file: ExportFile, origin: str) -> None:
        for raw in xml_records(file.pieces(), ("item",)):
            if isinstance(raw, BrokenXml):
                self._notices.append(failed(origin, raw.place, raw.why, raw.text))
            elif found := feed.ticket(raw.element, origin, raw.place, self._instants):
                self.tracker.take(found)
            else:
                self._notices.append(failed(origin, raw.place, "is not an issue: it has no key", raw.element.text))


def _kind(file: ExportFile) -> str:
    """`json`, `csv` or `xml`; "" for a file that is not Jira's."""
    try:
        if not file.looks_like_json and feed.is_jiras(file.head):
            return "xml"
    except ExportError:
        return ""
    return kind_of_file(file, _LISTS, _is_jiras_json, headers.is_jiras)


def _is_jiras_json(found: Iterator[Record | Field | BrokenLine]) -> bool:
    alone: dict[str, object] = {}
    for raw in found:
        if isinstance(raw, Field):
            alone[raw.name] = raw.value
        elif isinstance(raw, Record) and any(
            rest.is_issue(one.value) or rest.is_comment(one.value) for one in _unwrapped(raw)
        ):
            return True
        if rest.is_issue(alone) or rest.is_comment(alone):
            return True
    return any(one.issubset(alone) for one in _PAGES)


def _unwrapped(record: Record) -> Iterator[Record]:
    """The record, or those inside a page: `{"issues": […]}`."""
    value = record.value
    for name in _LISTS:
        inner = value.get(name) if isinstance(value, dict) and not rest.is_issue(value) else None
        if isinstance(inner, list):
            yield from (Record(item, f"{record.place}: {name}[{i}]") for i, item in enumerate(inner))
            return
    yield record


def _candidates(export: Export) -> Iterator[ExportFile]:
    return (file for file in export.files if file.path.suffix.lower() in _SUFFIXES)
