"""Atlassian's document format (ADF, JSON) → Markdown: descriptions and comments of Jira's REST interface v3.

A node that is not known here gives its text and what is inside it. Colours and alignment go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.markdown import code_span
from vaultkit.importing.markup.pictures import Resolve

_Node = Mapping[str, object]
_CALLOUTS = {"info": "info", "note": "note", "tip": "tip", "success": "success", "warning": "warning", "error": "error"}
_MARKS = {"strong": "strong", "em": "em", "strike": "del", "underline": "u"}
_PARAGRAPHS = frozenset({"paragraph", "mediaSingle", "mediaGroup", "caption"})


def from_adf(node: object, resolve: Resolve = unresolved) -> Converted:
    """`node`, a document or a part of one as JSON reads it, as Markdown; a text is plain text, None is nothing.

    `resolve` is asked for the id of a file, then for its name and its address. Never raises; no text is lost.
    """
    walk = _Walk(resolve)
    walk.run(node)
    return Converted(walk.document.write(), tuple(walk.links.attachments), tuple(walk.links.lost))


class _Walk:
    """The nodes are taken from a stack, so that none lies too deep."""

    def __init__(self, resolve: Resolve) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self._waiting: list[object] = []
        """Nodes, and what is to be done behind them, the next one last."""
        self._marked: list[tuple[str, str]] = []
        """What is open in the paragraph at hand, and where a link leads: text with the same marks is one."""

    def run(self, node: object) -> None:
        self._waiting.append(node)
        while self._waiting:
            one = self._waiting.pop()
            if not (isinstance(one, dict) and isinstance(one.get("text"), str)):
                self._mark([])
            if callable(one):
                one()
            elif isinstance(one, str):
                self.document.inline.text(_clean(one))
                self.document.end_paragraph()
            elif isinstance(one, list):
                self._waiting.extend(reversed(one))
            elif isinstance(one, dict):
                self._node(one)

    def _then(self, node: _Node, *after: Callable[[], object]) -> None:
        """The node's content comes next, then `after`."""
        self._waiting.extend(reversed(after))
        content = node.get("content")
        if isinstance(content, list):
            self._waiting.extend(reversed(content))

    def _node(self, node: _Node) -> None:
        kind, document = node.get("type"), self.document
        attrs = node.get("attrs")
        attrs = attrs if isinstance(attrs, dict) else {}
        if kind == "text" or isinstance(node.get("text"), str):
            self._text(node)
        elif kind == "heading":
            document.heading(_number(attrs.get("level"), 1))
            self._then(node, lambda: document.heading(0))
        elif kind in _PARAGRAPHS:
            document.end_paragraph()
            self._then(node, document.end_paragraph)
        elif kind in ("bulletList", "taskList", "decisionList"):
            self._box(node, "list", "-")
        elif kind == "orderedList":
            self._box(node, "list", str(max(0, _number(attrs.get("order"), 1))))
        elif kind == "listItem":
            self._box(node, "item")
        elif kind in ("taskItem", "decisionItem"):
            mark = ("[x] " if attrs.get("state") == "DONE" else "[ ] ") if kind == "taskItem" else ""
            self._box(node, "item", mark)
        elif kind == "blockquote":
            self._box(node, "quote")
        elif kind in ("panel", "expand", "nestedExpand"):
            callout = _CALLOUTS.get(str(attrs.get("panelType")), "note")
            folded = None if kind == "panel" else True
            document.open("callout", callout, title=_string(attrs, "title"), folded=folded)
            self._then(node, lambda: document.close("callout"))
        elif kind == "table":
            self._box(node, "table")
        elif kind == "tableRow":
            self._box(node, "row")
        elif kind in ("tableCell", "tableHeader"):
            columns, rows = _number(attrs.get("colspan"), 1), _number(attrs.get("rowspan"), 1)
            document.open("cell", is_header=kind == "tableHeader", columns=columns, rows=rows)
            self._then(node, lambda: document.close("cell"))
        elif kind == "codeBlock":
            document.code(_inner_text(node), _string(attrs, "language"))
        elif kind == "rule":
            document.rule()
        else:
            self._inline(node, str(kind), attrs)

    def _box(self, node: _Node, kind: str, marker: str = "") -> None:
        self.document.open(kind, marker)
        self._then(node, lambda: self.document.close(kind))

    def _inline(self, node: _Node, kind: str, attrs: Mapping[str, object]) -> None:
        inline = self.document.inline
        if kind == "hardBreak":
            inline.text("\n")
        elif kind in ("media", "mediaInline"):
            inline.raw(self._media(attrs))
        elif kind in ("inlineCard", "blockCard", "embedCard"):
            if kind != "inlineCard":
                self.document.end_paragraph()
            data = attrs.get("data")
            self.links.link(inline, _string(attrs, "url") or (_string(data, "url") if isinstance(data, dict) else ""))
        elif kind == "mention":
            name = (_string(attrs, "text") or _string(attrs, "id")).removeprefix("@")
            inline.text(f"@{name}" if name else "")
        elif kind == "emoji":
            inline.text(_string(attrs, "text") or _string(attrs, "shortName"))
        elif kind == "date":
            inline.text(_day(attrs.get("timestamp")))
        elif kind == "status":
            inline.raw(code_span(_string(attrs, "text")))
        else:
            text = _string(attrs, "text") or _string(attrs, "title")
            inline.text(text)
        self._then(node)

    def _text(self, node: _Node) -> None:
        text, inline = _string(node, "text"), self.document.inline
        marks = node.get("marks")
        marks = [mark for mark in marks if isinstance(mark, dict)] if isinstance(marks, list) else []
        kinds = {str(mark.get("type")): mark.get("attrs") for mark in marks}
        link, sub = kinds.get("link"), kinds.get("subsup")
        wanted = []
        if isinstance(link, dict) and (href := self.links.href(_string(link, "href"))):
            wanted.append(("link", href))
        wanted += [(_MARKS[kind], "") for kind in _MARKS if kind in kinds]
        if isinstance(sub, dict) and sub.get("type") in ("sub", "sup"):
            wanted.append((str(sub["type"]), ""))
        self._mark(wanted)
        if "code" in kinds:
            inline.raw(code_span(text))
        else:
            inline.text(text)

    def _mark(self, wanted: list[tuple[str, str]]) -> None:
        """What comes has these marks and no others."""
        inline = self.document.inline
        for name, _ in [one for one in reversed(self._marked) if one not in wanted]:
            inline.close(name)
        for one in wanted:
            if one not in self._marked:
                inline.open(*one)
        self._marked = wanted

    def _media(self, attrs: Mapping[str, object]) -> str:
        names = [name for key in ("id", "alt", "url") if (name := _string(attrs, key))]
        alt = _string(attrs, "alt")
        for name in names:
            if self.links.resolve(name):
                return self.links.image({"src": name, "alt": "" if alt == name else alt})
        if url := _string(attrs, "url"):
            return self.links.image({"src": url, "alt": alt})
        return code_span(alt or _string(attrs, "id"))


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _string(attrs: Mapping[str, object], key: str) -> str:
    value = attrs.get(key)
    return _clean(value) if isinstance(value, str) else ""


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9 else default


def _day(timestamp: object) -> str:
    """The day of a time in milliseconds, which is at midnight UTC; what is none stays as it is."""
    try:
        day = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=int(str(timestamp)))
    except (ValueError, OverflowError):
        return str(timestamp or "")
    return day.date().isoformat()


def _inner_text(node: _Node) -> str:
    out, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        out.append(_string(one, "text"))
        content = one.get("content")
        if isinstance(content, list):
            waiting += [inner for inner in reversed(content) if isinstance(inner, dict)]
    return "".join(out)
