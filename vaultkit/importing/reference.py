"""References in imported text: numbers, addresses, titles and dates that mean another note become links.

Knows how references look and what a text protects (code, math, addresses, HTML, links that are there already); learns
from `Names` where each leads, and from the vault's settings how a link is written. What leads nowhere stays text; it is
listed, or its name is given back, so that it may become a link when the note arrives. Pure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vaultkit.dates.prose import find_dates
from vaultkit.importing.calling import Names, Target, citations, endings, name_key
from vaultkit.importing.entry import Entry, Kind
from vaultkit.importing.issue.references import is_name, mentions
from vaultkit.importing.lines import find_in, lines_with, words_with
from vaultkit.importing.protected import protected, table_rows
from vaultkit.vault.lazy import lazy
from vaultkit.vault.links import destination, wikilink
from vaultkit.vault.note import LinkKind
from vaultkit.vault.parse import parse
from vaultkit.vault.scan import Scan
from vaultkit.vault.spans import Spans

_ADDRESS = re.compile(r"(?P<url>(?:https?|dayone2?)://[^\s<>()\[\]{}\"'`|]+[^\s<>()\[\]{}\"'`|.,;:!?])")
_MARKDOWN = re.compile(
    r"\[(?<!!\[)(?P<text>[^\[\]\n]+)\]\((?P<url>(?:(?:https?|dayone2?):/)?/[^\s()<>]+|id:[^\s()<>]+)\)"
)
_DAY = re.compile(r"\[(?<!!\[)(?P<text>[^\[\]\n]+)\]\(day:(?P<date>\d{4}-\d\d-\d\d)\)", re.ASCII)
"""A link to a day's note, of a source whose own links lead to days: `[Jan 31st, 2024](day:2024-01-31)`."""
_EMBED = re.compile(r"!\[(?P<text>[^\[\]\n]+)\]\((?P<url>(?:id:|/)[^\s()<>]+)\)")
"""An embed of another entry or of a part of it. A picture of a site looks the same, but leads to no entry."""
_HAS_ADDRESS = re.compile("://")
_PAPER = re.compile(r"\[Paper Note\] [^\n]*\S")
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+|^[ \t]+")
_BARE_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_NO_LINK_BEHIND = ("!", "\\", "$")
"""`Done!#12` would embed the note, a backslash would escape the link's bracket, and a dollar end math that the digit
behind it keeps from ending."""
_UNREADABLE = ("dayone://", "dayone2://")
"""Addresses of which a link shows nothing: a day says more than 32 hexadecimal digits."""
CLAIMED = "more than one note is called that"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A reference that leads nowhere and stayed text. A daily note that is not there yet is a place to lead to."""

    id: str
    text: str
    why: str


class Linked(NamedTuple):
    """A text with its references as links."""

    text: str
    unresolved: tuple[Unresolved, ...]
    """What led nowhere, in order."""
    waiting: tuple[str, ...]
    """By which names notes that are not here are mentioned, sorted: more than `unresolved`, since any address may be
    that of a note one day. Of a title in a sentence it is how the citation ends (`, Coast'25, 2025.03`)."""


class _Match(NamedTuple):
    start: int
    end: int
    text: str
    """What replaces it; the original when it leads nowhere."""
    why: str = ""
    """Why it leads nowhere, when that is worth telling."""
    names: tuple[str, ...] = ()
    """By what it is remembered while it leads nowhere."""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Linker:
    """Where references of one run lead.

    `linktext(id, source)` is what to write for the note of an id in the note at the path `source` (None: no link can
    lead there); `daily(date, source)` the linktext of a day's note; `mentioned` are the titles worth searching, longest
    first; `markdown`: the vault's links are `[text](path)`; `before`: where what a text shows as a link led when it was
    imported last, which still counts when a second note has come to be called that.
    """

    names: Names
    linktext: Callable[[str, str], str | None]
    daily: Callable[[dt.date, str], str]
    mentioned: Mapping[str, Target | None]
    markdown: bool = False
    before: Mapping[str, Target] = field(default_factory=dict)

    def link(
        self,
        entry: Entry,
        id_: str,
        path: str,
        text: str,
        found: Scan,
        only: Collection[str] | None = None,
        lines: Spans | None = None,
    ) -> Linked:
        """`text` of the entry, linked. `path` is that of its note; `found`: what the scanner sees in `text`; `only`:
        the names that become links, all others stay as they are; `lines`: where they do (None: everywhere)."""
        if not (matches := list(_Walk(self, entry, id_, path, text).matches())):
            return Linked(text, (), ())
        shield, taken = protected(text, found), Spans()
        chosen = [
            match
            for match in matches
            if not (match.leads and text[match.start - 1 : match.start] in _NO_LINK_BEHIND)
            and not (match.leads and only is not None and not any(name in only for name in match.names))
            and (lines is None or lines.hold(match.start))
            and not shield.cut_by(match.start, match.end)
            and taken.add(match.start, match.end)
        ]
        out, at = [], 0
        unresolved: list[Unresolved] = []
        waiting: set[str] = set()
        for match in sorted(chosen, key=lambda m: m.start):
            out += [text[at : match.start], match.text]
            at = match.end
            if match.why:
                unresolved.append(Unresolved(id_, text[match.start : match.end], match.why))
            if not match.leads:
                waiting.update(match.names)
        return Linked("".join([*out, text[at:]]), tuple(unresolved), tuple(sorted(waiting)))

    def write(self, linktext: str, shown: str, *, in_table: bool) -> str | None:
        """The link in the vault's own style; one in brackets where only that can hold it. None: neither can."""
        if self.markdown:
            where = destination(linktext).replace("|", "%7C")
            link = f"[{_BARE_BRACKET.sub(_escape, shown)}]({where})"
            read = parse("", link.encode("utf-8", "replace")).links
            if [(one.kind, one.target) for one in read] == [(LinkKind.MARKDOWN, linktext)]:
                return link
            linktext = _without_ending(linktext)
        return None if "[[" in shown or "]]" in shown else wikilink(linktext, shown, in_table=in_table)


