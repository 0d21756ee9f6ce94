"""A note's body as Obsidian's index sees it: links, tags, headings, block ids, tasks, and the regions that hide them.

Knows how the block pass and the inline pass go together; knows nothing of front matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from vaultkit.vault.note import Block, Heading, Link, Mark, Region, RegionKind, Span, Tag, Task, regions_of
from vaultkit.vault.scan_blocks import scan_blocks
from vaultkit.vault.scan_inline import InlineScanner

_PROTECTED = frozenset({RegionKind.CODE, RegionKind.MATH, RegionKind.HTML_COMMENT})


@dataclass(frozen=True, slots=True)
class Scan:
    """What stands in a body, each kind in order of its place."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    blocks: tuple[Block, ...]
    tasks: tuple[Task, ...]
    marks: tuple[Mark, ...]

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions, in order of their start."""
        return regions_of(self.marks)


def scan(data: bytes, start: int = 0) -> Scan:
    """Scan `data` from offset `start` on. Never fails: bytes that are not UTF-8 are read as replacement characters."""
    blocks = scan_blocks(data, start)
    scanner = InlineScanner(data)
    for chunk in blocks.chunks:
        scanner.scan(chunk)
    inline = scanner.out
    if len(inline.links) > 1:
        inline.links.sort(key=_by_span)
    return Scan(
        tuple(blocks.headings),
        tuple(inline.links),
        tuple(inline.tags),
        tuple(inline.blocks),
        tuple(blocks.tasks),
        (*blocks.marks, *inline.marks),
    )


_by_span = attrgetter("span")


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of code, math and HTML comments in `text`: sorted, not overlapping."""
    return char_spans(text, [r.span for r in scan(text.encode()).regions if r.kind in _PROTECTED])


def char_spans(text: str, spans: list[tuple[int, int]] | list[Span]) -> list[tuple[int, int]]:
    """Byte offsets into the UTF-8 of `text`, in order, as character offsets."""
    if text.isascii():
        return [(start, end) for start, end in spans]
    data, at, chars, out = text.encode(), 0, 0, []
    for start, end in spans:
        chars += len(data[at:start].decode("utf-8", "replace"))
        width = len(data[start:end].decode("utf-8", "replace"))
        out.append((chars, chars + width))
        at, chars = end, chars + width
    return out
