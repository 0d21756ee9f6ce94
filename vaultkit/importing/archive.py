"""ZIP and tar archives as lists of named members: nothing is ever extracted, members are read by name, as streams.

Knows what an archive may do to whoever trusts it, and refuses it: more than it says, more than anyone packs, two
members of one name, members within each other. A member that is no file, or whose name leads out, is not read and is
named. Writes nothing.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vaultkit.errors import ExportError
from vaultkit.importing.packed import BLOCK, UNPACKERS, Packed, unminded, unpacked

MAX_TOTAL = 32 * 1024**3
"""Bytes that all members together may unpack to: a diary of years with its films."""
MAX_MEMBER = 512 * 1024**2
"""Of one member, where all of it is needed at once."""
MAX_RATIO = 200
"""So many times its own size an archive may unpack to: text reaches 30, a bomb 1000."""
MAX_MEMBERS = 100_000
_SMALL = 1024**2
"""What unpacks to no more does no harm, whatever the ratio; of a tar such members are kept in memory."""
_KEPT = 256 * 1024**2
"""Bytes of a tar that are kept in memory; what is beyond is unpacked again when it is read."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ARCHIVES = (*_ZIP, *UNPACKERS)
"""What an archive begins with; a tar that is not compressed says it further on."""
_USTAR = slice(257, 262)
_DRIVE = re.compile(r"[A-Za-z]:")
_ENTRY = b"PK\x01\x02"
_DIRECTORY_END = b"PK\x05\x06"
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    OSError,
    RuntimeError,
)
"""What the libraries raise for damaged archives (NotImplementedError and UnicodeError are among them), for other
compressions and for passwords."""


class Member(NamedTuple):
    """One file of an archive. `path` is relative, with `/`, and leads nowhere else. `chunks` gives its bytes from the
    start, each time, some at a time; it raises ExportError."""

    path: str
    chunks: Callable[[], Iterator[bytes]]
    size: int
    """As the archive says."""
    archive: Path

    def load(self) -> bytes:
        """All bytes. Raises ExportError, also when they would not fit in memory several times over."""
        if self.size > MAX_MEMBER:
            raise ExportError(
                f"{self.archive}: `{self.path}` has {self.size} bytes, more than vaultkit reads at once ({MAX_MEMBER})"
            )
        return b"".join(self.chunks())


class Archive(NamedTuple):
    """The members by path, sorted, and the names of those that are not read, each with the reason."""

    members: tuple[Member, ...]
    skipped: tuple[str, ...]


def is_archive(path: Path) -> bool:
    """Whether the file at `path` begins like a ZIP, a tar or something compressed. False when it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_USTAR.stop)
    except OSError:
        return False
    return head.startswith(ARCHIVES) or head[_USTAR] == b"ustar"


def open_archive(path: Path) -> Archive:
    """The members of the archive at `path`.

    Raises ExportError when it is damaged, or goes beyond a limit; the message names the limit.
    """
    try:
        with path.open("rb") as file:
            is_zip = file.read(4) in _ZIP
        return _open_zip(path) if is_zip else _open_tar(path)
    except _BROKEN as e:
        raise ExportError(f"{path}: cannot be read as an archive ({_why(e)}); pack or export it again") from e


def _open_zip(path: Path) -> Archive:
    size = path.stat().st_size
    _count_entries(path, size)
    packed = zipfile.ZipFile(unminded(path))
    infos = packed.infolist()
    _check_sizes(path, size, [(info.filename, info.file_size) for info in infos])
    _check_overlaps(path, infos)
    budget = _Budget(path, min(MAX_TOTAL, max(_SMALL, MAX_RATIO * size)))
    found = _Members(path)
    for info in infos:
        if info.is_dir():
            continue
        name, mode = _zip_name(info), info.external_attr >> 16
        if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            found.skip(name, "is a link or a device, not a file")
        elif "\0" in info.orig_filename:
            found.skip(info.orig_filename, "has a NUL in its name")
        else:
            found.add(name, _Zipped(packed, info, name, budget).chunks, info.file_size)
    return found.archive()


def _count_entries(path: Path, size: int) -> None:
    """Refuse a table of contents that is too long before the library reads it, entry by entry."""
    with path.open("rb") as file:
        file.seek(max(0, size - 66_000))
        tail = file.read()
        end = tail.rfind(_DIRECTORY_END)
        if end < 0 or len(tail) < end + 20:
            return  # the library says what is wrong
        length = int.from_bytes(tail[end + 12 : end + 16], "little")
        before = size - len(tail) + end - length - 200  # records of ZIP64 may stand between table and end
        at = max(0, before) if length < 0xFFFFFFFF else 0
        file.seek(at)
        count = 0
        overlap = b""
        while block := file.read(_SMALL):
            count += (overlap + block).count(_ENTRY)
            overlap = block[-len(_ENTRY) + 1 :]
            if count > MAX_MEMBERS:
                raise ExportError(f"{path}: holds more than {MAX_MEMBERS} files; split the export")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the mark for UTF-8 it is in the encoding of whoever packed it."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _check_overlaps(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """Members that share bytes are how a small archive unpacks to petabytes."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for info, after in pairwise(ordered):
        if info.header_offset + 30 + info.compress_size > after.header_offset:
            raise ExportError(f"{path}: `{info.filename}` and `{after.filename}` overlap; it was made to do harm")


