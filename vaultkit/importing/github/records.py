"""Issues and comments as GitHub has them, read from single JSON records of REST or of the gh command line.

Knows how to tell an issue, a pull request and a comment from each other and from other trackers' records, and what
their addresses say. Knows nothing of files, pages or notes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from vaultkit.importing.entry import Notice
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import Fields, failed

Ref = tuple[str, int]
"""Which issue: ("owner/repo", 12). The repository is "" when the export does not name it."""

_PLAIN_FIELDS = {"assignees", "author", "body", "comments", "html_url", "labels", "milestone", "state", "url", "user"}
_ISSUE_FIELDS = _PLAIN_FIELDS | {"closedAt", "closed_at", "createdAt", "created_at", "updatedAt", "updated_at"}
_KEYS = {
    "state": ("state",),
    "reason": ("state_reason", "stateReason"),
    "closed": ("closed_at", "closedAt"),
    "created": ("created_at", "createdAt"),
    "updated": ("updated_at", "updatedAt"),
    "author": ("user", "author"),
    "assignees": ("assignees",),
    "milestone": ("milestone",),
    "draft": ("draft", "isDraft"),
    "merged": ("merged_at", "mergedAt"),
    "locked": ("locked",),
    "labels": ("labels",),
    "body": ("body",),
}
"""The names that an attribute of `Issue` has in REST and in gh, which leaves out what it was not asked for."""
_OF_PULL_REQUESTS = {"draft", "merged"}
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?:www\.|(?P<api>api\.))?(?P<host>[^/\s]+)/(?P<path>api/v[0-9]/)?(?:repos/)?"
    r"(?P<owner>[^/\s]+)/(?P<name>[^/\s]+)/(?:issues|pulls?)/(?P<number>[0-9]{1,18})(?![0-9])"
)
_COMMENT_NUMBER = re.compile(r"#issuecomment-([0-9]{1,20})$")


class Address(NamedTuple):
    """What the address of an issue says, be it of the web page or of the API."""

    web: str
    """Address of the repository's page: `https://github.com/owner/repo`."""
    repo: str
    """`owner/repo`; of another host than github.com `host/owner/repo`."""
    number: int
    is_api: bool


class Comment(NamedTuple):
    """One comment of an issue. `id` is GitHub's number, or a hash where the export has none."""

    id: str
    body: str
    author: str
    created: dt.datetime | None
    updated: dt.datetime | None
    url: str
    origin: str
    place: str
    is_review: bool = False
    """Said in the review of a pull request, be it of a line or of the whole; GitHub does not count it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue or pull request. Empty strings and None are what the export does not say."""

    repo: str
    number: int
    title: str
    body: str
    web: str
    """Address of the repository's page; empty with `repo`."""
    url: str
    is_pull_request: bool
    state: str
    reason: str
    draft: bool
    locked: bool
    created: dt.datetime | None
    updated: dt.datetime | None
    closed: dt.datetime | None
    merged: dt.datetime | None
    author: str
    assignees: tuple[str, ...]
    labels: tuple[str, ...]
    milestone: str
    comments: tuple[Comment, ...]
    """Those inside the record itself."""
    comment_count: int | None
    """How many comments the record says there are. None: it does not say."""
    unsaid: frozenset[str]
    """The attributes of which the record says nothing, or nothing readable: not empty on GitHub, but unknown."""
    origin: str
    place: str

    @property
    def ref(self) -> Ref:
        return self.repo, self.number

    @property
    def key(self) -> str:
        """`owner/repo#12`; `#12` without a repository."""
        return f"{self.repo}#{self.number}"

    def completed(self, other: Issue) -> Issue:
        """This copy of the issue, with what only `other`, another copy of it, says."""
        filled = {name: getattr(other, name) for name in self.unsaid - other.unsaid}
        count = other.comment_count if self.comment_count is None else self.comment_count
        return replace(self, **filled, comment_count=count, unsaid=self.unsaid & other.unsaid)


