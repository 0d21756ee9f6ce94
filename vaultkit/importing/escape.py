"""Foreign text made safe for Obsidian: what would become its syntax by accident is escaped, nothing else changes.

`#word` is a tag only in Obsidian, `[[x]]` a link, `%%` hides text, `$5 to 10$` would be math. Asks the scanner what
Obsidian would see, so that code, addresses and real math stay as they are. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from vaultkit.importing.disarm import apply_edits, as_block, find_armed, put
from vaultkit.vault.note import LinkKind, Region, RegionKind
from vaultkit.vault.scan import Scan, scan
from vaultkit.vault.spans import Spans

_ROUNDS = 8
"""An escape can uncover what it hid; real texts settle in two rounds."""
_HIDDEN = frozenset({RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_COMMENT, RegionKind.URL, RegionKind.HTML_TAG})
_MAY_MEAN = re.compile(rb"#[^\s#]|\[\[|\$|%%")
"""One of these stands in every accident."""
_MATH = RegionKind.MATH
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e。、]")
_FORMULA = re.compile(r"[\\^_=<>+]|^\s*[A-Za-z]\w{0,2}\s*$|^[A-Za-z]\s*\(.*\)$", re.S)


class Escaped(NamedTuple):
    """The safe text, what the scanner sees in it, whether there was code in it that is dead now, and its UTF-8."""

    text: str
    seen: Scan
    disarmed: bool
    data: bytes


def escape_syntax(
    text: str, embeds: Collection[str] = (), *, meant: Collection[str] = (), trust_code: bool = False
) -> Escaped:
    """`text` with backslashes before accidental syntax. `embeds`: targets of embeds that are meant; `meant`: as
    `Entry.meant`.

    Code that Obsidian or a plugin would run becomes mere text (`disarm`) unless it is trusted. A text that uncovers
    more of it however often it is changed becomes a block of code as a whole.
    """
    data, disarmed = text.encode(), False
    found = scan(data)
    for changes in range(_ROUNDS):
        edits = [put(at, b"\\") for at in _accidents(data, found, embeds, meant)]
        armed = [] if trust_code else list(find_armed(data, found))
        if not edits and not armed:
            return Escaped(data.decode() if changes else text, found, disarmed, data)
        disarmed = disarmed or bool(armed)
        data = apply_edits(data, edits + armed)
        found = scan(data)
    if not trust_code and any(find_armed(data, found)):
        block = as_block(text)
        return Escaped(block, scan(block.encode()), disarmed=True, data=block.encode())
    return Escaped(data.decode(), found, disarmed, data)


def _accidents(data: bytes, found: Scan, embeds: Collection[str], meant: Collection[str]) -> set[int]:
    """Byte offsets before which a backslash must go."""
    if not _MAY_MEAN.search(data):
        return set()
    regions = found.regions  # first: tags and links are found with them
    out = set() if "tags" in meant else {tag.span.start for tag in found.tags}
    for link in () if "links" in meant else found.links:
        if link.kind is LinkKind.WIKI and not (link.embed and link.target in embeds):
            opening = data.index(b"[[", link.span.start)
            out |= {opening, opening + 1}
    for region in regions:
        if region.kind is _MATH and not _is_formula(data, region):
            out.add(region.span.start)
            if data.startswith(b"$$", region.span.start):
                out.add(region.span.start + 1)
    if b"%%" in data:
        hidden = Spans(r.span for r in regions if r.kind in _HIDDEN)
        for mark in re.finditer(rb"%%+", data):
            if not hidden.hold(mark.start()):
                out |= set(range(mark.start(), mark.end()))
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
