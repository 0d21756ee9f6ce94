"""Silencing in the note itself.

    %% vaultkit: ignore links-resolve %%         at a line's end: that line; on a line of its own: the next line
    %% vaultkit: ignore-start tags-valid %%      … up to `ignore-end`, or to the end of the note
    %% vaultkit: ignore-file %%                  the whole note

Several ids are separated by spaces or commas; none means all rules. `<!-- vaultkit: … -->` does the same, and so does
the property `lint-ignore: [rule, …]` for the whole note. In code a directive is only an example.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from vaultkit.vault.hidden import inside
from vaultkit.vault.note import Note, RegionKind, Span

PROPERTY = "lint-ignore"
SIGN = b"vaultkit:"
"""Stands in every directive."""
_DIRECTIVE = rb"(?:%%|<!--)[ \t]*vaultkit:[ \t]*(ignore(?:-start|-end|-file)?)(?![\w-])([a-z0-9 ,\t-]*?)(?:%%|-->)"
_CODE = frozenset({RegionKind.CODE, RegionKind.MATH})
_ONLY_MARKS = re.compile(rb"[ \t>]*(?:[-*+][ \t]+)?\Z")
_ALL = ""


class Suppression(NamedTuple):
    """One rule silenced by one directive, or by the property. `rule` empty: all rules. `at`: what says so."""

    rule: str
    place: Span
    at: Span


class Suppressions:
    """Stretches of one note in which rules are silent."""

    def __init__(self, said: Iterable[Suppression]) -> None:
        self._said = sorted(said)
        self._places: dict[str, tuple[list[int], list[int]]] = {}
        for name, place, _ in self._said:
            starts, ends = self._places.setdefault(name, ([], []))
            if not ends or place.end > ends[-1]:  # else it lies in the one before
                starts.append(place.start)
                ends.append(place.end)

    def hides(self, rule: str, span: Span) -> bool:
        """Whether a finding of `rule` that begins at `span` is silenced."""
        return self.hides_by_name(rule, span) or self.hides_by_name(_ALL, span)

    def hides_by_name(self, rule: str, span: Span) -> bool:
        """The same, but only by what names the rule."""
        starts, ends = self._places.get(rule, ((), ()))
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.start < ends[at]

    def idle(self, found: Iterable[tuple[str, Span]]) -> list[Suppression]:
        """Those that silence none of `found`: rule ids with their places."""
        starts: dict[str, list[int]] = {_ALL: []}
        for rule, span in sorted(found, key=lambda one: one[1]):
            starts.setdefault(rule, []).append(span.start)
            starts[_ALL].append(span.start)
        return [one for one in self._said if not _any_within(starts.get(one.rule, []), one.place)]


def _any_within(starts: list[int], place: Span) -> bool:
    at = bisect_left(starts, place.start)
    return at < len(starts) and starts[at] < place.end


def suppressions(note: Note) -> Suppressions:
    """What `note` silences."""
    whole = Span(0, len(note.data) + 1)
    found = note.find_property(PROPERTY)
    out = [Suppression(name, whole, found.span) for name in _property_ids(found.value)] if found else []
    if SIGN in note.data:
        out += _directives(note, whole)
    return Suppressions(out)


def _property_ids(value: object) -> Iterable[str]:
    """Ids in the property: a list, a text of ids, or `true` for all."""
    if value is True:
        return [_ALL]
    items = value if isinstance(value, list) else [value]
    return [name for item in items if isinstance(item, str) for name in re.split(r"[ ,]+", item) if name]


def _directives(note: Note, whole: Span) -> list[Suppression]:
    out: list[Suppression] = []
    started: dict[str, Span] = {}
    code = inside(note, _CODE)
    data = note.data
    for found in re.finditer(_DIRECTIVE, data):
        if code.hold(found.start()):
            continue
        names = re.split(r"[ ,\t]+", found[2].decode().strip(" ,\t"))
        at = Span(*found.span())
        match found[1]:
            case b"ignore-file":
                out += [Suppression(name, whole, at) for name in names]
            case b"ignore-start":
                for name in names:
                    started.setdefault(name, at)
            case b"ignore-end":
                for name in started if names == [_ALL] else names:
                    if name in started:
                        out.append(Suppression(name, Span(started[name].start, at.end), started[name]))
                started = {} if names == [_ALL] else {k: v for k, v in started.items() if k not in names}
            case _:
                place = _line(data, found.start(), found.end())
                out += [Suppression(name, place, at) for name in names]
    return out + [Suppression(name, Span(at.start, whole.end), at) for name, at in started.items()]


def _line(data: bytes, start: int, end: int) -> Span:
    """The directive's own line, or the next line with text when nothing else stands on it."""
    begin = data.rfind(b"\n", 0, start) + 1
    stop = data.find(b"\n", end)
    if stop < 0:
        return Span(begin, len(data) + 1)
    if data[end:stop].strip() or not _ONLY_MARKS.match(data, begin, start):
        return Span(begin, stop + 1)
    text = re.compile(rb"\s*").match(data, stop)
    stop = text.end() if text else stop
    begin = data.rfind(b"\n", 0, stop) + 1
    stop = data.find(b"\n", stop)
    return Span(begin, len(data) + 1 if stop < 0 else stop + 1)
