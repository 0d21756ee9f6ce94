"""Org → Markdown: a whole text, or sections of its outline.

Headings keep their order and depth; tasks at the head of a list of headings become tasks of Markdown, others keep their
state as a word. Drawers and the properties of a heading stay with it. Comments, options of export and the results'
frames go. There is no library for it: those in Python read the outline, which is the smaller part, and leave the text
as it is or want Emacs or pandoc beside them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.lists import Lists
from vaultkit.importing.markup.org_inline import Lead, when, write_inline
from vaultkit.importing.markup.org_outline import Section, read_outline
from vaultkit.importing.markup.pictures import Resolve

_BEGIN = re.compile(r"[ \t]*+#\+begin_(?P<kind>\w++)(?:[ \t:]++(?P<rest>.*))?$", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*+:(?P<name>[\w-]++):[ \t]*+$")
_END = re.compile(r"[ \t]*+:end:[ \t]*+$", re.IGNORECASE)
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
_QUIET = frozenset({"id", "custom_id", "attach_dir"})
"""Properties that only Org itself needs."""
_DEEPEST = 8
"""So many blocks in blocks are read as such."""


def from_org(text: str, resolve: Resolve = unresolved) -> Converted:
    """`text` as Markdown. Never raises, loses no text. Keywords above the first heading are in `lost`."""
    outline = read_outline(text.replace("\r\n", "\n").replace("\r", "\n"))
    done = convert_sections(outline.sections, resolve)
    keywords = tuple(f"#+{key}: {value}" for key, value in outline.keywords)
    return Converted(done.text, done.attachments, keywords + done.lost)


def _knows_none(_target: str, _text: str) -> str | None:
    return None


def convert_sections(
    sections: Sequence[Section],
    resolve: Resolve = unresolved,
    lead: Lead = _knows_none,
    raised: int = 0,
    *,
    are_tags: bool = False,
) -> Converted:
    """The sections with all their text as Markdown; headings are `raised` by so many levels. `are_tags`: what looks
    like a tag in the result is one, so that `#word` in the text, where Org has none, is escaped."""
    walk = _Walk(resolve, lead, are_tags=are_tags)
    tasks = _leading_tasks(sections)
    for i, section in enumerate(sections):
        walk.section(section, raised, as_task=i in tasks)
    walk.lists.end()
    return walk.converted()


def convert_lines(lines: Sequence[str], resolve: Resolve = unresolved, lead: Lead = _knows_none) -> Converted:
    """Lines without headings as Markdown."""
    walk = _Walk(resolve, lead)
    walk.blocks(lines)
    return walk.converted()


def convert_phrase(text: str, resolve: Resolve = unresolved, lead: Lead = _knows_none) -> Converted:
    """What stands in one line, a title, as Markdown."""
    walk = _Walk(resolve, lead)
    write_inline(walk.document.inline, text, walk.links, lead)
    return walk.converted()


def _leading_tasks(sections: Sequence[Section]) -> set[int]:
    """The headings that may be items of a task list: tasks with no headings below them, and nothing but such between
    them and the heading above. Behind another heading they would belong to its text."""
    found: set[int] = set()
    may: dict[int, bool] = {}
    for i, section in enumerate(sections):
        level = section.level
        for deeper in [n for n in may if n > level]:
            del may[deeper]
        is_leaf = i + 1 == len(sections) or sections[i + 1].level <= level
        may[level] = bool(section.todo) and is_leaf and may.get(level, True)
        if may[level]:
            found.add(i)
    return found


class _Walk:
    def __init__(self, resolve: Resolve, lead: Lead, *, are_tags: bool = False) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self.lists = Lists(self.document)
        self._lead = lead
        self._are_tags = are_tags
        self._depth = 0

    def converted(self) -> Converted:
        return Converted(self.document.write(), tuple(self.links.attachments), tuple(self.links.lost))

    def section(self, section: Section, raised: int, *, as_task: bool) -> None:
        lists = Lists(self.document)
        if section.level and as_task:
            self.lists.item(0, "-")
            self.document.task(section.is_done)
            self._title(section, with_state=False)
        elif section.level:
            self.lists.end()
            self.document.heading(max(1, section.level - raised))
            self._title(section, with_state=True)
            self.document.heading(0)
        for key, stamp in section.planning:
            self.document.inline.text(f"{key.lower()}:: {when(stamp)}\n")
        for key, value in section.properties:
            if value and key.lower() not in _QUIET:
                self.document.inline.text(f"{key.lower()}:: ")
                self._inline(value)
                self.document.inline.text("\n")
        self.document.end_paragraph()
        outer, self.lists = self.lists, lists
        self.blocks(section.lines)
        self.lists = outer

    def _inline(self, text: str) -> None:
        write_inline(self.document.inline, text, self.links, self._lead, are_tags=self._are_tags)

    def _title(self, section: Section, *, with_state: bool) -> None:
        inline = self.document.inline
        if with_state and section.todo:
            inline.text(f"{section.todo} ")
        if section.priority:
            inline.text(f"[#{section.priority}] ")
        self._inline(section.title)
        for tag in section.tags:
            inline.raw(f" #{tag.replace('@', '').replace('%', '').replace('#', '')}")
        if not (section.title or section.tags or section.todo):
            inline.text("–")
        self.document.end_paragraph()

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
            self._inline(value)
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
            self._inline(term["term"])
            inline.close("strong")
            inline.text(": ")
            text = text[term.end() :]
        self._inline(text)
        self.document.inline.text("\n")

    def _place(self, line: str) -> None:
        """The lists end in which a line that begins so far left does not stand."""
        indent = _columns(line[: len(line) - len(line.lstrip(" \t"))])
        if self.lists.depth is not None and self.lists.depth >= indent:
            self.document.end_paragraph()
            self.lists.leave(indent)

    def _paragraph(self, lines: list[str]) -> None:
        if lines:
            self._inline("\n".join(lines))
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
                self._inline(cell.strip())
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
