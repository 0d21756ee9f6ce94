"""The headings of a page under the ids that a site gives them: `/diary/2025-04-03/#low-tide` leads to `## Low tide`.

Knows how ids are made of headings (as GitHub does it, which Jekyll and Hugo both follow). An id that the author wrote
by hand is gone with the rest of kramdown's markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from vaultkit.importing.markup.pictures import link_target
from vaultkit.importing.markup.shield import Shield, replace_outside
from vaultkit.vault.anchors import heading_for_link

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]++([^\n]++)$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\([^()\n]*+\)")
_NO_ID = re.compile(r"[^\w\- ]+")
_FRAGMENT = re.compile(r"#([^\s#()\[\]<>\"']{1,300}+)(?=[)\s>])")
_INSIDE = re.compile(r"(?<!!)(\[[^\[\]\n]++\]\()#([^\s#()<>]{1,300}+)\)")


def fragments(texts: Iterable[str]) -> frozenset[str]:
    """What stands behind the `#` of links in `texts`, in small letters."""
    return frozenset(found.lower() for text in texts for found in _FRAGMENT.findall(text))


def headings(text: str, wanted: frozenset[str]) -> dict[str, str]:
    """The headings of `text` by their ids, as they are and as addresses write them, of those ids that are `wanted`."""
    found: dict[str, str] = {}
    if not wanted or "#" not in text:
        return found
    shield, count = Shield(text), dict[str, int]()
    for match in _HEADING.finditer(text):
        if shield.hit(match.start(), match.start() + 1):
            continue
        shown = _LINK.sub(r"\1", match[1].strip().rstrip("#").rstrip())
        id_ = _NO_ID.sub("", shown.lower()).strip().replace(" ", "-")
        number = count.get(id_, 0)
        count[id_] = number + 1
        for written in {name := f"{id_}-{number}" if number else id_, quote(name).lower()} & wanted:
            found[written] = heading_for_link(shown)
    return found


def link_inside(text: str, own: dict[str, str]) -> str:
    """`text` with its links to headings of its own (`[x](#low-tide)`) as Obsidian follows them."""

    def rewrite(found: re.Match[str]) -> str:
        heading = own.get(found[2].lower())
        return f"{found[1]}#{link_target(heading)})" if heading else found[0]

    return replace_outside(_INSIDE, rewrite, text) if own and "](#" in text else text
