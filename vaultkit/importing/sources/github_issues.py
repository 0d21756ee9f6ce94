"""GitHub issues and pull requests with their comments: JSON files, or an archive of everything.

How to get them, with the `gh` command line or any other client of its REST interface:

    gh api --paginate 'repos/OWNER/REPO/issues?state=all&per_page=100' > issues.json
    gh api --paginate 'repos/OWNER/REPO/issues/comments?per_page=100' > comments.json
    gh api --paginate 'repos/OWNER/REPO/pulls/comments?per_page=100' > reviews.json
    gh issue list --state all --limit 10000 --json number,title,url,body,state,stateReason,labels,author,assignees,\
milestone,createdAt,updatedAt,closedAt,comments > issues.json
    gh issue view 12 --json number,title,url,body,comments > issue.json

Give the comments in the same run as the issues. Or, with the pictures in the texts: on GitHub under Settings, Account,
"Export account data", or a migration of an organisation; give the `.tar.gz` as it is, or the folder. The
`archive.json` of an i-d-template repository (branch gh-pages) is read, too.

Knows which files are GitHub's, and how they hold their records. Read are arrays, pages of arrays appended to each
other or gathered by `--slurp`, one object per line, one object, the `items` of a search, and folders of such files. An
issue may stand in several files: the copy updated last counts. An export is never complete for sure (30 items is a
common default), so absence means nothing. Not read: events, the changed code in reviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from vaultkit.errors import ExportError
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.github import migration, reviews
from vaultkit.importing.github.records import comment, is_comment, is_issue, issue
from vaultkit.importing.github.tracker import Tracker
from vaultkit.importing.issue.fields import failed
from vaultkit.importing.json_list import records_of
from vaultkit.importing.json_stream import BrokenLine, Field, Record, listed, records
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, guarded

FORMAT = "github-issues"
LABEL = "GitHub issues and pull requests (REST, gh, archives)"
NAME = "github"
EXTENSIONS = ".json .ndjson .jsonl .tar.gz"
KEPT = (
    "state, labels, milestone, assignees, dates, comments and reviews with their authors, links between issues;"
    " pictures of an archive"
)
NOT_KEPT = "reactions, events, changed code, pictures that are only on GitHub's servers"

_LOOKED_AT = 20
"""So many records are looked at to tell what a file is."""

_FILES_LOOKED_AT = 5


_ARCHIVE = re.compile(rb'[^{]{0,9}\{\s*+"magic"\s*+:')
"""How an `archive.json` begins, behind a mark."""


def identify(export: Export) -> Verdict:
    """Claims a JSON file among whose first records is one of GitHub; a folder of such files, or of an archive."""
    if not export.is_folder:
        return _identify(export.first)
    files = [file for file in export.files if file.path.suffix in EXTENSIONS.split()]
    if archived := [file for file in files if _of_archive(file) in migration.TALK]:
        files = archived
    elif not files or len(files) < len(export.files):
        return declined("a folder with other things than JSON; give the JSON files themselves")
    verdicts = [_identify(file) for file in files[:_FILES_LOOKED_AT]]
    return CLAIMED if CLAIMED in verdicts else verdicts[0]


def _identify(file: ExportFile) -> Verdict:
    if not file.start.startswith((b"[", b"{")):
        return declined("not JSON")
    try:
        for raw in islice(_records(file, file.beginning()), _LOOKED_AT):
            if isinstance(raw, Record) and any(_is_ours(one.value) for one in _unwrapped(raw)):
                return CLAIMED
    except ExportError as e:
        return declined(str(e))
    return declined("JSON, but no object looks like an issue (number, title) or a comment on one (issue_url, body)")


def _is_ours(value: object) -> bool:
    ours = (is_issue, is_comment, reviews.is_review_comment, migration.is_migrated, migration.is_schema)
    return any(one(value) for one in ours)


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All issues of all exports, each once, in the order of their first appearance; comments are joined to them.

    Comments whose issue is nowhere in the run are UNPLACED. Raises ExportError for a single file that is not
    JSON.
    """
    tracker = Tracker()
    for export in exports:
        for file in export.files:
            if not export.is_folder or file.path.suffix in EXTENSIONS.split():
                yield from guarded(export, file, _read_one(export, file, tracker))
    yield from tracker.entries(pull_requests=options.pull_requests == "include")


def _read_one(export: Export, file: ExportFile, tracker: Tracker) -> Iterator[Notice]:
    origin = str(file.path)
    noun = _of_archive(file)
    folder = origin[: -len(file.path.name)] if export.is_folder else ""
    for raw in _records(file):
        if isinstance(raw, BrokenLine):
            yield failed(origin, raw.place, raw.why, raw.text)
            continue
        if isinstance(raw, Field) or migration.is_schema(raw.value):
            continue
        for record in _unwrapped(raw):
            value = record.value
            if migration.is_migrated(value):
                if value["type"] in migration.TALK | migration.COMMENTS | migration.REVIEWS:
                    value = migration.as_rest(value)
                elif not tracker.archived.add(value, export, folder):
                    yield from _left(value, origin, _place(f"{value['type']}s", record))
                    continue
                else:
                    continue
            yield from _take(Record(value, record.place), origin, noun, tracker)


def _take(record: Record, origin: str, noun: str, tracker: Tracker) -> Iterator[Notice]:
    value, notices = record.value, list[Notice]()
    if is_issue(value):
        place = _place(f"{noun or 'issue'}s", record)
        found = issue(value, origin, place, notices)
        notices.extend(tracker.add_issue(found))
        for one in reviews.inlined(value, origin, place, notices):
            notices.extend(tracker.add_comment(found.ref, one))
    elif is_comment(value) or reviews.is_review_comment(value):
        place = _place(f"{noun or 'comment'}s", record)
        read_as = comment if is_comment(value) else reviews.review_comment
        ref, one = read_as(value, origin, place, notices)
        if one.body.strip() or not one.is_review:
            notices.extend(tracker.add_comment(ref or ("", 0), one))
    else:
        place = _place(f"{noun or 'issue'}s", record)
        notices.append(failed(origin, place, "is not an issue: a number or a title is missing", value))
    yield from notices


def _left(record: Mapping[str, object], origin: str, place: str) -> Iterator[Notice]:
    """What someone wrote, in a record of an archive that is no issue and belongs to none."""
    text = record.get("body")
    if isinstance(text, str) and text.strip():
        yield Notice(NoticeKind.UNPLACED, f"{origin}: {place}", f"a {record['type']} has no note", text)


def _records(file: ExportFile, beginning: Iterable[str] | None = None) -> Iterator[Record | Field | BrokenLine]:
    """Those of a file, or of its `beginning`."""
    name = str(file.path)
    if _ARCHIVE.match(file.head):
        return listed(beginning or file.pieces(), name, ("issues", "pulls"))
    return records(beginning, name) if beginning else records_of(file)


def _of_archive(file: ExportFile) -> str:
    """Of what a file of a migration archive holds records: `issue`; "" for any other file."""
    found = migration.MEMBER.fullmatch(str(file.path))
    return found["of"].removesuffix("s") if found else ""


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
