"""Logseq's outlines: the blocks of a page with their depth, properties, task markers and ids.

Reads Markdown as Logseq writes it, and by way of the Org converter its Org. A block's text is Markdown afterwards;
references between pages and blocks stay as Logseq has them (`[[page]]`, `((uuid))`, `#[[tag]]`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vaultkit.importing.entry import Attachment
from vaultkit.importing.markup import markdown
from vaultkit.importing.markup.from_org import convert_lines, convert_phrase
from vaultkit.importing.markup.org_inline import when
from vaultkit.importing.markup.org_outline import DONE, read_outline
from vaultkit.importing.markup.pictures import Resolve

_BULLET = re.compile(r"(?P<indent>[ \t]*+)-(?:[ \t](?P<text>.*)|$)")
_PROPERTY = re.compile(r"(?P<key>[^\s:`\[\](){}<>#\"'][^\s:`\[\](){}<>\"']{0,80})::(?:[ \t]++(?P<value>.*)|$)")
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
"""What may be a block id in Obsidian, too."""
_FENCE = re.compile(r"[ \t]*+(?P<run>`{3,}+|~{3,}+)")
_BEGIN = re.compile(r"[ \t]*+#\+begin_(?P<kind>\w++)(?:[ \t]++(?P<rest>.*))?$", re.IGNORECASE)
_PLANNING = re.compile(r"[ \t]*+(?P<key>SCHEDULED|DEADLINE|CLOSED):[ \t]*+(?P<when><[^<>\n]{1,80}>)[ \t]*+$")
_MARKER = re.compile(
    r"(?P<head>#{1,6}[ \t]++)?"
    r"(?P<marker>TODO|DOING|NOW|LATER|DONE|WAITING|WAIT|IN-PROGRESS|CANCELED|CANCELLED|STARTED)(?:[ \t]++|$)"
)
_BOXES = {"DONE": "[x] ", "CANCELED": "[-] ", "CANCELLED": "[-] "}
_BOXES |= dict.fromkeys(("DOING", "NOW", "IN-PROGRESS", "STARTED"), "[/] ")
_KEPT = frozenset({"WAITING", "WAIT"})
"""Markers that say more than a box can: the word stays."""
_CALLOUTS = frozenset({"note", "tip", "important", "caution", "warning"})
_OWN = frozenset({"collapsed", "heading", "background-color", "created-at", "updated-at"})
_OWN_PREFIXES = ("logseq.", "query-")


@dataclass(slots=True)
class Block:
    """One block. `parts`: its text in paragraphs and other pieces, of which none is broken up again."""

    depth: int
    line: int
    lines: list[str] = field(default_factory=list)
    bullet: bool = True
    box: str = ""
    """`[ ] ` of a task."""
    id: str = ""
    properties: list[tuple[str, str]] = field(default_factory=list)
    own: list[tuple[str, str]] = field(default_factory=list)
    """How Logseq shows the block: of no use elsewhere."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")

    @property
    def heading(self) -> int:
        """The level of a block that is a heading, 0 for others."""
        found = re.match(r"(#{1,6})[ \t]", self.lines[0]) if self.lines else None
        return len(found[1]) if found else 0

    @property
    def is_numbered(self) -> bool:
        return ("logseq.order-list-type", "number") in self.own

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.properties and not self.box


@dataclass(slots=True)
class Outline:
    """A page: what is said about it as a whole, and its blocks in order."""

    properties: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    own: list[tuple[str, str]] = field(default_factory=list)
    """As `Block.own`, of the page."""
    attachments: tuple[Attachment, ...] = ()
    lost: tuple[str, ...] = ()


def read_markdown(text: str) -> Outline:
    """A page in Markdown. Text without a bullet is a block as well."""
    blocks = [_finished(block) for block in _cut(text.split("\n"))]
    return _page(blocks)


