"""A change of what is staged, carried over to the same note as it lies in the work tree.

Pure, over three texts. The work tree may hold changes that nobody staged: these stay, and where they and the change
cannot both be had, the text of the work tree stands. Its line ends (git may have converted them) and its byte order
mark are kept.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.parse import parse
from vaultkit.vault.properties_block import front_matter_end

_SHORT = 3
"""Lines of no more bytes, such as `---`, say little of where they stand."""


class Carried(NamedTuple):
    """The text for the work tree, and in how many places its own text stands instead of the change."""

    data: bytes
    kept: int


def carry(path: str, before: bytes, after: bytes, now: bytes) -> Carried:
    """What becomes of `now`, the work tree's text of the file at `path`, when what is staged of it goes from `before`
    to `after`.

    Equal texts give `after` itself. Lines that stand in `now` as they were are changed there, whatever stands beside
    them; else it is a merge of three, by property, line and word. Where both touched one property, the front matter of
    `now` stands: `tag` renamed to `tags` here and deleted there would be two things to the merge, and the deletion
    undone. What would leave front matter or a canvas that cannot be read is not done: then `now` is given back, as one
    place.
    """
    if now in (before, after):
        return Carried(after, 0)
    exact = _by_lines(before, after, now)
    if exact is not None and _is_readable(path, exact):
        return Carried(exact, 0)
    data, kept = _merged(path, before, after, now)
    if _is_readable(path, now) and not _is_readable(path, data):
        return Carried(now, 1)
    return Carried(data, kept)


def _by_lines(before: bytes, after: bytes, now: bytes) -> bytes | None:
    """`now` with the lines changed that the change is about; None when they do not all stand in it one behind the other
    as they did, or it puts in lines, or changes such as stand anywhere: blank ones."""
    from vaultkit.importing.merge.diff import Match, matches  # mostly there is nothing unstaged
    from vaultkit.importing.merge.lines import BOM, canonical, line_end, split, with_ends

    bom = BOM if now.startswith(BOM) else b""
    end = line_end(now, before)
    base, new, mine = (split(text, end) for text in (canonical(before), canonical(after), now.removeprefix(BOM)))
    if base.final != new.final:
        return None
    places = {one.i + step: one.j + step for one in matches(base.keys, mine.keys) for step in range(one.size)}
    raw, shift = list(mine.raw), 0
    at = Match(0, 0, 0)
    for one in [*matches(base.keys, new.keys), Match(len(base.keys), len(new.keys), 0)]:
        start, stop = at.i + at.size, one.i
        lines = new.raw[at.j + at.size : one.j]
        at = one
        if start == stop and not lines:
            continue
        place = places.get(start, -1)
        stands = start < stop and all(places.get(n) == place + n - start for n in range(start, stop))
        if not stands or not any(len(key) > _SHORT for key in base.keys[start:stop]):
            return None
        raw[place + shift : place + shift + stop - start] = [with_ends(line, end) for line in lines]
        shift += len(lines) - (stop - start)
    data = bom + b"".join(raw)
    return data if mine.final else data.removesuffix(end)


def _merged(path: str, before: bytes, after: bytes, now: bytes) -> Carried:
    from vaultkit.importing.merge import Agreed, take_apart
    from vaultkit.importing.merge.lines import canonical

    before, after, same = canonical(before), canonical(after), canonical(now)
    touched = _both_touched(path, before, after, same)
    if touched:
        before, after = (_head(same) + text[len(_head(text)) :] for text in (before, after))
    parts = take_apart(before, now, after)
    body = b"".join([piece.text if isinstance(piece, Agreed) else piece.standing for piece in parts.body])
    kept = touched + len(parts.clashes) + sum(not isinstance(piece, Agreed) for piece in parts.body)
    return Carried(parts.note(body), kept)


def _head(data: bytes) -> bytes:
    """The front matter with its fences; empty when there is none."""
    return data[: front_matter_end(data)]


def _both_touched(path: str, before: bytes, after: bytes, now: bytes) -> bool:
    """Whether `now` has a property that `after` changes otherwise than `before`, and not all of them as `after`."""
    if len({_head(before), _head(after), _head(now)}) < 3:
        return False
    base, new, mine = (_entries(path, text) for text in (before, after, now))
    changes = {key for key in base.keys() | new.keys() if base.get(key) != new.get(key)}
    is_done = all(mine.get(key) == new.get(key) for key in changes)
    return not is_done and any(mine.get(key) != base.get(key) for key in changes)


def _entries(path: str, data: bytes) -> dict[str, bytes]:
    """The properties of a note as they are written, by key."""
    found = parse(path, data).front_matter
    return {one.key: data[slice(*one.span)].strip() for one in found.properties} if found else {}


def _is_readable(path: str, data: bytes) -> bool:
    if kind_of(path) is Kind.CANVAS:
        try:
            json.loads(data)
        except (ValueError, RecursionError):
            return False
        return True
    front_matter = parse(path, data).front_matter
    if front_matter is None:
        return True
    keys = [one.key.lower() for one in front_matter.properties]
    return not front_matter.error and len(keys) == len(set(keys))
