"""The bytes inside a compressed file, from any place on, without writing them anywhere.

Knows gzip, bzip2 and xz, and files that are not compressed. To get to a place is to unpack all that lies before it, so
what is read in the order in which it was packed is unpacked once.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vaultkit.errors import ExportError

UNPACKERS = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
"""What a file begins with → what unpacks it."""
BLOCK = 1024**2
"""So many bytes are given at a time."""


def unpacked(path: Path) -> BinaryIO:
    """The file at `path`, unpacked while it is read."""
    with path.open("rb") as file:
        head = file.read(6)
    opener = next((opener for magic, opener in UNPACKERS.items() if head.startswith(magic)), None)
    return opener(path, "rb") if opener else path.open("rb")  # type: ignore[operator]


class Packed:
    """Gives stretches of the unpacked bytes; goes on from where the last one ended if that lies before the next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: BinaryIO | None = None
        self._process = 0

    def chunks(self, start: int, size: int) -> Iterator[bytes]:
        """The `size` bytes from `start` on, some at a time. Raises ExportError when there are fewer."""
        try:
            file = self._file(start)
            try:
                file.seek(start)
                while size:
                    data = file.read(min(BLOCK, size))
                    if not data:
                        raise ExportError(f"{self._path}: was changed while it was read; run again")
                    size -= len(data)
                    yield data
            finally:
                self._give_back(file)
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as e:
            raise ExportError(f"{self._path}: cannot be read ({e}); pack or export it again") from e

    def _file(self, start: int) -> BinaryIO:
        file, self._idle = self._idle, None
        if file is not None and self._process == os.getpid() and file.tell() <= start:
            return file  # one of another process shares its place with that
        if file is not None:
            file.close()
        return unpacked(self._path)

    def _give_back(self, file: BinaryIO) -> None:
        if self._idle is None:
            self._idle, self._process = file, os.getpid()
        else:
            file.close()

    def __del__(self) -> None:
        if self._idle is not None:
            self._idle.close()
