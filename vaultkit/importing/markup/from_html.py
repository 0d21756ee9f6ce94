"""HTML → Markdown, as Obsidian shows it: bodies of blog posts, diary entries and mails.

lxml reads the HTML, because it does so in linear time whatever it is given and hands out one tag after the other, so
that no depth is too deep. Known here is what each element is in Markdown; how words and blanks flow, `html_flow` knows.
Unknown elements go, their text stays; scripts, styles, comments and addresses that run are named in `lost`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.html_flow import Flow
from vaultkit.importing.markup.inline import TAGS
from vaultkit.importing.markup.pictures import Resolve

_MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "del": "del",
    "s": "del",
    "strike": "del",
    "mark": "mark",
} | {name: name for name in TAGS}
_PARAGRAPHS = frozenset(
    "address article aside body center dir div dl dt fieldset figcaption figure footer form header hgroup html legend"
    " main nav optgroup option p section summary".split()
)
_BOXES = {"blockquote": "quote", "table": "table", "tr": "row", "caption": "plain", "details": "callout"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE = frozenset({"code", "samp", "tt"})
_PRE = frozenset({"pre", "listing", "xmp"})
_DEAD = frozenset({"script", "style", "template", "title", "head"})
_LOADING = {"iframe": "src", "embed": "src", "object": "data", "video": "src", "audio": "src", "source": "src"}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*+)([\w+#.-]+)")
_FORMAT_COMMENT: Final = ("more", "nextpage", "/wp:", "wp:", "[if", "[endif", "StartFragment", "EndFragment")
"""How comments begin that say nothing but how a page is laid out."""


def from_html(html: str, resolve: Resolve = unresolved, *, line_breaks: bool = False) -> Converted:
    """`html`, a whole page or a part of one, as Markdown. `resolve` says where images and linked files are.

    `line_breaks`: a line end is a line break and a blank line begins a paragraph, as in posts of WordPress and Movable
    Type that are written without `<p>`. Never raises; all text is in the result or in `lost`.
    """
    from lxml import etree  # 10 ms and more: only for those who convert HTML

    walk = _Walk(resolve, line_breaks=line_breaks)
    text = _CONTROL.sub("\ufffd", html.replace("\r\n", "\n").replace("\r", "\n"))
    if text.strip():
        parser = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True)
        try:
            parser.feed(b"<!DOCTYPE html><html><body><div>" + text.encode())
            parser.close()
        except etree.LxmlError as e:
            walk.links.lost.append(f"{e}: {html}")
    return Converted(walk.document.write(), tuple(walk.links.attachments), tuple(walk.links.lost))


class _Walk:
    """lxml's target: gets the tags in order."""

    def __init__(self, resolve: Resolve, *, line_breaks: bool) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self._flow = Flow(self.document, self.links, line_breaks=line_breaks)
        self._dead: list[str] | None = None
        """The text of an element that is not shown."""
        self._dead_name, self._dead_depth = "", 0
        self._pre: list[str] | None = None
        self._pre_depth = 0
        self._language = ""
        self._math: list[str] | None = None
        self._math_is_tex = self._math_block = False

    # -- what lxml calls ----------------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._dead is not None:
            self._dead_depth += tag == self._dead_name
        elif self._math is not None:
            if tag == "annotation" and "tex" in attributes.get("encoding", ""):
                self._math.clear()
                self._math_is_tex = True
        elif tag in _DEAD:
            self._dead, self._dead_name, self._dead_depth = [], tag, 1
            self._math_block = "mode=display" in attributes.get("type", "")
            self._math_is_tex = tag == "script" and "math/tex" in attributes.get("type", "")
        elif self._pre is not None:
            self._in_pre(tag, attributes)
        else:
            self._open(tag, attributes)

    def end(self, tag: str) -> None:
        if self._dead is not None:
            self._dead_depth -= tag == self._dead_name
            if not self._dead_depth:
                self._end_dead()
        elif self._math is not None:
            self._end_math(tag)
        elif self._pre is not None:
            if tag in _PRE:
                self._pre_depth -= 1
                if not self._pre_depth:
                    self._end_pre()
            elif tag in ("div", "p", "li", "tr"):
                self._pre.append("\n")
        else:
            self._close(tag)

    def data(self, text: str) -> None:
        if self._dead is not None:
            self._dead.append(text)
        elif self._math is not None:
            self._math.append(text)
        elif self._pre is not None:
            self._pre.append(text)
        else:
            self._flow.data(text)

    def comment(self, text: str) -> None:
        if text.strip() and not text.strip().startswith(_FORMAT_COMMENT):
            self.links.lost.append(f"<!--{text}-->")

    def pi(self, target: str, data: str | None = None) -> None:
        self.links.lost.append(f"<?{target} {data or ''}>")

    def close(self) -> None:
        """The end of the text, and of all that is open."""
        if self._dead is not None:
            self._end_dead()
        if self._math is not None:
            self._end_math("math")
        if self._pre is not None:
            self._end_pre()
        self._flow.end_code()

    # -- elements -----------------------------------------------------------------------------------------------------

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        document = self.document
        if tag in _MARKS:
            document.inline.open(_MARKS[tag])
        elif tag == "a":
            self._flow.open_link(attributes)
        elif tag == "br":
            self._flow.line_break()
        elif tag == "img":
            self._flow.image(attributes)
        elif tag in _CODE:
            self._flow.begin_code()
        elif tag in _PRE:
            self._flow.end_paragraph()
            self._pre, self._pre_depth, self._language = [], 1, _language(attributes)
        elif tag == "math":
            self._math, self._math_is_tex = [], False
            self._math_block = attributes.get("display") == "block"
        elif tag in _LOADING:
            self._flow.load(attributes.get(_LOADING[tag], ""))
        elif tag == "input":
            if attributes.get("type", "").lower() == "checkbox" and document.inside("item", "cell"):
                document.task("checked" in attributes)
        elif tag == "q":
            self._flow.words("\u201c")
        else:
            self._open_block(tag, attributes)

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        document = self.document
        if tag in ("ul", "ol", "menu"):
            self._flow.end_paragraph()
            start = attributes.get("start", "1")
            document.open("list", "-" if tag != "ol" else start if _is_number(start) else "1")
        elif tag in ("li", "dd"):
            self._flow.end_paragraph()
            if document.inside("item", "list"):  # the one before has no end tag
                document.close("item")
            document.open("item")
        elif tag in ("td", "th"):
            self._flow.end_paragraph()
            columns, rows = (attributes.get(name, "1") for name in ("colspan", "rowspan"))
            document.open(
                "cell",
                is_header=tag == "th",
                columns=int(columns) if _is_number(columns) else 1,
                rows=int(rows) if _is_number(rows) else 1,
            )
        elif tag in _BOXES:
            self._flow.end_paragraph()
            document.open(_BOXES[tag], "note", folded="open" not in attributes)
        elif tag in _HEADINGS:
            self._flow.end_paragraph()
            document.heading(int(tag[1]))
        elif tag == "hr":
            self._flow.end_paragraph()
            document.rule()
        elif tag in _PARAGRAPHS:
            self._flow.end_paragraph()
            if tag == "dt":
                document.inline.open("strong")

    def _close(self, tag: str) -> None:
        document = self.document
        if tag in _MARKS:
            document.inline.close(_MARKS[tag])
        elif tag == "a":
            self._flow.close_link()
        elif tag in _CODE:
            self._flow.end_code()
        elif tag == "q":
            self._flow.words("\u201d")
        elif tag in ("ul", "ol", "menu"):
            self._flow.end_paragraph()
            document.close("list")
        elif tag in ("li", "dd"):
            self._flow.end_paragraph()
            document.close("item")
        elif tag in ("td", "th"):
            self._flow.end_paragraph()
            document.close("cell")
        elif tag == "summary":
            self._flow.end_code()
            document.name_callout()
            self._flow.swallow_space()
        elif tag in _BOXES:
            self._flow.end_paragraph()
            document.close(_BOXES[tag])
        elif tag in _HEADINGS:
            self._flow.end_paragraph()
            document.heading(0)
        elif tag in _PARAGRAPHS:
            if tag == "dt":
                document.inline.close("strong")
            self._flow.end_paragraph()

    def _in_pre(self, tag: str, attributes: Mapping[str, str]) -> None:
        assert self._pre is not None
        if tag in _PRE:
            self._pre_depth += 1
        elif tag == "br":
            self._pre.append("\n")
        elif tag == "img":
            self._pre.append(attributes.get("alt", ""))
        self._language = self._language or (_language(attributes) if tag == "code" else "")

    def _end_pre(self) -> None:
        text = "".join(self._pre or ()).replace("\u00a0", " ")
        self._pre = None
        self.document.code(text, self._language)
        self._flow.swallow_space()

    def _end_math(self, tag: str) -> None:
        assert self._math is not None
        if tag == "annotation":
            text, self._math = "".join(self._math), None
            self._formula(text)
            self._dead, self._dead_name, self._dead_depth = [], "math", 1  # what comes says the same once more
        elif tag == "math":
            text, self._math = "".join(self._math), None
            self._flow.words(text)

    def _formula(self, tex: str) -> None:
        self._flow.formula(tex, is_block=self._math_block)
        self._math_is_tex = False

    def _end_dead(self) -> None:
        text, self._dead = "".join(self._dead or ()), None
        if self._math_is_tex and self._dead_name == "script":
            self._formula(text)
        elif text.strip() and self._dead_name not in ("math", "head"):
            self.links.lost.append(f"<{self._dead_name}>{text}</{self._dead_name}>")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def _language(attributes: Mapping[str, str]) -> str:
    """The language of code: `data-lang="py"`, `class="language-py"`, `class="brush: py"`."""
    for name in ("data-lang", "data-language", "lang"):
        if attributes.get(name):
            return attributes[name]
    found = _LANGUAGE.search(attributes.get("class", ""))
    return found[1] if found else ""
