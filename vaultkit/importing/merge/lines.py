"""A text as the merge sees it: without byte order mark, in lines whose ends do not count.

Knows line ends; knows no Markdown. A line is what stands between two LFs (U+2028 and a lone CR end none); the CRs at
its end are no part of what is compared, so a note with CRLF and a source with LF have the same lines.
"""

from __future__ import annotations

from typing import NamedTuple

BOM = b"\xef\xbb\xbf"


class Lines(NamedTuple):
    """The lines of a text: `keys` is what is compared, `raw` what is written. `final`: the last one is ended, too."""

    keys: list[bytes]
    raw: list[bytes]
    """Each with its line end; the last one has one even when `final` is False."""
    final: bool


def canonical(data: bytes) -> bytes:
    """What two texts have in common that differ in line ends and byte order mark only. Applying it again changes
    nothing."""
    data = data.removeprefix(BOM)
    if b"\r" not in data:
        return data
    return b"\n".join([line.rstrip(b"\r") for line in data.split(b"\n")])


def line_end(*texts: bytes) -> bytes:
    """The line end of the first of `texts` that has one, judged by its first line; LF when none has."""
    for text in texts:
        at = text.find(b"\n")
        if at >= 0:
            return b"\r\n" if text[at - 1 : at] == b"\r" else b"\n"
    return b"\n"


def with_ends(text: bytes, end: bytes) -> bytes:
    """A canonical text with another line end."""
    return text if end == b"\n" else text.replace(b"\n", end)


def split(text: bytes, end: bytes) -> Lines:
    """The lines of `text`; none for an empty one. `end` is what the last line gets when it has no end of its own."""
    if not text:
        return Lines([], [], False)
    final = text[-1] == 10
    lines = text.split(b"\n")
    if final:
        lines.pop()
    raw = [line + b"\n" for line in lines]
    if not final:
        raw[-1] = lines[-1] + end
    return Lines([line.rstrip(b"\r") for line in lines] if b"\r" in text else lines, raw, final)


def without_last_end(text: bytes) -> bytes:
    """`text` without the line end of its last line."""
    return text[:-2] if text.endswith(b"\r\n") else text.removesuffix(b"\n")
