"""Pairs of `**` that make nothing bold, because punctuation stands within and a letter without: `**「はい」**と`.

Knows CommonMark's rule for such marks, which was made for languages with spaces between words: beside punctuation a
mark begins emphasis only behind white space or more punctuation, and ends it only before these. Told is what touches
Chinese, Japanese or Korean letters, for there nobody expects it. Symbols (`￥`, `～`) count as punctuation in some
versions of the rule and in others not; they are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import line_of
from vaultkit.linting.written import short
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import hidden
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.spans import Spans


class Options(NamedTuple):
    """There is nothing to choose."""


class _Pair(NamedTuple):
    """What stands between two marks, and the characters before and behind them; empty: the line begins or ends."""

    before: str
    text: str
    behind: str


VALUES = ("text", "letter", "punctuation", "do")
EDITS: frozenset[Part] = frozenset()
_ASCII = rb"[!-/:-@\[-`{-~]"
_BESIDE = (  # compiled, as the others, when it is first used
    rb"\*\*(?:(?=" + _ASCII + rb"|[\xe2\xe3]\x80|\xe3\x83\xbb|\xef[\xb8-\xbd])|(?<=" + _ASCII + rb"\*\*)"
    rb"|(?<=[\xe2\xe3]\x80[\x80-\xbf]\*\*)|(?<=\xe3\x83\xbb\*\*)|(?<=\xef[\xb8-\xbd][\x80-\xbf]\*\*))"
)
"""A mark beside what may be punctuation: found out fast, without a look at characters."""
_MARK = r"(?<![*\\])\*\*(?!\*)"
_WIDE = r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9f]"
_BRACKETS = {
    pair[0]: pair[1] for pair in ("「」", "『』", "（）", "【】", "〈〉", "《》", "〔〕", "［］", "()", "“”", '""')
}
_STOPS = "。、，．！？：；…!?,:;"
_LONGEST = 30


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such pair. Marks are paired in their order on a line; nothing is said of a line on which one
    is left over or a pair has white space inside, for who knows what it means."""
    data = note.data
    off: Spans | None = None
    done = -1
    for found in re.compile(_BESIDE).finditer(data, note.body):
        if found.start() < done:
            continue
        line = line_of(note, found.start())
        done = line.end
        text = data[line.start : line.end].decode("utf-8", "surrogateescape")
        marks = [mark.start() for mark in re.finditer(_MARK, text)]
        beside = [(text[at - 1 : at], text[at + 2 : at + 3]) for at in marks]
        if not any(_is_stuck(one, other) or _is_stuck(other, one) for one, other in beside):
            continue
        off = off or hidden(note, RegionKind.COMMENT)
        yield from _on_line(text, [mark for mark in _places(text, marks, line.start) if not off.hold(mark[1])])


def _places(text: str, marks: list[int], place: int) -> Iterator[tuple[int, int]]:
    """`marks`, each with its place in the note; the line of `text` begins at `place`."""
    before = 0
    for at in marks:
        place += _size(text[before:at])
        before = at
        yield at, place


def _on_line(text: str, marks: list[tuple[int, int]]) -> Iterator[Finding]:
    """`marks`: where they stand in the line's text, and in the note."""
    pairs = [(*opening, *closing) for opening, closing in zip(marks[::2], marks[1::2], strict=False)]
    inner = [text[opening + 2 : closing] for opening, _, closing, _ in pairs]
    if len(marks) % 2 or any(not part or part[0].isspace() or part[-1].isspace() for part in inner):
        return
    for opening, begin, closing, end in pairs:
        pair = _pair(text, opening, closing)
        if _is_stuck(pair.text[0], pair.before):
            values = {"do": "begin", "letter": pair.before, "punctuation": pair.text[0]}
        elif _is_stuck(pair.text[-1], pair.behind):
            values = {"do": "end", "letter": pair.behind, "punctuation": pair.text[-1]}
        else:
            continue
        shown = short(pair.text, _LONGEST)
        yield Finding(Span(begin, end + 2), {"text": f"**{shown}**", **values}, _fix(pair, begin, end))


def _pair(text: str, opening: int, closing: int) -> _Pair:
    return _Pair(text[opening - 1 : opening], text[opening + 2 : closing], text[closing + 2 : closing + 3])


def _is_stuck(inside: str, outside: str) -> bool:
    """Whether a mark between these characters does nothing, in text of those languages. Empty: there is none."""
    return _is_blocked(inside, outside) and bool(re.search(_WIDE, inside + outside))


def _is_blocked(inside: str, outside: str) -> bool:
    if not inside or not outside or not _is_punctuation(inside):
        return False
    return unicodedata.category(outside)[0] in "LMN"


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P" or (char.isascii() and char in "$+<=>^`|~")


def _fix(pair: _Pair, begin: int, end: int) -> Fix | None:
    """The brackets around all of the text, or what ends a sentence, are put outside. None: it holds more than that."""
    lead, core, trail = "", pair.text, ""
    closing = _BRACKETS.get(core[0])
    if closing and core[-1] == closing and not {core[0], closing} & set(core[1:-1]):
        lead, core, trail = core[0], core[1:-1], closing
    else:
        core = core.rstrip(_STOPS)
        trail = pair.text[len(core) :]
    if not trail or not core or core != core.strip():
        return None
    if _is_blocked(core[0], lead or pair.before) or _is_blocked(core[-1], trail[0]):
        return None
    first = Edit(Span(begin, begin + 2 + _size(lead)), f"{lead}**".encode())
    last = Edit(Span(end - _size(trail), end + 2), f"**{trail}".encode())
    return Fix((first, last) if lead else (last,), safe=False)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
