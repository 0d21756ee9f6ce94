"""GitLab issues and merge requests: JSON of the REST interface, CSV, or the export of a project.

How to get them: in the project under Settings, General, Advanced, "Export project"; give the `.tar.gz` to which GitLab
mails a link as it is, or the folder. It holds the comments and the files in the texts, but not the project's name:

    vaultkit import 2024-05-01_project_export.tar.gz --project group/project
    vaultkit import 2024-05-01_project_export.tar.gz --project https://gitlab.example/group/project

Or by the REST interface; give the notes in the same run as the issues:

    glab api --paginate 'projects/GROUP%2FPROJECT/issues?per_page=100' > issues.json
    glab api --paginate 'projects/GROUP%2FPROJECT/issues/12/notes?per_page=100' > notes-12.json

Or as CSV, without comments: "Export as CSV" in the menu of the list of issues.

Knows which files are GitLab's, and how they hold their records: pages of JSON one after the other, NDJSON, the `tree`
of an export or the single `project.json` that versions before 13 made. What was imported before its project was named
goes on under the name. An export is never complete for sure, so absence means nothing. Not read: reactions, designs,
snippets, wikis, the changed code of merge requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TypeGuard

from vaultkit.errors import ExportError
from vaultkit.importing.csv_rows import BrokenRow, csv_header, csv_rows
from vaultkit.importing.entry import Entry, Notice, NoticeKind
from vaultkit.importing.export import Export
from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.gitlab import sheet
from vaultkit.importing.gitlab.note import Uploads
from vaultkit.importing.gitlab.notes import is_discussion, is_note, loose_note
from vaultkit.importing.gitlab.project import named
from vaultkit.importing.gitlab.records import is_beside, is_issue, issue
from vaultkit.importing.gitlab.tracker import Tracker
from vaultkit.importing.issue.fields import failed, without_host
from vaultkit.importing.json_list import records_of
from vaultkit.importing.json_stream import BrokenLine, Field, Record, listed, records
from vaultkit.importing.moment import Clock
from vaultkit.importing.source import CLAIMED, ReadOptions, Verdict, declined, guarded

FORMAT = "gitlab-issues"
LABEL = "GitLab issues and merge requests (project export, REST, CSV)"
NAME = "gitlab"
EXTENSIONS = ".tar.gz .ndjson .json .jsonl .csv"
KEPT = (
    "state, labels, milestone, assignees, dates, weight, times, comments with their authors, what changed (folded"
    " away), links between issues, uploaded files of an export"
)
NOT_KEPT = "reactions, designs, changed code, files that are only on GitLab's server, descriptions of labels"

_LOOKED_AT = 20
"""So many records are looked at to tell what a file is."""
_FILES_LOOKED_AT = 5
_TREE = re.compile(r"(?P<root>(?:.*/)?)tree/project/[a-z_]+\.ndjson|(?P<flat>(?:.*/)?)[a-z_]+\.(?:ndjson|json)")
_ISSUES = frozenset({"issues.ndjson", "merge_requests.ndjson"})
_OF_EXPORT = _ISSUES | {"project_members.ndjson", "milestones.ndjson", "project.json"}
_KNOWN = ("issues", "merge_requests", "project_members", "milestones", "labels")
_LISTS = frozenset((*_KNOWN, "ci_pipelines", "pipelines", "snippets", "releases", "events", "custom_attributes"))
"""The lists of an old `project.json` that may be long; those that hold nothing for us go by, too."""
_UPLOAD = re.compile(r"(?P<root>(?:.*/)?)uploads/(?P<hash>[0-9a-f]{32})/[^/]+")


def identify(export: Export) -> Verdict:
    """Claims files among whose first records is one of GitLab, a CSV with its columns, and the folder of an export."""
    if not export.is_folder:
        return _identify(export.first)
    if of_export := _of_export(export):
        verdicts = [_identify(file) for file in of_export if file.head]
        return CLAIMED if CLAIMED in verdicts else (verdicts or [declined("the issues of the export are empty")])[0]
    files = [file for file in export.files if _is_read(file)]
    if not files or len(files) < len(export.files):
        return declined("a folder with neither tree/project/issues.ndjson nor JSON and CSV alone")
    verdicts = [_identify(file) for file in files[:_FILES_LOOKED_AT]]
    return CLAIMED if CLAIMED in verdicts else verdicts[0]


def _identify(file: ExportFile) -> Verdict:
    start = file.start[:256]
    try:
        if not start.startswith((b"[", b"{")):
            ours = b"," in start and sheet.is_sheet(csv_header(file.beginning()))
            return CLAIMED if ours else declined("neither JSON nor CSV with the columns of GitLab")
        if file.path.name == "project.json":  # its issues may come last
            found = _records(file)
        else:
            found = islice(_records(file, file.beginning()), _LOOKED_AT)
        if any(isinstance(raw, Record) and _is_ours(raw.value) for raw in found):
            return CLAIMED
    except ExportError as e:
        return declined(str(e))
    return declined("JSON, but no object looks like an issue (iid, title) or a note on one (noteable_type)")


def _is_ours(value: object) -> bool:
    return any(one(value) for one in (is_issue, is_note, is_discussion, is_beside, _is_member))


def read(exports: tuple[Export, ...], options: ReadOptions) -> Iterator[Entry | Notice]:
    """All issues of all exports, each once, in the order of their first appearance; notes are joined to them.

    Notes whose issue is nowhere in the run are UNPLACED. Raises ExportError for a single file that is neither JSON
    nor CSV, and for a project of the options that is no project's name.
    """
    given = named(options.project) if options.project else None
    if options.project and not given:
        raise ExportError(f"--project {options.project}: is neither group/project nor the address of one")
    tracker, notices = Tracker(given), list[Notice]()
    clock = Clock(options.zone, notices, order=options.date_order)
    for export in exports:
        files = _of_export(export) if export.is_folder else ()
        for file in files or [file for file in export.files if not export.is_folder or _is_read(file)]:
            uploads = _uploads(export, file, tracker) if files else ""
            for notice in guarded(export, file, _read_one(file, uploads, tracker, clock)):
                yield from notices
                notices.clear()
                yield notice
    yield from notices
    yield from tracker.entries(merge_requests=options.pull_requests == "include")


def _read_one(file: ExportFile, uploads: str, tracker: Tracker, clock: Clock) -> Iterator[Notice]:
    origin = str(file.path)
    if file.start[:1] not in (b"[", b"{", b""):
        yield from _read_sheet(file, tracker, clock)
        return
    for raw in _records(file):
        if isinstance(raw, BrokenLine):
            yield failed(origin, raw.place, raw.why, raw.text)
        elif isinstance(raw, Field):
            if raw.name == "description" and isinstance(raw.value, str) and raw.value.strip():
                what = "the description of the project has no note"
                yield Notice(NoticeKind.UNPLACED, f"{origin}: {raw.place}", what, raw.value)
        elif file.path.name != "project.json" or raw.place.startswith(_KNOWN):
            yield from _take(raw, origin, uploads, tracker)


def _take(record: Record, origin: str, uploads: str, tracker: Tracker) -> Iterator[Notice]:
    value, notices = record.value, list[Notice]()
    if is_issue(value):
        found = issue(value, origin, _place("issues", record), notices)
        notices.extend(tracker.add(replace(found, uploads=uploads)))
    elif is_discussion(value):
        listed_notes = value["notes"]
        assert isinstance(listed_notes, list)
        for i, one in enumerate(listed_notes):
            yield from _take(Record(one, f"{_place('discussions', record)}.notes[{i}]"), origin, uploads, tracker)
    elif is_note(value):
        tracker.loose.append(loose_note(value, origin, _place("notes", record), notices))
    elif _is_member(value):
        user = value.get("user")  # null, or not there, for who was asked and has not come
        number, name = (user.get("id"), user.get("username")) if isinstance(user, dict) else (None, None)
        if isinstance(number, int) and isinstance(name, str):
            tracker.members[number] = without_host(name)
    elif is_beside(value):
        text = value.get("description")
        if "start_date" in value and isinstance(text, str) and text.strip():
            place = f"{origin}: {_place('milestones', record)}"
            yield Notice(NoticeKind.UNPLACED, place, f"the milestone {value.get('title')} has no note", text)
    else:
        place = _place("issues", record)
        notices.append(failed(origin, place, "is not an issue: a number (iid) or a title is missing", value))
    yield from notices


def _read_sheet(file: ExportFile, tracker: Tracker, clock: Clock) -> Iterator[Notice]:
    origin = str(file.path)
    for row in csv_rows(file.pieces()):
        if isinstance(row, BrokenRow):
            yield failed(origin, row.place, row.why, row.text)
            continue
        notices: list[Notice] = []
        found = sheet.issue(row, origin, clock, notices)
        yield from notices
        if found:
            yield from tracker.add(found)


def _is_member(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict) and "access_level" in value


def _records(file: ExportFile, beginning: Iterable[str] | None = None) -> Iterator[Record | Field | BrokenLine]:
    """Those of a file, or of its `beginning`."""
    name = str(file.path)
    if file.path.name == "project.json":
        return listed(beginning or file.pieces(), name, _LISTS)
    return records(beginning, name) if beginning else records_of(file)


def _of_export(export: Export) -> list[ExportFile]:
    """The files of a project's export that are read, people first; empty when the folder is none. Many programs have a
    `project.json`: alone it counts when there are issues in it."""
    found = [file for file in export.files if file.path.name in _OF_EXPORT]
    if not any(file.path.name in _ISSUES for file in found):
        old = [file for file in found if file.path.name == "project.json"]
        found = found if any(_identify(file).claimed for file in old) else []
    return sorted(found, key=lambda file: (file.path.name in _ISSUES, str(file.path)))


def _is_read(file: ExportFile) -> bool:
    return file.path.suffix in EXTENSIONS.split()


def _uploads(export: Export, file: ExportFile, tracker: Tracker) -> str:
    """Take the uploaded files beside an export's file in; what they are known by then."""
    found = _TREE.fullmatch(str(file.path))
    root = (found["root"] or found["flat"] or "") if found else ""
    key = f"{export.name}:{root}"
    if key not in tracker.uploads:
        hits = (_UPLOAD.fullmatch(str(one.path)) for one in export.files)
        paths = {hit["hash"]: hit[0] for hit in hits if hit and hit["root"] == root}
        tracker.uploads[key] = Uploads(export.name, paths)
    return key


def _place(noun: str, record: Record) -> str:
    return noun + record.place if record.place.startswith("[") else record.place
