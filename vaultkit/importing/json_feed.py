"""A JSON text that comes in pieces, as far as it is being looked at: its next sign, its next value.

Only a piece and a value are in memory. Knows what JSON is made of, and how to go on behind what is none; which values
are records is said by `json_stream`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

_decode = json.JSONDecoder().raw_decode
_GAP = re.compile(r"[ \t\n\r,\ufeff]*+")
"""Commas are not insisted on; a mark may stand inside, where files with marks were concatenated."""

_LONGEST_TOKEN = 16
"""Characters: what is wrong nearer to the end of a piece than that (`-Infin`, `\\u30`) may be right with the next."""
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*+(?P<closed>")?|[\[\]{}]')
"""A text, which in JSON does not go on in the next line, or a bracket."""
_CLOSING = {"[": "]", "{": "}"}
_FIRST_FIELD = re.compile(r'\{\s*+"[^"\\\n]{1,200}"\s*+:')
_LAST_BRACKET = re.compile(r"\](?=[\s}]*+\Z)")
_MOST_IN_VAIN = 4 * 1024**2
_NEARBY = 64 * 1024**2
"""Characters through which the next element is looked for."""


class Feed:
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
