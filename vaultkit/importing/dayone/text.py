"""Day One's Markdown as Obsidian's: photos become embeds, links to entries one form, needless backslashes go.

Day One writes a backslash before nearly every mark (`rain\\. \\(again\\)`). It is taken out where the mark alone means
nothing; where it would begin a list, a heading or emphasis, it stays. Code and math stay to the letter. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultkit.importing.markup.shield import replace_outside

Embed = Callable[[str], str]
"""What to write for the photo, film, sound or PDF of an identifier; "" when nobody knows it."""

_UUID = r"[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_ENTRY = (
    r"dayone2?\\?:(?:\\?/){1,3}[^\s()<>\[\]]{0,200}?entryId\\?="
    rf"(?P<entry>{_UUID})(?![0-9A-Za-z])(?:\\?&[^\s()<>\[\]\\]{{1,200}})?"
)
_ENTRY_LINK = re.compile(_ENTRY, re.IGNORECASE)
_PART = re.compile(
    r"!?\[[^\[\]\n]*+\]\(dayone-moment:/{0,2}(?:[A-Za-z]{1,20}/)?(?P<moment>[0-9A-Za-z-]{1,64})/?\)"
    r"|\]\((?P<target>(?:[^()\s\\]|\\[!-/:-@\[-`{-~])++)(?=[\s)])"
    rf"|(?P<link>{_ENTRY})|\\(?P<mark>[!-/:-@\[-`{{-~])".replace("(?P<entry>", "(?:"),
    re.IGNORECASE,
)
_KEPT_IN_TARGETS = re.compile(r"\\([^()<>\\A-Za-z0-9\s])")
_LINE_START = re.compile(r"[ \t>]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]++)*+(?:\[[ xX]\][ \t]++)?")
_NUMBER = re.compile(r"[0-9]{1,9}")
_NEAR = 40
"""Characters before a mark in which the line must begin for the mark to stand at its start."""
_NEEDLESS = frozenset("\"',:;?/@{}%")
_ALWAYS = frozenset("[]`\\$|^")


def to_markdown(text: str, embed: Embed) -> str:
    """`text` of an entry. What `embed` does not know stays as it is."""
    if "\\" not in text and "dayone" not in text:
        return text

    def convert(found: re.Match[str]) -> str:
        if found["moment"]:
            return embed(found["moment"]) or found[0]
        if found["target"]:
            return "](" + _KEPT_IN_TARGETS.sub(r"\1", entry_links(found["target"]))
        if found["link"]:
            return entry_links(found["link"])
        return found[0] if _is_needed(found) else found["mark"]

    return replace_outside(_PART, convert, text)


def entry_links(text: str) -> str:
    """`text` with its links to entries in the one form that `address` has."""
    return _ENTRY_LINK.sub(lambda found: address(found["entry"]), text)


def address(uuid: str) -> str:
    """How texts refer to the entry; Day One 2 and the classic one, with `view` and `edit`, all mean the same."""
    return f"dayone://view?entryId={canonical(uuid)}"


def canonical(uuid: str) -> str:
    """Day One writes 32 capital hexadecimal digits; other programs small ones, and hyphens."""
    return uuid.replace("-", "").upper() if re.fullmatch(_UUID, uuid) else uuid.strip()


def _is_needed(escape: re.Match[str]) -> bool:
    """Whether the mark would mean something without its backslash."""
    text, mark = escape.string, escape["mark"]
    start, end = escape.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if mark in _NEEDLESS or mark in _ALWAYS:
        return mark in _ALWAYS
    match mark:
        case "." | ")":
            return bool(_NUMBER.fullmatch(_line_before(text, start)))
        case "-" | "+" | ">":
            return _line_before(text, start) == ""
        case "#":
            return _line_before(text, start).strip("#\\") == "" or after in ("", "\n")
        case "*" | "_":
            inside = mark == "_" and before.isalnum() and after.isalnum()
            alone = bool(_line_before(text, start)) and not before.strip() and not after.strip()
            return not (inside or alone)
        case "=" | "~":
            return mark in (before, after) or text[end : end + 2] == f"\\{mark}" or _line_before(text, start) == ""
        case "!":
            return after in ("[", "\\")
        case "(":
            return before == "]"
        case "<":
            return after.isalpha() or after in ("/", "!", "?", "\\")
        case "&":
            return after.isalnum() or after in ("#", "\\")
    return True


def _line_before(text: str, at: int) -> str:
    """What stands before `at` in its line, without quote marks and list markers; `…` when the line began far away."""
    near = text[max(0, at - _NEAR) : at]
    line = near.rpartition("\n")[2]
    if line == near and at > _NEAR:
        return "…"
    opening = _LINE_START.match(line)
    return line[opening.end() :] if opening else line
