"""The text under a heading of Org as Markdown: paragraphs, lists, tables, blocks, drawers.

Knows lines; what stands within them is known by `org_inline`, headings by `from_org`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.lists import Lists
from vaultkit.importing.markup.org_inline import Lead, write_inline
from vaultkit.importing.markup.pictures import Resolve

_BEGIN = re.compile(r"[ \t]*+#\+begin_(?P<kind>\w++)(?:[ \t:]++(?P<rest>.*))?$", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*+:(?P<name>[\w-]++):[ \t]*+$")
_ITEM = re.compile(
    r"(?P<indent>[ \t]*+)(?:(?P<bullet>[-+]|(?<=[ \t])\*)|(?P<number>\d{1,9})[.)])(?:[ \t]++(?P<text>.*)|$)"
)
_BOX = re.compile(r"(?:\[@(?P<count>\d{1,9})\][ \t]*+)?(?:\[(?P<box>[ xX-])\](?:[ \t]++|$))?")
_TERM = re.compile(r"(?P<term>\S(?:.{0,300}?\S)?)[ \t]++::(?:[ \t]++|$)")
_KEYWORD = re.compile(r"[ \t]*+#\+(?P<key>[\w-]++)(?:\[[^\]\n]*+\])?:[ \t]*+(?P<value>.*)")
_NOTE = re.compile(r"\[fn:(?P<name>[\w-]{1,60})\][ \t]*+(?P<text>.*)")
_ROW = re.compile(r"[ \t]*+\|(?P<cells>.*)")
_RULER = re.compile(r"[ \t]*+\|[-+|]++[ \t]*+$")
_FIXED = re.compile(r"[ \t]*+:(?:[ \t](?P<text>.*)|$)")
_HR = re.compile(r"[ \t]*+-{5,}[ \t]*+$")
_LATEX = re.compile(r"[ \t]*+\\begin\{(?P<name>[A-Za-z*]{1,40})\}")
_CALLOUTS = {"note": "note", "tip": "tip", "important": "important", "caution": "caution", "warning": "warning"}
_CODE = {"src", "example", "export", "query"}
_DEEPEST = 8
"""So many blocks in blocks are read as such."""


class OrgText:
    """Text goes into `document`; `lists` are those that are open where it goes."""

    def __init__(self, resolve: Resolve, lead: Lead, *, are_tags: bool = False) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self.lists = Lists(self.document)
        self._lead = lead
        self._are_tags = are_tags
        self._depth = 0

    def converted(self) -> Converted:
        return Converted(self.document.write(), tuple(self.links.attachments), tuple(self.links.lost))

    def inline(self, text: str) -> None:
        """The markup of one paragraph, into the one at hand."""
        write_inline(self.document.inline, text, self.links, self._lead, are_tags=self._are_tags)

    def blocks(self, lines: Sequence[str]) -> None:
        """Paragraphs, lists, tables and blocks; all lists that begin here end here."""
        ends = _Ends(lines)
        paragraph: list[str] = []
        rows: list[str] = []
        i = 0
        while i < len(lines):
            line = lines[i]
            if not _ROW.match(line):
                self._table(rows)
            step = self._block(lines, i, paragraph, ends)
            if step:
                i = step
                continue
            i += 1
            if not line.strip():
                self._paragraph(paragraph)
            elif _ROW.match(line):
                self._paragraph(paragraph)
                self._place(line)
                rows.append(line)
            elif item := _ITEM.match(line):
                self._paragraph(paragraph)
                self._item(item)
            else:
                if not paragraph:
                    self._place(line)
                paragraph.append(line.strip())
        self._table(rows)
        self._paragraph(paragraph)
        self.lists.end()

    def _block(self, lines: Sequence[str], i: int, paragraph: list[str], ends: _Ends) -> int:
        """What is no paragraph, item or row at line `i`: the number of the line below it; 0: there is nothing such."""
        line = lines[i]
        first = line.lstrip(" \t")[:1]
        if first not in ("#", ":", "-", "\\", "["):
            return 0
        end = 0
        if begin := _BEGIN.match(line):
            if end := ends.of(f"#+end_{begin['kind'].lower()}", i):
                self._paragraph(paragraph)
                self._place(line)
                self._begun(begin["kind"].lower(), (begin["rest"] or "").strip(), lines[i + 1 : end])
        elif drawer := _DRAWER.match(line):
            if end := ends.of(":end:", i):
                self._paragraph(paragraph)
                self._place(line)
                self._drawer(drawer["name"], lines[i + 1 : end])
        elif _FIXED.match(line):
            end = i
            while end + 1 < len(lines) and _FIXED.match(lines[end + 1]) and not _DRAWER.match(lines[end + 1]):
                end += 1
            self._paragraph(paragraph)
            self._place(line)
            fixed = (_FIXED.match(one) for one in lines[i : end + 1])
            self.document.code("\n".join((one["text"] or "") if one else "" for one in fixed))
            return end + 1
        elif latex := _LATEX.match(line):
            if end := ends.of(f"\\end{{{latex['name'].lower()}}}", i):
                self._paragraph(paragraph)
                self._place(line)
                self.document.add("other", "$$\n" + "\n".join(one.strip() for one in lines[i : end + 1]) + "\n$$")
        elif keyword := _KEYWORD.match(line):
            self._paragraph(paragraph)
            self._keyword(keyword["key"].lower(), keyword["value"].strip(), line.strip())
            return i + 1
        elif line.startswith("[fn:") and (note := _NOTE.match(line)):
            self._paragraph(paragraph)
            self.lists.end()
            self.document.inline.raw(f"[^{note['name']}]: ")
            paragraph.append(note["text"])
            return i + 1
        elif re.match(r"[ \t]*+#(?: |$)", line):
            self._paragraph(paragraph)
            self.links.lost.append(line.strip())
            return i + 1
        elif _HR.match(line):
            self._paragraph(paragraph)
            self.lists.end()
            self.document.rule()
            return i + 1
        return end + 1 if end else 0

    def _begun(self, kind: str, rest: str, inner: Sequence[str]) -> None:
        document = self.document
        if kind in _CODE:
            language = rest.split(" ")[0] if kind in ("src", "export") else ""
            plain = [re.sub(r"^([ \t]*+),(?=\*|,|#\+)", r"\1", one) for one in inner]
            document.code(textwrap.dedent("\n".join(plain)), language)
            return
        if kind == "comment":
            self.links.lost.append("\n".join(inner))
            return
        box = "quote" if kind in ("quote", "verse") else "callout" if kind in _CALLOUTS else "plain"
        if self._depth >= _DEEPEST:
            box = "plain"
        document.open(box, _CALLOUTS.get(kind, ""), title=rest if box == "callout" else "")
        self._inside(inner)
        document.close(box)

    def _drawer(self, name: str, inner: Sequence[str]) -> None:
        if not any(one.strip() for one in inner):
            return
        self.document.open("callout", "info", title=name.capitalize(), folded=True)
        self._inside(inner)
        self.document.close("callout")

    def _inside(self, lines: Sequence[str]) -> None:
        if self._depth >= _DEEPEST:
            for line in lines:
                self._paragraph([line.strip()] if line.strip() else [])
            return
        outer, self.lists = self.lists, Lists(self.document)
        self._depth += 1
        self.blocks(lines)
        self._depth -= 1
        self.lists = outer

    def _keyword(self, key: str, value: str, line: str) -> None:
        if key == "caption" and value:
            self.inline(value)
            self.document.end_paragraph()
        elif value:
            self.links.lost.append(line)

    def _item(self, item: re.Match[str]) -> None:
        text = item["text"] or ""
        box = _BOX.match(text)
        assert box is not None  # all of it may be missing
        text = text[box.end() :]
        number = box["count"] or item["number"]
        self.lists.item(_columns(item["indent"]), number or "-")
        if box["box"]:
            self.document.task(box["box"] in "xX")
        term = None if number else _TERM.match(text)
        if term:
            inline = self.document.inline
            inline.open("strong")
            self.inline(term["term"])
            inline.close("strong")
            inline.text(": ")
            text = text[term.end() :]
        self.inline(text)
        self.document.inline.text("\n")

    def _place(self, line: str) -> None:
        """The lists end in which a line that begins so far left does not stand."""
        indent = _columns(line[: len(line) - len(line.lstrip(" \t"))])
        if self.lists.depth is not None and self.lists.depth >= indent:
            self.document.end_paragraph()
            self.lists.leave(indent)

    def _paragraph(self, lines: list[str]) -> None:
        if lines:
            self.inline("\n".join(lines))
            lines.clear()
        self.document.end_paragraph()

    def _table(self, rows: list[str]) -> None:
        if not rows:
            return
        header = len(rows) > 1 and _RULER.match(rows[1]) is not None
        self.document.open("table")
        for i, row in enumerate(rows):
            if _RULER.match(row):
                continue
            self.document.open("row")
            for cell in row.strip().strip("|").split("|"):
                self.document.open("cell", is_header=header and i == 0)
                self.inline(cell.strip())
                self.document.close("cell")
            self.document.close("row")
        self.document.close("table")
        rows.clear()


class _Ends:
    """Where what begins on a line ends. Each kind of end is looked for once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._places: dict[str, list[int]] = {}
        self._at: dict[str, int] = {}
        for i, line in enumerate(lines):
            word = line.strip().lower()
            if word.startswith(("#+end_", ":end:", "\\end{")):
                self._places.setdefault(word, []).append(i)

    def of(self, word: str, start: int) -> int:
        """The first line behind `start` that is `word`; 0: there is none."""
        places = self._places.get(word, [])
        at = self._at.get(word, 0)
        while at < len(places) and places[at] <= start:
            at += 1
        self._at[word] = at
        return places[at] if at < len(places) else 0


def _columns(indent: str) -> int:
    return len(indent.expandtabs(8))
