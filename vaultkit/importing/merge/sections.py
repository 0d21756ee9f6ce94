"""Sections that the user put into another order: the base and the source's text in that order, too.

A merge by line takes a section that was moved for one deleted here and put in there, and what the source adds at its
end would stand where it was. With `b` A·B, `m` B·A and `t` A·B·"more" (below B), the base becomes B·A and the source's
text B·"more"·A; what is merged then is B·"more"·A. Knows headings with `#`, outside code; says nothing of what becomes
of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_HEADING = re.compile(rb" {0,3}(#{1,6})(?:[ \t]|\Z)")
_FENCE = re.compile(rb" {0,3}(`{3,}|~{3,})")


@dataclass(slots=True)
class _Section:
    """A heading with the lines down to the next one, and the sections below it, which have more `#`."""

    level: int
    lines: list[bytes]
    below: list[_Section] = field(default_factory=list)

    @property
    def name(self) -> bytes:
        return self.lines[0].strip() if self.level else b""

    def all(self) -> list[bytes]:
        """The lines of it and of what is below."""
        return [*self.lines, *(line for one in self.below for line in one.all())]


def in_order_of(
    mine: Sequence[bytes], base: Sequence[bytes], theirs: Sequence[bytes]
) -> tuple[list[bytes], list[bytes]] | None:
    """`base` and `theirs`, lines, with their sections in the order of `mine`; None when they are in it already, or the
    source has put them into another order itself."""
    own, old, new = _sections(mine), _sections(base), _sections(theirs)
    if not _ordered(own, old, new):
        return None
    return old.all(), new.all()


def _sections(lines: Sequence[bytes]) -> _Section:
    """The sections of a text, below one of level 0."""
    root = _Section(0, [])
    above = [root]
    fence = b""
    for line in lines:
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not line.strip(b" \t`~"):
            fence = b""
        heading = None if fence or found else _HEADING.match(line)
        if heading:
            one = _Section(len(heading[1]), [])
            while above[-1].level >= one.level:
                above.pop()
            above[-1].below.append(one)
            above.append(one)
        above[-1].lines.append(line)
    return root


def _ordered(own: _Section, old: _Section, new: _Section) -> bool:
    """Put what is below `old` and `new` into the order of `own`; whether that changed anything."""
    mine, base, theirs = ({one.name: one for one in side.below} for side in (own, old, new))
    if any(len(names) < len(side.below) for names, side in ((mine, own), (base, old), (theirs, new))):
        return False  # two of one name
    shared = [name for name in mine if name in base and name in theirs]
    was = [name for name in base if name in mine and name in theirs]
    done = False
    if shared != was and [name for name in theirs if name in mine and name in base] == was:
        _reorder(old, shared)
        _reorder(new, shared)
        done = True
    for name in shared:  # all of them, whatever comes of the first
        done = _ordered(mine[name], base[name], theirs[name]) or done
    return done


def _reorder(side: _Section, names: Sequence[bytes]) -> None:
    """Let the sections `names` of those below follow upon each other as they do there. Each other one stays before the
    one that it stands before, and those at the end stay there; so do the blank lines between."""
    groups: dict[bytes, list[_Section]] = {name: [] for name in names}
    waiting: list[_Section] = []
    gaps = [_cut_blanks(one) for one in side.below]
    for one in side.below:
        waiting.append(one)
        if one.name in groups:
            groups[one.name] = waiting
            waiting = []
    side.below = [one for name in names for one in groups[name]] + waiting
    for one, gap in zip(side.below, gaps, strict=True):
        _last(one).lines.extend(gap)


def _cut_blanks(section: _Section) -> list[bytes]:
    """Take away the blank lines that a section ends with, and say which."""
    lines = _last(section).lines
    size = len(lines)
    while size > 1 and not lines[size - 1].strip():
        size -= 1
    gap = lines[size:]
    del lines[size:]
    return gap


def _last(section: _Section) -> _Section:
    while section.below:
        section = section.below[-1]
    return section
