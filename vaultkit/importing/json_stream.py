"""The records of a JSON file, whichever way a program wrote them one after another.

Knows: one array, arrays written back to back (`[…][…]`, what a paging loop appends), an array of arrays, one object,
objects back to back, and one object per line (NDJSON). Knows nothing of what the records mean.

The text comes in pieces and values are decoded one by one, so that only a piece and a record are in memory. Lone
surrogates (`"\\ud83d"`) are passed on as they are; whoever takes text out of a record has to expect them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vaultkit.errors import ExportError

_decode = json.JSONDecoder().raw_decode
_GAP = re.compile(r"[ \t\n\r,\ufeff]*+")
"""Commas are not insisted on; a mark may stand inside, where files with marks were concatenated."""

_PAGES = 2
"""Arrays deeper than an array of arrays are values, not containers of records."""
_LONGEST_TOKEN = 16
"""Characters: what is wrong nearer to the end of a piece than that (`-Infin`, `\\u30`) may be right with the next."""


@dataclass(frozen=True, slots=True)
class Record:
    """One decoded value and where it stood: `[4]` inside arrays (counted through the file), else `line 13`."""

    value: object
    place: str


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of NDJSON that is not JSON; the lines around it are unharmed."""

    text: str
    place: str
    why: str


def records(pieces: Iterable[str], name: str) -> Iterator[Record | BrokenLine]:
    """All records of a text, which may be cut into `pieces` anywhere, in order; nothing for a blank text.

    Raises ExportError naming `name` and the line when the text is not JSON, ends too early, nests too deeply or holds
    a number too long to read. Of NDJSON only the bad line is lost.
    """
    feed = _Feed(pieces)
    return _by_line(feed) if _is_ndjson(feed) else _by_value(feed, name)


class _Feed:
    """The stretch of a text that is being looked at: `text` from offset `at` on. Offsets hold until more is fetched."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self.text = ""
        self.at = 0
        self._line = 1
        self._counted = 0
        """The offset up to which line breaks are counted in `_line`."""

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


def _by_value(feed: _Feed, name: str) -> Iterator[Record]:
    depth = index = 0
    while char := feed.skip_gap():
        if char == "[" and depth < _PAGES:
            depth, feed.at = depth + 1, feed.at + 1
        elif char == "]" and depth:
            depth, feed.at = depth - 1, feed.at + 1
        else:
            place = f"[{index}]" if depth else f"line {feed.line()}"
            try:
                value = feed.value()
            except (ValueError, RecursionError) as e:
                raise ExportError(f"{name}: line {feed.line()}: {_why(e)}; is the export complete?") from e
            yield Record(value, place)
            index += depth > 0
    if depth:
        raise ExportError(f"{name}: ends inside an array; export it again, it was cut off")


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "the JSON is nested too deeply to be read"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg})"
    return "a number is too long to be read"
