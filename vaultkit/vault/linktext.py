"""The linktext that a vault's settings ask for: which of its texts a link to a file is to be written with.

Knows the three formats of new links; where a text leads is asked of `index`, how it stands in a link is `links`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from vaultkit.vault.index import Found, Index
from vaultkit.vault.links import fits_wikilink
from vaultkit.vault.names import normalize_path


def linktext(path: str, source: str, index: Index, link_format: str, *, wikilink: bool) -> str | None:
    """What a link in the note at `source` says to lead to `path`, both as `index` has them.

    `link_format` is Obsidian's `newLinkFormat`: `relative`, `absolute`, or else `shortest` (the bare name where it is
    the only one in the vault, else the whole path). A wikilink leaves `.md` out, a Markdown link keeps it. Where that
    text leads elsewhere, the next longer one is taken that does not. None: no text leads there (`C#.md`).
    """
    for text in _forms(path, source, index, link_format, wikilink=wikilink):
        if wikilink and not fits_wikilink(text):
            continue
        found = index.resolve(text, source)
        if "#" not in text and isinstance(found, Found) and found.path == path:
            return text
    return None


def _forms(path: str, source: str, index: Index, link_format: str, *, wikilink: bool) -> Iterator[str]:
    ending = path[-3:] if path.lower().endswith(".md") else ""
    whole = normalize_path(path)
    bare = whole.removesuffix(ending)
    texts = [bare]
    if link_format not in ("relative", "absolute"):
        texts = [normalize_path(index.shortest_linktext(path, source)), bare]
        if wikilink:  # most often the first will do
            yield texts[0]
    near = posixpath.relpath(f"/{bare}", f"/{normalize_path(source.rpartition('/')[0])}")
    here = near if near.startswith("../") else f"./{near}"
    if link_format == "relative":
        texts = [near, here, bare]
    if wikilink:
        yield from texts
    for text in [*texts, f"/{bare}", here]:
        yield f"{text}{ending}"
