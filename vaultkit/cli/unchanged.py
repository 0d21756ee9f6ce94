"""`vaultkit lint` of a vault in which nothing changed: the same answer again, without loading the linter.

Speaks only where one look at names, times and settings is proof; all else is left to `lint`. Imports next to nothing.
"""

from __future__ import annotations

import os
import sys
import time
from array import array

from vaultkit.cli.terminal import wants_color
from vaultkit.git.head import head_of
from vaultkit.linting.fingerprint import BASELINE, fingerprint
from vaultkit.vault import cache
from vaultkit.vault.walk import walk_ahead

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkit.linting.record import Told
    from vaultkit.vault.walk import Seen

_NAME = "lint-answer"
_PARTS = 13


def answer(arguments: Sequence[str]) -> int | None:
    """Print what `lint`, called with these arguments, said before, and return its exit code; None: ask it."""
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")) or wants_color():
        return None
    root = os.path.abspath(arguments[0] if arguments else ".")  # noqa: PTH100
    record = cache.load(root, _NAME, _PARTS) if os.path.isdir(f"{root}/.obsidian") else None  # noqa: PTH112
    if record is None or _is_below_a_configuration(root) or os.path.isfile(f"{root}/{BASELINE}"):  # noqa: PTH113
        return None
    key, packs, files, times, sizes, beside, base, ranges, fresh, last, code, day, head = record.parts
    if day != _today() or head != _head(root) or key != fingerprint(root, ".obsidian", root, cache.split(packs)):
        return None
    seen = walk_ahead(root)
    if seen.nested or [files, times, sizes, beside] != _stamped(seen):
        return None
    told = cache.load(root, "lint-told", 1)
    if told is None or told.sum != base:
        return None
    sys.stdout.flush()
    out = sys.stdout.buffer
    at, written = array("q", bytes(ranges)), 0
    for start, end, upto in zip(at[::3], at[1::3], at[2::3]):  # noqa: B905
        out.write(told.parts[0][start:end])
        out.write(fresh[written:upto])
        written = upto
    out.write(last)
    return int(bytes(code))


def remember(
    root: str, key: bytes, packs: Sequence[str], seen: Seen, told: Told, last: str, code: int, head: str
) -> None:
    """Put an answer away for the next run: what was `told`, and the `last` line. `head`: that of the history."""
    ranges, fresh = array("q"), b""
    for start, end, new in told.pieces:
        fresh += new
        ranges.extend((start, end, len(fresh)))
    parts = [key, cache.join(packs), *_stamped(seen), told.base, ranges.tobytes(), fresh, last.encode(), b"%d" % code]
    parts += [_today(), _coded(head)]
    known = cache.load(root, _NAME, _PARTS)
    if known is None or known.parts != parts:
        cache.save(root, _NAME, parts)


def _today() -> bytes:
    return time.strftime("%Y-%m-%d").encode()


def _head(root: str) -> bytes:
    return _coded(head_of(root))


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _stamped(seen: Seen) -> list[bytes]:
    times, sizes = array("q", seen.stamps.times).tobytes(), array("q", seen.stamps.sizes).tobytes()
    return [cache.join(seen.files), times, sizes, cache.join([*map(str, seen.bookmarks), *seen.empty])]


def _is_below_a_configuration(root: str) -> bool:
    """Whether a folder above might name this one among its vaults."""
    above = os.path.dirname(root)  # noqa: PTH120
    while above != root:
        if os.path.isfile(f"{above}/vaultkit.yaml"):  # noqa: PTH113
            return True
        root, above = above, os.path.dirname(above)  # noqa: PTH120
    return False
