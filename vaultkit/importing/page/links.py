"""Relative links from page to page (`[food](../food/)`, `[x](other.md)`) as the path under which the page is known.

Knows the pages of one export by path and by address. A link that leads to none of them stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from vaultkit.importing.markup.pictures import link_target
from vaultkit.importing.markup.shield import replace_outside

_RELATIVE = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]\n]++)\]\((?P<to>(?![a-z][a-z0-9+.-]{0,20}:|[/#?<])[^\s()<>#?]++)(?P<part>#[^\s()<>]++)?\)",
    re.IGNORECASE,
)


def resolve_links(text: str, page: PurePosixPath, addresses: tuple[str, ...], pages: Mapping[str, str]) -> str:
    """`text` of `page` with its relative links to other pages as `/path` of these.

    A link is relative to the file, as editors follow it, or to one of the page's own `addresses`, as browsers do.
    `pages` are the paths by every address and path that leads to them.
    """

    def rewrite(match: re.Match[str]) -> str:
        to = unquote(match["to"])
        for base in (f"/{page}", *addresses):
            found = pages.get(_key(posixpath.join(base.rpartition("/")[0] + "/", to)))
            if found and found != f"/{page}" and link_target(found) == found:  # with a blank it would be another name
                return f"[{match['text']}]({found}{match['part'] or ''})"
        return match[0]

    return replace_outside(_RELATIVE, rewrite, text)


def known_pages(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The path of each page by its names that begin with `/`, of which the first page to have one keeps it.

    A page is also found in the folder that it is the index of, and without its extension.
    """
    found: dict[str, str] = {}
    for path, own in names.items():
        bare = posixpath.splitext(path)[0]
        folder = [posixpath.dirname(path)] if posixpath.basename(bare) in ("index", "_index") else []
        for name in (path, bare, *folder, *own):
            if name.startswith("/"):
                found.setdefault(_key(name), path)
    return found


def _key(address: str) -> str:
    return posixpath.normpath(address).lower()
