"""The photos and other files of an export, found by what its texts call them.

Knows that a text may name a path of another machine (`file:///home/ann/pics/pot.png`), escape it, or give the file
another ending than it has (`.jpeg` for `.jpg`). Knows no format. Pure.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from vaultkit.importing.entry import Attachment
from vaultkit.importing.export import Export
from vaultkit.importing.markup.pictures import Picture
from vaultkit.vault.names import safe_name

_WEB = re.compile(r"(?!file:)(?:[a-z][a-z0-9+.-]+:|//|#)", re.IGNORECASE)  # `C:\\pot.png` is a path
_SAME = {"jpeg": "jpg", "jpe": "jpg", "tif": "tiff", "heif": "heic", "mpeg": "mpg", "jfif": "jpg"}
"""Endings that are written for one another."""


class Media:
    """The files of one export."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._by_name: dict[str, list[PurePosixPath]] = {}
        self._by_stem: dict[str, list[PurePosixPath]] = {}
        for path in (file.path for file in export.files):
            self._by_name.setdefault(path.name.casefold(), []).append(path)
            self._by_stem.setdefault(_alike(path.name), []).append(path)

    def find(self, called: str, *, near: str = "") -> Attachment | None:
        """The file that a text calls by this path or name; of several the one that shares most of the path with it, or
        with the folder `near`. None: there is none."""
        for name in dict.fromkeys((called, unquote(called))):
            if beside := self._export.find(name.removeprefix("./")):  # of an export of one file what lies beside it
                return self.attachment(beside.path)
            wanted = PurePosixPath(name.replace("\\", "/"))
            found = self._by_name.get(wanted.name.casefold()) or self._by_stem.get(_alike(wanted.name))
            if wanted.name and found:
                return self.attachment(max(found, key=lambda path: _shared(path, wanted, PurePosixPath(near))))
        return None

    def picture(self, src: str) -> Picture | None:
        """For converters of markup: the file at `src`, unless that leads to the web."""
        if is_on_the_web(src):
            return None
        found = self.find(re.sub(r"^file:/*", "/", src))
        return Picture(found) if found else None

    def attachment(self, path: PurePosixPath) -> Attachment:
        """The file under the name by which a note embeds it: its own, or its whole path when others have that name."""
        others = self._by_name.get(path.name.casefold(), ())
        name = path.name if len(others) < 2 else "-".join(path.parts)
        return Attachment(embed_name(name), str(path))


def embed_name(name: str) -> str:
    """`name` of a file so that an embed and every system can hold it, with its ending."""
    stem, dot, ending = name.rpartition(".")
    return f"{safe_name(stem)}.{ending}" if dot and ending.isalnum() and stem else safe_name(name)


def is_on_the_web(src: str) -> bool:
    """Whether it is an address with a scheme other than `file:`, or a part of the text itself (`#top`)."""
    return _WEB.match(src) is not None


def _alike(name: str) -> str:
    """`name` without its case, and with one ending for those that are taken for one another."""
    stem, dot, ending = name.casefold().rpartition(".")
    return f"{stem}.{_SAME.get(ending, ending)}" if dot else ending


def _shared(path: PurePosixPath, wanted: PurePosixPath, near: PurePosixPath) -> tuple[int, int, str]:
    """How many of the last parts of both paths are the same, and whether it lies in that folder."""
    same = 0
    for one, other in zip(reversed(path.parts), reversed(wanted.parts), strict=False):
        if one.casefold() != other.casefold():
            break
        same += 1
    return same, path.is_relative_to(near), str(path)
