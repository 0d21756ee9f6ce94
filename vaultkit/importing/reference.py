"""References in imported text: numbers, addresses, titles and dates that mean another note become wikilinks.

Knows how references look and what a text protects (code, math, addresses, HTML, links that are there already); learns
from `Names` where each leads. What leads nowhere stays text and is listed. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vaultkit.dates.prose import find_dates
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.lines import find_on_lines
from vaultkit.importing.protected import protected, table_rows
from vaultkit.vault.links import wikilink
from vaultkit.vault.scan import Scan
from vaultkit.vault.spans import Spans

_NUMBER = re.compile(
    r"(?<![\w/&#\\`-])(?P<repo>[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)?(?P<mark>#|(?<!/)GH-)(?P<number>[1-9]\d{0,8})(?![\w-])"
)
_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>()\[\]{}\"'`|]+[^\s<>()\[\]{}\"'`|.,;:!?])>?")
_MARKDOWN = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]+)\]\((?P<url>(?:https?:/)?/[^\s()<>]+)\)")
_HAS_NUMBER, _HAS_ADDRESS, _HAS_MARKDOWN = (re.compile(mark) for mark in ("#[1-9]|GH-[1-9]", "://", r"\]\("))
"""What stands on each line on which they match; none of them spans lines."""
_PULL = re.compile(r"/pull/(\d+)(?![^#?])")
_PAPER = re.compile(r"\[Paper Note\] [^\n]+")
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+|^[ \t]+")
_CITATION_LENGTH = 20
"""Shorter titles (`SVM-MAP`, `オンライン学習`) are words of the language: they are linked only when alone on a line."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: the id of the note, and the subpath inside it (`#^comment-7`)."""

    id: str
    subpath: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference that leads nowhere and stayed text. A daily note that is not there yet is a place to lead to."""

    id: str
    text: str
    why: str


@dataclass(slots=True)
class Names:
    """What texts call the notes: addresses and `owner/repo#12` anywhere, titles where they can be told from words."""

    exact: dict[str, Target] = field(default_factory=dict)
    titles: dict[str, Target | None] = field(default_factory=dict)
    """Full titles; None when two notes share it."""

    def add(self, target: Target, names: Iterable[str], *, citation: bool = False) -> None:
        """`names` lead to `target`. `citation`: they are full titles that may be mentioned in prose."""
        for name in names:
            key = _name_key(name)
            if citation:
                known = self.titles.get(key, target)
                self.titles[key] = known if known and known.id == target.id else None
            elif name.startswith(("http", "/")) or "#" in name:  # by other names nothing is looked up
                self.exact[key] = target


def _name_key(name: str) -> str:
    """Addresses are compared without case and final slash; an issue is reached at `/pull/7` as at `/issues/7`."""
    if not name.startswith(("http://", "https://", "/")):
        return name
    return _PULL.sub(r"/issues/\1", name.rstrip("/").lower())


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    text: str
    """What replaces it; the original when it leads nowhere."""
    why: str = ""
    """Why it leads nowhere; empty when it leads somewhere."""


@dataclass(frozen=True, slots=True)
class Linker:
    """Where references of one run lead.

    `linktext(id, source)` is what to write for the note of an id in the note at the path `source`; `daily(date)` the
    linktext of a day's note; `mentioned` are the titles worth searching, longest first.
    """

    names: Names
    linktext: Callable[[str, str], str]
    daily: Callable[[dt.date], str]
    mentioned: Mapping[str, Target | None]

    def link(self, entry: Entry, id_: str, path: str, text: str, found: Scan) -> tuple[str, list[Unresolved]]:
        """`text` of the entry with its references as wikilinks, and what led nowhere. `path` is that of its note;
        `found`: what the scanner sees in `text`."""
        walk = _Walk(self, entry, id_, path, text, table_rows(text))
        shield, taken = protected(text, found), Spans()
        chosen = [
            match
            for match in walk.matches()
            if not shield.cut_by(match.start, match.end) and taken.add(match.start, match.end)
        ]
        out, at, unresolved = [], 0, []
        for match in sorted(chosen, key=lambda m: m.start):
            out += [text[at : match.start], match.text]
            at = match.end
            if match.why:
                unresolved.append(Unresolved(id_, text[match.start : match.end], match.why))
        return "".join([*out, text[at:]]), unresolved


@dataclass(frozen=True, slots=True)
class _Walk:
    """One text and what its references may mean."""

    linker: Linker
    entry: Entry
    id: str
    path: str
    text: str
    tables: Spans

    def matches(self) -> Iterator[_Match]:
        """Candidates, the ones to prefer first; they may overlap."""
        yield from self._title_lines()
        for title, target in self.linker.mentioned.items():
            if target and target.id != self.id:
                for at in _occurrences(self.text, title):
                    yield self._link(at, at + len(title), target, title)
        for found in find_on_lines(_MARKDOWN, _HAS_MARKDOWN, self.text):
            yield from self._address(found)
        for found in find_on_lines(_ADDRESS, _HAS_ADDRESS, self.text):
            yield from self._address(found)
        for found in find_on_lines(_NUMBER, _HAS_NUMBER, self.text):
            yield from self._number(found)
        if self.entry.kind is Kind.PAPER:
            for found in _PAPER.finditer(self.text):
                yield _Match(*found.span(), found[0], "no note with this title in the export or the vault")
        if self.entry.kind is Kind.DIARY:
            for start, end, date in find_dates(self.text):
                if date != self.entry.date:
                    yield _Match(start, end, wikilink(self.linker.daily(date), self.text[start:end]))

    def _link(self, start: int, end: int, target: Target, shown: str) -> _Match:
        path = "" if target.id == self.id else self.linker.linktext(target.id, self.path)
        if not path and not target.subpath:
            return _Match(start, end, self.text[start:end])  # a note that mentions itself
        return _Match(start, end, wikilink(path + target.subpath, shown, in_table=self.tables.hold(start)))

    def _title_lines(self) -> Iterator[_Match]:
        """Lines and list items that are nothing but the full title of another note."""
        at = 0
        for line in self.text.split("\n"):
            bullet = _BULLET.match(line)
            begin = bullet.end() if bullet else 0
            title = line[begin:].rstrip()
            target = self.linker.names.titles.get(title)
            if target and target.id != self.id:
                yield self._link(at + begin, at + begin + len(title), target, title)
            at += len(line) + 1

    def _address(self, found: re.Match[str]) -> Iterator[_Match]:
        key = _name_key(found["url"])
        if target := self.linker.names.exact.get(key):
            yield self._link(*found.span(), target, found.groupdict().get("text") or found["url"])
        elif "#issuecomment-" in key and key.partition("#")[0] in self.linker.names.exact:
            yield _Match(*found.span(), found[0], "the issue is here, but not this comment")
        elif key.startswith("/"):
            yield _Match(*found.span(), found[0], "no page of this address in the export or the vault")

    def _number(self, found: re.Match[str]) -> Iterator[_Match]:
        repo = found["repo"] or self.entry.scope
        if not repo:
            return
        target = self.linker.names.exact.get(f"{repo}#{found['number']}")
        if target:
            yield self._link(*found.span(), target, found[0])
        else:
            yield _Match(*found.span(), found[0], "no issue of this number in the export or the vault")


def _occurrences(text: str, title: str) -> Iterator[int]:
    at = text.find(title)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(title) : at + len(title) + 1]
        if not (_word(before) and _word(title[0])) and not (_word(after) and _word(title[-1])):
            yield at
        at = text.find(title, at + len(title))


def _word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


def mentionable(names: Names, bodies: Iterable[str]) -> dict[str, Target | None]:
    """The titles of `names` that may occur in `bodies`, escaped or not, and are long enough to be no accident; longest
    first."""
    found = [t for t in names.titles if len(t) >= _CITATION_LENGTH and ", " in t]
    if found:
        everything = "\0".join(bodies)
        found = [t for t in found if t in everything or "\\" in t]  # a backslash in it may be one that escapes
    return {title: names.titles[title] for title in sorted(found, key=lambda t: (-len(t), t))}