def _escape(bracket: re.Match[str]) -> str:
    return f"\\{bracket[0]}"


def _without_ending(linktext: str) -> str:
    path, mark, subpath = linktext.partition("#")
    return path.removesuffix(".md") + mark + subpath


@dataclass(frozen=True)
class _Walk:
    """One text and what its references may mean."""

    linker: Linker
    entry: Entry
    id: str
    path: str
    text: str

    @lazy
    def tables(self) -> Spans:
        """The rows of tables."""
        return table_rows(self.text)

    def matches(self) -> Iterator[_Match]:
        """Candidates, the ones to prefer first; they may overlap."""
        yield from self._title_lines()
        for title, target in self.linker.mentioned.items():
            for at in _occurrences(self.text, title):
                yield from self._title(at, title, target)
        links = lines_with("](", self.text)
        for found in find_in(_MARKDOWN, links, self.text):
            yield self._address(found, found["text"])
        for found in find_in(_DAY, lines_with("](day:", self.text) if links else (), self.text):
            yield self._day(found)
        for found in find_in(_EMBED, links, self.text):
            yield from self._embed(found)
        for found in find_in(_ADDRESS, words_with(_HAS_ADDRESS, self.text), self.text):
            yield self._address(found, found["url"])
        for one in mentions(self.text, self.entry):
            match = self._named(one.start, one.end, one.name, self.text[one.start : one.end], one.why)
            yield match if one.waits or match.leads else match._replace(names=())
        if self.entry.kind is Kind.DIARY:
            for start, end, date in find_dates(self.text):
                if date != self.entry.date:
                    linktext = self.linker.daily(date, self.path)
                    yield self._written(start, end, linktext, self.text[start:end], ())
        for found in _PAPER.finditer(self.text) if "[Paper Note] " in self.text else ():
            why = "no note with this title in the export or the vault" if self.entry.kind is Kind.PAPER else ""
            yield _Match(*found.span(), found[0], why, (found[0], *(name for _, _, name in citations(found[0]))))
        for start, end, name in citations(self.text):
            yield _Match(start, end, self.text[start:end], "", (name,))

    def _written(self, start: int, end: int, linktext: str | None, shown: str, names: tuple[str, ...]) -> _Match:
        link = self.linker.write(linktext, shown, in_table=self.tables.hold(start)) if linktext else None
        if link is None:
            return _Match(start, end, self.text[start:end], "no link can hold it", leads=True)
        return _Match(start, end, link, "", names, leads=True)

    def _link(self, start: int, end: int, target: Target, shown: str, names: tuple[str, ...]) -> _Match:
        if target.id != self.id:
            linktext = self.linker.linktext(target.id, self.path)
            if linktext and shown.startswith(_UNREADABLE):
                shown = _without_ending(linktext)
            return self._written(start, end, linktext and linktext + target.subpath, shown, names)
        if target.subpath:
            return self._written(start, end, target.subpath, shown, names)
        return _Match(start, end, self.text[start:end], "", names, leads=True)  # a note that mentions itself

    def _title(self, at: int, title: str, target: Target | None) -> Iterator[_Match]:
        if target is None and not (target := self._chosen(title, title)):
            yield _Match(at, at + len(title), title, self._claimed(title), endings(title))
        elif target.id != self.id:
            yield self._link(at, at + len(title), target, title, endings(title))

    def _title_lines(self) -> Iterator[_Match]:
        """Lines and list items that are nothing but the full title of another note."""
        if not self.linker.names.titles:  # issues have none that could be told from words
            return
        at = 0
        for line in self.text.split("\n"):
            bullet = _BULLET.match(line)
            begin = bullet.end() if bullet else 0
            title = line[begin:].rstrip()
            if title in self.linker.names.titles:
                yield from self._title(at + begin, title, self.linker.names.titles[title])
            at += len(line) + 1

    def _address(self, found: re.Match[str], shown: str) -> _Match:
        key = name_key(found["url"])
        why = ""
        if "#issuecomment-" in key and key.partition("#")[0] in self.linker.names.exact:
            why = "the issue is here, but not this comment"
        elif key.startswith("/"):
            page = key.partition("#")[0].rstrip("/")
            if key not in self.linker.names.exact and page in self.linker.names.exact:
                key = page  # whose top a browser shows, too, when it knows no such place
            why = "no page of this address in the export or the vault"
        elif key.startswith(("dayone:", "id:")):
            why = "no entry of this address in the export or the vault"
        start, end = found.span()
        if self.text[start - 1 : start] == "<" and self.text[end : end + 1] == ">":
            start, end = start - 1, end + 1
        return self._named(start, end, key, shown, why)

    def _day(self, found: re.Match[str]) -> _Match:
        try:
            linktext = self.linker.daily(dt.date.fromisoformat(found["date"]), self.path)
        except ValueError:
            return _Match(*found.span(), found[0], "no day of the calendar")
        return self._written(*found.span(), linktext, found["text"], ())

    def _embed(self, found: re.Match[str]) -> Iterator[_Match]:
        """The embed, where the address is that of an entry; a note does not embed itself."""
        target = self.linker.names.exact.get(name_key(found["url"]))
        linktext = target and self.linker.linktext(target.id, self.path)
        if target and linktext and (target.id != self.id or target.subpath):
            whole = linktext + target.subpath
            link = self._written(*found.span(), whole, whole, (name_key(found["url"]),))
            yield link._replace(text=f"!{link.text}") if link.text != found[0] else link

    def _named(self, start: int, end: int, name: str, shown: str, why: str) -> _Match:
        """What a name that is one anywhere leads to; `why`: what to tell when that is nothing."""
        exact = self.linker.names.exact
        if target := exact.get(name) or self._chosen(name, shown):
            return self._link(start, end, target, shown, (name,))
        return _Match(start, end, self.text[start:end], self._claimed(name) if name in exact else why, (name,))

    def _chosen(self, name: str, shown: str) -> Target | None:
        """Of the notes that are called `name` the one to which what is shown led before; else the one of the text's own
        source: a project that moved to another tracker has the same numbers in both."""
        claims = self.linker.names.claims.get(name)
        if not claims:
            return None
        before = self.linker.before.get(shown)
        if before and before.id in claims:
            return before
        source = self.id.partition("/")[0]
        own = [id_ for id_ in claims if id_.partition("/")[0] == source]
        return Target(own[0]) if len(own) == 1 and is_name(name) else None

    def _claimed(self, name: str) -> str:
        return f"{CLAIMED}: {', '.join(self.linker.names.claims[name])}"


def _occurrences(text: str, title: str) -> Iterator[int]:
    at = text.find(title)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(title) : at + len(title) + 1]
        if not (_word(before) and _word(title[0])) and not (_word(after) and _word(title[-1])):
            yield at
        at = text.find(title, at + len(title))


def _word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")
