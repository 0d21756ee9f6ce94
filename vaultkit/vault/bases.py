"""Bases (`.base` files, and code blocks called `base`): which folders, tags and notes their formulas speak of.

Reading only. Knows the keys that hold formulas and the calls in them that name something of the vault; evaluates
nothing, and unknown keys are none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from vaultkit.vault.note import NO_MAPPING, Note, RegionKind, Span
from vaultkit.vault.yaml_core import MAX_DEPTH, YamlError, compose

_BOM = b"\xef\xbb\xbf"
_FENCE = re.compile(rb"(?:`{3,}+|~{3,}+)[ \t]*+base[ \t]*+\r?\n")
_CONTAINERS = re.compile(rb"(?:[ \t>]|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))*+\Z")
_TOKEN = re.compile(
    r'"((?:[^"\\]++|\\.)*+)"'
    r"|'((?:[^'\\]++|\\.)*+)'"
    r"|\[\[([^\[\]\n]++)\]\]"
    r"|(\.[ ]*+(?:inFolder|hasTag|hasLink)|(?<![\w.])(?:link|file))\s*+\("
    r"|\\.|[(),]",
    re.S,
)
_ENDS = re.compile(r"\s*+[,)]")
_WHOLE_LINK = re.compile(r"\s*+\[\[([^\[\]\n]++)\]\]\s*+\Z")
_ESCAPED = re.compile(r"\\(.)", re.S)


class Names(StrEnum):
    """What a reference names."""

    FOLDER = "folder"
    TAG = "tag"
    LINK = "link"


_CALLS = {
    "inFolder": Names.FOLDER,
    "hasTag": Names.TAG,
    "hasLink": Names.LINK,
    "link": Names.LINK,
    "file": Names.LINK,
}


class Reference(NamedTuple):
    """Something of the vault that a formula names: `Diary` in `file.inFolder("Diary")`."""

    kind: Names
    text: str
    """As Obsidian compares it: a folder's path, a tag without `#`, a linktext."""
    span: Span
    """The whole formula, as it stands in the YAML."""


@dataclass(frozen=True, slots=True)
class Base:
    """What one base says, as far as the vault is concerned."""

    references: tuple[Reference, ...] = ()
    views: tuple[str, ...] = ()
    """Names of the views, in order: what the subpath of `![[Trips.base#Map]]` names. A nameless view is left out."""
    error: str = ""
    """Why it cannot be read; empty when it can. An empty file is a base of all files."""


def read_base(data: bytes, offset: int = 0) -> Base:
    """What the YAML in `data` says, which begins at `offset` of its file. Never fails: damage is in `error`."""
    if data.startswith(_BOM):
        data, offset = data[len(_BOM) :], offset + len(_BOM)
    try:
        text = data.decode()
        root = compose(text)
    except UnicodeDecodeError as e:
        return Base(error=f"is not UTF-8 text (byte {e.start})")
    except YamlError as e:
        return Base(error=f"is not valid YAML (line {e.line + 1}: {e})")
    if root is None:
        return Base()
    if root.id != "mapping":
        return Base() if root.id == "scalar" and not root.value else Base(error=NO_MAPPING)
    top = _entries(root)
    views = [_entries(view) for view in _items(top.get("views"))]
    formulas = [top.get("filters"), top.get("formulas"), top.get("summaries"), *(view.get("filters") for view in views)]
    names = [view["name"].value for view in views if "name" in view and view["name"].id == "scalar"]
    references = []
    for node in formulas:
        for scalar in _scalars(node):
            begin, end = (offset + _size(text, mark.index) for mark in (scalar.start_mark, scalar.end_mark))
            references += [Reference(kind, name, Span(begin, end)) for kind, name in _named(scalar.value)]
    return Base(tuple(references), tuple(name for name in names if name))


