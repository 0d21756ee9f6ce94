"""Hatena notation (はてな記法) → Markdown: posts that were written in it, of Hatena Blog and Hatena Diary.

The notation is made HTML, as Hatena does, because HTML may stand everywhere in it; `from_html` does the rest. Known are
headings, lists, tables, quotes, preformatted text, footnotes, TeX, links, and pictures of Hatena Fotolife, whose
address follows from their name. Nothing is fetched: a link for whose title Hatena would ask the page shows its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from vaultkit.importing.markup.converted import Converted, unresolved
from vaultkit.importing.markup.from_html import from_html
from vaultkit.importing.markup.pictures import Resolve

_HEADING = re.compile(r"(?P<stars>\*{1,3})(?!\*)(?:(?:\d{9,10}|p\d{1,3}|t)\*)?(?P<text>.*)")
"""`*title`; in `*1234567890*title` and `*p1*title` what is before the title is its time or a part of its address."""
_CATEGORY = re.compile(r"\s*+\[(?P<name>[^\[\]:\n]{1,100})\]")
_ITEM = re.compile(r"(?P<marks>[-+]{1,12})(?P<text>.*)")
_TERM = re.compile(r":(?P<term>[^:\n]{1,300}):(?P<text>.*)")
_QUOTE = re.compile(r">(?P<cite>(?:https?://[^\s<>]{1,2000})?)>\s*+\Z")
_CODE = re.compile(r">\|(?P<language>[^\s|`]{0,50})\|\s*+\Z")
_FOLD = re.compile(r"={4,5}\s*+\Z")
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|form|h[1-6]|hr"
    r"|iframe|li|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_TAG = (
    r"</?(?:a|abbr|address|article|aside|audio|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|col|colgroup|dd|del"
    r"|details|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|mark"
    r"|nav|object|ol|p|param|pre|q|r[bpt]|ruby|s|samp|script|section|small|source|span|strike|strong|style|sub|summary"
    r"|sup|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr)(?=[\s/>])[^<>]{0,4000}>|<!--(?:[^<>]{0,4000})-->"
)
_INLINE = re.compile(
    rf"(?P<tag>{_TAG})"
    r"|(?P<sign><)"
    r"|\)\(\((?P<literal>[^()\n]{1,4000})\)\)\("
    r"|(?<!\()\(\((?P<note>(?!\()[^\n]{1,4000}?)\)\)(?!\))"
    r"|\[\](?P<plain>[^\n]{1,4000}?)\[\]"
    r"|\[tex:(?P<tex>(?:[^\[\]\\\n]|\\[^\n]|\[[^\[\]\n]{0,300}\]){1,2000})\]"
    r"|\[(?P<to>(?:https?|ftp)://[^\s\[\]<>]{1,2000}?)(?P<how>(?::(?:title|embed|bookmark|barcode|cite|image|movie|sound)"
    r"(?:[:=][^\[\]\n]{0,1000})?)?)\]"
    r"|\[?(?P<fotolife>f:id:(?P<user>[A-Za-z][\w-]{1,31}):(?P<day>\d{8})(?P<second>\d{6})(?P<type>[jpgf]?)"
    r":(?P<kind>image|plain|movie)(?P<size>(?::[\w=,-]{1,40})*+))\]?"
    r"|\[\[(?P<keyword>[^\[\]\n]{1,300})\]\]|\[keyword:(?P<word>[^\[\]\n]{1,300})\]"
    r"|(?P<url>https?://[^\s<>\[\]\"()]++)"
)
_TITLE = re.compile(r":title=(?P<title>.*)", re.S)
_WIDTH = re.compile(r":w(\d{1,4})(?=:|\Z)")
_SUFFIX = {"j": "jpg", "p": "png", "g": "gif", "f": "flv", "": "jpg"}
_NOTE_MARK = re.compile("\ue000(\\d+)\ue001")


def from_hatena(text: str, resolve: Resolve = unresolved) -> Converted:
    """`text` as Markdown. `resolve` says where images and linked files are. Never raises; no text is lost."""
    walk = _Walk()
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ue000", "\ufffd").replace("\ue001", "\ufffd")
    body = from_html("".join(walk.blocks(plain.split("\n"))), resolve)
    texts, attachments, lost = [body.text], list(body.attachments), list(body.lost)
    number = 0
    while number < len(walk.notes):  # a note may hold notes
        note = from_html(walk.inline(walk.notes[number]), resolve)
        number += 1
        one_line = " ".join(note.text.split())
        texts.append(f"[^{number}]: {one_line}")
        attachments += note.attachments
        lost += note.lost
    joined = _NOTE_MARK.sub(r"[^\1]", "\n\n".join(filter(None, texts)))
    return Converted(joined, tuple(dict.fromkeys(attachments)), tuple(_NOTE_MARK.sub(r"[^\1]", one) for one in lost))


class _Walk:
    def __init__(self) -> None:
        self.notes: list[str] = []
        """The footnotes met so far, as they are written."""

    def blocks(self, lines: list[str]) -> Iterator[str]:
        """The HTML of all lines, piece by piece."""
        at = quotes = 0
        while at < len(lines):
            line = lines[at]
            at += 1
            if code := _CODE.match(line):
                end = _end(lines, at, "||<")
                yield _code("\n".join([*lines[at : end[0]], *([end[1]] if end[1] else [])]), code["language"])
                at = end[0] + 1
            elif line.rstrip() == ">|":
                end = _end(lines, at, "|<")
                inside = [self.inline(one) for one in [*lines[at : end[0]], *([end[1]] if end[1] else [])]]
                yield f"<pre>{'<br>'.join(inside)}</pre>"
                at = end[0] + 1
            elif line.startswith(("-", "+")) and _ITEM.match(line):
                end_of_list = next((i for i in range(at, len(lines)) if lines[i][:1] not in ("-", "+")), len(lines))
                yield from self._list(lines[at - 1 : end_of_list])
                at = end_of_list
            elif _is_row(line):
                end_of_table = next((i for i in range(at, len(lines)) if not _is_row(lines[i])), len(lines))
                yield "<table>"
                yield from map(self._row, lines[at - 1 : end_of_table])
                yield "</table>"
                at = end_of_table
            elif quote := _QUOTE.match(line):
                quotes += 1
                cite = quote["cite"]
                yield f"<blockquote>{f'<p>{_link(cite, cite)}</p>' if cite else ''}"
            elif quotes and line.rstrip() == "<<":
                quotes -= 1
                yield "</blockquote>"
            elif _FOLD.match(line):
                yield "<p></p>"
            elif line.startswith("><") and len(line) > 2:  # no paragraphs between `><` and `><`
                yield self.inline(line[1:-1] if line.endswith("><") else line[1:])
            else:
                yield self._line(line)

    def _line(self, line: str) -> str:
        if heading := _HEADING.match(line):
            text = heading["text"]
            names = []
            while category := _CATEGORY.match(text):
                names.append(f"[{category['name']}]")
                text = text[category.end() :]
            level = len(heading["stars"]) + 2
            return f"<h{level}>{escape(' '.join(names))} {self.inline(text)}</h{level}>"
        if term := _TERM.match(line):
            return f"<dl><dt>{self.inline(term['term'])}</dt><dd>{self.inline(term['text'])}</dd></dl>"
        if not line.strip():
            return "<p></p>"
        line = line[:-1] if line.endswith("><") else line
        return self.inline(line) if _BLOCK_TAG.match(line) else f"{self.inline(line)}<br>"

    def _list(self, lines: list[str]) -> Iterator[str]:
        open_: list[str] = []
        for line in lines:
            item = _ITEM.match(line)
            assert item
            depth, tag = len(item["marks"]), "ol" if item["marks"][-1] == "+" else "ul"
            while len(open_) > depth or (len(open_) == depth and open_[-1] != tag):
                yield f"</li></{open_.pop()}>"
            if len(open_) == depth:
                yield "</li><li>"
            while len(open_) < depth:
                open_.append(tag)
                yield f"<{tag}><li>"
            yield self.inline(item["text"].strip())
        while open_:
            yield f"</li></{open_.pop()}>"

    def _row(self, line: str) -> str:
        cells = line.strip()[1:-1].split("|")
        tags = ["th" if cell.startswith("*") else "td" for cell in cells]
        inside = (self.inline(cell.removeprefix("*").strip()) for cell in cells)
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for tag, cell in zip(tags, inside, strict=True))}</tr>"

    def inline(self, text: str) -> str:
        """The HTML of a piece of a line."""
        return _INLINE.sub(self._token, text.replace("\0", "\ufffd"))

    def _token(self, found: re.Match[str]) -> str:
        if found["note"] is not None:
            self.notes.append(found["note"])
            return f"\ue000{len(self.notes)}\ue001"
        if found["literal"]:
            return f"(({found['literal']}))"
        if found["tex"]:
            tex = found["tex"].replace("\\]", "]").replace("\\[", "[")
            return f'<script type="math/tex">{tex}</script>' if "<" not in tex else escape(found[0])
        if found["to"]:
            title = _TITLE.match(found["how"])
            return _link(found["to"], title["title"] if title and title["title"].strip() else found["to"])
        if found["fotolife"]:
            return _fotolife(found)
        if found["url"]:
            return _link(found["url"], found["url"])
        word = found["plain"] or found["keyword"] or found["word"]
        return escape(word or "") or ("&lt;" if found["sign"] else found[0])


def _end(lines: list[str], at: int, mark: str) -> tuple[int, str]:
    """The line from `at` on that ends with `mark`, and what it holds before it. Without an end a block goes on to the
    last line."""
    for i in range(at, len(lines)):
        line = lines[i].rstrip()
        if line.endswith(mark) and (mark == "||<" or not line.endswith("||<")):
            return i, line[: -len(mark)]
    return len(lines), ""


def _is_row(line: str) -> bool:
    line = line.rstrip()
    return len(line) > 2 and line.startswith("|") and line.endswith("|")


def _code(text: str, language: str) -> str:
    if not text.strip():
        return f"<p>{escape(language)}</p>"
    kind = f' data-lang="{escape(language)}"' if language not in ("", "?") else ""
    return f"<pre{kind}>{escape(text)}</pre>"


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def _fotolife(found: re.Match[str]) -> str:
    """A picture of Hatena Fotolife, which lies under its user, day and second; a film as a link."""
    user, day = found["user"], found["day"]
    name = f"{user[0]}/{user}/{day}/{day}{found['second']}.{_SUFFIX[found['type']]}"
    address = f"https://cdn-ak.f.st-hatena.com/images/fotolife/{name}"
    if found["kind"] == "movie":
        return _link(address, address)
    width = _WIDTH.search(found["size"])
    size = f' width="{width[1]}"' if width else ""
    return f'<img src="{address}"{size}>'
