"""txt2tags → Markdown, in the dialect of RedNotebook.

RedNotebook's own ways are known: quoted addresses (`[name ""https://…""]`, `[""file:///x/pot"".png?50]`), `\\\\` at the
end of a line, colours, formulas, links to days (`[the sea 2024-01-31]`). Colours and numbers of headings go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.lists import Lists
from vaultkit.importing.markup.markdown import code_span
from vaultkit.importing.markup.pictures import Resolve
from vaultkit.importing.markup.shield import html_comment
from vaultkit.importing.markup.signs import write_signs

_FENCES = {"```": "code", '"""': "text", "'''": "text", "%%%": "comment"}
"""Lines between which no markup is read, and what they are then."""
_TITLE = re.compile(r"[ \t]*+(?P<marks>={1,5}|\+{1,5})(?![=+])(?P<text>[^\n]+)(?P=marks)(?:\[[\w-]{0,60}\])?[ \t]*+$")
_RULE = re.compile(r"[ \t]*+[-=_]{20,}[ \t]*+$")
_ITEM = re.compile(r"(?P<indent> *+)(?P<mark>[-+:]) (?P<text> *+\S.*)")
_LIST_END = re.compile(r" *+[-+:][ \t]*+$")
_ROW = re.compile(r" *+(?P<head>\|\|?) (?P<cells>.*)")
_CELLS = re.compile(r"(?:(?<= )|^)\|++(?= |$)")
_INLINE = re.compile(
    r"``(?P<code>[^\s`](?:[^`\n]|`(?!`))*+)``"
    r"|\"\"(?P<raw>[^\s\"](?:[^\"\n]|\"(?!\"))*+)\"\"|''(?P<tagged>[^\s'](?:[^'\n]|'(?!'))*+)''"
    r"|\$\$(?P<block>[^$]{1,4000})\$\$|\\\((?P<math>[^\n]{1,500}?)\\\)|\\\[(?P<display>[^\n]{1,500}?)\\\]"
    r"|\[(?:\"\"(?P<quoted>[^\"\n]{1,2000})\"\"|(?P<image>[^\s\[\]\"]{1,2000}))"
    r"(?P<kind>\.(?:png|jpe?g|gif|eps|bmp|svg|webp|tiff?))(?:\?(?P<width>\d{1,4}))?\]"
    r"|\[(?P<day>[^\[\]\n\"]{1,500})[ ](?P<date>\d{4}-\d\d-\d\d)\]"
    r"|\[(?P<text>(?:[^\[\]\"]|\"(?!\")){1,1000}?)[ \n]?(?:\"\"(?P<to>[^\"\n]{1,2000})\"\""
    r"|(?P<href>(?:[a-z]{2,12}://|www\.|mailto:|\#|/)[^\s\[\]\"]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,100}))\]"
    r"|\[(?P<name>[^\[\]\"*/_]{1,300}) (?P<local>[\w.%~-]{1,200}\.[A-Za-z0-9]{1,5})\]"
    r"|(?P<url>(?:https?|ftp|file)://[^\s<>\"\]]++)"
    r"|(?P<sign>\*\*|//|__|--)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\\\\(?:[ \t]*+\n|[ \t]++|\Z)")
"""Two backslashes; in front of a word they belong to a path, `\\\\server`."""
_MARKS = {"**": "strong", "//": "em", "__": "u", "--": "del"}
_COLOUR = re.compile(r"``[^\n`]{1,4000}``|\"\"[^\n\"]{1,4000}\"\"|\{(?P<text>[^{}|\n]{1,2000})\|colou?r:[\w# ]{1,30}\}")
_TAG = re.compile(
    r"``[^\n`]{1,4000}``|\"\"[^\n\"]{1,4000}\"\"|(?<![\w#&/=\"])#(?P<tag>[\w-]{0,100}[^\W\d_][\w-]{0,100})"
)


