"""Textile → Markdown, as Redmine has it: descriptions, notes and wiki pages written before it took up Markdown.

Redmine's own additions are known: `[[Page|text]]`, `{{collapse(title)`, `attachment:file`. Styles, classes and macros
that list something go.
"""

from __future__ import annotations

import re

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.document import Document
from vaultkit.importing.markup.lists import Lists
from vaultkit.importing.markup.markdown import code_span
from vaultkit.importing.markup.pictures import Resolve
from vaultkit.importing.markup.signs import write_signs

_STYLE = r"(?:\([^()\n]{0,200}\)|\{[^{}\n]{0,400}\}|\[[a-z-]{2,8}\]|[<>=])*+"
_PRE = re.compile(
    r"<pre(?:\s[^<>]{0,300})?>|^(?P<macro>\{\{collapse(?:\((?P<title>[^()\n]{0,300})\))?)[ \t]*+$|^\}\}[ \t]*+$", re.M
)
_CODE_TAG = re.compile(r"\s*+<code(?:\s[^<>]*?(?:class|lang)=[\"'](?P<language>[\w+ -]{1,40})[\"'][^<>]*+)?\s*+>")
_BLOCK = re.compile(rf"(?P<kind>h[1-6]|bq|bc|pre|p|fn[0-9]{{1,3}}|notextile){_STYLE}(?P<dots>\.{{1,2}})(?:[ \t]++|$)")
_RULE = re.compile(r"[ \t]*+-{3,}[ \t]*+$")
_ITEM = re.compile(r"[ \t]*+(?P<marks>[*#]{1,12})(?:\([^()\n]{0,100}\))?[ \t]++(?P<text>.*)")
_CELL = re.compile(rf"(?P<head>_)?(?:\\(?P<columns>\d{{1,2}})|/(?P<rows>\d{{1,2}})|[<>=^~-]|{_STYLE[:-2]})*?\.[ \t]")
_INLINE = re.compile(
    r"@(?P<code>[^@\s](?:[^@\n]{0,2000}[^@\s])?)@(?![A-Za-z0-9])"
    r"|<code(?:\s[^<>]{0,100})?>(?P<code_tag>[^<\n]{0,4000})</code>"
    r"|\"(?P<text>[^\"\n]{1,1000})\":(?P<href>(?:https?://|ftp://|mailto:|/|\#|\.)[^\s<>\"]{0,2000}[^\s<>\".,;:!?)\]])"
    r"|(?<![A-Za-z0-9])!(?P<image>[^\s!()\"|](?:[^\s!()\n]{0,1000}[^\s!()])?)(?:\((?P<alt>[^()\n]{0,300})\))?!(?::(?P<to>https?://[^\s<>\"]+))?"
    r"|\[\[(?P<page>[^\[\]\n]{1,300})\]\]"
    r"|(?P<url>(?:https?|ftp)://[^\s<>\"]++)"
    r"|==(?P<literal>[^\n=]{1,2000})=="
    r"|attachment:(?P<file>\"[^\"\n]{1,300}\"|[^\s\"<>,;]{1,300}[^\s\"<>,;.:)])"
    r"|\[(?P<note>[0-9]{1,3})\](?=[\s.,;:!?)]|$)|%\{[^{}\n]{0,300}\}(?P<span>[^%\n]{1,2000})%"
    r"|\{\{>?(?:toc|child_pages|lastupdated_[a-z]{1,10})(?:\([^()\n]{0,100}\))?\}\}|<(?P<br>br) ?/?>"
    r"|(?P<sign>\*\*|__|\?\?|[*_+^~-])"
)
_MARKS = {
    "*": "strong",
    "**": "strong",
    "_": "em",
    "__": "em",
    "??": "em",
    "-": "del",
    "+": "ins",
    "^": "sup",
    "~": "sub",
}
_TEXTILE = re.compile(
    r"^(?:h[1-6]|bq|bc|fn\d|p)(?:\([^()\n]*+\))?\.{1,2} |^\|_\.|^\*{2,} |^\#{2,} (?=[^\n]*+\n\#)|\":(?:https?://|/)\S"
    r"|<pre>|(?:^|\s)@[^@\s][^@\n]*+@(?=[\s.,;:)]|$)|(?:^|\s)![^\s!]++!(?=\s|$)",
    re.MULTILINE,
)
_MARKDOWN = re.compile(
    r"^\#{1,6} [^\n]*+\n(?!\#)|^```|^~~~|\]\((?:https?://|/|\w)|\*\*\S|^> |^\|[ \t]*+:?-{2,}|^ {0,3}(?:-|\d+\.) |(?:^|\s)`[^`\n]++`",
    re.MULTILINE,
)


def looks_like_textile(text: str) -> bool:
    """Whether `text` is rather Textile than Markdown. A text with the signs of neither is none."""
    return len(_TEXTILE.findall(text)) > len(_MARKDOWN.findall(text))


