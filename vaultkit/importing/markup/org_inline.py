"""The markup inside a paragraph of Org: emphasis, links, footnotes, timestamps, formulas.

Emphasis is where Org sees it: next to a blank or punctuation, so that `和/洋` and `a*b*c` stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultkit.importing.markup.addresses import Addresses
from vaultkit.importing.markup.inline import Inline
from vaultkit.importing.markup.markdown import code_span, escape
from vaultkit.importing.markup.signs import write_signs

Lead = Callable[[str, str], str | None]
"""What a link of Org is in Markdown, by its target and its text (may be empty); None: it is not known here."""

_BEFORE = r"(?<![^\s\u200b\-(\[{'\"*/_+、。「（])"
_AFTER = r"(?![^\s\u200b\-.,;:!?'\")}\]\[*/_+\\、。」）])"
_STAMP = r"\d{4}-\d\d-\d\d(?:[ \t][^<>\[\]\n]{1,60})?"
_INLINE = re.compile(
    r"\[\[(?P<to>[^\[\]\n]{1,2000})\](?:\[(?P<text>[^\n]{1,1000}?)\])?\]"
    rf"|[<\[](?P<stamp>{_STAMP})[>\]](?:--[<\[](?P<until>{_STAMP})[>\]])?"
    r"|<(?P<angle>[a-z][a-z0-9+.-]{1,20}:[^\s<>]{1,2000})>|(?P<url>(?:https?|ftp)://[^\s<>\[\]\"]++)"
    rf"|{_BEFORE}(?P<mark>[=~])(?P<code>[^\s=~]|[^\s=~][^\n]{{0,800}}?\S)(?P=mark){_AFTER}"
    r"|\[fn:(?P<note>[\w-]{0,60})(?::(?P<inside>[^\[\]\n]{1,2000}))?\]"
    r"|(?P<math>\\\([^\n]{1,1000}?\\\)|\\\[[^\n]{1,1000}?\\\]|\$\$[^$\n]{1,1000}\$\$"
    r"|(?<![\w$])\$[^\s$](?:[^$\n]{0,300}[^\s$])?\$(?![\w$]))"
    r"|@@(?P<backend>[a-z]{1,20}):(?P<export>[^\n]{0,500}?)@@|<{2,3}(?P<target>[^<>\n]{1,200})>{2,3}"
    r"|(?P<hash>\#)(?=[^\s#+])|(?<=\w)(?P<script>[_^])\{(?P<scripted>[^{}\n]{1,200})\}"
    r"|(?P<cut>\\\\)(?=[ \t]*+(?:\n|\Z))"
    rf"|(?P<sign>{_BEFORE}[*/_+](?=\S)|(?<=\S)[*/_+]{_AFTER})"
)
_MARKS = {"*": "strong", "/": "em", "_": "u", "+": "del"}
_BRACKETS = re.compile(r"[<>\[\]]")
_FILE = re.compile(r"(?:file(?:\+\w{1,10})?:|attachment:)(?P<path>[^\n]*+)|(?P<bare>(?:\.{0,2}/|~/)[^\n]*+)")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)\Z", re.IGNORECASE)
_WITHIN = re.compile(r"::(?P<place>[^\n]*+)$")


def when(stamp: str) -> str:
    """A timestamp without its brackets: `2024-01-31 Wed 10:00 +1w`."""
    return _BRACKETS.sub("", stamp).strip()


def file_of(target: str) -> str:
    """The path of the file that the target of a link is; "" when it is none."""
    found = _FILE.match(target)
    return _WITHIN.sub("", (found["path"] or found["bare"] or "").strip()) if found else ""


def write_inline(inline: Inline, text: str, links: Addresses, lead: Lead, *, are_tags: bool = False) -> None:
    """Put `text`, all of one paragraph, into `inline`. `are_tags`: as in `from_org.convert_sections`."""

    def write(found: re.Match[str]) -> None:
        if found["hash"]:
            inline.raw("\\#" if are_tags else "#")
        else:
            _token(inline, found, links, lead)

    write_signs(inline, text, _INLINE, _MARKS, write)


def _token(inline: Inline, found: re.Match[str], links: Addresses, lead: Lead) -> None:
    if found["to"]:
        _link(inline, found["to"].strip(), (found["text"] or "").strip(), links, lead)
    elif found["stamp"]:
        inline.text(found["stamp"] + (f" – {found['until']}" if found["until"] else ""))
    elif found["angle"] or found["url"]:
        links.link(inline, found["angle"] or found["url"])
    elif found["code"]:
        inline.raw(code_span(found["code"]))
    elif found["inside"]:
        inline.raw(f"^[{escape(found['inside'].strip())}]")
    elif found["note"]:
        inline.raw(f"[^{found['note']}]")
    elif found["math"]:
        inline.raw(_math(found["math"]))
    elif found["export"] is not None:
        links.lost.append(found["export"]) if found["backend"] else None
    elif found["script"]:
        name = "sub" if found["script"] == "_" else "sup"
        inline.open(name)
        inline.text(found["scripted"])
        inline.close(name)
    else:
        inline.text(found["target"] or ("" if found["cut"] else found[0]))


def _math(text: str) -> str:
    if text.startswith("\\("):
        return f"${text[2:-2].strip()}$"
    return f"$${text[2:-2].strip()}$$" if text.startswith("\\[") else text


def _link(inline: Inline, target: str, text: str, links: Addresses, lead: Lead) -> None:
    if (written := lead(target, text)) is not None:
        inline.raw(written)
        return
    path = file_of(target)
    if path:
        found = links.resolve(path)
        if found and found.attachment:
            links.link(inline, path, text)
            return
    elif not text and "://" in target and _IMAGE.search(target):
        inline.raw(links.image({"src": target}))
        return
    elif "://" in target or target.startswith(("mailto:", "tel:", "id:")):
        links.link(inline, target, text)
        return
    if text:
        links.lost.append(target)
    inline.text(text or target.lstrip("*#"))
