"""The site that a page stands in: where its images are, in the folder or on the web.

Knows paths and addresses; asks the `Export` for files and reads none.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from vaultkit.importing.entry import Attachment
from vaultkit.importing.export import Export
from vaultkit.importing.front_matter_values import Field, as_text
from vaultkit.importing.markup.pictures import EmbedNames, Picture
from vaultkit.importing.page.config import address_of


@dataclass(frozen=True, slots=True)
class Site:
    """A site's folder and its address, either of which may be unknown."""

    export: Export
    origin: str
    """`https://example.org`; empty: unknown."""
    base: str
    """`/blog` for a site that does not stand at the root of its host; else empty."""
    config: dict[str, Field]
    """What the site's own configuration says; empty when there is none."""

    @classmethod
    def of(cls, export: Export, address: str, config: dict[str, Field]) -> Site:
        """The site of `export`, published at `address` (empty: where its configuration says, if it does)."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:  # `https://[`
            parts = urlsplit("")
        if not parts.scheme or not parts.netloc:
            base = as_text(config.get("baseurl", "")).strip("/")
            return cls(export, address_of(config), f"/{base}" if base else "", config)
        return cls(export, f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/"), config)

    @property
    def address(self) -> str:
        """The whole address without a slash at its end; empty: unknown."""
        return self.origin + self.base if self.origin else ""


def bare_path(export: Export, path: PurePosixPath, suffixes: Sequence[str]) -> str:
    """A file's path without its extension, by which it is known; of `a.markdown` beside `a.md`, whose extension comes
    first in `suffixes`, the whole path. Never depends on what else was named in the run."""
    first = next((suffix for suffix in suffixes if export.find(str(path.with_suffix(suffix)))), path.suffix)
    return str(path.with_suffix("") if path.suffix == first else path)


class PageImages:
    """Finds the images of one page. Calling it with a `src` gives the picture, or None."""

    def __init__(self, site: Site, path: PurePosixPath, address: str = "") -> None:
        """`path` is the page's below the root of the export, `address` what it states for itself (may be empty)."""
        self._site = site
        self._folder = str(path.parent)
        self._address = address or self._usual_address(path)
        self._names = EmbedNames()

    def __call__(self, src: str) -> Picture | None:
        """The file of the export at `src`, else its address on the web, else None."""
        src = src.strip()
        own = self._site.address
        if own and src.startswith(own + "/"):
            src = src[len(self._site.origin) :]
        if not src or (re.match(r"[a-z][a-z0-9+.-]*+:", src, re.IGNORECASE) and not re.match(r"https?://", src)):
            return None  # `data:`, `file:`
        if re.match(r"https?://|//", src):
            return Picture(address=src if src.startswith("http") else "https:" + src)
        for path in self._paths(unquote(re.split(r"[?#]", src, maxsplit=1)[0])):
            file = self._site.export.find(path)
            if file:
                return Picture(Attachment(self._names.of(str(file.path)), str(file.path)))
        if not self._site.origin or not (src.startswith("/") or self._address):
            return None
        return Picture(address=urljoin(urljoin(self._site.address + "/", self._address), src))

    def _paths(self, path: str) -> list[str]:
        if not path.startswith("/"):
            near = posixpath.normpath(posixpath.join(self._folder, path))
            return [near, path]
        below = path.removeprefix(self._site.base) if path.startswith(self._site.base + "/") else path
        return [path, below, "static" + below]  # Hugo publishes `static/x.png` as `/x.png`

    def _usual_address(self, path: PurePosixPath) -> str:
        """The folder in which a page is published that lies in no collection. Empty: only the site's rules know."""
        if not self._site.export.is_site or any(part.startswith("_") for part in path.parts):
            return ""
        return f"{self._site.base}/{path}"
