"""How the files of one Org folder lead to each other: `id:`, `file:`, headings, attachments.

Knows the ids and titles of all files before the first link is written. The address of a file is its path below the
export, with the place in it behind `::`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from vaultkit.importing.markup.from_org import leading_tasks
from vaultkit.importing.markup.markdown import escape
from vaultkit.importing.markup.org_inline import file_of
from vaultkit.importing.markup.org_outline import Section
from vaultkit.importing.markup.pictures import Picture, Resolve
from vaultkit.vault.anchors import heading_for_link

_LINKED = re.compile(r"\[\[(?:file:[^\[\]\n]{0,500}::)?(?P<place>[*#][^\[\]\n]{1,300})\]")


def address(path: str, place: str = "") -> str:
    """`/daily/2024-01-31.org`, or with a place in it (`*Heading`, `#custom-id`)."""
    whole = f"/{path}::{place}" if place else f"/{path}"
    return re.sub(r"[\s()<>%#?|\\*]", lambda found: f"%{ord(found[0]):02X}", whole.lower())


@dataclass(slots=True)
class Addresses:
    """What the files of an export are called."""

    titles: dict[str, str] = field(default_factory=dict)
    """Of ids, the titles that a link without a text shows."""
    files: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    """What links call the headings that they lead to."""
    there: set[str] = field(default_factory=set)
    """The addresses of all headings."""

    def add(self, path: str, text: str, title: str, sections: tuple[Section, ...]) -> None:
        """Learn what a file says of itself."""
        self.files.add(path)
        self.places.update(found["place"].lower() for found in _LINKED.finditer(text))
        for section in sections:
            if id_ := section.get("ID"):
                self.titles.setdefault(id_, section.title or title)
            if section.level:
                self.there.update(address(path, place) for place in _places(section))

    def anchors(self, path: str, sections: tuple[Section, ...]) -> tuple[tuple[str, str], ...]:
        """What leads to the headings in `sections`; to a heading that becomes a task of a list, the note as a whole."""
        found = []
        tasks = leading_tasks(sections)
        for i, section in enumerate(sections):
            if not section.level or not heading_for_link(section.title):
                continue
            subpath = "" if i in tasks else f"#{_shown(section)}"
            if id_ := section.get("ID"):
                found.append((f"id:{id_}", subpath))
            found += [(address(path, place), subpath) for place in _places(section) if place.lower() in self.places]
        return tuple(found)

    def lead(self, path: str, target: str, text: str) -> str | None:
        """A link of the file at `path` in Markdown; None: it does not lead to another file of the export."""
        if target.startswith("id:"):
            id_ = target[3:].partition("::")[0]
            return _link(text or self.titles.get(id_, ""), f"id:{id_}") if id_ in self.titles else None
        if target.startswith(("*", "#")):
            there = address(path, target)
            return _link(text or target[1:], there) if there in self.there else None
        file = file_of(target)
        if not file:
            return None
        near = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
        if near not in self.files:
            return None
        whole, place = address(near), address(near, target.partition("::")[2])
        return _link(text or PurePosixPath(file).stem, place if place in self.there else whole)


def with_attachments(resolve: Resolve, ids: tuple[str, ...]) -> Resolve:
    """`resolve` that also looks where Org keeps the attachments of headings with these ids."""

    def find(src: str) -> Picture | None:
        found = resolve(src)
        if (found and found.attachment) or "://" in src:
            return found
        for id_ in ids:
            near = resolve(f"data/{id_[:2]}/{id_[2:]}/{src}")
            if near and near.attachment:
                return near
        return found

    return find


def _shown(section: Section) -> str:
    """The heading as it stands in the note, without what would break a link."""
    state = f"{section.todo} " if section.todo else ""
    priority = f"[#{section.priority}] " if section.priority else ""
    return heading_for_link(f"{state}{priority}{section.title}{section.hashes}")


def _places(section: Section) -> tuple[str, ...]:
    """What links call a heading: `*Heading`, and `#custom-id` if it has one."""
    custom = section.get("CUSTOM_ID")
    return (f"*{section.title}", *([f"#{custom}"] if custom else ()))


def _link(text: str, to: str) -> str:
    shown = re.sub(r"[\[\]]", "", text).strip()
    return f"[{escape(shown) or to}]({to})"
