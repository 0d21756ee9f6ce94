"""A link made to say another path: the edit of just those bytes, whatever the link's kind.

Subpath, display text, size, `\\|`, title, quotes and the white space around them stay. Knows how a path is spelled in a
wikilink, in a Markdown destination, and in a quoted YAML value; where a path leads is `linktext`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from vaultkit.vault.destination import percent_decode
from vaultkit.vault.edit import Edit
from vaultkit.vault.links import destination
from vaultkit.vault.note import Link, LinkKind, Note, Span
from vaultkit.vault.yaml_core import MAX_DEPTH, YamlError, compose

_HASH = re.compile(rb"\\?#")
_HASH_OR_ENCODED = re.compile(rb"\\?#|%23")


def relink(data: bytes, link: Link, path: str, *, keep_query: bool = False) -> Edit:
    """The edit of `data` that makes `link`, which stands in its body, say `path` in place of its own path.

    `keep_query`: what follows a `?` is no part of the path (`pic.png?raw=true`).
    """
    start, end = link.target_span
    raw = data[start:end]
    if link.kind is LinkKind.WIKI:
        cut = raw.find(b"#")
        text = raw[: cut if cut >= 0 else None].decode("utf-8", "surrogateescape")
        new = path
    else:
        found = (_HASH if percent_decode(raw) == raw else _HASH_OR_ENCODED).search(raw)
        text = raw[: found.start() if found else None].decode("utf-8", "surrogateescape")
        new = destination(path, in_angles=data[start - 1 : start] == b"<" and data[end : end + 1] == b">")
    if keep_query:
        text = text.partition("?")[0]
    before = len(text[: len(text) - len(text.lstrip())].encode("utf-8", "surrogateescape"))
    width = len(text.strip().encode("utf-8", "surrogateescape"))
    return Edit(Span(start + before, start + before + width), new.encode("utf-8", "replace"))


class _Value(NamedTuple):
    """A value of the front matter as a person wrote it."""

    text: str
    quote: str
    """`"` or `'`; empty for a block (`>-`)."""
    span: Span
    """With its quotes."""


class Properties:
    """The values of a note's front matter as they stand there, for the links among them."""

    def __init__(self, note: Note) -> None:
        self.data = note.data
        self.values: dict[str, list[_Value]] = {}
        for key, value in _values(note):
            self.values.setdefault(key, []).append(value)

    def relink(self, link: Link, path: str) -> Edit | None:
        """The edit that makes the property `link` say `path`; None when its value cannot be made out."""
        for value in self.values.get(link.key, ()):
            opening = value.text.find("[[")
            at = value.text.find(link.path, opening + 2)
            if opening >= 0 and at >= 0 and not value.text[opening + 2 : at].strip():
                return self._replace(value, opening, at, link.path, path)
        return None

    def _replace(self, value: _Value, opening: int, at: int, old: str, new: str) -> Edit | None:
        token, quote = self.data[value.span.start : value.span.end], value.quote
        before = _quoted(value.text[opening:at], quote).encode()
        place = token.find(before + _quoted(old, quote).encode())
        if place >= 0:
            start = value.span.start + place + len(before)
            return Edit(Span(start, start + len(_quoted(old, quote).encode())), _quoted(new, quote).encode())
        if not quote:
            return None
        # written with other escapes (`"[[\\u0041]]"`) or over two lines: the whole value anew, in the same quotes
        whole = value.text[:at] + new + value.text[at + len(old) :]
        return Edit(value.span, f"{quote}{_quoted(whole, quote)}{quote}".encode())


def _quoted(text: str, quote: str) -> str:
    """`text` as it stands between YAML quotes of this kind."""
    if quote == "'":
        return text.replace("'", "''")
    return json.dumps(text, ensure_ascii=False)[1:-1] if quote else text


def _values(note: Note) -> Iterator[tuple[str, _Value]]:
    """The texts of the front matter by key: `k`, `k.0`, `a.b`."""
    if note.front_matter is None:
        return
    start, end = note.front_matter.content
    text = note.data[start:end].decode("utf-8", "replace")
    offsets = [0, *accumulate(len(char.encode()) for char in text)]
    try:
        root = compose(text)
    except YamlError:
        return
    for key, node in _scalars("", root, 0):
        quote = node.style if node.style in ("'", '"') else ""
        span = Span(start + offsets[node.start_mark.index], start + offsets[node.end_mark.index])
        yield key, _Value(str(node.value), quote, span)


def _scalars(key: str, node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if node is None or depth > MAX_DEPTH:
        return
    if node.id == "scalar":
        yield key, node
        return
    inner = f"{key}." if key else ""
    for at, child in enumerate(node.value):
        name, value = (child[0].value, child[1]) if node.id == "mapping" else (at, child)
        yield from _scalars(f"{inner}{name}", value, depth + 1)
