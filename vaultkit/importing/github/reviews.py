"""What is said in the reviews of pull requests: about the whole, or about a line.

Knows the comments endpoint of pull requests (REST) and the `reviews` inside a pull request's own record (gh, GraphQL).
The changed code itself is not taken along, only the name of its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from vaultkit.importing.entry import Notice
from vaultkit.importing.github.records import Comment, Ref, address
from vaultkit.importing.issue.block_id import hashed_id
from vaultkit.importing.issue.fields import Fields
from vaultkit.importing.markup.markdown import code_span

_NUMBER = re.compile(r"#(?P<kind>discussion_r|r|pullrequestreview-)(?P<number>[0-9]{1,20})$")
_TIMES = ("created_at", "submitted_at", "createdAt", "submittedAt")


def is_review_comment(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether `value` is a comment on a line of a pull request, or the review itself: it says to which it belongs."""
    return isinstance(value, dict) and isinstance(value.get("pull_request_url"), str) and "body" in value


def review_comment(
    record: Mapping[str, object], origin: str, place: str, notices: list[Notice]
) -> tuple[Ref | None, Comment]:
    """The comment, and the pull request it is on, None when it names none. What cannot be read goes to `notices`."""
    fields = Fields(record, origin, place, notices)
    home = address(fields.text("pull_request_url")) or address(fields.text("html_url"))
    return ((home.repo, home.number) if home else None), _read(fields)


def inlined(record: Mapping[str, object], origin: str, place: str, notices: list[Notice]) -> Iterator[Comment]:
    """What is said in the `reviews` of a pull request's record."""
    for review in Fields(record, origin, place, notices).objects("reviews"):
        whole = _read(review)
        if whole.body.strip():
            yield whole
        seen: dict[str, str] = {}
        for said in review.objects("comments"):
            one = _read(said)
            one = one._replace(author=one.author or whole.author, created=one.created or whole.created)
            if not _NUMBER.search(one.url):
                one = one._replace(id=f"r{hashed_id(str(one.created), one.author)}")
                if seen.setdefault(one.id, one.body) != one.body:
                    one = one._replace(id=f"r{hashed_id(one.id, one.body)}")
            yield one


def _read(fields: Fields) -> Comment:
    url, body, path = fields.text("html_url", "url"), fields.text("body"), fields.text("path")
    author, created = fields.person("user", "author"), fields.time(*_TIMES)
    number = _NUMBER.search(url)
    kind = "review" if number and number["kind"].startswith("pull") else "r"
    own = number["number"] if number else fields.number("id") if isinstance(fields.record.get("id"), int) else None
    return Comment(
        id=f"{kind}{own}" if own else f"review{hashed_id(str(created), author)}",
        body=f"On {code_span(path)}:\n\n{body}" if path else body,
        author=author,
        created=created,
        updated=fields.time("updated_at", "updatedAt") or created,
        url=url,
        origin=fields.origin,
        place=fields.place,
        is_review=True,
    )
