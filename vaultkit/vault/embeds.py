"""What an embed says beyond its target: how large a picture is, which page of a PDF, which stretch of a recording.

Knows the display slot (`![[a.png|300]]`) and the subpaths that are no headings (`#page=3`, `#t=60`); knows no file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultkit.vault.names import extension
from vaultkit.vault.note import Link, LinkKind

_SIZE = re.compile(r"[ \t]*+([0-9]{1,5})(?:x([0-9]{1,5}))?[ \t]*+\Z")
_WHOLE = re.compile(r"[0-9]{1,9}\Z")
_TIME = re.compile(r"(?:([0-9]{1,4}):)?(?:([0-9]{1,4}):)?([0-9]{1,9}(?:\.[0-9]{1,9})?)\Z")


class EmbedSize(NamedTuple):
    """Pixels; without a height the picture keeps its proportions."""

    width: int
    height: int | None = None


class Stretch(NamedTuple):
    """A part of a recording, in seconds; `end` None: to its end."""

    start: float
    end: float | None = None


def embed_size(link: Link) -> EmbedSize | None:
    """The size that an embedded file is shown in, or None when none is said.

    It is the last part of the display text: `![[a.png|300]]`, `![[a.png|a cat|300x200]]`, `![a cat|300](a.png)`,
    `![300](a.png)`. Notes have no size: what stands there in an embed of one (`![[Note|300]]`) is ignored. Pictures
    from the web are no links of the vault and not known here.
    """
    if not link.embed or extension(link.path.partition("?")[0]) in ("", "md"):
        return None
    if link.kind is LinkKind.WIKI and link.span.end - link.target_span.end <= len("]]"):
        return None  # without `|` the display is made of the target: `![[300.x]]` says no size
    found = _SIZE.match(link.display.rpartition("|")[2])
    return EmbedSize(int(found[1]), int(found[2]) if found[2] else None) if found else None


def pdf_page(subpath: str) -> int | None:
    """The page that `#page=3` names, also among others (`#page=3&height=400`); None when it names none."""
    return _whole(_parameter(subpath, "page"))


def pdf_height(subpath: str) -> int | None:
    """The height in pixels that `#height=400` names; None when it names none."""
    return _whole(_parameter(subpath, "height"))


def media_stretch(subpath: str) -> Stretch | None:
    """What `#t=60`, `#t=1:30` or `#t=60,90` names of a recording; `#t=,90` begins at 0. None when it names nothing."""
    begin, comma, end = _parameter(subpath, "t").removeprefix("npt:").partition(",")
    first, last = _seconds(begin), _seconds(end)
    if (begin and first is None) or (comma and last is None) or not (begin or comma):
        return None
    return Stretch(first or 0.0, last)


def _parameter(subpath: str, name: str) -> str:
    """The value of `name=…` in a subpath; of several the last, as browsers do. Empty when it is not there."""
    value = ""
    for part in subpath.replace("#", "&").split("&"):
        key, _, found = part.partition("=")
        if key.strip().lower() == name:
            value = found.strip()
    return value


def _whole(text: str) -> int | None:
    return int(text) if _WHOLE.match(text) else None


def _seconds(text: str) -> float | None:
    found = _TIME.match(text)
    if not found:
        return None
    hours, minutes = (found[1], found[2]) if found[2] else (None, found[1])
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(found[3])
