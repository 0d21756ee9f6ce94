"""Web addresses that cannot work: a misspelt or doubled `https://`, none behind it, a space in the middle.

Knows only what is certain. `hxxp://` and `ttp://` are written on purpose, and what a link of the vault leads to is told
by other checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import NOT_MARKDOWN
from vaultkit.vault.note import Note, RegionKind, Span
from vaultkit.vault.spans import Spans


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("url", "problem")
EDITS = frozenset({Part.LINKS})
"""An address with a space is no link until it is mended."""
_ODD = re.compile(rb"tp(?=[ps]{0,2}[:;]{0,2}/)(?:(?!s?://(?!https?:?//)[^\s/)\]])|(?<![^0-9A-Za-z]http))")
"""The end of `http` where no address in order follows or no `http` stands. It begins with what is rare and found
fast."""
_BEFORE = re.compile(rb"(?<![0-9A-Za-z_./:=?&%+@#~\\-])h{1,2}t{0,2}\Z")
_HOST = rb"(?:localhost\b|[0-9A-Za-z\x80-\xff][0-9A-Za-z_\x80-\xff-]{0,62}+\.[0-9A-Za-z\x80-\xff])"
_BEHIND = re.compile(rb"([ps]{0,2})([:;]{0,2})(/{1,4}+)( ?)(?=" + _HOST + rb")")
_TWICE = re.compile(rb"s?://(?=https?:?//" + _HOST + rb")")
_NOTHING = re.compile(rb"s?:/{2,3}(?=\))")
_SPACED = re.compile(rb"\]\((https?://[^\s()<>\"']{1,500}+(?: [^\s()<>\"'=][^\s()<>\"']{0,200}+){1,20}+) ?\)")
_HIDING = NOT_MARKDOWN | {RegionKind.COMMENT}
_REST = re.compile(rb"[^\s()<>\"'\]]{0,100}")


class _Wrong(NamedTuple):
    span: Span
    problem: str
    edit: Edit | None = None


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such address, in properties, too."""
    off: Spans | None = None
    for wrong in (*_misspelt(note.data), *_spaced(note)):
        off = off or _hidden(note)
        if not off.hold(wrong.span.start):
            url = note.data[wrong.span.start : wrong.span.end].decode("utf-8", "replace")
            fix = Fix((wrong.edit,), safe=False) if wrong.edit else None
            yield Finding(wrong.span, {"url": url, "problem": wrong.problem}, fix)


def _hidden(note: Note) -> Spans:
    """Code, math, comments, and the links that lead into the vault."""
    spans: list[Span] = [region.span for region in note.regions if region.kind in _HIDING]
    return Spans(spans + [link.target_span for link in note.links])


def _misspelt(data: bytes) -> Iterator[_Wrong]:
    for found in _ODD.finditer(data):
        at = found.start()
        before = _BEFORE.search(data, max(0, at - 5), at)
        if not before:
            continue
        start = before.start()
        rest = _REST.match(data, at)
        span = Span(start, rest.end() if rest else found.end())
        if twice := _TWICE.match(data, found.end()):
            yield _Wrong(span, "`https://` stands there twice", Edit(Span(start, twice.end()), b""))
        elif nothing := _NOTHING.match(data, found.end()):
            if data[start - 2 : start] == b"](":  # `<https://>` is left by templates, to be filled
                yield _Wrong(Span(start, nothing.end()), "nothing stands behind `//`")
        elif behind := _BEHIND.match(data, found.end()):
            scheme, wanted = data[start : behind.end()], b"https://" if b"s" in behind[1] else b"http://"
            if scheme != wanted and (behind[2] or len(behind[3]) > 1):  # `http/2.0` is none
                rest = _REST.match(data, behind.end())
                span = Span(start, rest.end() if rest else behind.end())
                problem = f"it must begin with `{wanted.decode()}`"
                yield _Wrong(span, problem, Edit(Span(start, behind.end()), wanted))


def _spaced(note: Note) -> Iterator[_Wrong]:
    """The body's are no links, which was seen when it was read; in properties nothing is read as a link."""
    if not note.text.nearly_links and note.data.find(b"](http", 0, note.body) < 0:
        return
    for found in _SPACED.finditer(note.data):
        span = Span(*found.span(1))
        yield _Wrong(span, "a space ends it; write `%20`", Edit(span, found[1].replace(b" ", b"%20")))
