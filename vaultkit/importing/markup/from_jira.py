"""Jira's wiki markup → Markdown: descriptions and comments of Jira Server and of the REST interface v2.

What is not known here (macros of plugins, `{foo}`) stays text. Colours, anchors and tooltips go: Markdown has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.lists import Lists
from vaultkit.importing.markup.markdown import code_span
from vaultkit.importing.markup.pictures import Resolve
from vaultkit.importing.markup.signs import write_signs

_CALLOUTS = {"panel": "note", "info": "info", "tip": "tip", "note": "note", "warning": "warning", "expand": "note"}
_MACRO = re.compile(r"\{(?P<name>code|noformat|quote|panel|info|tip|note|warning|expand)(?::(?P<options>[^{}\n]*+))?\}")
_HEADING = re.compile(r"[ \t]*+h(?P<level>[1-6])\.[ \t]++(?P<text>.*)")
_QUOTE = re.compile(r"[ \t]*+bq\.[ \t]++(?P<text>.*)")
_RULE = re.compile(r"[ \t]*+-{4,5}[ \t]*+$")
_ITEM = re.compile(r"[ \t]*+(?P<marks>[*#]{1,12}|-{1,3})[ \t]++(?P<text>.*)")
_CELL_END = re.compile(r"\\.|\[[^\[\]\n]{0,2000}\]|!(?=\S)[^!|\n]{0,500}\|[^!\n]{0,500}!|\{\{.*?\}\}|(?P<end>\|{1,2})")
_INLINE = re.compile(
    r"(?P<url>(?:https?|ftp|file)://[^\s\[\]|{}<>\"]++|mailto:[^\s\[\]|{}<>\"]++)"
    r"|\{\{(?P<mono>[^{}\n](?:[^}\n]|\}(?!\}))*+)\}\}"
    r"|\[(?P<link>[^\[\]\n]{1,4000})\]"
    r"|!(?P<image>[^\s!|][^!|\n]{0,1000}\.\w{1,8}|https?://[^\s!|]{1,2000})(?:\|[^!\n]{0,500})?!"
    r"|\{color(?::[^{}\n]{0,100})?\}|\{anchor:[^{}\n]{0,200}\}"
    r"|(?P<break>\\\\)(?=\s|$|[^\s\\])"
    r"|\\(?P<literal>[!-/:-@\[-`{-~])"
    r"|(?P<dash>(?<=\s)-{2,3}(?=\s))"
    r"|\{(?P<braced>[*_+^~-])\}"
    r"|(?P<sign>\?\?|[*_+^~-])"
)
_MARKS = {"*": "strong", "_": "em", "-": "del", "+": "ins", "^": "sup", "~": "sub", "??": "em"}


def from_jira(text: str, resolve: Resolve = unresolved, people: Mapping[str, str] = MappingProxyType({})) -> Converted:
    """`text` as Markdown. `people`: how the user is called whom `[~name]` or `[~accountid:…]` means."""
    walk = _Walk(resolve, people)
    walk.blocks(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Converted(walk.document.write(), tuple(walk.links.attachments), tuple(walk.links.lost))


class _Walk:
    def __init__(self, resolve: Resolve, people: Mapping[str, str]) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self._people = people
        self._lists = Lists(self.document)
        self._boxes: list[str] = []

    def blocks(self, text: str) -> None:
        """Macros cut the text; what is between them is read line by line."""
        endless: set[str] = set()
        at = read = 0
        while macro := _MACRO.search(text, at):
            name, options = macro["name"], macro["options"] or ""
            at = macro.end()
            if name in ("code", "noformat"):
                end = -1 if name in endless else text.find(f"{{{name}}}", at)
                if end < 0:
                    endless.add(name)
                    continue
                self._lines(text[read : macro.start()])
                self.document.code(text[at:end], _language(options) if name == "code" else "")
                at = read = end + len(name) + 2
            else:
                self._lines(text[read : macro.start()])
                self._toggle(name, options)
                read = at
        self._lines(text[read:])

    def _toggle(self, name: str, options: str) -> None:
        self._lists.end()
        kind = "quote" if name == "quote" else "callout"
        if name in self._boxes and not options:
            while self._boxes.pop() != name:
                self.document.close("callout" if name == "quote" else kind)
            self.document.close(kind)
        else:
            self._boxes.append(name)
            folded = True if name == "expand" else None
            self.document.open(kind, _CALLOUTS.get(name, ""), title=_title(options), folded=folded)

    def _lines(self, text: str) -> None:
        paragraph: list[str] = []
        lines = text.split("\n")
        i = 0
        while i < len(lines):
            line = lines[i]
            i += 1
            starts = line.lstrip(" \t")[:2]
            if not line.strip():
                self._paragraph(paragraph)
                self._lists.end()
            elif starts[:1] == "|":
                self._paragraph(paragraph)
                rows = [line]
                while i < len(lines) and lines[i].strip() and _continues(rows[-1], lines[i]):
                    rows.append(lines[i])
                    i += 1
                self._table(rows)
            elif starts[:1] in "hb-*#" and self._block(line, paragraph):
                continue
            else:
                paragraph.append(line)
        self._paragraph(paragraph)

    def _block(self, line: str, paragraph: list[str]) -> bool:
        """A line that is a heading, a quote, a rule or begins an item. False: it is none of these."""
        document = self.document
        if heading := _HEADING.match(line):
            self._paragraph(paragraph)
            self._lists.end()
            document.heading(int(heading["level"]))
            self._inline(heading["text"])
            document.heading(0)
        elif quote := _QUOTE.match(line):
            self._paragraph(paragraph)
            self._lists.end()
            document.open("quote")
            self._inline(quote["text"])
            document.close("quote")
        elif _RULE.match(line):
            self._paragraph(paragraph)
            self._lists.end()
            document.rule()
        elif item := _ITEM.match(line):
            self._paragraph(paragraph)
            marks = item["marks"]
            self._lists.item(len(marks), "1" if marks[-1] == "#" else "-")
            paragraph.append(item["text"])
        else:
            return False
        return True

    def _paragraph(self, lines: list[str]) -> None:
        if lines:
            self._inline("\n".join(lines))
            self.document.end_paragraph()
            lines.clear()

    def _table(self, lines: list[str]) -> None:
        """Rows; a line that does not begin with a bar belongs to the cell before."""
        rows: list[str] = []
        for line in lines:
            if line.lstrip(" \t").startswith("|") or not rows:
                rows.append(line.strip(" \t"))
            else:
                rows[-1] += f"\n{line}"
        self.document.open("table")
        for row in rows:
            self.document.open("row")
            at = 2 if row.startswith("||") else 1
            is_header = at == 2
            for end in _CELL_END.finditer(row, at):
                if end["end"]:
                    self._cell(row[at : end.start()], is_header)
                    at, is_header = end.end(), len(end["end"]) == 2
            if row[at:].strip():
                self._cell(row[at:], is_header)
            self.document.close("row")
        self.document.close("table")

    def _cell(self, text: str, is_header: bool) -> None:
        self.document.open("cell", is_header=is_header)
        self._inline(text)
        self.document.close("cell")

    def _inline(self, text: str) -> None:
        write_signs(self.document.inline, text, _INLINE, _MARKS, self._token)

    def _token(self, found: re.Match[str]) -> None:
        inline = self.document.inline
        kind = found.lastgroup
        if kind == "url":
            inline.text(found[0])
        elif kind == "mono":
            inline.raw(code_span(found["mono"]))
        elif kind == "link":
            self._link(found["link"], found[0])
        elif kind == "image":
            inline.raw(self.links.image({"src": found["image"]}))
        elif kind == "break":
            inline.text("\n")
        elif kind == "literal":
            inline.text(found["literal"])
        elif kind == "dash":
            inline.text("–" if len(found["dash"]) == 2 else "—")
        elif kind == "braced":
            mark = _MARKS[found["braced"]]
            (inline.close if inline.is_open(mark) else inline.open)(mark)

    def _link(self, inner: str, whole: str) -> None:
        inline = self.document.inline
        text, _, address = inner.partition("|")
        address = address.partition("|")[0].strip() or text.strip()
        text = text.strip()
        if address.startswith("~"):
            name = address[1:].removeprefix("accountid:")
            known = self._people.get(name) or (text if text != address else name)
            inline.text(f"@{known.partition('@')[0]}")  # some servers have addresses for mail as names
        elif address.startswith("^"):
            embed = self.links.file(address[1:])
            inline.raw(embed) if embed else inline.text(address[1:])
        elif address.startswith("#"):
            inline.text(text.removeprefix("#"))
        elif "://" in address or address.startswith(("mailto:", "/")) or (text != address and ":" in address):
            self.links.link(inline, address, "" if text == address else text)
        elif text != address:
            inline.text(f"{text} ({address})")
        else:
            inline.text(whole)


def _continues(row: str, line: str) -> bool:
    """Whether `line` belongs to the table whose last line is `row`: it is a row, or goes on in a cell that is open."""
    return line.lstrip(" \t").startswith("|") or not row.rstrip(" \t").endswith("|")


def _language(options: str) -> str:
    """`python` of `python|title=x` or of `title=x|language=python`."""
    for option in options.split("|"):
        name, _, value = option.rpartition("=")
        if name in ("", "language"):
            return value.strip()
    return ""


def _title(options: str) -> str:
    parts = dict(option.partition("=")[::2] for option in options.split("|") if "=" in option)
    return parts.get("title", "") or ("" if parts else options.partition("|")[0])
