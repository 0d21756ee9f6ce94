"""Tags in text into which the sentence ran: `#日記。今日は` is one tag to Obsidian.

Knows which signs Obsidian counts as part of a tag although to a reader they end a word. Text that follows without any
sign (`#日記です`) cannot be told from a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Note, Span, Tag
from vaultkit.vault.spans import Spans
from vaultkit.vault.tags import is_valid_tag


class Options(NamedTuple):
    """What is meant."""

    allow: Annotated[tuple[str, ...], "tags that hold such signs on purpose (`モーニング娘。`)"] = ()


VALUES = ("tag", "meant", "sign")
EDITS = frozenset({Part.COMMENTS})
_PAIRS = dict(zip("「『（【〔［｛〈《｢«", "」』）】〕］｝〉》｣»", strict=True))
_CLOSING = frozenset(_PAIRS.values())
_STOPS = frozenset("、。，．､｡،؛؟।॥")
_OF_NAMES = frozenset("！？：；")
"""Names hold them, too (`けいおん！`, `著者：村上`); only hiragana behind them show that a sentence ran in."""
_HIRAGANA = re.compile("[ぁ-ゖ]")
_SURE = frozenset("、，､،") | _CLOSING
_SIGNS = re.compile(f"[{''.join(_STOPS | _OF_NAMES | _CLOSING | frozenset(_PAIRS))}]")


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each tag of the text that holds a sign which ends it."""
    around: _Around | None = None
    for tag in note.text.tags:
        if tag.name.isascii() or not _SIGNS.search(tag.name):
            continue
        at = _end(tag.name)
        if at is None:
            continue
        around = around or _around(note, options)
        if tag.name.lower() not in around.on_purpose:
            meant, rest = tag.name[:at], tag.name[at:]
            fix = _fix(note, tag, meant, rest, around)
            yield Finding(tag.span, {"tag": tag.name, "meant": meant, "sign": rest[0]}, fix)


class _Around(NamedTuple):
    """What decides about a tag besides its own letters."""

    on_purpose: frozenset[str]
    """Tags that the owner allows, or that stand in the properties, where nothing can run in."""
    links: Spans
    headings: Spans


def _around(note: Note, options: Options) -> _Around:
    allowed = [name.removeprefix("#").lower() for name in options.allow]
    written = [tag.name.lower() for tag in note.tags if tag.in_property]
    links, headings = Spans(link.span for link in note.links), Spans(heading.span for heading in note.headings)
    return _Around(frozenset(allowed + written), links, headings)


def _end(name: str) -> int | None:
    """Where the sign is that ends the tag; None: all are in pairs (`AI（人工知能）`) or may be part of a name."""
    prose = max((found.start() for found in _HIRAGANA.finditer(name)), default=0)
    waiting: list[tuple[str, int]] = []
    for found in _SIGNS.finditer(name):
        sign, at = found[0], found.start()
        if waiting and sign == waiting[-1][0]:
            waiting.pop()
        elif sign in _PAIRS:
            waiting.append((_PAIRS[sign], at))
        elif waiting:
            continue  # whether the bracket is closed decides
        elif sign not in _OF_NAMES or at < prose:
            return at
    return waiting[0][1] if waiting else None


def _fix(note: Note, tag: Tag, meant: str, rest: str, around: _Around) -> Fix | None:
    """A blank before the sign, and one before a tag right behind: `、#b` is none. Doubtful where a name may end so, and
    in a heading, which links may name. None in the text of a link."""
    start, end = tag.span
    if not meant or around.links.hold(start):
        return None
    at = start + 1 + len(meant.encode())
    sure = rest[0] in _SURE or (rest[0] in "。｡" and len(rest) > 1)
    sure = sure and is_valid_tag(meant) and not around.headings.hold(start)
    places = (at, end) if note.data[end : end + 1] == b"#" else (at,)
    return Fix(tuple(Edit(Span(place, place), b" ") for place in places), safe=sure)
