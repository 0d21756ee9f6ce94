"""One paragraph as it grows: text, marks around parts of it, links, line breaks; written as Markdown at its end.

Knows when `**` and `*` would not be read as emphasis (`**「強」**い`: Markdown wants a blank or punctuation behind
punctuation) and writes HTML's tags then, which Obsidian shows alike. Knows no other markup.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from vaultkit.importing.markup.markdown import escape, escape_lines
from vaultkit.importing.markup.pictures import link_target

_MARKS = {"strong": "**", "em": "*", "del": "~~", "mark": "=="}
TAGS = frozenset({"sub", "sup", "u", "ins", "kbd", "ruby", "rb", "rt", "rp"})
"""What Markdown has no sign for; written as HTML, which Obsidian shows."""
MARKS = frozenset(_MARKS) | TAGS
_BLANK = " \t\n"


@dataclass(slots=True)
class _Opening:
    name: str
    href: str = ""
    at: int = 0
    text: str = ""


@dataclass(slots=True)
class _Closing:
    opening: _Opening
    text: str = ""


_Piece = str | _Opening | _Closing


@dataclass(slots=True)
class Inline:
    """Marks may be closed in any order and opened twice; what is open at the end is closed, and what holds nothing
    goes. `write` may be called once."""

    pieces: list[_Piece] = field(default_factory=list)
    _open: list[_Opening] = field(default_factory=list)
    _plain: list[str] = field(default_factory=list)
    is_empty: bool = True
    """Whether nothing but blanks was written so far."""

    def text(self, text: str) -> None:
        """Plain text, `\\n` in it a line break."""
        if text:
            self._plain.append(text)
            self.is_empty = self.is_empty and not text.strip(_BLANK)

    def raw(self, markdown: str) -> None:
        """Markdown as it is: code, an image, math."""
        if markdown:
            self._flush()
            self.pieces.append(markdown)
            self.is_empty = self.is_empty and not markdown.strip(_BLANK)

    def open(self, name: str, href: str = "") -> None:
        """Begin what `MARKS` name, or a `link` to `href`. A mark within itself, a link within a link: no change."""
        if not self.is_open(name):
            self._flush()
            opening = _Opening(name, href, len(self.pieces))
            self._open.append(opening)
            self.pieces.append(opening)

    def is_open(self, name: str) -> bool:
        return any(one.name == name for one in self._open)

    def close(self, name: str) -> None:
        """End it; marks begun inside are ended and begun again behind it."""
        if not self.is_open(name):
            return
        again = []
        while (opening := self._open[-1]).name != name:
            again.append(opening)
            self._end(self._open.pop())
        self._end(self._open.pop())
        for one in reversed(again):
            self.open(one.name, one.href)

    def next(self) -> Inline:
        """A new paragraph, in which what is open here is open as well."""
        other = Inline()
        for one in self._open:
            other.open(one.name, one.href)
        return other

    def write(self) -> str:
        """The paragraph; "" when there is nothing in it. It may have several lines, none of them empty."""
        while self._open:
            self._end(self._open.pop())
        self._flush()
        for i, piece in enumerate(self.pieces):
            if isinstance(piece, _Closing):
                self._sign(piece, i)
        out = "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)
        lines = (line.strip(" \t") for line in out.strip(_BLANK).split("\n"))
        return escape_lines("\n".join(line for line in lines if line))

    def _flush(self) -> None:
        if self._plain:
            self.pieces.append(escape("".join(self._plain)))
            self._plain.clear()

    def _end(self, opening: _Opening) -> None:
        """Close what is on top: blanks at its edges go outside; without content it was never there."""
        self._flush()
        first = next((i for i in range(opening.at + 1, len(self.pieces)) if self._shows(i)), None)
        if first is None:
            if opening.href and opening.name == "link" and opening.at == len(self.pieces) - 1:
                self.pieces[opening.at] = f"<{link_target(opening.href)}>" if "://" in opening.href else ""
                return
            self.pieces[opening.at] = ""
            return
        if opening.name == "link" and self.pieces[opening.at + 1 :] == [opening.href] and "://" in opening.href:
            self.pieces[opening.at :] = [f"<{link_target(opening.href)}>"]
            return
        self.pieces.append(_Closing(opening))

    def _shows(self, i: int) -> bool:
        piece = self.pieces[i]
        return isinstance(piece, str) and bool(piece.strip(_BLANK))

    def _sign(self, closing: _Closing, at: int) -> None:
        """Write a pair of marks, now that it is known what stands around them."""
        opening = closing.opening
        start = next(i for i in range(opening.at + 1, at) if self._shows(i))
        end = next(i for i in range(at - 1, opening.at, -1) if self._shows(i))
        first, last = self.pieces[start], self.pieces[end]
        assert isinstance(first, str)
        assert isinstance(last, str)
        lead = first[: len(first) - len(first.lstrip(_BLANK))]
        trail = last[len(last.rstrip(_BLANK)) :]
        for i in (*range(opening.at + 1, start), *range(end + 1, at)):
            if isinstance(self.pieces[i], str):
                self.pieces[i] = ""
        last = last[: len(last) - len(trail)]
        self.pieces[end] = last
        first = (last if start == end else first)[len(lead) :]
        self.pieces[start] = first
        last = first if start == end else last
        before = lead or self._near(range(opening.at - 1, -1, -1), -1)
        after = trail or self._near(range(at + 1, len(self.pieces)), 0)
        begin, stop = _signs(opening, before, first[:1], last[-1:], after)
        opening.text, closing.text = lead + begin, stop + trail

    def _near(self, places: range, end: int) -> str:
        """The character that stands next; "" at the edge of the paragraph."""
        for i in places:
            piece = self.pieces[i]
            text = piece if isinstance(piece, str) else piece.text
            if text:
                return text[end]
        return ""


def _signs(opening: _Opening, before: str, first: str, last: str, after: str) -> tuple[str, str]:
    name = opening.name
    if name == "link":
        return "[", f"]({link_target(opening.href)})"
    if name in TAGS:
        return f"<{name}>", f"</{name}>"
    if name in ("strong", "em") and (
        before[-1:] == "*" or not (_may_meet(before[-1:], first) and _may_meet(after[:1], last))
    ):
        return f"<{name}>", f"</{name}>"
    return _MARKS[name], _MARKS[name]


def _may_meet(outer: str, inner: str) -> bool:
    """Whether a mark between these two is read as one: behind punctuation only next to a blank or punctuation."""
    return not _is_punctuation(inner) or not outer.strip() or _is_punctuation(outer)


def _is_punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"
