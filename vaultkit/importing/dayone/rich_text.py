"""Day One's rich text as Markdown: for entries of which the export has no text.

It is JSON in a string: pieces of text with attributes, of which those named `line` belong to the whole line, and
objects between them (photos, rules). Knows this form; what is no such JSON is plain text. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultkit.importing.dayone.text import Embed, entry_links
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.inline import Inline
from vaultkit.importing.markup.markdown import code_span, escape, escape_lines, fence

_MARKS = {"bold": "strong", "italic": "em", "strikethrough": "del", "highlightedColor": "mark", "underline": "u"}
_DEEPEST = 20
_RULE = "horizontalRuleLine"

_Object = dict[str, object]


@dataclass(slots=True)
class _Line:
    """One line as it grows, with the attributes of the whole of it."""

    inline: Inline = field(default_factory=Inline)
    plain: list[str] = field(default_factory=list)
    style: _Object = field(default_factory=dict)


def from_rich_text(rich: str, embed: Embed) -> Converted:
    """`rich` as Markdown. Objects that nothing stands for in a note are in `lost`, as JSON."""
    try:
        value = json.loads(rich)
    except (ValueError, RecursionError):
        return Converted(escape_lines(escape(rich)).strip())
    contents = value.get("contents") if isinstance(value, dict) else None
    if not isinstance(contents, list):
        return Converted(escape_lines(escape(rich)).strip())
    reader = _Reader(embed)
    for piece in contents:
        if isinstance(piece, dict):
            reader.read(piece)
    written: list[str] = []
    for block in _blocks(reader.lines):
        if block or written[-1:] != [""]:
            written.append(block)
    return Converted("\n".join(written).strip("\n"), (), tuple(reader.lost))


class _Reader:
    """The lines so far; the last one is still open."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self.lines = [_Line()]
        self.lost: list[str] = []

    def read(self, piece: _Object) -> None:
        attributes = _object(piece.get("attributes"))
        style = _object(attributes.get("line"))
        text = piece.get("text")
        for i, part in enumerate(text.split("\n") if isinstance(text, str) else ()):
            if i:
                self.lines.append(_Line())
            line = self.lines[-1]
            if part or (i == 0 and style):
                line.style = style or line.style
                line.plain.append(part)
                _write(line.inline, part, attributes)
        objects = piece.get("embeddedObjects")
        for one in objects if isinstance(objects, list) else ():
            self._object(_object(one))

    def _object(self, one: _Object) -> None:
        kind, id_ = one.get("type"), one.get("identifier")
        if kind == _RULE:
            self.lines += [_Line(style={_RULE: True}), _Line()]
        elif isinstance(id_, str) and (found := self._embed(id_)):
            self.lines[-1].inline.raw(found)
        else:
            self.lost.append(json.dumps(one, ensure_ascii=False))


def _write(inline: Inline, text: str, attributes: _Object) -> None:
    href = attributes.get("linkURL")
    marks = [mark for name, mark in _MARKS.items() if attributes.get(name)]
    if attributes.get("inlineCode"):
        inline.raw(code_span(text))
        return
    words = text.strip()
    lead, _, trail = text.partition(words) if words else (text, "", "")
    inline.text(lead)
    for mark in marks:
        inline.open(mark)
    if isinstance(href, str) and href:
        inline.open("link", entry_links(href))
    inline.text(entry_links(words))
    inline.close("link")
    for mark in reversed(marks):
        inline.close(mark)
    inline.text(trail)


def _blocks(lines: list[_Line]) -> Iterator[str]:
    """The lines of Markdown. Between blocks of different kinds stands a blank line."""
    before, code = "", []
    for line in [*lines, _Line()]:
        style = line.style
        if style.get("codeBlock"):
            code.append("".join(line.plain))
            continue
        if code:
            yield from ("", fence("\n".join(code)), "")
            code, before = [], ""
        if style.get(_RULE):
            yield from ("", "---", "")
            before = ""
            continue
        text = line.inline.write()
        kind, written = _styled(text, style)
        if kind != before and before and text:
            yield ""
        yield written
        before = kind if text else ""


def _styled(text: str, style: _Object) -> tuple[str, str]:
    """The kind of block that a line belongs to, and the line with its marker."""
    level, listed = _number(style.get("header"), 0), style.get("listStyle")
    indent = "  " * (max(1, _number(style.get("indentLevel"), 1)) - 1)
    if not text:
        return "", ""
    if 1 <= level <= 6:
        return f"heading {text}", f"{'#' * level} {text}"
    if listed == "checkbox":
        return "list", f"{indent}- [{'x' if style.get('checked') is True else ' '}] {text}"
    if listed == "numbered":
        return "list", f"{indent}{indent and ' '}{_number(style.get('listIndex'), 1)}. {text}"
    if listed:
        return "list", f"{indent}- {text}"
    return ("quote", f"> {text}") if style.get("quote") else ("text", text)


def _object(value: object) -> _Object:
    return value if isinstance(value, dict) else {}


def _number(value: object, default: int) -> int:
    return min(value, _DEEPEST) if isinstance(value, int) and not isinstance(value, bool) else default
