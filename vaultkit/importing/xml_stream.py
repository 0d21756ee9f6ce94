"""The records of an XML file, one after the other: elements of the names that a format asks for, wherever they stand.

Knows where an element begins and ends, in text that need not be well-formed. Each one is cut out of the text and parsed
by itself (expat, without namespaces), so that only one is in memory, damage costs the record that it is in, and
`wp:post_id` is called that whether its prefix was declared or not. Knows no format.

Safe by construction: a document type is never handed to the parser, so there are no entities that could grow or fetch
anything. References that XML does not know are HTML's (`&nbsp;`) or text (`AT&T`, `&xxe;`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.entities import html5
from xml.parsers import expat

MAX_RECORD = 256 * 1024**2
"""Characters. A longer one would not fit in memory several times over."""
MAX_DEPTH = 200
_SHOWN = 10_000
"""Characters of a record that is too large."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff␀]")
"""Characters that no XML may hold; `␀` stands for the NUL that was there (`encoding`)."""
_LONGEST_TAG = 100_000
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:#(?:[0-9]{1,7}|x[0-9A-Fa-f]{1,6});|(\w{1,32});)?", re.S
)
_PLAIN = frozenset({"amp", "lt", "gt", "quot", "apos"})


class Element:
    """An element. `tag` and the keys of `attributes` are as written: `wp:post_id`."""

    __slots__ = ("__dict__", "attributes", "parts", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parts: list[str | Element] = []
        """Texts and elements inside, in order; CDATA is text."""

    @cached_property
    def text(self) -> str:
        """All text in it, that of the elements inside too."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def children(self, tag: str = "") -> Iterator[Element]:
        """The elements directly inside, or those of the name `tag`."""
        return (part for part in self.parts if isinstance(part, Element) and (not tag or part.tag == tag))

    def child(self, tag: str) -> Element | None:
        """The first element of the name directly inside."""
        return next(self.children(tag), None)

    def get(self, tag: str) -> str:
        """The text of the first element of the name directly inside, without blanks around it; empty: none."""
        found = self.child(tag)
        return found.text.strip() if found else ""


@dataclass(frozen=True, slots=True)
class XmlRecord:
    """A record and where it stood: `line 13`."""

    element: Element
    place: str


@dataclass(frozen=True, slots=True)
class BrokenXml:
    """A record as it was written: one that is not well-formed, while those around it are unharmed, or one that was not
    parsed. `tag`: which it is."""

    tag: str
    text: str
    place: str
    why: str


def xml_records(pieces: Iterable[str], tags: Collection[str]) -> Iterator[XmlRecord | BrokenXml]:
    """The elements of the names `tags`, in order; inside one that was found no other is looked for.

    `pieces` are the text, cut anywhere (`ExportFile.pieces()`). A record that does not end before the next of its name
    begins, or at all, is broken. Control characters, which are no XML, are left out.
    """
    for tag, text, line, problem in _cut(pieces, tags):
        place = f"line {line}"
        found = problem or _parsed(text)
        yield XmlRecord(found, place) if isinstance(found, Element) else BrokenXml(tag, text, place, found)


def raw_records(pieces: Iterable[str], tags: Collection[str]) -> Iterator[BrokenXml]:
    """As `xml_records`, but as written, for files whose writer escapes nothing, so that little of them is XML. `why` is
    empty for a record that has an end."""
    for tag, text, line, problem in _cut(pieces, tags):
        yield BrokenXml(tag, text, f"line {line}", problem)


def inner(text: str, tag: str) -> str:
    """What stands between the first `<tag …>` and the last `</tag>` of `text`, as it is written; empty when there is no
    such pair. For records that are broken."""
    start = re.search(rf"<{re.escape(tag)}(?:\s[^<>]*)?>", text)
    end = text.rfind(f"</{tag}>")
    return text[start.end() : end] if start and start.end() <= end else ""


def _cut(pieces: Iterable[str], tags: Collection[str]) -> Iterator[tuple[str, str, int, str]]:
    """Each record as name, text, number of the line it begins in, and why it is no whole one, or empty."""
    names = sorted(tags)
    mark = re.compile(rf"<!\[CDATA\[|<!--|<(/?)({'|'.join(map(re.escape, names))})(?=[\s/>])")
    longest = max(len("<![CDATA["), *(len(name) + 3 for name in names))
    feed = _Feed(pieces)
    at, start, tag = 0, -1, ""  # looked through up to there; where the open record begins, and its name
    endless: set[str] = set()  # what is never closed is text, and not looked for again
    while True:
        if start >= 0 and at - start > MAX_RECORD:
            yield tag, feed.part(start, start + _SHOWN), feed.line(start), "it is too large to be read"
            start = -1
        found = mark.search(feed.text, at - feed.base)
        if not found:
            at = max(at, feed.end - longest)
            if feed.more(at if start < 0 else start):
                continue
            break
        here, behind = found.start() + feed.base, found.end() + feed.base
        if found[2] is None:
            close = "]]>" if found[0] == "<![CDATA[" else "-->"
            end = -1 if close in endless else feed.find(close, behind, here if start < 0 else start)
            endless |= {close} if end < 0 else set()
            at = behind if end < 0 else end + len(close)
            continue
        at = behind
        if found[1]:
            if found[2] == tag and start >= 0:
                close_at = feed.find(">", behind, start)
                at = behind if close_at < 0 else close_at + 1
                yield tag, feed.part(start, at), feed.line(start), ""
                start = -1
        elif start < 0 or found[2] == tag:
            name = found[2]
            if start >= 0:
                yield tag, feed.part(start, here), feed.line(start), f"it is not ended by </{tag}>"
            start, tag = here, name
            at = _tag_end(feed, behind, start)
            if feed.part(at - 2, at) == "/>":
                yield tag, feed.part(start, at), feed.line(start), ""
                start = -1
    if start >= 0:
        yield tag, feed.part(start, feed.end), feed.line(start), f"it is not ended by </{tag}>"


def _tag_end(feed: _Feed, at: int, keep: int) -> int:
    """Where the tag ends that goes on at `at`: behind the first `>` that is in no quotes."""
    quote = ""
    while True:
        ends = [end for char in (quote or ">\"'") if (end := feed.find(char, at, keep, _LONGEST_TAG)) >= 0]
        if not ends:
            return at
        at = min(ends) + 1
        char = feed.part(at - 1, at)
        if char == ">" and not quote:
            return at
        quote = "" if quote else char


class _Feed:
    """The stretch of a text that is being looked at. All offsets are those in the whole text."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self.text = ""
        self.base = 0
        """The offset of the first character of `text`."""
        self._line = 1
        self._counted = 0
        """The offset up to which line breaks are counted in `_line`."""

    @property
    def end(self) -> int:
        return self.base + len(self.text)

    def part(self, start: int, end: int) -> str:
        return self.text[max(0, start - self.base) : end - self.base]

    def more(self, keep: int) -> bool:
        """Forget what lies before `keep` and fetch at least as much again as there is; whether there was more."""
        wanted = self.end - keep
        found: list[str] = []
        for piece in self._pieces:
            found.append(piece)
            wanted -= len(piece)
            if piece and wanted <= 0:
                break
        if not any(found):
            return False
        self.line(keep)
        self.text = "".join([self.text[keep - self.base :], *found])
        self.base = keep
        return True

    def find(self, wanted: str, at: int, keep: int, within: int = MAX_RECORD) -> int:
        """Where `wanted` stands next from `at` on; -1: nowhere `within` so many characters. `keep`: what to hold."""
        searched = at
        while (found := self.text.find(wanted, searched - self.base, at + within - self.base)) < 0:
            searched = max(at, self.end - len(wanted) + 1)
            if self.end - at > within or not self.more(keep):
                return -1
        return found + self.base

    def line(self, at: int) -> int:
        """The number of the line in which `at` lies, from 1; never one before what was asked for last."""
        if at > self._counted:
            self._line += self.text.count("\n", self._counted - self.base, at - self.base)
            self._counted = at
        return self._line


def _parsed(text: str) -> Element | str:
    """The element that `text` is, or why it is none."""
    root = Element("", {})
    open_ = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_) > MAX_DEPTH:
            raise _TooDeep
        new = Element(tag, attributes)
        open_[-1].parts.append(new)
        open_.append(new)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _tag: open_.pop()
    parser.CharacterDataHandler = lambda data: open_[-1].parts.append(data)
    try:
        parser.Parse(_REFERENCE.sub(_reference, _NOT_XML.sub("", text)), True)
    except expat.ExpatError as e:
        return f"it is not well-formed: {expat.ErrorString(e.code)}, in its line {e.lineno}"
    except _TooDeep:
        return "it is nested too deeply"
    return next(root.children())


class _TooDeep(Exception):
    """Elements within elements, more than any program writes."""


def _reference(found: re.Match[str]) -> str:
    """What a reference has to be so that expat reads it: XML's own, a character, or text that begins with `&`."""
    text, name = found[0], found[1]
    if text.startswith("<!"):
        return text
    if text.startswith("&#"):
        number = int(text[3:-1], 16) if text[2] == "x" else int(text[2:-1])
        if number < 0x110000 and number and not _NOT_XML.match(chr(number)):
            return text
        return ""
    if name in _PLAIN:
        return text
    known = html5.get(f"{name};") if name else None
    return known.replace("&", "&amp;").replace("<", "&lt;") if known else f"&amp;{text[1:]}"
