"""Findings silenced where they stand: a directive for each is written into the note (`suppress` reads them).

At the end of the line; above a heading or an inline field, whose text the comment would become part of. Where no
comment can stand (properties, code, math, tables, task dates, comments) the rule is named in the property
`lint-ignore`. What the note says to Obsidian must be the same afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from vaultkit.config import Config
from vaultkit.linting.asking import asks_for_links, by_kind
from vaultkit.linting.claims import Claims, claims_in
from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.history import History
from vaultkit.linting.packs import ActiveRule
from vaultkit.linting.run import is_excluded, lint_note
from vaultkit.linting.suppress import PROPERTY
from vaultkit.vault.edit import Edit, apply_edits, line_end
from vaultkit.vault.edit_list import add_to_list
from vaultkit.vault.hidden import inside
from vaultkit.vault.index import Index
from vaultkit.vault.inline_fields import inline_fields
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.parse import parse
from vaultkit.vault.settings import Settings

ROUNDS = 5
"""What is written may itself be found by a rule, such as one about comments; it is then silenced, too."""
_OWN = re.compile(rb"%%[ \t]*vaultkit:[ \t]*ignore[ \t]++([a-z0-9-][a-z0-9 ,\t-]*+)%%\Z")
_WIKILINK = re.compile(rb"!?\[\[[^\[\]\n]*\]\]")
_BLOCK_ID = re.compile(rb"[ \t]+\^[A-Za-z0-9-]+\Z")
_DEFINITION = re.compile(rb"[ \t>]*\[[^\]\n]+\]:")
_TASK_SIGNS = re.compile("[📅⏳🛫➕✅❌🔁🏁🆔⛔🔺⏫🔼🔽⏬]")
_MARKS = re.compile(rb"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*")
_WORD = re.compile(rb"[0-9A-Za-z\x80-\xff]")

Wanted = Callable[[Note, Sequence[Diagnostic]], Sequence[Diagnostic]]
"""Which of the findings in a note are to be silenced."""


class Ignored(NamedTuple):
    """The note with its findings silenced; `left`: how many could not be."""

    data: bytes
    left: int


def ignored(
    path: str,
    index: Index,
    settings: Settings,
    rules: Sequence[ActiveRule],
    config: Config,
    wanted: Wanted,
    claims: Claims | None = None,
    history: History | None = None,
) -> Ignored:
    """The note at `path` in which the `wanted` findings are silenced. `claims`: those of the vault, read once for many
    notes. `history`: as `Context` takes it. Raises KeyError: no such note."""
    note = index.notes[path]
    if is_excluded(path, settings, config):
        return Ignored(note.data, 0)
    left = 0
    known = claims or claims_in(index.notes, links=asks_for_links(rules))
    asked = by_kind(rules)
    for _ in range(ROUNDS):
        context = Context(index.with_note(note), settings, config.import_.folders, claims=known, history=history)
        found = wanted(note, lint_note(note, context, asked))
        left = len(found)
        after = _silenced(note, found) if found else note
        if after.data == note.data:
            break
        note = after
    return Ignored(note.data, left)


class _Place(NamedTuple):
    """Where a directive goes: a line (its start) and whether it stands above it or at its end."""

    line: int
    above: bool


def _silenced(note: Note, found: Iterable[Diagnostic]) -> Note:
    """`note` with directives for what was found, as far as there is a place for them."""
    lines = _Lines(note)
    places: dict[_Place, set[str]] = {}
    whole: set[str] = set()
    for one in found:
        place = lines.place(one.span)
        if place is None:
            whole.add(one.rule)
        else:
            places.setdefault(place, set()).add(one.rule)
    fitting = dict(_fitting(note, lines, list(places.items())))
    whole |= {name for place in places.keys() - fitting.keys() for name in places[place]}
    in_properties = add_to_list(note, PROPERTY, sorted(whole)) if whole else None
    if in_properties is None:
        return _edited(note, lines.edits(fitting))
    rest = {place: left for place, names in fitting.items() if (left := names - whole)}
    return _edited(note, [in_properties, *lines.edits(rest)])


def _fitting(note: Note, lines: _Lines, places: list[tuple[_Place, set[str]]]) -> list[tuple[_Place, set[str]]]:
    """Those where a directive changes nothing of what Obsidian sees."""
    if not places or _is_same(note, _edited(note, lines.edits(dict(places)))):
        return places
    half = len(places) // 2
    return _fitting(note, lines, places[:half]) + _fitting(note, lines, places[half:]) if half else []


def _edited(note: Note, edits: Iterable[Edit]) -> Note:
    return parse(note.path, apply_edits(note.data, edits))


class _Lines:
    """The lines of a note, as places for comments."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._data = note.data
        self._off = inside(note, frozenset(RegionKind) - {RegionKind.URL, RegionKind.HTML_TAG})
        self._headings: Mapping[int, bool] = {
            self._start(h.span.start): self._data.startswith(b"#", h.span.start) for h in note.headings
        }
        self._fields = {self._start(field.span.start) for field in inline_fields(note) if not field.bracket}

    def place(self, span: Span) -> _Place | None:
        """Where a finding at `span` is silenced; None: in the properties only."""
        if span.start < self._note.body or span == (0, 0):
            return None
        start = self._start(span.start)
        line = self._line(start)
        marks = _MARKS.match(line)
        text = line[marks.end() :] if marks else line
        is_heading = start in self._headings
        if not _WORD.search(text) or b"|" in _WIKILINK.sub(b"", line) or _DEFINITION.match(line):
            return None
        if is_heading or start in self._fields:
            above = self._line(self._start(start - 1)) if start > self._note.body else b""
            alone = text == line and b"|" not in above and (not is_heading or self._headings[start])
            return _Place(start, True) if alone and not self._off.hold(start) else None
        end = self._end(start)
        own = _OWN.search(line)  # itself a comment at the line's end
        is_hidden = self._off.hold(start + len(line) - len(text)) or (not own and self._off.hold(end))
        if is_hidden or _TASK_SIGNS.search(line.decode("utf-8", "replace")) or line.endswith(b"\\"):
            return None
        return _Place(start, False)

    def edits(self, places: Mapping[_Place, Iterable[str]]) -> list[Edit]:
        """The directives that silence rules at their places; one that is there already gets them, too."""
        return [self._edit(place, names) for place, names in places.items()]

    def _edit(self, place: _Place, names: Iterable[str]) -> Edit:
        listed = ", ".join(sorted(names)).encode()
        start = place.line
        if place.above:
            before = self._start(start - 1) if start > self._note.body else start
            above = self._line(before) if before < start else b""
            if own := _OWN.match(above):
                return _insert(before + _end_of_ids(own), b", " + listed)
            return _insert(start, b"%% vaultkit: ignore " + listed + b" %%" + line_end(self._note))
        if own := _OWN.search(self._line(start)):
            return _insert(start + _end_of_ids(own), b", " + listed)
        return _insert(self._end(start), b" %% vaultkit: ignore " + listed + b" %%")

    def _start(self, at: int) -> int:
        return self._data.rfind(b"\n", 0, max(at, 0)) + 1

    def _line(self, start: int) -> bytes:
        """The line that begins at `start`, without the blanks and the block id at its end."""
        stop = self._data.find(b"\n", start)
        line = self._data[start : stop if stop >= 0 else len(self._data)].rstrip()
        return _BLOCK_ID.sub(b"", line).rstrip()

    def _end(self, start: int) -> int:
        return start + len(self._line(start))


def _end_of_ids(own: re.Match[bytes]) -> int:
    return own.start(1) + len(own[1].rstrip(b" ,\t"))


def _insert(at: int, text: bytes) -> Edit:
    return Edit(Span(at, at), text)


def _is_same(before: Note, after: Note) -> bool:
    """Whether Obsidian sees the same in both, but for comments."""
    return _seen(before) == _seen(after)


def _seen(note: Note) -> object:
    kept = [r for r in note.regions if r.kind is not RegionKind.COMMENT]
    return (
        dict(note.properties),
        [(link.kind, link.embed, link.target, link.display) for link in note.links],
        [(heading.level, heading.text) for heading in note.headings],
        [tag.name for tag in note.tags],
        [block.id for block in note.blocks],
        [task.status for task in note.tasks],
        [(r.kind, note.data[r.span.start : r.span.end], r.closed) for r in kept],
        [(field.key, field.value) for field in inline_fields(note)],
    )
