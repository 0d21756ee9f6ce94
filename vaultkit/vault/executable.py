"""What Obsidian, its plugins or the browser inside it would run or load: the words by which such code is known.

The one list, for linting and importing alike. Knows languages of code blocks, beginnings of inline code, addresses and
HTML; knows nothing of where in a note they stand, nor what is to be done about them. Pure.
"""

from __future__ import annotations

import html
import re
from functools import cache

SCRIPT_LANGUAGES = r"dataviewjs|datacore[jt]sx?|js-engine|meta-bind-js(?:-view)?|templater|execute-code|run-[\w+#.-]++"
"""Code blocks with a program that a plugin runs when the note is shown or a button is pressed."""
QUERY_LANGUAGES = r"dataview|datacore|tasks|buttons?|meta-bind(?:-[\w-]++)?"
"""Code blocks by which a plugin asks the vault (Tasks also by JavaScript), or draws buttons that do something."""
RUNNING_SCHEMES = r"javascript|vbscript|livescript"
LOADING_ELEMENTS = "script|iframe"
OTHER_ELEMENTS = "applet|base|embed|fencedframe|form|frame|frameset|link|math|meta|object|portal|style|svg"
"""They load, send, or change the page around them; `<svg>` and `<math>` are other languages, in which scripts hide."""

BEGINS_INLINE = rb"[$=IVB\x80-\xff]"
"""One of these bytes begins all inline code that runs (`runs_inline`), when ASCII blanks before it are left out."""

# Patterns are compiled when they are first used: a run that meets no code does without.
_IGNORED = r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+"
"""What browsers pass over within or before a scheme (`java\\tscript:`), and more that nobody sees."""
_DATA = r"data:[^,]{0,200}?(?:html|xml|svg|script)"
_COMMANDS = r"obsidian:|file:|view-source:|jar:|ms-msdt:|search-ms:"
_LANGUAGE = r"(?i:" + SCRIPT_LANGUAGES + "|" + QUERY_LANGUAGES + r")\Z"
_INLINE = r"\$=|(?:INPUT|VIEW|BUTTON)\[|=[ \t]*(?![ \t])[^\s`=<>~!|&+*/.,;:)\]}%^?-]"
_LEAD = " \t\n\r\f\v\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript's `trim` takes away, as plugins do before they look at code."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def runs_block(language: str) -> bool:
    """Whether a plugin takes the first word behind a fence for its own. Entities and backslashes in it count for what
    they mean: `data&#118;iewjs` is `dataviewjs`."""
    plain = html.unescape(language)
    if "\\" in plain:
        plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)
    return bool(_compiled(_LANGUAGE).match(plain.strip("{}.")))


def runs_inline(code: str) -> bool:
    """Whether a plugin computes this text of inline code: Dataview's `$= …` and `= …`, Meta Bind's `BUTTON[…]`.

    Operators alone (`=`, `==`, `=>`) ask for nothing.
    """
    return bool(_compiled(_INLINE).match(code.lstrip(_LEAD)))


def is_command(address: str) -> bool:
    """Whether following `address` runs code, opens a page made of code or a local file, or gives Obsidian a command.

    Entities are resolved; blanks and control characters inside are passed over, as browsers do.
    """
    if ":" not in address and "&" not in address:
        return False
    plain = _plain(address)
    return bool(_compiled(rf"(?:(?:{RUNNING_SCHEMES}):|{_COMMANDS}|{_DATA})").match(plain))


def holds_command(value: str) -> bool:
    """Whether the value of an HTML attribute is such an address, or has code in it (`background:url(javascript:x)`)."""
    if not value or not _compiled(r"[:&(]").search(value):
        return False
    plain = _plain(value)
    return bool(_compiled(rf"(?:{RUNNING_SCHEMES}):|expression\(").search(plain)) or is_command(value)


def _plain(address: str) -> str:
    return _compiled(_IGNORED).sub("", html.unescape(address)).lower()
