"""Foreign text made safe for Obsidian: what would become its syntax by accident is escaped, nothing else changes.

`#word` is a tag only in Obsidian, `[[x]]` a link, `%%` hides text, `$5 to 10$` would be math. Asks the scanner what
Obsidian would see, so that code, addresses and real math stay as they are. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from vaultkit.vault.note import LinkKind, Region, RegionKind
from vaultkit.vault.scan import Scan, scan
from vaultkit.vault.spans import Spans

_ROUNDS = 8
"""An escape can uncover what it hid; real texts settle in two rounds."""
_RUN_BLOCK = re.compile(rb"(?:`{3,}|~{3,})[ \t]*(?=dataviewjs|js-engine|templater|button\b|run-)", re.I)
"""Fences whose contents a plugin runs when the note is shown or clicked."""
_RUN_INLINE = re.compile(rb"`+[ \t]*(?=\$=)")
_MAY_RUN = (b"$=", b"dataviewjs", b"js-engine", b"templater", b"button", b"run-")
"""One of these, in any case, is in all that runs."""
_HIDDEN = frozenset({RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_COMMENT, RegionKind.URL, RegionKind.HTML_TAG})
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e。、]")
_FORMULA = re.compile(r"[\\^_=<>+]|^\s*[A-Za-z]\w{0,2}\s*$|^[A-Za-z]\s*\(.*\)$", re.S)


def escape_syntax(text: str, embeds: Collection[str] = ()) -> tuple[str, Scan]:
    """`text` with backslashes before accidental syntax, and what the scanner sees in it then. `embeds`: targets of
    embeds that are meant.

    Code that a plugin of Obsidian would run becomes mere text: a fence of such a language gets the language `text`,
    inline code that begins with `$=` a backslash, Templater's `<%` outside code one, too.
    """
    data = text.encode()
    found = scan(data)
    lowered = data.lower()
    if any(word in lowered for word in _MAY_RUN) and (armed := dict(_armed(data, found))):
        data = _insert(data, armed)
        found = scan(data)
    for _ in range(_ROUNDS):
        places = _accidents(data, found, embeds)
        if not places:
            break
        data = _insert(data, dict.fromkeys(places, b"\\"))
        found = scan(data)
    return data.decode(), found


def _insert(data: bytes, texts: Mapping[int, bytes]) -> bytes:
    """`data` with each text before its offset."""
    out, at = [], 0
    for place in sorted(texts):
        out += [data[at:place], texts[place]]
        at = place
    return b"".join([*out, data[at:]])


def _armed(data: bytes, found: Scan) -> Iterator[tuple[int, bytes]]:
    """Where code would run, and what to put there so that it does not."""
    for region in found.regions:
        if region.kind is RegionKind.CODE:
            if block := _RUN_BLOCK.match(data, *region.span):
                yield block.end(), b"text "
            elif inline := _RUN_INLINE.match(data, *region.span):
                yield inline.end(), b"\\"


def _accidents(data: bytes, found: Scan, embeds: Collection[str]) -> set[int]:
    """Byte offsets before which a backslash must go."""
    out = {tag.span.start for tag in found.tags}
    for link in found.links:
        if link.kind is LinkKind.WIKI and not (link.embed and link.target in embeds):
            opening = data.index(b"[[", link.span.start)
            out |= {opening, opening + 1}
    for region in found.regions:
        if region.kind is RegionKind.MATH and not _is_formula(data, region):
            out.add(region.span.start)
            if data.startswith(b"$$", region.span.start):
                out.add(region.span.start + 1)
    hidden = Spans(r.span for r in found.regions if r.kind in _HIDDEN)
    for mark in re.finditer(rb"%%+|<%", data):
        if not hidden.hold(mark.start()):
            # `<%` begins Templater's code; `<\%` is the same to a reader
            out |= {mark.start() + 1} if mark[0] == b"<%" else set(range(mark.start(), mark.end()))
    return {place for place in out if not _escaped(data, place)}


def _escaped(data: bytes, place: int) -> bool:
    before = place
    while before and data[before - 1] == 0x5C:
        before -= 1
    return (place - before) % 2 == 1


def _is_formula(data: bytes, region: Region) -> bool:
    """Whether a stretch that Obsidian would set as math was meant so: `$\\tau_x$`, `$n$`, and not `$5)は10($`."""
    if not region.closed:
        return False
    inner = data[region.span.start : region.span.end].decode("utf-8", "replace").strip("$")
    if data.startswith(b"$$", region.span.start):
        return bool(inner.strip())
    without_text = re.sub(r"\\(?:text|mathrm|mbox)\{[^{}]*\}", "", inner)
    return not _CJK.search(without_text) and bool(_FORMULA.search(inner))