def read_org(text: str, resolve: Resolve) -> Outline:
    """A page in Org, where each heading is a block."""
    outline = read_outline(text)
    attachments: dict[Attachment, None] = {}
    lost: list[str] = []
    blocks = []
    for section in outline.sections:
        title = convert_phrase(section.title, resolve, _lead)
        below = convert_lines(section.lines, resolve, _lead)
        attachments |= dict.fromkeys([*title.attachments, *below.attachments])
        lost += [*title.lost, *below.lost]
        state = f"{section.todo} " if section.todo else ""
        tags = "".join(f" #{tag}" for tag in section.tags)
        priority = f"[#{section.priority}] " if section.priority else ""
        block = Block(max(section.level - 1, 0), section.line, bullet=section.level > 0)
        block.lines = [f"{state}{priority}{title.text}{tags}".strip()] if section.level else []
        for key, stamp in section.planning:
            block.lines.append(f"{key.lower()}:: {when(stamp)}")
        if below.text:
            prose = not re.match(r"[-+*|>`#\d]", below.text)
            block.lines += [*([] if prose or not block.text else [""]), *below.text.split("\n")]
        _mark(block)
        for key, value in section.properties:
            _sort(block, key.lower(), value)
        blocks.append(block)
    page = _page(blocks)
    page.properties[:0] = [(key, value) for key, value in outline.keywords if value]
    page.attachments, page.lost = tuple(attachments), tuple(lost)
    return page


def _lead(target: str, text: str) -> str | None:
    """Links to pages as Logseq's Markdown has them."""
    if "://" in target or target.startswith((".", "/", "file:", "mailto:", "id:", "#", "*")):
        return None
    return f"[{text}]([[{target}]])" if text else f"[[{target}]]"


def _page(blocks: list[Block]) -> Outline:
    """The properties of the first block are the page's when it has no text, or no bullet."""
    page = Outline([], blocks)
    while blocks and not blocks[0].text and not blocks[0].box:
        if len(blocks) > 1 and blocks[1].depth > blocks[0].depth:
            break
        first = blocks.pop(0)
        page.properties += [*first.properties, *([("id", first.id)] if first.id else [])]
        page.own += first.own
        if first.bullet:
            return page
    if blocks and not blocks[0].bullet:
        page.properties += blocks[0].properties
        blocks[0].properties = []
    return page


def _cut(lines: Sequence[str]) -> Iterator[Block]:
    """The blocks with their lines, without the indentation that Logseq gives these. What looks like a bullet within
    code is none."""
    ends = _code_ends(lines)
    block = Block(0, 1, bullet=False)
    indents: list[int] = []
    inside = 0
    for i, line in enumerate(lines):
        bullet = _BULLET.match(line) if i >= inside else None
        if bullet:
            yield block
            indent = _columns(bullet["indent"])
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            block = Block(len(indents) - 1, i + 1, [bullet["text"] or ""])
            inside = max(inside, _end(bullet["text"] or "", i, ends))
        elif i >= inside and indents and re.match(r"#{1,6} ", line):
            yield block
            indents = []
            block = Block(0, i + 1, [line], bullet=False)
        else:
            block.lines.append(_unindented(line, indents[-1] + 2 if indents else 0))
            if i >= inside:
                inside = _end(line, i, ends)
    yield block


def _code_ends(lines: Sequence[str]) -> dict[str, list[int]]:
    """The lines that may end code, by what does."""
    found: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        word = line.strip().lower()
        if word.startswith(("```", "~~~")) and not word.strip(word[0]):
            found.setdefault(word[:3], []).append(i)
        elif word.startswith(("#+end_", ":end:")):
            found.setdefault(word, []).append(i)
    for places in found.values():
        places.reverse()
    return found


