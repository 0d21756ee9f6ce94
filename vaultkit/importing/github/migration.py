"""GitHub's migration and account archives: records that know each other by address instead of by number.

Knows how such a record says what the REST interface says, so that `records` can read it, and which files the archive
has for the pictures in texts. Of several repositories all are in the same files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import unquote

from vaultkit.importing.entry import Attachment
from vaultkit.importing.export import Export
from vaultkit.importing.github.records import address

MEMBER = re.compile(r"(?:.*/)?(?P<of>[a-z_]+)_[0-9]{6}\.json")
"""The paths of an archive's files: `issues_000001.json`, a hundred records in each."""
TALK = frozenset({"issue", "pull_request"})
COMMENTS = frozenset({"issue_comment"})
REVIEWS = frozenset({"pull_request_review", "pull_request_review_comment"})
_BESIDE = frozenset(
    "attachment commit_comment issue_event milestone organization project protected_branch release repository"
    " repository_file pull_request_review_thread team user".split()
)
_IN_ARCHIVE = "tarball://root/"
_KEPT_IN = "attachments/"


def is_migrated(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is a record of an archive: it says its type and its address."""
    if not isinstance(value, dict) or "node_id" in value:
        return False
    type_, url = value.get("type"), value.get("url")  # in REST the type may be an object
    return isinstance(url, str) and isinstance(type_, str) and type_ in TALK | COMMENTS | REVIEWS | _BESIDE


def is_schema(value: object) -> bool:
    """Whether `value` is the archive's `schema.json`, which says nothing that matters."""
    return isinstance(value, dict) and len(value) == 2 and value.keys() == {"version", "github_sha"}


def as_rest(record: Mapping[str, object]) -> dict[str, object]:
    """An issue, a pull request or what was said about it, with the fields that REST gives it. What is not as expected
    stays, for `records` to tell; the milestone is its address. An issue whose address is none has no number."""
    out = dict(record)
    out["html_url"] = url = str(record["url"])
    for name in ("user", "assignee"):
        if isinstance(record.get(name), str):
            out[name] = {"login": _last(record[name])}
    for name in ("assignees", "labels"):
        if isinstance(listed := record.get(name), list):
            out[name] = [_last(item) if isinstance(item, str) else item for item in listed]
    if record["type"] in TALK:
        home = address(url)
        out |= {"number": home.number} if home else {}
        if "closed_at" in record:  # there is no other state
            out["state"] = "closed" if record["closed_at"] else "open"
        if "work_in_progress" in record:
            out.setdefault("draft", record["work_in_progress"])
        return out
    on = record.get("issue") or record.get("pull_request")
    out["issue_url" if record["type"] in COMMENTS else "pull_request_url"] = on
    return out


def _last(url: object) -> str:
    """The last part of an address: a person's or a label's name, `good first issue` of `…/labels/good%20first%20issue`.
    The name of a label may hold a slash."""
    text = str(url)
    part = text.partition("/labels/")[2] if "/labels/" in text else text.rstrip("/").rpartition("/")[2]
    return unquote(part)


@dataclass(slots=True)
class Archived:
    """What issues refer to by address: titles of milestones, and files."""

    milestones: dict[str, str] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    """Addresses of files that the archive does not hold, and what they are called."""
    export: str = ""
    """Name of the export that holds the files."""

    def add(self, record: Mapping[str, object], export: Export, folder: str) -> bool:
        """Take a milestone or an attachment in; False when it is neither. `folder`: that of the record's file in
        `export`, with a slash at its end, or empty."""
        if record["type"] == "milestone" and isinstance(record.get("title"), str):
            self.milestones[str(record["url"])] = str(record["title"])
            return True
        if record["type"] != "attachment":
            return False
        at, name = str(record.get("asset_url") or ""), str(record.get("asset_name") or "")
        path = at.removeprefix(_IN_ARCHIVE)
        names = [url for key in ("url", "legacy_url") if isinstance(url := record.get(key), str)]
        held = at.startswith(_IN_ARCHIVE + _KEPT_IN) and export.find(folder + path) is not None
        if held:
            self.export = self.export or export.name
        for url in names:
            if held and self.export == export.name:
                self.files[url] = Attachment(name or path.rpartition("/")[2], folder + path)
            else:
                self.lost[url] = name
        return True
