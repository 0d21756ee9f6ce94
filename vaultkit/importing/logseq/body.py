"""The blocks of a page as the body of a note: a list, and headings where the outline begins with such.

Knows the form alone; where references lead is known by `references`.
"""

from __future__ import annotations

from collections.abc import Sequence

from vaultkit.importing.issue.block_id import with_block_id
from vaultkit.importing.logseq.block import Block
from vaultkit.vault.anchors import heading_for_link


def body(blocks: Sequence[Block]) -> str:
    """All blocks as Markdown."""
    parents = _parents(blocks)
    sections = _sections(blocks, parents)
    pads: list[str] = []
    """By how much what belongs to a block is indented."""
    numbers: dict[int, int] = {}
    out: list[str] = []
    for i, block in enumerate(blocks):
        parent = parents[i]
        pad = pads[parent] if parent >= 0 else ""
        if sections[i]:
            out += ["", *_text(block, is_section=True).split("\n"), ""]
            pads.append("")
            continue
        numbers[parent] = numbers.get(parent, 0) + 1 if block.is_numbered else 0
        marker = f"{numbers[parent]}." if block.is_numbered else "-"
        pads.append(pad + " " * (len(marker) + 1) if block.bullet else pad)
        if block.is_empty and not (i + 1 < len(blocks) and blocks[i + 1].depth > block.depth):
            continue
        first, *rest = _text(block).split("\n")
        out.append(f"{pad}{marker} {first}".rstrip() if block.bullet else first)
        out += [(pads[i] + line).rstrip() for line in rest]
        if not block.bullet:
            out.append("")
    return "\n".join(_without_gaps(out))


def subpath(block: Block, *, is_section: bool) -> str:
    """How a link leads to the block within its note."""
    title = block.lines[0].lstrip("#").strip() if is_section else ""
    return f"#{heading_for_link(title)}" if title else f"#^{block.id}"


def anchors(blocks: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """The blocks that have an id, by the address `id:…`, and where in the note they are."""
    sections = _sections(blocks, _parents(blocks))
    return tuple(
        (f"id:{block.id}", subpath(block, is_section=is_section))
        for block, is_section in zip(blocks, sections, strict=True)
        if block.id
    )


def _text(block: Block, *, is_section: bool = False) -> str:
    """The block's own text: box, lines, properties and id."""
    lines = list(block.lines)
    at = len(lines)
    if block.properties:  # right below the first line, before code and callouts
        at = min(1, at)
    lines[at:at] = [f"{key}:: {value}".rstrip() for key, value in block.properties]
    text = block.box + "\n".join(lines).strip("\n")
    if block.id and not is_section:
        one_line = "\n" not in text and text.strip()
        text = f"{text} ^{block.id}" if one_line else with_block_id(text, block.id)
    return text


def _parents(blocks: Sequence[Block]) -> list[int]:
    """For each block the place of the one that it stands in; -1: in none."""
    found: list[int] = []
    open_: list[int] = []
    for i, block in enumerate(blocks):
        while open_ and blocks[open_[-1]].depth >= block.depth:
            open_.pop()
        found.append(open_[-1] if open_ else -1)
        open_.append(i)
    return found


def _sections(blocks: Sequence[Block], parents: Sequence[int]) -> list[bool]:
    """Which blocks become headings: those that are one in Logseq, within such alone, and followed by nothing that would
    come to stand below them and does not now."""
    with_children = set(parents)
    plain_below: set[int] = set()
    may = [False] * len(blocks)
    for i in range(len(blocks) - 1, -1, -1):
        if blocks[i].heading:
            may[i] = i not in with_children or parents[i] not in plain_below
        if not may[i]:
            plain_below.add(parents[i])
    found: list[bool] = []
    for i, parent in enumerate(parents):
        found.append(may[i] and (parent < 0 or found[parent]))
    return found


def _without_gaps(lines: Sequence[str]) -> list[str]:
    """No blank lines at the ends, and none twice. Code has its blank lines indented or not at all outside of items."""
    out: list[str] = []
    fence = ""
    for line in lines:
        start = line.strip()
        if fence:
            fence = "" if start == fence else fence
        elif start.startswith(("```", "~~~")):
            fence = start[: len(start) - len(start.lstrip(start[0]))]
        elif not start and (not out or not out[-1].strip()):
            continue
        out.append(line)
    while out and not out[-1].strip():
        out.pop()
    return out
