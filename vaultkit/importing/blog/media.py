"""The files of a blog that lie beside its export: a copy of its uploads, in the folders that their addresses have.

Knows addresses and paths; asks the `Export` for files and reads none.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from vaultkit.importing.entry import Attachment
from vaultkit.importing.export import Export
from vaultkit.importing.markup.html_tags import Tag
from vaultkit.importing.markup.pictures import EmbedNames, Picture, Resolve

_SMALLER = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled)(?=\.\w{1,5}\Z)")
"""What WordPress adds to the name of a smaller copy: `boat-300x200.jpg`."""
_NO_FILES = frozenset({"", ".html", ".htm", ".php", ".asp", ".aspx", ".cgi", ".md", ".xml", ".txt"})
_MOST_FOLDERS = 8
_LINKED = re.compile(
    r"<a(?P<link>\s[^<>]{0,4000})>\s{0,20}(?P<image><img(?P<shown>\s[^<>]{0,4000})>)\s{0,20}</a\s{0,20}>", re.I
)


class Media:
    """Where the images and files of one post are. Calling it with an address gives the picture, or None."""

    def __init__(self, export: Export, folder: PurePosixPath, site: str = "") -> None:
        """`folder` is that of the export's file below its root; `site`: the address of the blog, if it is known."""
        self._export = export
        self._folder = folder
        self._site = site
        self._names = EmbedNames()

    def __call__(self, src: str) -> Picture | None:
        src = src.strip()
        try:
            parts = urlsplit(src)
            whole = urljoin(self._site, src) if self._site else ""
            is_own = parts.netloc in ("", urlsplit(self._site).netloc)
        except ValueError:  # `https://[`
            return None
        if parts.scheme not in ("", "http", "https") or not parts.path.strip("/"):
            return None
        if found := self._file(unquote(parts.path), is_own=is_own):
            return Picture(Attachment(self._names.of(found), found))
        return Picture(address=whole) if whole.startswith("http") and not parts.netloc else None

    def _file(self, path: str, *, is_own: bool) -> str:
        """The path of the file, below as many of the folders of its address as there are beside the export; unless it
        is the blog's own below one at least, since other sites have other files of that name."""
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        if not parts or PurePosixPath(parts[-1]).suffix.lower() in _NO_FILES or "\0" in path:
            return ""
        names = dict.fromkeys([_SMALLER.sub("", parts[-1]), parts[-1]])
        for start in range(max(0, len(parts) - _MOST_FOLDERS), len(parts) - (not is_own)):
            for name in names:
                file = self._export.find(str(self._folder.joinpath(*parts[start:-1], name)))
                if file:
                    return str(file.path)
        return ""


def without_links_to_themselves(html: str, resolve: Resolve) -> str:
    """`html` with the pictures unlinked that lead to their own larger copy, where that is what is embedded anyway."""

    def unlinked(found: re.Match[str]) -> str:
        href = Tag("a", False, 0, 0, f"<a{found['link']}>").attributes().get("href", "")
        src = Tag("img", False, 0, 0, f"<img{found['shown']}>").attributes().get("src", "")
        to, shown = (resolve(one) if one else None for one in (href, src))
        return found["image"] if to and to.attachment and to == shown else found[0]

    return _LINKED.sub(unlinked, html)
