"""Canvas files: what their cards and edges refer to, and where each reference stands.

Reading only; unknown keys are none of our business. A canvas is changed as a note is, by replacing spans: what a card
says is found as the JSON string it stands in, nothing is ever written out anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Link, Span
from vaultkit.vault.scan import scan

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"|[{}\[\]:,]|[^\s{}\[\]:,"]++')
_PIECE = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]++")
_HOLDS = {"file": "file", "group": "background", "text": "text"}
"""Type of a card → its key that refers to files."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """References of one canvas. `files` are exact vault paths; `links` stand in text cards (spans into the card)."""

    files: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    backgrounds: tuple[str, ...] = ()
    dangling_edges: tuple[str, ...] = ()
    """Ids of edges that name a card which is not there."""
    error: str = ""
    """Why the file cannot be read; empty when it can. An empty file is an empty canvas."""


class Card(NamedTuple):
    """What one card refers to: a `path` (its file, a group's background) or a `text` with links; the other is None."""

    path: str | None
    text: bytes | None
    """As UTF-8; a lone surrogate is three bytes."""
    span: Span
    """Between the quotes of the JSON string, in the file."""


def read_canvas(data: bytes) -> Canvas:
    """The references in a canvas file. Never fails: damage is in `error`."""
    value, error = _load(data)
    if error:
        return Canvas(error=error)
    nodes = [n for n in _list(value.get("nodes")) if isinstance(n, dict)]
    edges = [e for e in _list(value.get("edges")) if isinstance(e, dict)]
    ids = {_id(n.get("id")) for n in nodes}
    texts = [n["text"] for n in nodes if n.get("type") == "text" and isinstance(n.get("text"), str)]
    return Canvas(
        files=tuple(n["file"] for n in nodes if n.get("type") == "file" and isinstance(n.get("file"), str)),
        links=tuple(link for text in texts for link in scan(_utf8(text)).links),
        backgrounds=tuple(
            n["background"] for n in nodes if n.get("type") == "group" and isinstance(n.get("background"), str)
        ),
        dangling_edges=tuple(
            str(e.get("id", "")) for e in edges if not {_id(e.get("fromNode")), _id(e.get("toNode"))} <= ids
        ),
    )


def read_cards(data: bytes) -> tuple[Card, ...]:
    """The references of a canvas file that are files or hold links, in order; none when the file cannot be read."""
    if _load(data)[1]:
        return ()
    out: list[Card] = []
    for node in _nodes(data):
        kind = node.get(b"type")
        key = _HOLDS.get(_string(data, kind) if kind else "")
        span = node.get(key.encode()) if key else None
        if span is not None:
            value = _string(data, span)
            out.append(Card(None, _utf8(value), span) if key == "text" else Card(value, None, span))
    return tuple(out)


def edit_card(data: bytes, card: Card, edits: Iterable[Edit]) -> list[Edit]:
    """`edits` of a card's text (or of its whole path) as edits of the canvas file; escapes elsewhere stay as they are.

    The edits must be in order and not overlap.
    """
    if card.text is None:
        return [Edit(card.span, json_text(edit.text)) for edit in edits]
    pieces = _offsets(data, card.span)
    read, raw = next(pieces)
    out = []

    def place(offset: int) -> int:
        """Where the byte `offset` of the text stands in the file; edits begin and end between characters."""
        nonlocal read, raw
        while read.end <= offset and (following := next(pieces, None)):
            read, raw = following
        return raw.start + offset - read.start

    for edit in edits:
        out.append(Edit(Span(place(edit.span.start), place(edit.span.end)), json_text(edit.text)))
    return out


def json_text(text: bytes) -> bytes:
    """`text` as it stands between the quotes of a JSON string."""
    return json.dumps(text.decode("utf-8", "replace"), ensure_ascii=False)[1:-1].encode()


# -- inside ----------------------------------------------------------------------------------------


def _load(data: bytes) -> tuple[dict[str, Any], str]:
    """The object of a canvas file, and why it cannot be read (empty when it can)."""
    if not data.strip():
        return {}, ""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as e:
        return {}, f"is not valid JSON ({e})"
    return (value, "") if isinstance(value, dict) else ({}, "is not a JSON object")


def _nodes(data: bytes) -> Iterator[dict[bytes, Span]]:
    """The strings of each object in the list `nodes` of valid JSON, by key; of a key that is there twice the last.

    Without recursion: what is nested deeper is counted, not read.
    """
    depth = 0
    key: bytes | None = None  # of the outermost object, then of the card
    inside = False  # in the list `nodes`
    node: dict[bytes, Span] = {}
    lists: list[dict[bytes, Span]] = []
    last = b""  # how the token before begins, and what it says when it is a string
    before: bytes | None = None
    for token in _TOKEN.finditer(data):
        first = data[token.start() : token.start() + 1]
        if first in b"{[":
            depth += 1
            if depth == 2:
                inside = first == b"[" and key == b"nodes"
                if key == b"nodes":
                    lists = []  # a later `nodes` replaces an earlier one
            elif depth == 3 and inside:
                node = {}
                if first == b"{":
                    lists.append(node)
        elif first in b"}]":
            depth -= 1
            inside = inside and depth >= 2
        elif first == b":":
            if depth == 1 or (depth == 3 and inside):
                key = before
        elif first != b"," and last == b":" and depth == 3 and inside and key is not None:
            node.pop(key, None)
            if first == b'"':
                node[key] = Span(*token.span(1))
        before = _plain_key(token[1]) if first == b'"' else None
        last = first
    yield from lists


def _plain_key(raw: bytes) -> bytes:
    return _utf8(json.loads(b'"' + raw + b'"')) if b"\\" in raw else raw


def _string(data: bytes, span: Span) -> str:
    value: str = json.loads(data[span.start - 1 : span.end + 1].decode("utf-8", "replace"))
    return value


def _offsets(data: bytes, span: Span) -> Iterator[tuple[Span, Span]]:
    """Runs of a JSON string: where they lie in its value as UTF-8, and where in the file."""
    at = 0
    for piece in _PIECE.finditer(data, span.start, span.end):
        raw = piece[0]
        width = len(_utf8(json.loads(b'"' + raw + b'"'))) if raw.startswith(b"\\") else len(raw)
        yield Span(at, at + width), Span(*piece.span())
        at += width
    yield Span(at, at), Span(span.end, span.end)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _id(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
