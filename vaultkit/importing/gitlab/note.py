"""What GitLab's issues and merge requests are in the terms of all trackers (`issue.model`).

Knows under which addresses GitLab answers for an issue and its notes, and how its texts name uploaded files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from vaultkit.importing.entry import Attachment, Entry
from vaultkit.importing.gitlab.project import Project, nameless
from vaultkit.importing.gitlab.records import Found
from vaultkit.importing.issue import note
from vaultkit.importing.issue.embeds import Embeds
from vaultkit.importing.issue.model import Comment
from vaultkit.importing.markup.from_gitlab import from_gitlab
from vaultkit.importing.markup.pictures import Picture

_UPLOAD = re.compile(r"(?:[^?#]*/|)uploads/(?P<hash>[0-9a-f]{32})/[^?#]++")


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files of one export, by the folder of 32 hexadecimal digits in which each lies alone."""

    export: str = ""
    paths: Mapping[str, str] = field(default_factory=dict)


def entry(found: Found, comments: Collection[Comment], project: Project | None, scope: str, uploads: Uploads) -> Entry:
    """The note of an issue whose people are known by now. `comments`: all that is said on it; `scope`: the first part
    of its key; `project`: None when it is not known."""
    one = found.issue
    word = "merge_requests" if one.type == "merge-request" else "issues"
    forms = [f"{project.web}/-/{word}/{one.number}", f"{project.web}/{word}/{one.number}"] if project else []
    url = one.url or (forms[0] if forms else "")
    files = _Files(uploads, project)
    names = [f"{scope}{one.key}", *([f"{project.path}{one.key}"] if project else [])] if scope else []
    if project and word == "issues":
        names.append(f"{project.web}/-/work_items/{one.number}")
    made = note.entry(
        replace(
            one,
            key=f"{scope}{one.key}",
            scope=scope,
            folder=scope,
            aliases=(f"{scope}{one.key}",) if scope else (),
            names=tuple(filter(None, [*names, url, *forms])),
            url=url,
            body=files.put(one.body),
            comments=tuple(c._replace(body=files.put(c.body), url=_address(url, c)) for c in comments),
            attachments=files.attachments,
            export=uploads.export,
            formerly=(f"/{nameless(found.project_id)}{one.key}",) if project else (),
            detail=1 if project else 0,
            unsaid=one.unsaid if url else one.unsaid | {"url"},
        )
    )
    others = [form for form in forms if form != url]
    more = [(form + at[len(url) :], to) for at, to in made.anchors for form in others]
    return replace(made, anchors=(*made.anchors, *more))


def _address(url: str, comment: Comment) -> str:
    return f"{url}#note_{comment.id}" if url and comment.id.isdecimal() and not comment.is_system else ""


class _Files:
    """The files that the texts of one issue show."""

    def __init__(self, uploads: Uploads, project: Project | None) -> None:
        self._uploads = uploads
        self._project = project
        self._embeds = Embeds(self._find)

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        return self._embeds.attachments

    def put(self, text: str) -> str:
        text = from_gitlab(text)
        return self._embeds.put(text) if "uploads/" in text or "](/" in text else text

    def _find(self, src: str) -> Picture | None:
        found = _UPLOAD.fullmatch(src.partition("?")[0])
        if found is None:
            is_page = src.startswith("/") and "/-/" in src  # of the server: `/group/project/-/issues/1/designs`
            return Picture(address=self._project.server + src) if self._project and is_page else None
        if path := self._uploads.paths.get(found["hash"]):
            return Picture(Attachment(unquote(path.rpartition("/")[2]), path))
        at = src if src.startswith("/") else f"/{src}"
        return Picture(address=self._project.web + at) if self._project and "://" not in src else None
