"""What stays in a page when it leaves a Jekyll site: kramdown's attribute lists and blocks, and tags of Liquid.

Knows which of them say nothing to a reader, so that they can go, and which only the site could resolve, so that they
are only told (`{% include … %}`; a discussion of Jekyll is full of them). Templates of other programs (`{{date}}`,
`{% if … %}`) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.plain import find_in_body, whole_line
from vaultkit.linting.written import short
from vaultkit.vault.edit import Edit
from vaultkit.vault.hidden import NOT_MARKDOWN
from vaultkit.vault.note import Note, RegionKind, Span


class Options(NamedTuple):
    """What to look at."""

    site: Annotated[bool, "look at what only the site could resolve, instead of what can go"] = False


VALUES = ("text",)
EDITS = frozenset({Part.COMMENTS})
_OUTSIDE = NOT_MARKDOWN | {RegionKind.COMMENT}
_WORDS = (b"{:", b"{%", b"{#", b"{{ site.", b"{{site.")
_MARKUP = (  # compiled when it is first used
    r"(?:(?<![ \t])[ \t]{1,8}(?=\{[:#][^{}\n]{0,400}\}[ \t\r]*$))?(?:"
    r"(?P<list>\{:[ \t]{0,4}(?:[.#][\w:-]|[\w-]{1,40}(?:=|:[ \t])|toc\b)"
    r"(?:[^{}\n\"']|\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'){0,400}+\})"
    r"|(?P<block>\{::(?:options|nomarkdown)\b[^{}\n]{0,400}\}|\{:/(?:options|nomarkdown)?\}"
    r"|\{%-?[ \t]{0,4}(?:end)?raw[ \t]{0,4}-?%\})"
    r"|(?P<heading>\{\#[\w:.-]{1,100}\}(?=[ \t\r]*$))"
    r"|(?P<comment>\{::comment\}|\{%-?[ \t]{0,4}comment[ \t]{0,4}-?%\})"
    r"|(?P<other>\{%-?[ \t]{0,4}(?:include|include_relative|link|post_url|highlight|endhighlight)\b[^{}\n]{0,400}%\}"
    r"|\{\{[ \t]{0,4}site\.[^{}\n]{1,200}\}\}))"
)
_COMMENT_ENDS = {"{:": r"\{:/(?:comment)?\}", "{%": r"\{%-?[ \t]{0,4}endcomment[ \t]{0,4}-?%\}"}
_TOC = r"\{:[^}]*(?<![\w.#-])toc(?![\w-])"
_LIST_ITEM = rb"[ \t]*+(?:[*+-]|[0-9]++\.)[ \t]"
_LONGEST_LINE = 2000
_LONGEST = 60


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each piece of markup; a comment is one with all that stands in it."""
    if not any(word in note.data for word in _WORDS):
        return
    done = 0
    endless: set[str] = set()
    for found, span in find_in_body(note, re.compile(_MARKUP, re.M), _OUTSIDE):
        if found.start() < done:
            continue
        if options.site or found["other"]:
            if options.site and found["other"]:
                yield Finding(span, _told(found[0]))
        elif found["comment"]:
            kind = found["comment"][:2]
            end = None if kind in endless else re.compile(_COMMENT_ENDS[kind]).search(found.string, found.end())
            if end:
                done = end.end()
                yield _comment(found, end, span)
            else:
                endless.add(kind)
                yield Finding(span, _told(found[0]))
        elif found["list"] or found["block"] or _ends_heading(note.data, span):
            place = whole_line(note, span)
            if found["list"] and re.match(_TOC, found["list"]) and place != span:
                place = _with_item(note.data, place)
            yield Finding(span, _told(found[0]), Fix((Edit(place, b""),)))


def _comment(found: re.Match[str], end: re.Match[str], span: Span) -> Finding:
    """A comment that begins at `found`. What is shown now would be hidden, as it was meant: no safe fix."""
    inner = found.string[found.end() : end.start()]
    begin = span.end + len(inner.encode("utf-8", "surrogateescape"))
    whole = Span(span.start, begin + len(end[0]))
    edits = Edit(span, b"%%"), Edit(Span(begin, whole.end), b"%%")
    return Finding(whole, _told(found[0] + inner + end[0]), None if "%%" in inner else Fix(edits, safe=False))


def _ends_heading(data: bytes, span: Span) -> bool:
    """Whether it stands at the end of a heading: there alone `{#name}` is markup."""
    start = data.rfind(b"\n", max(0, span.start - _LONGEST_LINE), span.start) + 1
    return data.startswith(b"#", start) and span.start > start


def _with_item(data: bytes, place: Span) -> Span:
    """The line `{:toc}` with the list item above it, in whose place kramdown puts the contents."""
    above = data.rfind(b"\n", max(0, place.start - _LONGEST_LINE), max(0, place.start - 1)) + 1
    return Span(above, place.end) if above < place.start and re.compile(_LIST_ITEM).match(data, above) else place


def _told(text: str) -> dict[str, str]:
    return {"text": short(" ".join(text.split()), _LONGEST)}
