"""kramdown's additions to Markdown: attribute lists, the table of contents, block extensions, Markdown within HTML.

Knows how they look in Jekyll pages. Obsidian shows all of them as text, so they go; what went is handed back, to be
reported. Math (`$$…$$`), footnotes and abbreviations are left as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vaultkit.importing.markup.html_tags import Tag, find_elements, find_tags
from vaultkit.importing.markup.shield import Shield, html_comment, replace_outside


@dataclass(frozen=True, slots=True)
class Kramdown:
    """The text without kramdown's markup, and the markup that was taken out, in order."""

    text: str
    removed: tuple[str, ...]


LONGEST_HEADING = 2000
"""Further back no `#` is looked for: a file may be one endless line."""

_TOKEN = r"""(?:[.#][\w:-]++|[\w:-]++=(?:"[^"\n]*+"|'[^'\n]*+')|[\w-]++:?)"""
_LIST = rf"\{{:[ \t]*+(?:{_TOKEN}[ \t]*+)++\}}"
"""`{:target="_blank"}`, `{: .wide #fig-1}`, `{:toc}`, `{:name: .wide}`."""

_COMMENT = re.compile(r"\{::comment\}((?:[^{]++|\{(?!:/(?:comment)?\}|::comment\}))*+)\{:/(?:comment)?\}")
_EXTENSION = re.compile(r"\{::(?:options|nomarkdown)[^{}\n]*+\}|\{:/(?:nomarkdown|options)?\}")
_CONTENTS = re.compile(
    r"^[ \t]*+(?:[*+-]|\d++\.)[ \t]++[^\n]*+\n[ \t]*+\{:[^{}\n]*?(?<![\w.#-])toc(?![\w-])[^{}\n]*+\}[ \t]*+(?:\n|\Z)",
    re.MULTILINE,
)
_OWN_LINE = re.compile(rf"^(?:[ \t]*+(?:{_LIST}[ \t]*+)++(?:\n|\Z))++", re.MULTILINE)
_INLINE = re.compile(rf"[ \t]{{0,8}}{_LIST}(?=[ \t]*+$)|{_LIST}", re.MULTILINE)
_HEADING_ID = re.compile(r"[ \t]{1,8}\{#[\w:.-]++\}(?=[ \t]*+$)", re.MULTILINE)


_INNER = re.compile(r"\smarkdown\s*+=\s*+[\"']?(?:1|block|span)\b[\"']?", re.IGNORECASE)
_BOXES = frozenset({"article", "aside", "center", "div", "figcaption", "figure", "p", "section", "span"})
"""Elements that are nothing but a box around their text."""


def remove_kramdown(text: str) -> Kramdown:
    """`text` without attribute lists and block extensions; `{::comment}` becomes an HTML comment, and what HTML holds
    with `markdown="1"` Markdown, as which Obsidian reads it behind a blank line only."""
    removed: list[str] = []

    def drop(match: re.Match[str]) -> str:
        removed.append(match[0].strip())
        return ""

    def drop_line(match: re.Match[str]) -> str:
        drop(match)
        # The list ends its paragraph: without it the next line would join the one before.
        whole, start, end = match.string, match.start(), match.end()
        alone = start == 0 or whole.endswith("\n\n", 0, start) or end == len(whole) or whole.startswith("\n", end)
        return "" if alone else "\n"

    def drop_id(match: re.Match[str]) -> str:
        line = match.string.rfind("\n", max(0, match.start() - LONGEST_HEADING), match.start()) + 1
        return drop(match) if match.string.startswith("#", line) else match[0]

    if "{::" in text:
        if "{:/" in text:
            text = replace_outside(_COMMENT, lambda match: html_comment(match[1]), text)
        text = replace_outside(_EXTENSION, drop, text)
    if "{:" in text:
        text = replace_outside(_CONTENTS, drop, text)
        text = replace_outside(_OWN_LINE, drop_line, text)
        text = replace_outside(_INLINE, drop, text)
    if "{#" in text:
        text = replace_outside(_HEADING_ID, drop_id, text)
    if "markdown" in text and "<" in text:
        text = _opened(text, removed)
    return Kramdown(text, tuple(removed))


def _opened(text: str, removed: list[str]) -> str:
    """`text` with the Markdown inside of HTML as such: a mere box around it goes, any other element stands apart."""
    out, at = [], 0
    for tag, is_opening in _tags_with_markdown(text):
        out.append(text[at : tag.start])
        at = tag.end
        if tag.name in _BOXES:
            removed.append(tag.text)
        elif is_opening:
            out.append(_INNER.sub("", tag.text) + "\n" * text.startswith("\n", at))
        else:
            out.append("\n" * text.endswith("\n", 0, tag.start) + tag.text)
    return "".join([*out, text[at:]])


def _tags_with_markdown(text: str) -> list[tuple[Tag, bool]]:
    """The tags of the elements that hold Markdown, in order, and whether each opens one."""
    tags = tuple(find_tags(text, Shield(text)))
    found = [one for one in find_elements(tags) if _INNER.search(one.opening.text)]
    ends = [*((one.opening, True) for one in found), *((one.closing, False) for one in found)]
    return sorted(ends, key=lambda end: end[0].start)
