"""The bookmarks of a vault (`bookmarks.json` in its configuration folder): what they lead to, and where that is said.

Reading only. Knows the kinds of bookmarks that lead to something of the vault; searches, graphs, web pages and kinds
that are still to come are none of its business. Headings and blocks are files with a subpath.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from vaultkit.vault.note import Span

_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.)*+)"|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.S)
_FILES = frozenset(("file", "heading", "block"))
_Strings = dict[str, tuple[str, Span]]


class Bookmark(NamedTuple):
    """What one bookmark leads to."""

    path: str
    """Vault path of a file, or of a folder."""
    is_folder: bool
    subpath: str
    """`#Heading` or `#^block`; empty: the whole file."""
    span: Span
    """The path as it stands in the file, between its quotes."""
    subpath_span: Span


class Bookmarks(NamedTuple):
    """All of them, groups opened, in their order in the file."""

    items: tuple[Bookmark, ...] = ()
    error: str = ""
    """Why the file cannot be read; empty when it can."""


def read_bookmarks(data: bytes) -> Bookmarks:
    """What the file holds. Never fails: damage is in `error`. JSON of another shape holds no bookmarks."""
    if not data.strip():
        return Bookmarks()
    try:
        json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as e:
        return Bookmarks(error=f"are no valid JSON ({e})")
    found = [made for strings in _items(data) if (made := _bookmark(strings))]
    return Bookmarks(tuple(sorted(found, key=lambda one: one.span)))


def _bookmark(strings: Mapping[str, tuple[str, Span]]) -> Bookmark | None:
    kind, path, subpath = (strings.get(key, ("", Span(0, 0))) for key in ("type", "path", "subpath"))
    is_folder = kind[0] == "folder"
    if not path[0] or not (is_folder or kind[0] in _FILES):
        return None
    return Bookmark(path[0], is_folder, "" if is_folder else subpath[0], path[1], subpath[1])


class _Open(NamedTuple):
    """An object or list that is not closed yet."""

    strings: _Strings | None
    """Those of an object by key; None: it is a list."""
    holds: bool
    """Whether it is the outermost object or a bookmark (whose `items` are bookmarks), or such a list."""


def _items(data: bytes) -> list[_Strings]:
    """The strings of each bookmark in valid JSON, by key; of a key that is there twice the last. Without recursion."""
    out: list[_Strings] = []
    stack: list[_Open] = []
    key, before = "", b""  # the last key; how the token before begins
    last = ""  # what the token before says, when it is a string
    for token in _TOKEN.finditer(data):
        first = data[token.start() : token.start() + 1]
        top = stack[-1] if stack else None
        if first == b"[":
            stack.append(_Open(None, bool(top and top.holds and top.strings is not None and key == "items")))
        elif first == b"{":
            strings: _Strings = {}
            is_item = bool(top and top.holds and top.strings is None)
            stack.append(_Open(strings, is_item or top is None))
            if is_item:
                out.append(strings)
        elif first in b"]}":
            stack.pop()
        elif first == b":":
            key = last
        elif first == b'"':
            last = _string(token[0])
            if before == b":" and top and top.strings is not None:
                top.strings[key] = (last, Span(*token.span(1)))
        before = first
    return out


def _string(raw: bytes) -> str:
    value: str = json.loads(raw.decode("utf-8", "replace"))
    return value
