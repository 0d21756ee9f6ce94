"""One file of an export: its bytes and its text, all at once or some at a time.

Knows encodings, and what the first bytes of a file tell; knows no format, and not where files are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath

from vaultkit.errors import ExportError
from vaultkit.importing.encoding import decode, decode_plain, is_plain

MAX_BYTES = 512 * 1024 * 1024
"""Larger single files are refused where all of one is needed: it would not fit in memory several times over."""

_CHUNK = 1024 * 1024
_BEGINNING = 8
"""Chunks."""
_HEAD = 64 * 1024
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_JSON = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+(?:\[\s*+){0,2}\{\s*+\"")
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+"
    rb"(?:<\?(?:[^?]|\?(?!>))*+\?>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!DOCTYPE\s[^<>\[]*+(?:\[[^\]]*+\][^<>]*+)?+>\s*+)*+"
    rb"<(?:rss|feed)(?=[\s>])"
)

Chunks = Callable[[], Iterator[bytes]]


class ExportFile:
    """One file of an export. `data` and `text` are read once, when first asked for, and kept; `head` and `pieces` are
    for files that may be too large to keep."""

    def __init__(self, path: PurePosixPath, load: Callable[[], bytes], chunks: Chunks | None = None) -> None:
        """`path` is below the root of the export, the same whichever part of a site was named. `chunks` gives the same
        bytes as `load`, some at a time, each time from the start."""
        self.path = path
        self._load = load
        self._chunks = chunks or (lambda: iter([self.data]))

    @cached_property
    def data(self) -> bytes:
        """The bytes. Raises ExportError when the file cannot be read."""
        return self._load()

    @cached_property
    def text(self) -> str:
        """The text with LF line ends, without a byte order mark. Raises ExportError for binary or unknown encodings."""
        return decode(self.data, str(self.path))

    @property
    def told(self) -> str:
        """`text` for a notice; "" where it cannot be read."""
        try:
            return self.text
        except ExportError:
            return ""

    @cached_property
    def head(self) -> bytes:
        """The first bytes; empty only when there are none. Raises ExportError when the file cannot be read."""
        return next(self._chunks(), b"")[:_HEAD]

    @cached_property
    def start(self) -> bytes:
        """`head` from its first sign on: without a mark, the NULs of UTF-16 and blanks before it."""
        return self.head.lstrip(_BLANK)

    @property
    def looks_like_json(self) -> bool:
        """Whether it begins like an object of JSON or a list of such: `{"`, `[{"`, `[[{"`, whatever the encoding."""
        return _JSON.match(self.head.replace(b"\0", b"")) is not None

    @property
    def looks_like_feed(self) -> bool:
        """Whether its first element is that of RSS or Atom: such a file may be too large to look at all of it."""
        return _FEED.match(self.head.replace(b"\0", b"")) is not None

    def pieces(self) -> Iterator[str]:
        """`text` in pieces, as long as it is plain UTF-8; any other file in one. Raises ExportError as `text` does."""
        if not self._is_plain:
            yield self.text
            return
        try:
            yield from decode_plain(self._chunks())
        except UnicodeDecodeError as e:
            raise ExportError(f"{self.path}: was changed while it was read; run again") from e

    def beginning(self) -> Iterator[str]:
        """`pieces` of the first 8 MB: enough to tell what a file is. One of 1 GB must not be read to learn that it is
        of another format. Raises ExportError as `text` does."""
        if not self._begins_plain:
            yield from self.pieces()
            return
        yield from decode_plain(islice(self._chunks(), _BEGINNING), is_whole=False)

    @cached_property
    def _begins_plain(self) -> bool:
        return is_plain(islice(self._chunks(), _BEGINNING), is_whole=False)

    @cached_property
    def _is_plain(self) -> bool:
        return is_plain(self._chunks())

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the bytes. Raises ExportError when the file cannot be read."""
        return self._measured[1]

    @property
    def size(self) -> int:
        """How many bytes there are. Raises ExportError when the file cannot be read."""
        return self._measured[0]

    @cached_property
    def _measured(self) -> tuple[int, bytes]:
        size, found = 0, hashlib.sha256()
        for chunk in self._chunks():
            size += len(chunk)
            found.update(chunk)
        return size, found.digest()

    def chunks(self) -> Iterator[bytes]:
        """The bytes, some at a time, from the start. Raises ExportError when the file cannot be read."""
        return self._chunks()

    def load(self) -> bytes:
        """The bytes, which are not kept. Raises ExportError when the file cannot be read."""
        return self._load()

    def __repr__(self) -> str:
        return f"ExportFile({str(self.path)!r})"


def file_at(place: Path, path: PurePosixPath) -> ExportFile:
    """The file that lies at `place` on the disk, and is called `path` in its export."""
    return ExportFile(path, lambda: _read_bytes(place), lambda: _read_chunks(place))


def file_digest(data: bytes | None) -> bytes:
    """What `ExportFile.digest` would be of these bytes; empty for no file."""
    return b"" if data is None else hashlib.sha256(data).digest()


def _read_bytes(path: Path) -> bytes:
    """All bytes of `path`. Raises ExportError with the reason when that fails."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ExportError(
                f"{path}: {size} bytes are more than vaultkit reads at once ({MAX_BYTES}); split the export"
            )
        return path.read_bytes()
    except OSError as e:
        raise ExportError(f"{path}: cannot be read ({e.strerror or e})") from e


def _read_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of `path`, some at a time. Raises ExportError with the reason when that fails."""
    try:
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except OSError as e:
        raise ExportError(f"{path}: cannot be read ({e.strerror or e})") from e
