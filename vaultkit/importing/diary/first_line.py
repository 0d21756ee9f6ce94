"""The title of an entry in apps that have none: its first line, when that is one. Pure."""

from __future__ import annotations

import re

from vaultkit.importing.plain_text import may_be_title

_LONGEST = 200
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>\S.*)")
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\([^()\n]*+\)")
_MARKS = re.compile(r"\*\*|__|==|~~|`|(?<!\w)[*_]|[*_](?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMBED = re.compile(r"!\[\[[^\[\]\n]*+\]\]")


def first_line_title(text: str) -> str:
    """The title in `text`, Markdown: its first line, if that is a heading, or reads as a title and stands above a blank
    line. "" when it is neither. Without markup."""
    lines = text.lstrip("\n").split("\n", 3)
    line = _EMBED.sub("", lines[0]).strip()
    if len(line) > _LONGEST:
        return ""
    if heading := _HEADING.match(line):
        line = heading["text"].rstrip("# \t")
    elif len(lines) < 3 or lines[1].strip() or not may_be_title(line.replace("\\", "")):
        return ""
    plain = _MARKS.sub("", _LINK.sub(r"\1", line))
    return " ".join(_ESCAPE.sub(r"\1", plain).split())
