"""What flows in the paragraphs of HTML: words and their blanks, line breaks, code, formulas, links, images.

Known here is which blanks and line ends of the source are meant: several are one, none is meant where Japanese is
wrapped, and in texts that are written without `<p>` every line end counts. Which element is which, `from_html` knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.markdown import code_span

_TEX = frozenset({"tex", "latex", "math", "mathjax", "katex"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_JAPANESE = "[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]"
_WRAPPED = re.compile(rf"(?<={_JAPANESE})[ \t]*+[\r\n][ \t\r\n]*+(?={_JAPANESE})")
"""Where Japanese is wrapped in the source: no blank is meant there."""
_WRAPPED_END = re.compile(rf"(?<={_JAPANESE})[ \t]*+\n[ \t\n]*+\Z")
_WRAPPED_START = re.compile(rf"[ \t]*+\n[ \t\n]*+(?={_JAPANESE})")
_WIDE = re.compile(_JAPANESE)
_BLANK_LINES = re.compile(r"\n[ \t]*+\n\s*+")


class Flow:
    """Writes into the paragraph at hand of `document`. `line_breaks`: a line end is a line break, a blank line begins a
    paragraph."""

    def __init__(self, document: Document, links: Addresses, *, line_breaks: bool) -> None:
        self._document = document
        self._links = links
        self._line_breaks = line_breaks
        self._code: list[str] | None = None
        self._hrefs: list[bool] = []
        self._after_space, self._after_break = True, False
        self._last = ""
        self._wrapped = False
        """Whether a line of Japanese ended just before a tag: a blank is meant only if no Japanese follows."""

    def data(self, text: str) -> None:
        """Text of the source, its line ends and runs of blanks with it."""
        if self._code is not None:
            self._code.append(_SPACE.sub(" ", text))
        elif self._line_breaks and "\n" in text:
            parts = _BLANK_LINES.split(text)
            for i, part in enumerate(parts):
                if i:
                    self.end_paragraph()
                for n, line in enumerate(part.split("\n")):
                    if n:
                        self.line_break()
                    self.words(line)
        else:
            self.words(_WRAPPED.sub("", text))

    def words(self, text: str) -> None:
        """Text in which line ends are blanks."""
        if _WIDE.match(self._last) and _WRAPPED_START.match(text):
            text = text.lstrip(" \t\n")
        wrapped = _WRAPPED_END.search(text)
        text = _SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if self._wrapped and text:
            text = text.lstrip(" ") if _WIDE.match(text) or _WIDE.match(text.lstrip(" ")) else f" {text.lstrip(' ')}"
            self._wrapped = False
        if wrapped:
            text, self._wrapped = text.rstrip(" "), True
        if text:
            self._after_space, self._after_break = text.endswith(" "), False
            self._last = text[-1]
            self._document.inline.text(text.replace("\u00a0", " "))

    def line_break(self) -> None:
        """A line break; the second in a row begins a paragraph."""
        if self._after_break and not self._document.inside("cell"):
            self.end_paragraph()
        elif not self._document.inline.is_empty:
            self._document.inline.text("\n")
            self._after_space, self._after_break = True, True

    def end_paragraph(self) -> None:
        """Nothing flows on from here; code that is open ends too."""
        self.end_code()
        self._document.end_paragraph()
        self._after_space, self._after_break, self._wrapped = True, False, False

    def swallow_space(self) -> None:
        """A blank that comes next means nothing: something was written that stands by itself."""
        self._after_space = True

    def begin_code(self) -> None:
        """What comes is code within the line."""
        self.end_code()
        self._code = []

    def end_code(self) -> None:
        """Write the code, if any is open; blanks at its edges go outside."""
        if self._code is not None:
            text = "".join(self._code)
            self._code = None
            if text.startswith(" ") and not self._after_space:
                self.words(" ")
            self._raw(code_span(text.strip(" ")))
            if text.endswith(" "):
                self.words(" ")

    def formula(self, tex: str, *, is_block: bool) -> None:
        """A formula in TeX."""
        tex = " ".join(tex.split())
        mark = "$$" if is_block else "$"
        self._raw(f"{mark}{tex}{mark}" if tex else "")

    def open_link(self, attributes: Mapping[str, str]) -> None:
        """`<a>`; a file of the export is embedded."""
        href = attributes.get("href", "").strip()
        if "keyword" in attributes.get("class", "").split() and "/keyword/" in href:
            href = ""  # made by Hatena of every word that its dictionary has
        embed = self._links.file(href)
        href = "" if embed else self._links.href(href)
        if embed:
            self._raw(f"{embed} ")
            self._after_space = True
        elif href:
            self._document.inline.close("link")
            self._document.inline.open("link", href)
        self._hrefs.append(bool(href))

    def close_link(self) -> None:
        """`</a>`."""
        if self._hrefs and self._hrefs.pop():
            self._document.inline.close("link")

    def image(self, attributes: Mapping[str, str]) -> None:
        """`<img>`; a picture of a formula is the formula."""
        kept = dict(attributes)
        if not kept.get("src") or kept["src"].startswith("data:"):
            kept["src"] = kept.get("data-src") or kept.get("data-original") or kept.get("src", "")
        if kept.get("alt") and not _TEX.isdisjoint(kept.get("class", "").lower().split()):
            self._raw(f"${' '.join(kept['alt'].split()).strip('$')}$")
        else:
            self._raw(self._links.image(kept))

    def load(self, address: str) -> None:
        """A frame, a film: the address that a person can follow."""
        if address.strip() and not self._document.inline.is_open("link"):
            self._links.link(self._document.inline, "https:" + address if address.startswith("//") else address)
            self._after_space = False

    def _raw(self, markdown: str) -> None:
        if markdown:
            if self._wrapped:
                self._document.inline.text(" ")
            self._after_space = self._after_break = self._wrapped = False
            self._last = ""
            self._document.inline.raw(markdown)
