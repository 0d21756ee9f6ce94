"""A note's body as Obsidian's index sees it: links, tags, headings, block ids, tasks, and the regions that hide them.

Knows how the block pass and the inline pass go together; knows nothing of front matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from vaultkit.vault.block_syntax import Blocks
from vaultkit.vault.hidden import NOT_MARKDOWN
from vaultkit.vault.inline_tokens import Tokens, careful, quick
from vaultkit.vault.lazy import lazy
from vaultkit.vault.note import Block, Heading, Link, Region, RegionKind, Span, Tag, Task, regions_of
from vaultkit.vault.scan_blocks import scan_blocks
from vaultkit.vault.scan_inline import InlineScanner
from vaultkit.vault.zones import zone_block_ids, zone_headings, zone_tasks

_BLOCK_ID = re.compile(rb"(?:^|(?<=[ \t\n])|(?<=\]\]))\^([A-Za-z0-9-]+)[ \t\r\n]*\Z")
_by_span = attrgetter("span")
_Kind = TypeVar("_Kind")


class Scan:
    """What stands in a body, each kind in order of its place, and looked for when it is first asked for.

    A run of the linter asks for links and tags of every note, for headings of a few, and hardly ever for regions.
    """

    def __init__(self, data: bytes, start: int = 0) -> None:
        self._data = data
        self._start = start

    @lazy
    def headings(self) -> tuple[Heading, ...]:
        """The headings."""
        return self._with_zones(self._blocks.headings, zone_headings)

    @lazy
    def links(self) -> tuple[Link, ...]:
        """The links and embeds."""
        links = self._any.links
        return tuple(sorted(links, key=_by_span) if len(links) > 1 else links)

    @lazy
    def tags(self) -> tuple[Tag, ...]:
        """The tags, repeats kept."""
        return tuple(self._any.tags)

    @lazy
    def blocks(self) -> tuple[Block, ...]:
        """The block ids."""
        data = self._data
        out: list[Block] = []
        for chunk in self._blocks.chunks:
            if not chunk.addressable or data.rfind(b"^", chunk.start, chunk.end) < 0:
                continue
            if chunk.zone:
                out += zone_block_ids(data, chunk.start, chunk.end)
            elif found := _BLOCK_ID.search(data[chunk.start : chunk.end]):
                out.append(Block(found[1].decode(), Span(chunk.start + found.start(), chunk.start + found.end(1))))
        return tuple(out)

    @lazy
    def tasks(self) -> tuple[Task, ...]:
        """The task list items."""
        return self._with_zones(self._blocks.tasks, zone_tasks)

    @lazy
    def comments(self) -> tuple[Span, ...]:
        """`%%…%%` with something in it: hidden when rendered, but what stands in them counts."""
        marks = self._blocks.marks + self._quick.marks
        return tuple(sorted([Span(start, end) for kind, start, end, _ in marks if kind is RegionKind.COMMENT]))

    @lazy
    def unclosed(self) -> tuple[Region, ...]:
        """The regions that run to the end because they were never closed; only blocks do."""
        found = [mark for mark in self._blocks.marks if not mark[3]]
        return regions_of(found) if found else ()

    @property
    def nearly_links(self) -> bool:
        """Whether something stands there that is nearly a link."""
        return self._quick.nearly_links

    @lazy
    def regions(self) -> tuple[Region, ...]:
        """Stretches that are not plain text, in order of their start; inline regions never overlap."""
        return regions_of((*self._blocks.marks, *self._careful.marks))

    def _with_zones(self, found: list[_Kind], find: Callable[[bytes, int, int], Iterable[_Kind]]) -> tuple[_Kind, ...]:
        """What the block pass found, and what is still to be found in the stretches it passed over."""
        zones = self._blocks.zones
        if not zones:
            return tuple(found)
        more = chain.from_iterable(find(self._data, *zone) for zone in zones)
        return tuple(sorted((*found, *more), key=_by_span))

    @lazy
    def _blocks(self) -> Blocks:
        return scan_blocks(self._data, self._start)

    @lazy
    def _quick(self) -> InlineScanner:
        return self._inline(quick)

    @lazy
    def _careful(self) -> InlineScanner:
        return self._inline(careful())

    @property
    def _any(self) -> InlineScanner:
        """For links and tags, which are the same either way: who asked for regions before has them found already."""
        return self.__dict__.get("_careful") or self._quick

    def _inline(self, tokens: Tokens) -> InlineScanner:
        scanner = InlineScanner(self._data, tokens)
        for chunk in self._blocks.chunks:
            scanner.scan(chunk)
        return scanner


def scan(data: bytes, start: int = 0) -> Scan:
    """`data` from offset `start` on. Never fails: bytes that are not UTF-8 are read as replacement characters."""
    return Scan(data, start)


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of code, math and HTML comments in `text`: sorted, not overlapping."""
    return char_spans(text, [r.span for r in scan(text.encode()).regions if r.kind in NOT_MARKDOWN])


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