def _end(text: str, at: int, ends: dict[str, list[int]]) -> int:
    """The line below the code that begins in `text`, which is that of line `at`; 0: none does."""
    fence, begin = _FENCE.match(text), _BEGIN.match(text)
    if fence is None and begin is None:
        return 0
    found = _next(ends, fence["run"][:3] if fence else f"#+end_{begin['kind'].lower()}" if begin else "", at)
    return found + 1 if found else 0


def _next(ends: dict[str, list[int]], word: str, at: int) -> int:
    """The first of the lines that end something with `word` below line `at`; 0: there is none."""
    places = ends.get(word, [])
    while places and places[-1] <= at:
        places.pop()
    return places[-1] if places else 0


def _finished(block: Block) -> Block:
    """The block with its properties, task marker and so on taken out of its lines."""
    out: list[str] = []
    said: list[tuple[str, str]] = []
    lines = block.lines
    at = 0
    ends = _code_ends(lines)
    while at < len(lines):
        line = lines[at]
        end = _end(line, at, ends)
        if end:
            out += _boxed(line, lines[at + 1 : end - 1]) if _BEGIN.match(line) else lines[at:end]
            at = end
            continue
        if line.strip() == ":LOGBOOK:" and (end := _next(ends, ":end:", at)):
            text = "\n".join(one.strip() for one in lines[at + 1 : end])
            out += ["", *markdown.callout("info", "Logbook", text, folded=True).split("\n"), ""] if text.strip() else []
            at = end + 1
            continue
        at += 1
        if planning := _PLANNING.match(line):
            out.append(f"{planning['key'].lower()}:: {when(planning['when'])}")
        elif found := _PROPERTY.match(line.strip()):
            said.append((found["key"].lower(), (found["value"] or "").strip()))
        else:
            out.append(line.rstrip())
    while out and not out[-1].strip():
        out.pop()
    block.lines = out
    for key, value in said:
        _sort(block, key, value)
    _mark(block)
    return block


def _sort(block: Block, key: str, value: str) -> None:
    if key == "id" and not block.id and _ID.fullmatch(value):
        block.id = value.lower()
    elif key in _OWN or key.startswith(_OWN_PREFIXES):
        block.own.append((key, value))
        level = int(value) if value.isdecimal() else block.depth + 1
        if key == "heading" and value != "false" and block.lines and not block.heading:
            block.lines[0] = f"{'#' * min(max(level, 1), 6)} {block.lines[0]}"
    else:
        block.properties.append((key, value))


def _mark(block: Block) -> None:
    """Turn the marker of a task into its box."""
    found = _MARKER.match(block.lines[0]) if block.lines else None
    if found is None:
        return
    marker = found["marker"]
    kept = f"{marker} " if marker in _KEPT else ""
    rest = block.lines[0][found.end() :]
    if found["head"]:
        kept = f"{found['head']}{marker} "  # a heading cannot have a box
    else:
        block.box = _BOXES.get(marker, "[x] " if marker in DONE else "[ ] ")
    block.lines[0] = kept + rest


def _boxed(begin: str, inner: Sequence[str]) -> list[str]:
    """An Org block in Markdown."""
    found = _BEGIN.match(begin)
    assert found is not None  # the caller looked
    kind, text = found["kind"].lower(), "\n".join(inner)
    if kind in _CALLOUTS:
        out = markdown.callout(kind, "", text)
    elif kind in ("quote", "verse", "center", "pinned"):
        out = markdown.quote(text)
    else:
        out = markdown.fence(text, (found["rest"] or "").strip().split(" ")[0] if kind in ("src", "export") else "")
    return ["", *out.split("\n"), ""]


def _unindented(line: str, indent: int) -> str:
    at = width = 0
    while at < len(line) and line[at] in " \t" and width < indent:
        width += 2 if line[at] == "\t" else 1
        at += 1
    return line[at:]


def _columns(indent: str) -> int:
    """The width of an indentation; Logseq's tab is a level, and a level of text is two blanks wide."""
    return sum(2 if char == "\t" else 1 for char in indent)
