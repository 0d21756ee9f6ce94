"""What vaultkit remembers of a vault between runs: records in `.vaultkit/cache`, each guarded by a checksum.

Knows nothing of what is in them but how long its parts are. A record that is missing, cut off, changed, or of something
else counts as not there; whatever is lost is found out again. Imports next to nothing.
"""

from __future__ import annotations

from zlib import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = ".vaultkit/cache"


class Record:
    """Some bytes in several parts, and a short text that only they have."""

    __slots__ = ("parts", "sum")

    def __init__(self, sum_: bytes, parts: list[memoryview]) -> None:
        self.sum = sum_
        self.parts = parts


def load(root: str, name: str, parts: int) -> Record | None:
    """What `save` put away as `name`.

    None when there is nothing that can be trusted, or it has another number of parts.
    """
    try:
        with open(f"{root}/{FOLDER}/{name}.bin", "rb", buffering=0) as file:
            data = memoryview(file.readall())
    except OSError:
        return None
    return _record(data, parts)


def _record(data: memoryview, parts: int) -> Record | None:
    sum_, body = bytes(data[:8]), data[8:]
    if sum_ != b"%08x" % crc32(body):
        return None
    try:
        head, at = bytes(body[: 20 * parts + 1]).partition(b"\n")[0].split(), 0
        ends = [at := at + int(length) for length in head]
    except ValueError:
        return None
    start = len(body) - at
    if len(head) != parts or start < 0:
        return None
    return Record(sum_, [body[start + end - int(length) : start + end] for length, end in zip(head, ends, strict=True)])


def save(root: str, name: str, parts: Sequence[bytes | list[bytes]]) -> Record:
    """Put a record away, and give it as `load` would; a part may be given in pieces. Where the disk refuses, it is only
    given."""
    from pathlib import Path

    from vaultkit.vault.files import Files

    pieces = [part if isinstance(part, list) else [part] for part in parts]
    head = b" ".join([b"%d" % sum(map(len, some)) for some in pieces]) + b"\n"
    flat = [head, *(piece for some in pieces for piece in some)]
    sum_ = 0
    for piece in flat:
        sum_ = crc32(piece, sum_)
    data = b"".join((b"%08x" % sum_, *flat))
    Files(Path(root)).keep(FOLDER, {f"{FOLDER}/{name}.bin": data})
    record = _record(memoryview(data), len(parts))
    assert record is not None
    return record


def join(names: Iterable[str]) -> bytes:
    """`names`, none of which holds a NUL, as a part of a record."""
    return "\0".join(names).encode("utf-8", "surrogatepass")


def split(part: bytes | memoryview) -> list[str]:
    """The names that were joined."""
    return bytes(part).decode("utf-8", "surrogatepass").split("\0") if part else []