def from_txt2tags(text: str, resolve: Resolve = unresolved) -> Converted:
    """`text` as Markdown. Never raises; no text is lost."""
    walk = _Walk(resolve)
    walk.blocks(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return Converted(walk.document.write(), tuple(walk.links.attachments), tuple(walk.links.lost))


def hashtags(text: str) -> tuple[str, ...]:
    """The tags that RedNotebook sees in a text, each once, without their `#`."""
    return tuple(dict.fromkeys(found["tag"].rstrip("-") for found in _TAG.finditer(text) if found["tag"]))


class _Walk:
    def __init__(self, resolve: Resolve) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self._lists = Lists(self.document)
        self._paragraph: list[str] = []
        self._rows: list[str] = []
        self._quoted = 0
        self._blanks = 0
        """How many blank lines stand above the line at hand."""

    def blocks(self, lines: list[str]) -> None:
        at = 0
        endless: set[str] = set()
        while at < len(lines):
            line = lines[at]
            fence = line.rstrip()
            at += 1
            if fence in _FENCES and fence not in endless:
                end = next((i for i in range(at, len(lines)) if lines[i].rstrip() == fence), -1)
                if end < 0:
                    endless.add(fence)
                else:
                    self._verbatim(lines[at:end], _FENCES[fence])
                    at = end + 1
                    continue
            if line[:4] in ("``` ", '""" ') and line[4:].strip():
                self._verbatim([line[4:]], _FENCES[line[:3]])
            else:
                self._line(line)
        self._end()
        self._lists.end()

    def _verbatim(self, lines: list[str], kind: str) -> None:
        self._end()
        self._blanks = 0
        if kind == "code":
            self.document.code("\n".join(lines))
        elif kind == "comment":
            self._comment("\n".join(lines))
        else:
            self.document.inline.text("\n".join(lines))
            self.document.end_paragraph()

    def _comment(self, text: str) -> None:
        if text.strip():
            self._lists.end()
            self.document.add("other", html_comment(re.sub(r"\n\s*\n", "\n", text)))

    def _line(self, line: str) -> None:
        document = self.document
        if not line.strip() or line.strip() == "\\\\":
            self._end()
            self._blanks += 1
            if self._blanks > 1:
                self._lists.end()
            return
        blanks, self._blanks = self._blanks, 0
        quoted = len(line) - len(line.lstrip("\t"))
        if _ROW.match(line):
            self._end("rows")
            if not self._rows:
                self._lists.end()
            self._rows.append(line.strip())
        elif quoted:
            self._end("quote")
            self._lists.end()
            self._quote(min(quoted, 10))
            self._paragraph.append(line.strip())
        elif line[0] == "%" and not line.startswith("%%"):
            self._end()
            self._comment(line[1:])
        elif _RULE.match(line):
            self._end()
            self._lists.end()
            document.rule()
        elif title := _TITLE.match(line):
            self._end()
            self._lists.end()
            document.heading(len(title["marks"]))
            self._inline(title["text"].strip())
            document.heading(0)
        elif item := _ITEM.match(line):
            self._item(item)
        elif self._lists.depth is not None and _LIST_END.match(line):
            self._end()
            self._lists.end()
        else:
            indent = len(line) - len(line.lstrip(" "))
            if blanks and self._lists.depth is not None and indent <= self._lists.depth:
                self._lists.end()
            if self._rows or self._quoted:
                self._end()
            self._paragraph.append(line)

    def _item(self, item: re.Match[str]) -> None:
        self._end()
        if item["mark"] == ":":
            self._lists.end()
            self.document.inline.open("strong")
            self._inline(item["text"].strip())
            self.document.inline.close("strong")
            self.document.end_paragraph()
            return
        self._lists.item(len(item["indent"]), "1" if item["mark"] == "+" else "-")
        self._paragraph.append(item["text"])

    def _quote(self, depth: int) -> None:
        if self._quoted != depth:
            self._flush()
        while self._quoted < depth:
            self.document.open("quote")
            self._quoted += 1
        while self._quoted > depth:
            self.document.close("quote")
            self._quoted -= 1

    def _end(self, but: str = "") -> None:
        """What is open ends here: the paragraph, the table, the quote; not that which is called `but`."""
        if but != "quote":
            self._flush()
            self._quote(0)
        if but != "rows" and self._rows:
            self._table()

    def _flush(self) -> None:
        if self._paragraph:
            self._inline(_BREAK.sub("\n", "\n".join(line.rstrip() for line in self._paragraph)))
            self.document.end_paragraph()
            self._paragraph.clear()

    def _table(self) -> None:
        self.document.open("table")
        for line in self._rows:
            row = _ROW.match(line)
            assert row is not None
            is_header = row["head"] == "||"
            self.document.open("row")
            for cell, columns in _cells(row["cells"]):
                self.document.open("cell", is_header=is_header, columns=columns)
                self._inline(cell.strip())
                self.document.close("cell")
            self.document.close("row")
        self.document.close("table")
        self._rows.clear()

    def _inline(self, text: str) -> None:
        text = _COLOUR.sub(lambda found: found["text"] or found[0], text)
        write_signs(self.document.inline, text, _INLINE, _MARKS, self._token)

    def _token(self, found: re.Match[str]) -> None:
        inline = self.document.inline
        if found["code"]:
            inline.raw(code_span(found["code"]))
        elif found["raw"] or found["tagged"]:
            inline.text(found["raw"] or found["tagged"])
        elif found["math"]:
            inline.raw(f"${found['math'].strip()}$" if found["math"].strip() else found[0])
        elif formula := found["block"] or found["display"]:
            inline.raw(f"$${' '.join(formula.split())}$$") if formula.strip() else inline.text(found[0])
        elif found["kind"]:
            src = (found["quoted"] or found["image"]) + found["kind"]
            inline.raw(self.links.image({"src": src, "width": found["width"] or ""}))
        elif found["date"]:
            inline.text(f"{found['day'].strip()} ({found['date']})")
        elif found["text"]:
            href = found["to"] or found["href"]
            if "@" in href and not re.match(r"[a-z]+:", href, re.IGNORECASE):
                href = f"mailto:{href}"
            elif href.lower().startswith("www."):
                href = f"https://{href}"
            self.links.link(inline, href, " ".join(found["text"].split()))
        elif found["local"]:
            embed = self.links.file(found["local"])
            inline.text(f"{found['name']} " if embed else found[0])
            inline.raw(embed)
        else:
            self.links.link(inline, found["url"])


def _cells(text: str) -> Iterator[tuple[str, int]]:
    """The cells of a row behind its first `|`, each with how many columns it spans: one for each `|` that ends it."""
    at = 0
    for end in _CELLS.finditer(text):
        yield text[at : end.start()], len(end[0])
        at = end.end()
    if text[at:].strip():
        yield text[at:], 1
