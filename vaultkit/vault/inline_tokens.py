"""The tokens of inline syntax, by two regular expressions that read a text alike.

`quick` stops only at what may be a link, a tag or a comment with something in it: what can be nothing else than hidden
text (code, HTML tags, web links) is passed over. `careful` stops there, too, so that it can be told where text is
hidden. No walk, only patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple


class Tokens(NamedTuple):
    """A way to read. `lastindex` of each match is one of the groups below, or `opening`, or None at the end."""

    find: Callable[[bytes, int, int], Iterator[re.Match[bytes]]]
    opening: int
    """The group of what needs a closer further on, or a look around; 0: it has none, but is the whole match."""


WIKI, WIKI_EMBED, ESCAPE, WEB, WEB_EMBED, CODE, TAG, HTTP, HTTPS, COMMENT = range(1, 11)
"""Inner text of wikilinks and embeds; an escape. Of `careful` alone: URLs of web links and web images, inner text of
code and HTML tags, URLs behind `://`, comments with nothing in them."""

_WIKI = rb"\[\[(?!\[)([^\[\]\n]*+(?:(?:\](?!\])|\[(?!\[))[^\[\]\n]*+)*+)(?<!\[\[)\]\]"
# `(?P<>` stands for a group that `careful` tells and `quick` does not
_WEB = rb"\[[^\[\]\\`$<#:%\n]*+\]\((?P<>[Hh][Tt][Tt][Pp][Ss]?://[^\s()<\\]*+)(?:[ \t]++\"[^\"\n]*+\")?\)"
_CODE = rb"`(?P<>[^`\n]++)`(?!`)"
_TAG = rb"</?(?P<>[A-Za-z][^<>\n\"'\[]*+(?:(?:\"[^\"\n]*+\"|'[^'\n]*+')[^<>\n\"'\[]*+)*+)>"  # an autolink, too
_HTTP = rb":(?<=[Hh][Tt][Tt][Pp]:)//(?P<>[^\s<>\[\]`|]+)|:(?<=[Hh][Tt][Tt][Pp][Ss]:)//(?P<>[^\s<>\[\]`|]+)"
_ESCAPED = rb"[!-/:-@\[-`{-~]"
_BEGINS_TAG = rb"[0-9A-Za-z_/\-\x80-\xff]"


@cache
def careful() -> Tokens:
    """Every token. The pattern is made when it is first asked for: most runs do without."""
    return Tokens(
        re.compile(  # every alternative begins with a literal, or the engine could not skip to the next candidate
            _WIKI + rb"|!" + _WIKI + rb"|\\(" + _ESCAPED + rb")"
            rb"|"
            + _told(_WEB + rb"|!" + _WEB + rb"|" + _CODE + rb"|" + _TAG + rb"|" + _HTTP)
            + rb"|%%([^\[\]\\`$<#:%\n]*+)%%"
            rb"|\[|!\[|\]|``*|\$\$?|<!--|%%|#(?=" + _BEGINS_TAG + rb")"
        ).finditer,
        0,
    )


def _told(pattern: bytes) -> bytes:
    return pattern.replace(b"(?P<>", b"(")


def _inert(pattern: bytes) -> bytes:
    return pattern.replace(b"(?P<>", b"(?:")


_BLOCK_COMMENT = rb"(?!-?>)[^-]*+(?:-(?!->)[^-]*+)*+-->[^\n]*+"
_PASSED_OVER = (
    rb"[^\[\]!\\`$<#:%]++|:(?!//)|!(?!\[)|%(?!%)|#(?!" + _BEGINS_TAG + rb")"
    rb"|\\" + _ESCAPED + rb"(?!#)|\\(?!" + _ESCAPED + rb")"
    rb"|!?" + _inert(_WEB) + rb"|!?\[[^\[\]\\`$<#%\n]*+\](?!\()"
    rb"|<!--(?<=\n\n<!--)" + _BLOCK_COMMENT + rb"(?:\n<!--" + _BLOCK_COMMENT + rb")*+"
    rb"|<!--(?<!\n\n<!--)[^\n-]*+(?:-(?!->)[^\n-]*+)*+-->"
    rb"|" + _inert(_TAG) + rb"|<(?!!--)|%%[^\[\]\\`$<#%\n]*+%%|" + _inert(_CODE) + rb"|" + _inert(_HTTP) + rb"|:"
)

quick = Tokens(
    re.compile(
        rb"(?:" + _PASSED_OVER + rb")*+(?:" + _WIKI + rb"|!" + _WIKI + rb"|\\(" + _ESCAPED + rb")"
        rb"|(\[|!\[|\]|``*|\$\$?|<!--|%%|#)|\Z)"
    ).finditer,
    4,
)
"""Only what may be a link, a tag, or a comment with something in it."""
