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
from vaultkit.vault.links import wikilink
from vaultkit.vault.note import LinkKind, RegionKind
from vaultkit.vault.scan import char_spans, scan

_NUMBER = re.compile(
    r"(?<![\w/&#\\`-])(?P<repo>[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+)?(?P<mark>#|(?<!/)GH-)(?P<number>[1-9]\d{0,8})(?![\w-])"
)
_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>()\[\]{}\"'`|]+[^\s<>()\[\]{}\"'`|.,;:!?])>?")
_MARKDOWN = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]+)\]\((?P<url>(?:https?:/)?/[^\s()<>]+)\)")
_PULL = re.compile(r"/pull/(\d+)(?![^#?])")
_PAPER = re.compile(r"\[Paper Note\] [^\n]+")
_BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+|^[ \t]+")
_CITATION_LENGTH = 20
"""Shorter titles (`SVM-MAP`, `オンライン学習`) are words of the language: they are linked only when alone on a line."""
_PROTECTED = frozenset({RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_COMMENT, RegionKind.HTML_TAG})


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
            else:
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


def link_references(
    entry: Entry,
    id_: str,
    text: str,
    names: Names,
    linktext: Callable[[str], str],
    daily: Callable[[dt.date], str | None],
    mentioned: Mapping[str, Target | None],
) -> tuple[str, list[Unresolved]]:
    """`text` with its references as wikilinks, and what led nowhere.

    `linktext(id)` is what to write for the note of an id; `daily(date)` the linktext of a day's note (None: dates are
    not linked); `mentioned` are the titles worth searching, longest first.
    """
    spans = _protected(text)
    chosen: list[_Match] = []
    for match in _matches(entry, id_, text, names, linktext, daily, mentioned):
        if any(_clashes(match.start, match.end, span) for span in spans):
            continue
        if any(match.start < other.end and other.start < match.end for other in chosen):
            continue
        chosen.append(match)
    out, at, unresolved = [], 0, []
    for match in sorted(chosen, key=lambda m: m.start):
        out += [text[at : match.start], match.text]
        at = match.end
        if match.why:
            unresolved.append(Unresolved(id_, text[match.start : match.end], match.why))
    return "".join([*out, text[at:]]), unresolved


def _matches(
    entry: Entry,
    id_: str,
    text: str,
    names: Names,
    linktext: Callable[[str], str],
    daily: Callable[[dt.date], str | None],
    mentioned: Mapping[str, Target | None],
) -> Iterator[_Match]:
    """Candidates, the ones to prefer first; they may overlap."""

    def link(start: int, end: int, target: Target, shown: str) -> _Match:
        path = "" if target.id == id_ else linktext(target.id)
        in_table = text[text.rfind("\n", 0, start) + 1 :].lstrip(" >").startswith("|")
        if not path and not target.subpath:
            return _Match(start, end, text[start:end])  # a note that mentions itself
        return _Match(start, end, wikilink(path + target.subpath, shown, in_table=in_table))

    yield from _title_lines(text, id_, names, link)
    for title, target in mentioned.items():
        if target and target.id != id_:
            for at in _occurrences(text, title):
                yield link(at, at + len(title), target, title)
    for found in (*_MARKDOWN.finditer(text), *_ADDRESS.finditer(text)):
        if target := names.exact.get(_name_key(found["url"])):
            yield link(found.start(), found.end(), target, found.groupdict().get("text") or found["url"])
    for found in _NUMBER.finditer(text):
        yield from _number(entry, found, names, link)
    if entry.kind is Kind.PAPER:
        for found in _PAPER.finditer(text):
            yield _Match(found.start(), found.end(), found[0], why="no note with this title in the export or the vault")
    for start, end, date in find_dates(text):
        path = daily(date)
        if path and date != entry.date:
            yield _Match(start, end, wikilink(path, text[start:end]))


def _number(
    entry: Entry, found: re.Match[str], names: Names, link: Callable[[int, int, Target, str], _Match]
) -> Iterator[_Match]:
    repo = found["repo"] or entry.scope
    if not repo:
        return
    target = names.exact.get(f"{repo}#{found['number']}")
    if target:
        yield link(found.start(), found.end(), target, found[0])
    else:
        yield _Match(found.start(), found.end(), found[0], why="no issue of this number in the export or the vault")


def _title_lines(
    text: str, id_: str, names: Names, link: Callable[[int, int, Target, str], _Match]
) -> Iterator[_Match]:
    """Lines and list items that are nothing but the full title of another note."""
    at = 0
    for line in text.split("\n"):
        bullet = _BULLET.match(line)
        begin = bullet.end() if bullet else 0
        title = line[begin:].rstrip()
        target = names.titles.get(title)
        if target and target.id != id_:
            yield link(at + begin, at + begin + len(title), target, title)
        at += len(line) + 1


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
    """The titles of `names` that occur anywhere in `bodies` and are long enough to be no accident; longest first."""
    everything = "\0".join(bodies)
    found = [t for t in names.titles if len(t) >= _CITATION_LENGTH and ", " in t and t in everything]
    return {title: names.titles[title] for title in sorted(found, key=len, reverse=True)}


def _protected(text: str) -> list[tuple[int, int]]:
    """Character spans that a reference may not begin or end in: code, math, HTML, links that are there already."""
    found = scan(text.encode())
    spans = [r.span for r in found.regions if r.kind in _PROTECTED]
    spans += [link.span for link in found.links if link.kind is not LinkKind.PROPERTY]
    return char_spans(text, sorted(spans))


def _clashes(start: int, end: int, span: tuple[int, int]) -> bool:
    """A match may hold a protected span whole (`$β_2$` in a title), but not cut into one or lie in it."""
    return start < span[1] and span[0] < end and not (start <= span[0] and span[1] <= end)
