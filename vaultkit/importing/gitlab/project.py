"""A project of GitLab, and what the addresses of its issues and merge requests say."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PUBLIC = "gitlab.com"
_ITEM = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^/\s]+)/(?P<path>[^\s?#]{1,500}?)/(?:-/)?"
    r"(?P<what>issues|work_items|incidents|merge_requests)/(?P<number>[0-9]{1,18})(?![0-9])"
)
_PROJECT = re.compile(r"(?:(?P<scheme>https?)://(?P<host>[^/\s]+)/)?(?P<path>\w[\w.-]*(?:/\w[\w.-]*)+?)/?(?:-/?)?\Z")


@dataclass(frozen=True, slots=True)
class Project:
    """`path`: with all groups, `group/sub/project`; `web`: the address of its page."""

    path: str
    web: str

    @property
    def server(self) -> str:
        """`https://gitlab.com`. Of a server that lies below a path it lacks that: nobody says where the path ends."""
        return "/".join(self.web.split("/")[:3])

    @property
    def scope(self) -> str:
        """The first part of the keys of its issues; of another host than gitlab.com it begins with the host."""
        host = self.web.partition("://")[2].partition("/")[0]
        return self.path if host == _PUBLIC else f"{host}/{self.path}"


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of an issue or merge request says. `mark`: `#` or `!`, by which texts tell the two apart."""

    project: Project
    mark: str
    number: int


def address(url: str) -> Address | None:
    """What `url` says when it is the address of an issue or a merge request, else None."""
    found = _ITEM.match(url)
    if found is None:
        return None
    host = found["host"].lower()
    project = Project(found["path"], f"{found['scheme']}://{host}/{found['path']}")
    return Address(project, "!" if found["what"] == "merge_requests" else "#", int(found["number"]))


def named(text: str) -> Project | None:
    """The project that a person calls `group/project`, which is one of gitlab.com, or by its address; None: neither."""
    found = _PROJECT.match(text.strip())
    if found is None:
        return None
    host = (found["host"] or _PUBLIC).lower()
    return Project(found["path"], f"{found['scheme'] or 'https'}://{host}/{found['path']}")


def nameless(number: int | None) -> str:
    """The first part of the keys of the issues of a project of which only the number is known, or not even that."""
    return f"project-{number}" if number is not None else ""