def is_issue(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` has a number, a title and one more field of an issue, or was asked for nothing but these two."""
    if not isinstance(value, dict) or not isinstance(value.get("title"), str):
        return False
    number = value.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        return False
    if "open_issues" in value or "iid" in value:  # a milestone of GitHub, an issue of GitLab
        return False
    return len(value) == 2 or not _ISSUE_FIELDS.isdisjoint(value)


def is_comment(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is a REST comment: it says which issue it belongs to and has no title of its own."""
    return (
        isinstance(value, dict) and isinstance(value.get("issue_url"), str) and "body" in value and "title" not in value
    )


@lru_cache(maxsize=64)  # the comments of an issue follow each other
def address(url: str) -> Address | None:
    """What `url` says when it is the address of an issue or pull request, else None."""
    found = _ADDRESS.match(url)
    if found is None:
        return None
    host, path = found["host"].lower(), f"{found['owner']}/{found['name']}"
    return Address(
        web=f"{found['scheme']}://{host}/{path}",
        repo=path if host == "github.com" else f"{host}/{path}",
        number=int(found["number"]),
        is_api=bool(found["api"] or found["path"]),
    )


def issue(record: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> Issue:
    """The issue of a record for which `is_issue` holds. What cannot be read is appended to `notices` and left out."""
    fields = Fields(record, origin, place, notices)
    number, url = record["number"], fields.text("html_url", "url")
    assert isinstance(number, int)
    home = address(url) or address(fields.text("url"))
    if home and home.is_api:
        url = f"{home.web}/issues/{number}"
    pull = fields.inner("pull_request")
    is_pull_request = _is_pull_request(record, url)
    return Issue(
        repo=home.repo if home else "",
        number=number,
        title=fields.text("title"),
        body=fields.text(*_KEYS["body"]),
        web=home.web if home else "",
        url=url,
        is_pull_request=is_pull_request,
        state=fields.text(*_KEYS["state"]).lower(),
        reason=fields.text(*_KEYS["reason"]).lower(),
        draft=fields.flag(*_KEYS["draft"]),
        locked=fields.flag(*_KEYS["locked"]),
        created=fields.time(*_KEYS["created"]),
        updated=fields.time(*_KEYS["updated"]),
        closed=fields.time(*_KEYS["closed"]),
        merged=fields.time(*_KEYS["merged"]) or pull.time("merged_at"),
        author=fields.person(*_KEYS["author"]),
        assignees=fields.words("login", *_KEYS["assignees"]),
        labels=fields.words("name", *_KEYS["labels"]),
        milestone=fields.word("title", *_KEYS["milestone"]),
        comments=_inlined(fields, home, notices),
        comment_count=_count(fields),
        unsaid=_unsaid(fields, pull, is_pull_request),  # behind the others: it knows what of them could not be read
        origin=origin,
        place=place,
    )


def _unsaid(fields: Fields, pull: Fields, is_pull_request: bool) -> frozenset[str]:
    unsaid = {name for name, keys in _KEYS.items() if not fields.say(*keys)}
    if not is_pull_request:
        unsaid -= _OF_PULL_REQUESTS
    elif pull.say("merged_at"):
        unsaid -= {"merged"}
    return frozenset(unsaid)


def comment(
    record: Mapping[str, object], origin: str, place: str, notices: list[Notice], issue_address: Address | None = None
) -> tuple[Ref | None, Comment]:
    """A comment and the issue that it names, None when it names none. Notices as for `issue`.

    `issue_address` is that of the issue around a comment that names none itself.
    """
    fields = Fields(record, origin, place, notices)
    url = fields.text("html_url", "url")
    home = address(fields.text("issue_url")) or address(url) or issue_address
    author, created, body = fields.person("user", "author"), fields.time("created_at", "createdAt"), fields.text("body")
    in_url = _COMMENT_NUMBER.search(url)  # gh has it only there
    number = in_url[1] if in_url else _number(record)
    if number and home and not in_url:
        url = f"{home.web}/issues/{home.number}#issuecomment-{number}"
    found = Comment(
        id=number or hashed_id(created.isoformat() if created else "", author),
        body=body,
        author=author,
        created=created,
        updated=fields.time("updated_at", "updatedAt") or created,
        url=url,
        origin=origin,
        place=place,
    )
    return ((home.repo, home.number) if home else None), found


def _count(fields: Fields) -> int | None:
    """How many comments there are by the record; None when it does not say."""
    value = fields.record.get("comments")
    if isinstance(value, list):
        return len(value)
    if value is None:
        return 0 if "comments" in fields.record else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _inlined(fields: Fields, home: Address | None, notices: list[Notice]) -> tuple[Comment, ...]:
    """The comments inside an issue's record: nothing when there is only their count."""
    value = fields.record.get("comments")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return ()
    if not isinstance(value, list):
        notices.append(failed(fields.origin, fields.at("comments"), "is neither a count nor a list of comments", value))
        return ()
    found: dict[str, Comment] = {}
    for i, item in enumerate(value):
        place = fields.at(f"comments[{i}]")
        if not isinstance(item, dict):
            notices.append(failed(fields.origin, place, "is not a comment", item))
            continue
        one = comment(item, fields.origin, place, notices, home)[1]
        if one.id in found and found[one.id].body != one.body:
            # Without numbers, two comments of one second share their hash; the text tells them apart.
            one = one._replace(id=hashed_id(one.id, one.body))
        found[one.id] = one
    return tuple(found.values())


def _number(record: Mapping[str, object]) -> str:
    """GitHub's number of a comment, REST's `id`; "" when there is none."""
    number = record.get("id")
    return str(number) if isinstance(number, int) and not isinstance(number, bool) and number > 0 else ""


def _is_pull_request(record: Mapping[str, object], url: str) -> bool:
    return (
        isinstance(record.get("pull_request"), dict)
        or "/pull/" in url
        or not {"isDraft", "mergedAt", "merged_at", "headRefName"}.isdisjoint(record)
    )
