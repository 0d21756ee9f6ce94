"""The records of a JSON file, those of a long list many at once: one by one they take longer.

Knows where records begin without decoding them: inside a text no quotation mark stands bare, so what looks like the end
of an object and the first field of the next is just that. They may be objects inside a record and not records; then
what is between two such places is no JSON, or not as many values as it seemed. From there on `json_stream` reads the
file, which knows all other files as well, and what is to be said of damaged ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

from vaultkit.importing.export_file import ExportFile
from vaultkit.importing.json_stream import BrokenLine, Record, records

_BLOCK = 1024**2
"""Bytes that are decoded at once, at least; fewer only of a shorter file."""
_LONG = 64 * 1024
"""Bytes; of less `json` is done before the faster library is loaded."""
_GAP = rb"[ \t\r\n]{0,40}"
_FIRST = re.compile(rb'(?:\xef\xbb\xbf)?\s*+\[\s*+(?=\{\s*+("[^"\\]{1,60}")\s*+:)')
_LONGEST = 512
"""Bytes; no place between two records takes more."""
_MOST = 8
"""Blocks; a longer record is left to `json_stream`."""


def records_of(file: ExportFile, block: int = _BLOCK) -> Iterator[Record | BrokenLine]:
    """All records of a file, in order, as `json_stream.records` tells them; nothing for a blank one. `block`: so many
    bytes are decoded at once.

    Raises ExportError as `json_stream.records` does, and when the file cannot be read.
    """
    done = 0
    if first := _FIRST.match(file.head):
        for data, number in _blocks(file.chunks(), first.end(), first[1], block):
            values = _decoded(data)
            if len(values) != number:
                break
            for value in values:
                yield Record(value, f"[{done}]")
                done += 1
        else:
            return
    yield from islice(records(file.pieces(), str(file.path)), done, None)


def _decoded(data: bytes) -> list[object]:
    """The values of a list; empty for anything else."""
    if len(data) > _LONG:
        import msgspec

        with suppress(msgspec.DecodeError, ValueError, RecursionError):  # `json` lets more pass: half an emoji, NaN
            return msgspec.json.decode(data, type=list[object])
    with suppress(ValueError, RecursionError):
        value = json.loads(data.decode())
        return value if isinstance(value, list) else []
    return []


def _blocks(chunks: Iterable[bytes], start: int, key: bytes, block: int) -> Iterator[tuple[bytes, int]]:
    """A list whose first record is at `start`, in pieces that look like lists, and how many records seem to be in each.
    `key`: the name of the first field of all, in its marks.

    Where one list ends and the next one begins, which is how pages are appended to each other, there is always a cut.
    """
    border = re.compile(rb"\}%b(,|\]%b\[)%b(?=\{%b%b%b:)" % (_GAP, _GAP, _GAP, _GAP, re.escape(key), _GAP))
    held, seen, number = bytearray(), 0, 1
    for at, chunk in enumerate(chunks):
        held += chunk if at else chunk[start:]
        begin = 0
        for found in border.finditer(held, seen):
            seen = found.end()
            if found[1] == b"," and found.start() - begin < block:
                number += 1
            else:
                yield b"".join((b"[", held[begin : found.start() + 1], b"]")), number
                begin, number = seen, 1
        if len(held) - begin > _MOST * block:  # not the list that it looked like; it is not to be held as a whole
            break
        seen = max(seen, len(held) - _LONGEST) - begin
        del held[:begin]
    yield b"[" + held, number
