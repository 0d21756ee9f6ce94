"""The records of a JSON file, whichever way a program wrote them one after another.

Knows: one array, arrays written back to back (`[…][…]`, what a paging loop appends), an array of arrays, one object,
objects back to back, one object per line (NDJSON), and lists inside objects (`{"metadata": …, "entries": […]}`). Knows
nothing of what the records mean.

The text comes in pieces and values are decoded one by one, so that only a piece and a record are in memory. Lone
surrogates (`"\\ud83d"`) are passed on as they are; whoever takes text out of a record has to expect them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from vaultkit.errors import ExportError

_decode = json.JSONDecoder().raw_decode
_GAP = re.compile(r"[ \t\n\r,\ufeff]*+")
"""Commas are not insisted on; a mark may stand inside, where files with marks were concatenated."""

_PAGES = 2
"""Arrays deeper than an array of arrays are values, not containers of records."""
_MOST_DAMAGED = 1000
"""Elements; a file with more of them is no JSON, and to look at each takes longer than to read a good one."""
_LONGEST_TOKEN = 16
"""Characters: what is wrong nearer to the end of a piece than that (`-Infin`, `\\u30`) may be right with the next."""


class Record(NamedTuple):
    """One decoded value and where it stood: `[4]` inside arrays (counted through the file), else `line 13`."""

    value: object
    place: str


class Field(NamedTuple):
    """A value beside the lists of an object that was asked for: `metadata`, `version`."""

    name: str
    value: object
    place: str


class BrokenLine(NamedTuple):
    """A record that is not JSON, a line of NDJSON or an element of a list; those around it are unharmed."""

    text: str
    place: str
    why: str


def records(pieces: Iterable[str], name: str) -> Iterator[Record | BrokenLine]:
    """All records of a text, which may be cut into `pieces` anywhere, in order; nothing for a blank text.

    Raises ExportError naming `name` and the line when the text is not JSON, ends too early, nests too deeply or holds
    a number too long to read. Of NDJSON only the bad line is lost, and of a list only the bad element as long as it can
    be told where that ends.
    """
    feed = _Feed(pieces)
    return _by_line(feed) if _is_ndjson(feed) else _by_value(feed, name)


def listed(pieces: Iterable[str], name: str, lists: Collection[str]) -> Iterator[Record | Field | BrokenLine]:
    """The elements of the lists that are called one of `lists` in the objects of a text, each as a Record with a place
    like `entries[4]`; every other field of these objects as a Field, in the order of the text. Elements of lists that
    are not in an object are Records, as by `records`.

    Only an element is in memory, however long the list. Raises ExportError as `records` does.
    """
    feed = _Feed(pieces)
    while char := feed.skip_gap():
        if char == "{":
            feed.at += 1
            yield from _fields(feed, name, lists)
        elif char == "[":
            feed.at += 1
            yield from _elements(feed, name, "")
        else:
            yield Record(_value(feed, name), f"line {feed.line()}")


class _Feed:
    """The stretch of a text that is being looked at: `text` from offset `at` on. Offsets hold until more is fetched."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self.text = ""
        self.at = 0
        self._line = 1
        self._counted = 0
        """The offset up to which line breaks are counted in `_line`."""
        self.damaged = 0
        """How many elements of lists could not be read."""
        self._in_vain = 0
        """Characters in which no closing bracket was found."""

    def more(self) -> bool:
        """Forget what lies before `at` and fetch at least as much again as there is; whether there was more.

        So that a record over many pieces is not looked at once for each of them.
        """
        wanted = len(self.text) - self.at
        found: list[str] = []
        for piece in self._pieces:
            found.append(piece)
            wanted -= len(piece)
            if piece and wanted <= 0:
                break
        if not any(found):
            return False
        self.line()
        self.text = "".join([self.text[self.at :], *found])
        self.at = self._counted = 0
        return True

    def line(self) -> int:
        """The number of the line in which `at` lies, from 1."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip_gap(self) -> str:
        """Go to the next character that means something, and say which; empty at the end."""
        while True:
            gap = _GAP.match(self.text, self.at)
            self.at = gap.end() if gap else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def line_end(self) -> int:
        """The offset of the next line break, or of the end."""
        searched = 0  # from `at` on
        while (end := self.text.find("\n", self.at + searched)) < 0:
            searched = len(self.text) - self.at
            if not self.more():
                return len(self.text)
        return end

    def value(self) -> object:
        """The value at `at`, which is then behind it. Raises ValueError or RecursionError."""
        while True:
            try:
                value, end = _decode(self.text, self.at)
            except json.JSONDecodeError as e:
                is_cut = e.pos > len(self.text) - _LONGEST_TOKEN or e.msg.startswith("Unterminated string")
                if is_cut and self.more():
                    continue
                raise
            if end == len(self.text) and self.more():  # a number may go on
                continue
            self.at = end
            return value

    def bracketed(self) -> str:
        """From the bracket at `at` to the one that closes it, which is then behind; empty, and nothing is passed, when
        it is no bracket or none closes it. What is inside need not be JSON."""
        if self._in_vain > _MOST_IN_VAIN:
            return ""
        open_: list[str] = []
        behind = 0  # offset from `at`, up to which it is looked through
        while True:
            for found in _TOKEN.finditer(self.text, self.at + behind):
                if found.end() == len(self.text) and found[0][0] == '"':
                    break  # it may go on
                behind = found.end() - self.at
                if found[0] in _CLOSING:
                    open_.append(_CLOSING[found[0]])
                elif found[0] in _CLOSING.values() and (not open_ or open_.pop() != found[0]):
                    self._in_vain += behind
                    return ""
                if not open_:
                    text = self.text[self.at : self.at + behind] if found[0] in _CLOSING.values() else ""
                    self.at += len(text)
                    return text
            if not self.more():
                self._in_vain += behind
                return ""

    def up_to_the_next(self) -> str:
        """From `at` to where the next element begins that has the same first field, or to the bracket that ends the
        text; the comma or bracket is then next. Empty, and nothing is passed, when there is neither nearby."""
        first = _FIRST_FIELD.match(self.text, self.at)
        if not first:
            return ""
        again = re.compile(rf",\s*+{re.escape(first[0])}")
        while not (found := again.search(self.text, self.at)):
            if len(self.text) - self.at > _NEARBY or not self.more():
                break
        ends = [found.start()] if found else []
        if not found and not self.more() and (last := _LAST_BRACKET.search(self.text, self.at)):
            ends = [last.start()]
        for end in ends:
            text = self.text[self.at : end]
            self.at = end
            return text.rstrip()
        return ""


_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+(?P<closed>")?|[\[\]{}]')
"""A text, which in JSON does not go on in the next line, or a bracket."""
_CLOSING = {"[": "]", "{": "}"}
_FIRST_FIELD = re.compile(r'\{\s*+"[^"\\\n]{1,200}"\s*+:')
_LAST_BRACKET = re.compile(r"\](?=[\s}]*+\Z)")
_MOST_IN_VAIN = 4 * 1024**2
_NEARBY = 64 * 1024**2
"""Characters through which the next element is looked for."""


def _is_ndjson(feed: _Feed) -> bool:
    """Whether the first line alone is an object and more lines follow. The feed then still begins with it."""
    if feed.skip_gap() != "{":
        return False
    end = feed.line_end() - feed.at
    while not (rest := feed.text[feed.at + end :]).strip():
        if not feed.more():
            return False
    return rest[0] == "\n" and isinstance(_line(feed.text[feed.at : feed.at + end], ""), Record)


def _by_line(feed: _Feed) -> Iterator[Record | BrokenLine]:
    number = feed.line()
    while True:
        end = feed.line_end()
        line = feed.text[feed.at : end].strip("\ufeff \t\r")
        if line:
            yield _line(line, f"line {number}")
        if end == len(feed.text):
            return
        feed.at, number = end + 1, number + 1


def _line(line: str, place: str) -> Record | BrokenLine:
    try:
        return Record(json.loads(line), place)
    except (ValueError, RecursionError) as e:
        return BrokenLine(line, place, _why(e))


def _by_value(feed: _Feed, name: str) -> Iterator[Record | BrokenLine]:
    depth = index = 0
    while char := feed.skip_gap():
        if char == "[" and depth < _PAGES:
            depth, feed.at = depth + 1, feed.at + 1
        elif char == "]" and depth:
            depth, feed.at = depth - 1, feed.at + 1
        elif depth:
            yield _element(feed, name, f"[{index}]")
            index += 1
        else:
            place = f"line {feed.line()}"
            yield Record(_value(feed, name), place)
    if depth:
        raise ExportError(f"{name}: ends inside an array; export it again, it was cut off")


def _fields(feed: _Feed, name: str, lists: Collection[str]) -> Iterator[Record | Field | BrokenLine]:
    """Those of the object whose `{` is behind, and its `}`."""
    while (char := feed.skip_gap()) != "}":
        if not char:
            raise ExportError(f"{name}: ends inside an object; export it again, it was cut off")
        key, line = _value(feed, name), feed.line()
        if not isinstance(key, str) or feed.skip_gap() != ":":
            raise ExportError(f"{name}: line {line}: not JSON (a name and `:` were expected); is the export complete?")
        feed.at += 1
        if feed.skip_gap() == "[" and key in lists:
            feed.at += 1
            yield from _elements(feed, name, key)
        else:
            yield Field(key, _value(feed, name), key)
    feed.at += 1


def _elements(feed: _Feed, name: str, key: str) -> Iterator[Record | BrokenLine]:
    """Those of the list whose `[` is behind, and its `]`."""
    index = 0
    while (char := feed.skip_gap()) != "]":
        if not char:
            raise ExportError(f"{name}: ends inside the list {key}; export it again, it was cut off")
        yield _element(feed, name, f"{key}[{index}]")
        index += 1
    feed.at += 1


def _value(feed: _Feed, name: str) -> object:
    try:
        return feed.value()
    except (ValueError, RecursionError) as e:
        raise ExportError(f"{name}: line {feed.line()}: {_why(e)}; is the export complete?") from e


def _element(feed: _Feed, name: str, place: str) -> Record | BrokenLine:
    """The element of a list at `feed.at`, which is then behind it. A bad one is passed over up to where its brackets
    close, or the next one like it begins. Raises ExportError when that cannot be told."""
    try:
        return Record(feed.value(), place)
    except (ValueError, RecursionError) as e:
        problem, line = e, feed.line()
    text = feed.bracketed() or feed.up_to_the_next()
    feed.damaged += 1
    if not text or feed.damaged > _MOST_DAMAGED:
        raise ExportError(f"{name}: line {line}: {place}: {_why(problem)}; is the export complete?") from problem
    return BrokenLine(text, place, _why(problem))


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply to be read"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg})"
    return "a number is too long to be read"
