"""The callout in which the source's text of a passage stands below the user's: how it is written, and read again.

    > [!vaultkit-conflict]- dayone 2026-11-22: the source changed this passage (vk-7f3a21)
    > The text of the source.

Every line of the source's text is quoted, so nothing in it can end the callout. What could reach beyond a quote (a
`%%`, `$$`, `<!--` or a fence without its end) stands in a fence there, which shows it as it is. A `[!vaultkit-conflict`
in it gets a backslash, so that it is no conflict itself. `read` undoes all of that.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultkit.importing.merge.pieces import Clash

TYPE = b"[!vaultkit-conflict"
CHANGED = "the source changed this passage"
DELETED = "the source deleted this passage"
ADDED = "the source wrote something else here"

_HEADER = re.compile(
    rb"> ?\[!vaultkit-conflict(?:\|[^\]\n]*+)?\][+-]?[ \t]*+([^\n]*?)\((vk-[0-9a-f]{6,64})\)[ \t\r]*+\Z"
)
_ESCAPE = re.compile(rb"(?<!\\)(\\*+)(\[!vaultkit-conflict)", re.I)
_ESCAPED = re.compile(rb"(?<!\\)\\(\\*+\[!vaultkit-conflict)", re.I)
_TICKS = re.compile(rb"`{3,}")
_NO_LABEL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_FENCE_NAME = b"text"


class Callout(NamedTuple):
    """A callout of a conflict in the lines of a body."""

    id: str
    title: str
    theirs: bytes
    """The source's text, lines ended by LF; empty when the source deleted the passage."""
    start: int
    """Index of its first line."""
    end: int
    """Index behind its last line."""


def write(label: str, id_: str, clash: Clash, end: bytes) -> bytes:
    """The lines of the callout, each with the line end `end`."""
    what = DELETED if not clash.theirs.strip() else CHANGED if clash.base.strip() or clash.mine.strip() else ADDED
    label = _NO_LABEL.sub(" ", label).strip()
    head = f"[!vaultkit-conflict]- {label}{': ' if label else ''}{what} ({id_})".encode("utf-8", "replace")
    lines = [head]
    if clash.theirs:
        text = _ESCAPE.sub(rb"\1\\\2", clash.theirs.removesuffix(b"\n").removesuffix(b"\r"))
        body = [line.rstrip(b"\r") for line in text.split(b"\n")]
        if _reaches_out(clash.theirs) or _looks_fenced(body):
            ticks = b"`" * (1 + max(map(len, _TICKS.findall(clash.theirs)), default=2))
            body = [ticks + _FENCE_NAME, *body, ticks]
        lines += body
    return b"".join([(b"> " + line if line else b">") + end for line in lines])


def _reaches_out(text: bytes) -> bool:
    """Whether something begins in the text that does not end in it."""
    if text.count(b"%%") % 2 or text.count(b"$$") % 2 or text.count(b"<!--") != text.count(b"-->"):
        return True
    from vaultkit.vault.scan import scan  # slow to load, and most merges write no callout

    return bool(scan(text).unclosed)


def _looks_fenced(body: list[bytes]) -> bool:
    """Whether the text is itself what stands here for a fenced one."""
    return len(body) > 1 and bool(re.fullmatch(rb"`{3,}" + _FENCE_NAME, body[0]))


def read(lines: list[bytes], start: int) -> Callout | None:
    """The callout that begins with line `start` of `lines`; None when none with an id does."""
    header = _HEADER.match(lines[start].rstrip(b"\r\n"))
    if not header:
        return None
    end = start + 1
    while end < len(lines) and lines[end].startswith(b">"):
        end += 1
    body = [_unquoted(line) for line in lines[start + 1 : end]]
    if (
        len(body) > 2
        and re.fullmatch(rb"`{3,}" + _FENCE_NAME, body[0])
        and body[-1] == body[0].removesuffix(_FENCE_NAME)
    ):
        body = body[1:-1]
    text = _ESCAPED.sub(rb"\1", b"".join([line + b"\n" for line in body]))
    return Callout(header[2].decode(), header[1].decode("utf-8", "replace").strip(), text, start, end)


def _unquoted(line: bytes) -> bytes:
    return line.rstrip(b"\r\n").removeprefix(b">").removeprefix(b" ")


def open_in(lines: list[bytes]) -> list[Callout]:
    """The callouts in the lines of a body, in order: those that begin at the margin, where an import puts them."""
    out: list[Callout] = []
    at = 0
    while at < len(lines):
        if lines[at].startswith(b">"):
            found = read(lines, at) if TYPE in lines[at] and not (at and lines[at - 1].startswith(b">")) else None
            if found:
                out.append(found)
                at = found.end
                continue
        at += 1
    return out


def room(lines: list[bytes], found: Callout) -> tuple[int, int]:
    """The lines that go when the callout does: its own, and the blank one that was put before it or behind it."""
    before = found.start > 0 and _blank(lines[found.start - 1])
    at_end = found.end == len(lines)
    behind = not at_end and _blank(lines[found.end])
    if before and (behind or at_end):
        return found.start - 1, found.end
    if not before and behind:
        return found.start, found.end + 1
    return found.start, found.end


def _blank(line: bytes) -> bool:
    return not line.strip()
