"""The bytes inside a compressed file, from any place on, without writing them anywhere.

Knows gzip, bzip2 and xz, and files that are not compressed. To get to a place is to unpack all that lies before it, so
what is read in the order in which it was packed is unpacked once.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from vaultkit.errors import ExportError

UNPACKERS = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\0": lzma.open}
"""What a file begins with → what unpacks it."""
BLOCK = 1024**2
"""So many bytes are given at a time."""


def unpacked(path: Path) -> BinaryIO:
    """The file at `path`, unpacked while it is read."""
    file = unminded(path)
    head = file.read(6)
    file.seek(0)
    opener = next((opener for magic, opener in UNPACKERS.items() if head.startswith(magic)), None)
    return opener(file, "rb") if opener else file  # type: ignore[operator]


def unminded(path: Path) -> BinaryIO:
    """The file at `path`, closed when nobody holds it any more. A run reads an archive from many places until its end,
    and what reads may be held in circles, of which Python clears the file first and warns of it."""
    return io.BufferedReader(_Unminded(path))


class _Unminded(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        self._number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = os.read(self._number, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._number, offset, whence)

    def close(self) -> None:
        if not self.closed:
            os.close(self._number)
            super().close()


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