def _check_sizes(path: Path, size: int, members: list[tuple[str, int]]) -> None:
    if len(members) > MAX_MEMBERS:
        raise ExportError(f"{path}: holds more than {MAX_MEMBERS} files; split the export")
    total = sum(length for _, length in members)
    if total > MAX_TOTAL:
        raise ExportError(f"{path}: unpacks to {total} bytes, more than {MAX_TOTAL}; split the export")
    if total > _SMALL and total > size * MAX_RATIO:
        raise ExportError(f"{path}: unpacks to {total // max(1, size)} times its size, more than {MAX_RATIO} times")


class _Zipped:
    """A member of a ZIP, to be read as often as one likes."""

    def __init__(self, packed: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget) -> None:
        self._packed = packed
        self._info = info
        self._name = name
        self._budget = budget
        self._most = 0
        """How many of its bytes are counted."""

    def chunks(self) -> Iterator[bytes]:
        """The bytes. Raises ExportError when they are damaged, or more than may be unpacked."""
        at = 0
        try:
            with self._packed.open(self._info) as member:
                while data := member.read(BLOCK):
                    at += len(data)
                    if at > self._most:
                        self._budget.spend(at - self._most)
                        self._most = at
                    yield data
        except _BROKEN as e:
            raise ExportError(f"{self._budget.path}: {self._name}: cannot be read ({_why(e)})") from e


def _open_tar(path: Path) -> Archive:
    """All of a tar is unpacked once, to learn what is in it; small members are kept then."""
    size = path.stat().st_size
    budget = _Budget(path, min(MAX_TOTAL, max(_SMALL, MAX_RATIO * size)))
    found = _Members(path)
    reader = Packed(path)
    kept = 0
    with unpacked(path) as file:
        stream = _Counted(file, budget)
        with tarfile.open(fileobj=stream, mode="r|") as packed:
            for count, member in enumerate(packed):
                if count >= MAX_MEMBERS:
                    raise ExportError(f"{path}: holds more than {MAX_MEMBERS} files; split the export")
                if member.isdir():
                    continue
                if not member.isreg() or member.issparse():
                    found.skip(member.name, "is a link or a device, not a file")
                elif member.size <= _SMALL and kept + member.size <= _KEPT:
                    held = packed.extractfile(member)  # a reader; nothing is written
                    data = held.read() if held else b""
                    kept += len(data)
                    found.add(member.name, partial(_whole, data), member.size)
                else:
                    found.add(member.name, partial(reader.chunks, member.offset_data, member.size), member.size)
    return found.archive()


def _whole(data: bytes) -> Iterator[bytes]:
    if data:
        yield data


class _Budget:
    """How many bytes may still be unpacked: counted as they come, for what an archive says of itself may be a lie."""

    def __init__(self, path: Path, limit: int) -> None:
        self.path = path
        self._limit = limit
        self._left = limit

    def spend(self, count: int) -> None:
        """Raises ExportError when it is more than is left."""
        self._left -= count
        if self._left < 0:
            raise ExportError(f"{self.path}: unpacks to more than {self._limit} bytes; split the export")


class _Counted(io.RawIOBase):
    """A stream of which no more is read than the budget allows."""

    def __init__(self, file: BinaryIO, budget: _Budget) -> None:
        self._file = file
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._budget.spend(len(data))
        return data


class _Members:
    """The members found so far, each path once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._members: dict[str, Member] = {}
        self._skipped: list[str] = []

    def skip(self, name: str, why: str) -> None:
        self._skipped.append(f"{name} {why}")

    def add(self, name: str, chunks: Callable[[], Iterator[bytes]], size: int) -> None:
        """Raises ExportError when there is a member of this name already: which one is meant, nobody knows."""
        inside = name.replace("\\", "/")
        if inside.startswith("/") or _DRIVE.match(inside) or ".." in inside.split("/"):
            self.skip(name, "leads out of the archive")
            return
        inside = "/".join(part for part in inside.split("/") if part not in ("", "."))
        if not inside:
            self.skip(name, "has no name")
            return
        if inside in self._members:
            raise ExportError(f"{self._path}: holds `{inside}` twice, and which is meant is not said; pack it again")
        self._members[inside] = Member(inside, chunks, size, self._path)

    def archive(self) -> Archive:
        return Archive(
            tuple(_without_top(sorted(self._members.values(), key=lambda member: member.path))), tuple(self._skipped)
        )


def _without_top(members: list[Member]) -> Iterator[Member]:
    """The visible members; a single folder around all of them, as a download of a repository has it, is left out."""
    shown = [m for m in members if not any(part.startswith(".") or part == "__MACOSX" for part in m.path.split("/"))]
    tops = {member.path.partition("/")[0] for member in shown}
    within = all("/" in member.path for member in shown)
    for member in shown:
        yield member._replace(path=member.path.partition("/")[2]) if len(tops) == 1 and within else member


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
