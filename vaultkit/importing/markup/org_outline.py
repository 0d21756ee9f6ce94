"""The outline of an Org file: its keywords, its headings with what Org writes on and right below them, and the lines of
text under each.

Knows no markup within the lines (`from_org` does). A line that begins with stars and a blank is a heading everywhere:
in blocks of code Org itself puts a comma before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DONE = frozenset("DONE CANCELLED CANCELED KILL KILLED ABORTED FIXED".split())
OPEN = frozenset("TODO NEXT NOW LATER DOING STARTED WAITING WAIT HOLD IN-PROGRESS SOMEDAY MAYBE PROJ STRT IDEA".split())
"""What people set in their Emacs beside `TODO` and `DONE`, which a file does not tell."""

_HEADING = re.compile(r"(?P<stars>\*++)[ \t]++(?P<rest>.*)")
_TAGS = re.compile(r"(?:^|[ \t])(?P<tags>:[\w@#%:]++)[ \t]*+$")
_PRIORITY = re.compile(r"\[#(?P<priority>[A-Za-z0-9]{1,2})\][ \t]*+")
_PLANNING = re.compile(r"(?P<key>CLOSED|DEADLINE|SCHEDULED):[ \t]*+(?P<when>[<\[][^<>\[\]\n]{1,100}[>\]])[ \t]*+")
_KEYWORD = re.compile(r"[ \t]*+#\+(?P<key>[A-Za-z][\w-]*+):[ \t]*+(?P<value>.*)")
_PROPERTY = re.compile(r"[ \t]*+:(?P<key>[^\s:]++(?::[^\s:]++)*+):(?:[ \t]++(?P<value>.*))?$")
_NO_KEYWORD = re.compile(r"caption|name|attr_|results?$|header|tblname|tblfm|plot|include|begin_|end_", re.IGNORECASE)
"""They belong to what stands below or above them."""


class Section(NamedTuple):
    """A heading and the lines up to the next one; with `level` 0 the lines above the first."""

    level: int
    line: int
    """The 1-based line of the heading."""
    title: str = ""
    todo: str = ""
    """The keyword of the state; empty: it is no task."""
    is_done: bool = False
    priority: str = ""
    tags: tuple[str, ...] = ()
    planning: tuple[tuple[str, str], ...] = ()
    """`SCHEDULED`, `DEADLINE` and `CLOSED` with their timestamps, brackets included."""
    properties: tuple[tuple[str, str], ...] = ()
    """Of the drawer right below the heading."""
    lines: tuple[str, ...] = ()

    @property
    def hashes(self) -> str:
        """The tags as they stand behind the title in a note: ` #walk #sea`; "" for none."""
        return "".join(f" #{re.sub('[@%#]', '', tag)}" for tag in self.tags)

    def get(self, key: str) -> str:
        """The property of this name, whatever its case; "" for none."""
        return next((value for name, value in self.properties if name.lower() == key.lower()), "")


class Outline(NamedTuple):
    """A whole file. `keywords`: `#+title:` and the like above the first heading, by name in lower case."""

    keywords: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def all(self, key: str) -> list[str]:
        """The values of a keyword, without those that are blank."""
        return [value for name, value in self.keywords if name == key and value]


def read_outline(text: str) -> Outline:
    """The outline of `text`, which has LF line ends. The first section is always that of level 0. Never raises."""
    lines = text.split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("*") and _HEADING.match(line)]
    ends = [*starts, len(lines)][1:]
    top, keywords = _top(lines[: starts[0] if starts else len(lines)])
    done, open_ = set(DONE), set(OPEN)
    for key, value in keywords:
        if key in ("todo", "seq_todo", "typ_todo"):
            words = [word.partition("(")[0] for word in value.split()]
            cut = words.index("|") if "|" in words else len(words) - 1
            open_.update(words[:cut])
            done.update(word for word in words[cut:] if word != "|")
    sections = [top]
    sections += [_section(lines[start:end], start + 1, open_, done) for start, end in zip(starts, ends, strict=True)]
    return Outline(tuple(keywords), tuple(sections))


def _top(lines: list[str]) -> tuple[Section, list[tuple[str, str]]]:
    keywords: list[tuple[str, str]] = []
    rest: list[str] = []
    for line in lines:
        found = _KEYWORD.match(line)
        if found and not _NO_KEYWORD.match(found["key"]):
            keywords.append((found["key"].lower(), found["value"].strip()))
        else:
            rest.append(line)
    at = next((i for i, line in enumerate(rest) if line.strip() and not line.startswith("# ")), 0)
    properties, end = _drawer(rest, at)
    return Section(0, 1, properties=properties, lines=tuple(rest[:at] + rest[end:])), keywords


def _section(lines: list[str], line: int, open_: set[str], done: set[str]) -> Section:
    found = _HEADING.match(lines[0])
    assert found is not None  # it was found by it
    title = found["rest"].strip()
    tags: tuple[str, ...] = ()
    word, _, rest = title.partition(" ")
    todo = word if word in open_ or word in done else ""
    if todo:
        title = rest.strip()
    priority = _PRIORITY.match(title)
    if priority:
        title = title[priority.end() :]
    if (named := _TAGS.search(title)) and named["tags"].endswith(":"):
        title = title[: named.start()].rstrip()
        tags = tuple(tag for tag in named["tags"].split(":") if tag)
    at, planning = 1, []
    while at < len(lines) and (one := _planning(lines[at])):
        planning += one
        at += 1
    properties, at = _drawer(lines, at)
    return Section(
        level=len(found["stars"]),
        line=line,
        title=title,
        todo=todo,
        is_done=todo in done,
        priority=priority["priority"] if priority else "",
        tags=tags,
        planning=tuple(planning),
        properties=properties,
        lines=tuple(lines[at:]),
    )


def _planning(line: str) -> list[tuple[str, str]]:
    """The entries of a line that is nothing but planning; empty for any other."""
    text, at, found = line.strip(), 0, []
    while one := _PLANNING.match(text, at):
        found.append((one["key"], one["when"]))
        at = one.end()
    return found if at == len(text) else []


def _drawer(lines: list[str], at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """The properties of the drawer that begins at line `at`, and the line below it; none: there is no whole one."""
    if at >= len(lines) or lines[at].strip().upper() != ":PROPERTIES:":
        return (), at
    found: list[tuple[str, str]] = []
    for i in range(at + 1, len(lines)):
        if lines[i].strip().upper() == ":END:":
            return tuple(found), i + 1
        one = _PROPERTY.match(lines[i])
        if one is None:
            break
        found.append((one["key"], (one["value"] or "").strip()))
    return (), at
