"""Links from file to file of one folder (`[x](../01/30.md#walk)`, `[[2024-01-30]]`) as the importer knows their ends.

Knows the paths of all files and the headings in them. A link that leads to none of them stays as it is.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from vaultkit.importing.day_name import day_of_name
from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup.pictures import Resolve
from vaultkit.importing.markup.shield import replace_outside
from vaultkit.vault.anchors import heading_for_link

_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]\n]{1,1000})\]\((?P<to><[^<>\n]{1,1000}>|(?![a-z][a-z0-9+.-]{0,20}:|[/#?<])[^\s()<>]{1,1000})"
    r"(?:[ \t]{1,9}\"[^\"\n]{0,300}\")?\)"
    r"|(?P<embed>!)?\[\[(?P<name>[^\[\]|#\n]{1,400})(?P<place>\#[^\[\]|\n]{0,400})?(?:\|(?P<shown>[^\[\]\n]{0,1000}))?\]\]",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]++(?P<text>[^\n]*?)[ \t]*+#*+[ \t]*+$", re.MULTILINE)


@dataclass(slots=True)
class Links:
    """What the files of a folder are called. `headings`: by path, how a link may call each heading, and the heading."""

    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """By name, the paths of what is no text: `![[shell.png]]` finds it wherever it lies."""
    linked: set[str] = field(default_factory=set)
    """The addresses of headings to which some text leads."""

    def add(self, path: str, text: str) -> None:
        """Learn a file."""
        found: dict[str, str] = {}
        for heading in _HEADING.finditer(text):
            for name in (heading["text"], _slug(heading["text"])):
                found.setdefault(name.lower(), heading_for_link(heading["text"]))
        self.headings[path] = found
        self.by_name.setdefault(PurePosixPath(path).stem.lower(), path)

    def anchors(self, path: str) -> tuple[tuple[str, str], ...]:
        """What leads to the headings of the file, once all texts are written."""
        shown = dict.fromkeys(heading for heading in self.headings[path].values() if heading)
        found = ((address(path, heading), f"#{heading}") for heading in shown)
        return tuple(one for one in found if one[0] in self.linked)

    def write(
        self, text: str, path: str, day: dt.date | None, resolve: Resolve, done: frozenset[str] = frozenset()
    ) -> tuple[str, tuple[Attachment, ...]]:
        """`text` of the file at `path` with its links, and the files that it embeds. `done`: the names of embeds that
        are right already."""
        files: dict[Attachment, None] = {}

        def one(found: re.Match[str]) -> str:
            if found["embed"] and found["name"] in done:
                return found[0]
            if found["name"]:
                return self._wiki(found, path, day, resolve, files)
            return self._relative(found, path, resolve, files)

        return replace_outside(_LINK, one, text), tuple(files)

    def _relative(self, found: re.Match[str], path: str, resolve: Resolve, files: dict[Attachment, None]) -> str:
        to, _, place = found["to"].strip("<>").partition("#")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(to)))
        for candidate in (near, f"{near}.md"):
            if candidate == path and unquote(place).lower() not in self.headings[path]:
                return found["text"]
            if candidate in self.headings:
                return f"[{found['text']}]({self._address(candidate, unquote(place))})"
        picture = resolve(to)
        if picture and picture.attachment:
            files[picture.attachment] = None
            text = found["text"]
            return f"{'' if text in picture.attachment.name else text + ' '}![[{picture.attachment.name}]]"
        return found[0]

    def _wiki(
        self,
        found: re.Match[str],
        path: str,
        day: dt.date | None,
        resolve: Resolve,
        files: dict[Attachment, None],
    ) -> str:
        name = found["name"].strip()
        embed, size = found["embed"] or "", f"|{found['shown']}" if found["shown"] else ""
        if embed and PurePosixPath(name).suffix:
            near = resolve(name)
            path_of = self.files.get(posixpath.basename(name).lower(), "")
            attachment = near.attachment if near else Attachment(PurePosixPath(path_of).name, path_of)
            if attachment and attachment.path:
                files[attachment] = None
                return f"![[{attachment.name}{size}]]"
        shown = re.sub(r"[\[\]]", "", found["shown"] or name)
        to = name.removesuffix(".md").lower()
        target = next((one for one in (f"{name}.md", name) if one in self.headings), "") or self.by_name.get(
            posixpath.basename(to), ""
        )
        if target and target != path:
            return f"{embed}[{shown}]({self._address(target, (found['place'] or '')[1:])})"
        when = day_of_name(posixpath.basename(to))
        return f"[{shown}](day:{when.isoformat()})" if when and when != day and not embed else found[0]

    def _address(self, path: str, place: str) -> str:
        to = address(path, self.headings[path].get(place.lower(), ""))
        self.linked.add(to)
        return to


def address(path: str, heading: str = "") -> str:
    """Under what the importer knows the file at `path`, or a heading in it."""
    whole = f"/{path}#{heading}" if heading else f"/{path}"
    return re.sub(r"[\s()<>%#?|\\]", lambda found: f"%{ord(found[0]):02X}", whole.lower())


def _slug(heading: str) -> str:
    """How GitHub and many others call a heading in addresses."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