def from_textile(text: str, resolve: Resolve = unresolved) -> Converted:
    """`text` as Markdown. Never raises; no text is lost."""
    walk = _Walk(resolve)
    walk.blocks(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Converted(walk.document.write(), tuple(walk.links.attachments), tuple(walk.links.lost))


class _Walk:
    def __init__(self, resolve: Resolve) -> None:
        self.document = Document()
        self.links = Addresses(resolve)
        self._lists = Lists(self.document)
        self._folded = 0

    def blocks(self, text: str) -> None:
        """Preformatted text cuts the rest, which is read paragraph by paragraph."""
        at = read = 0
        endless = False
        while cut := _PRE.search(text, at):
            at = cut.end()
            if cut["macro"]:
                self._paragraphs(text[read : cut.start()])
                self._folded += 1
                self.document.open("callout", "note", title=cut["title"] or "", folded=True)
            elif cut[0].startswith("}}"):
                if not self._folded:
                    continue
                self._paragraphs(text[read : cut.start()])
                self._folded -= 1
                self.document.close("callout")
            else:
                end = -1 if endless else text.find("</pre>", at)
                if end < 0:
                    endless = True
                    continue
                self._paragraphs(text[read : cut.start()])
                self._preformatted(text[at:end])
                at = end + len("</pre>")
            read = at
        self._paragraphs(text[read:])

    def _preformatted(self, text: str) -> None:
        self._lists.end()
        language = ""
        if tag := _CODE_TAG.match(text):
            language = (tag["language"] or "").split(" ")[0]
            text = text[tag.end() :].rstrip().removesuffix("</code>")
        self.document.code(text, language)

    def _paragraphs(self, text: str) -> None:
        running = ""
        """The kind of a block that goes on over blank lines (`bc..`) until another begins."""
        code: list[str] = []
        for paragraph in re.split(r"\n[ \t]*+\n\s*+", text.strip("\n")):
            block = _BLOCK.match(paragraph)
            if running and not block:
                if running == "bc":
                    code.append(paragraph)
                else:
                    self._plain(paragraph, running)
                continue
            self._code(code)
            kind = block["kind"] if block else ""
            running = kind if block and block["dots"] == ".." else ""
            rest = paragraph[block.end() :] if block else paragraph
            if kind in ("bc", "pre"):
                code.append(rest)
                running = "bc" if running else ""
                if not running:
                    self._code(code)
            else:
                self._plain(rest, kind)
        self._code(code)

    def _code(self, paragraphs: list[str]) -> None:
        if paragraphs:
            self._lists.end()
            self.document.code("\n\n".join(paragraphs))
            paragraphs.clear()

    def _plain(self, text: str, kind: str) -> None:
        document = self.document
        self._lists.end()
        if kind.startswith("h"):
            head, _, rest = text.partition("\n")
            document.heading(int(kind[1]))
            self._inline(head)
            document.heading(0)
            self._lines(rest)
        elif kind == "bq":
            document.open("quote")
            self._lines(text)
            document.close("quote")
        elif kind.startswith("fn"):
            document.inline.raw(f"[^{kind[2:]}]: ")
            self._lines(text)
        else:
            self._lines(text)

    def _lines(self, text: str) -> None:
        paragraph: list[str] = []
        rows: list[str] = []
        for line in text.split("\n"):
            starts = line.lstrip(" \t")
            if starts.startswith("|") and starts.rstrip().endswith("|") and len(starts) > 1:
                self._paragraph(paragraph)
                rows.append(starts.rstrip())
                continue
            self._table(rows)
            if _RULE.match(line):
                self._paragraph(paragraph)
                self._lists.end()
                self.document.rule()
            elif item := _ITEM.match(line):
                self._paragraph(paragraph)
                marks = item["marks"]
                self._lists.item(len(marks), "1" if marks[-1] == "#" else "-")
                paragraph.append(item["text"])
            elif (block := _BLOCK.match(line)) and block["kind"][0] == "h":  # without the blank line that it needs
                self._paragraph(paragraph)
                self._plain(line[block.end() :], block["kind"])
            else:
                paragraph.append(line)
        self._table(rows)
        self._paragraph(paragraph)
        self._lists.end()

    def _paragraph(self, lines: list[str]) -> None:
        if lines:
            self._inline("\n".join(lines))
            self.document.end_paragraph()
            lines.clear()

    def _table(self, rows: list[str]) -> None:
        if not rows:
            return
        self._lists.end()
        self.document.open("table")
        for row in rows:
            self.document.open("row")
            for cell in row[1:-1].split("|"):
                form = _CELL.match(cell)
                is_header = form is not None and form["head"] is not None
                columns, count = (int(form[name] or 1) if form else 1 for name in ("columns", "rows"))
                self.document.open("cell", is_header=is_header, columns=columns, rows=count)
                self._inline(cell[form.end() :] if form else cell)
                self.document.close("cell")
            self.document.close("row")
        self.document.close("table")
        rows.clear()

    def _inline(self, text: str) -> None:
        write_signs(self.document.inline, text, _INLINE, _MARKS, self._token)

    def _token(self, found: re.Match[str]) -> None:
        inline = self.document.inline
        if code := found["code"] or found["code_tag"]:
            inline.raw(code_span(code))
        elif found["text"]:
            self.links.link(inline, found["href"], found["text"])
        elif found["image"]:
            image = self.links.image({"src": found["image"], "alt": found["alt"] or ""})
            to = self.links.href(found["to"]) if found["to"] else ""
            if to:
                inline.open("link", to)
            inline.raw(image)
            if to:
                inline.close("link")
        elif found["page"]:
            page, _, text = found["page"].partition("|")
            inline.text(text.strip() or page.strip())
            if text.strip():
                self.links.lost.append(found[0])
        elif found["file"]:
            name = found["file"].strip('"')
            embed = self.links.file(name)
            inline.raw(embed) if embed else inline.text(found[0])
        elif found["note"]:
            inline.raw(f"[^{found['note']}]")
        elif found["br"]:
            inline.text("\n")
        else:
            inline.text(found["url"] or found["literal"] or found["span"] or "")