def base_blocks(note: Note) -> tuple[tuple[Span, Base], ...]:
    """The code blocks of `note` that are bases, with their places. Spans in them are places in the note."""
    out = []
    for region in note.regions if b"base" in note.data else ():
        if region.kind is not RegionKind.CODE:
            continue
        start, end = region.span
        opening = _FENCE.match(note.data, start, end)
        before = note.data[note.data.rfind(b"\n", 0, start) + 1 : start] if opening else b""
        if opening and _CONTAINERS.match(before):
            stop = note.data.rfind(b"\n", start, end) + 1 if region.closed and _closed(note.data, start, end) else end
            quotes = before.count(b">")
            begin = opening.end()
            out.append((region.span, read_base(_without_quotes(note.data[begin : max(begin, stop)], quotes), begin)))
    return tuple(out)


def _closed(data: bytes, start: int, end: int) -> bool:
    """Whether the last line of the block is its closing fence: it may also end with its quote or list item."""
    return data[data.rfind(b"\n", start, end) + 1 : end].strip(b" \t>\r")[:3] == data[start : start + 3]


def _without_quotes(data: bytes, depth: int) -> bytes:
    """`data` with the marks of the quote it stands in as spaces: indented evenly, YAML says the same, in its places."""
    if not depth:
        return data
    lines = data.split(b"\n")
    marks = re.compile(rb"(?:[ \t]*+>){1,%d}" % depth)
    for number, line in enumerate(lines):
        if found := marks.match(line):
            lines[number] = b" " * found.end() + line[found.end() :]
    return b"\n".join(lines)


# -- YAML ------------------------------------------------------------------------------------------


def _entries(node: Any) -> dict[str, Any]:
    """The values of a mapping by key; none when it is something else."""
    if node is None or node.id != "mapping":
        return {}
    return {str(key.value): value for key, value in node.value if key.id == "scalar"}


def _items(node: Any) -> list[Any]:
    return list(node.value) if node is not None and node.id == "sequence" else []


def _scalars(node: Any, depth: int = 0) -> Iterator[Any]:
    """The texts below `node` at any depth, keys left out (`and:`, the name of a formula)."""
    if node is None or depth > MAX_DEPTH:
        return
    if node.id == "scalar":
        yield node
        return
    for child in node.value if node.id == "sequence" else [value for _, value in node.value]:
        yield from _scalars(child, depth + 1)


def _size(text: str, chars: int) -> int:
    return chars if text.isascii() else len(text[:chars].encode())


# -- formulas --------------------------------------------------------------------------------------


def _named(formula: str) -> Iterator[tuple[Names, str]]:
    """What `formula` names. Only a text that is a whole argument counts: `file.inFolder("A" + x)` names no folder."""
    calls: list[tuple[str, bool]] = []  # the open brackets: what is called, and whether this is its first argument
    end, begins = 0, False  # of the token before: its end, and whether an argument begins behind it
    for token in _TOKEN.finditer(formula):
        double, single, bare, call = token.groups()
        between = formula[end : token.start()]
        alone, end, begins = begins and not between.strip(), token.end(), False
        if call is not None or token[0] == "(":
            calls.append((call.lstrip(". ") if call else "", True))
            begins = True
        elif token[0] == ",":
            if calls:
                calls[-1] = (calls[-1][0], False)
            begins = True
        elif token[0] == ")":
            if calls:
                calls.pop()
        elif bare is not None:
            yield Names.LINK, _linktext(bare)
        elif double is not None or single is not None:
            text = _ESCAPED.sub(r"\1", double if double is not None else single).strip()
            name, first = calls[-1] if calls else ("", False)
            if link := _WHOLE_LINK.match(text):
                yield Names.LINK, _linktext(link[1])
            elif text and name and alone and _ENDS.match(formula, end) and (first or name == "hasTag"):
                yield _CALLS[name], _as_compared(_CALLS[name], text)  # the second argument of `link` is what is shown


def _linktext(inside: str) -> str:
    return inside.partition("|")[0].strip()


def _as_compared(kind: Names, text: str) -> str:
    if kind is Names.TAG:
        return text.removeprefix("#")
    return text.strip("/") if kind is Names.FOLDER else text
