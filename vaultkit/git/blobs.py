"""The contents of the index and of trees: blobs by id, and notes parsed from them when they are asked for.

One `git cat-file --batch` serves them all: a process per blob takes ten times as long. Knows no work tree.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType

from vaultkit.git.plumbing import GitError, Repository
from vaultkit.vault.board import read_file
from vaultkit.vault.note import Note

_AT_ONCE = 100
_LFS = b"version https://git-lfs.github.com/spec/"


class Blobs:
    """Blobs of a repository. Git is started with the first question; use it in `with`, which ends it."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of the blob with the id `blob`. Raises GitError when the repository lacks it."""
        return next(iter(self.read_all([blob])))

    def read_all(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The bytes of each, in order; asked for a hundred at a time, since each turn to git and back takes long. Take
        all of them before you ask for others. Raises GitError when the repository lacks one."""
        if self._process is None:
            self._process = self._repository.start("cat-file", "--batch")
        to, answers = self._process.stdin, self._process.stdout
        assert to is not None
        assert answers is not None
        for some in _in_parts(list(blobs)):
            try:
                to.write("".join([f"{blob}\n" for blob in some]).encode())  # less than a pipe holds
                to.flush()
                for blob in some:
                    header = answers.readline().split()  # `<id> blob <size>`, or `<id> missing`
                    data = answers.read(int(header[2]) + 1) if header[1:2] == [b"blob"] else b""  # a line end follows
                    if not data or len(data) != int(header[2]) + 1:
                        raise _lacks(blob)
                    yield data[:-1]
            except BrokenPipeError:
                raise _lacks(some[0]) from None

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.communicate()  # closes its input, which ends it
            self._process = None


def _in_parts(blobs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (blobs[at : at + _AT_ONCE] for at in range(0, len(blobs), _AT_ONCE))


def _lacks(blob: str) -> GitError:
    return GitError(f"git cat-file: {blob} cannot be read; `git fsck` tells what is wrong with the repository")


class BlobNotes(Mapping[str, Note]):
    """Notes, canvases and bases by vault path, each read and parsed when it is first asked for: a commit touches few of
    thousands."""

    def __init__(self, blobs: Blobs, ids: Mapping[str, str]) -> None:
        """`ids`: the blob id of each note, by vault path."""
        self._blobs = blobs
        self._ids = ids
        self._parsed: dict[str, Note] = {}
        self._expected: list[str] = []
        self._at: dict[str, int] = {}
        self._data: dict[str, bytes] = {}

    def expect(self, paths: Iterable[str]) -> None:
        """These will be asked for, mostly in this order: they are read a hundred at a time."""
        self._expected = [path for path in paths if path in self._ids]
        self._at = {path: at for at, path in enumerate(self._expected)}

    def __getitem__(self, path: str) -> Note:
        note = self._parsed.get(path)
        if note is None:
            note = self._parsed[path] = read_file(path, self._read(path))
        return note

    def _read(self, path: str) -> bytes:
        at = self._at.get(path, -1)
        if at < 0:
            return self._blobs.read(self._ids[path])
        if path not in self._data:
            some = self._expected[at : at + _AT_ONCE]
            self._data.update(zip(some, self._blobs.read_all([self._ids[one] for one in some]), strict=True))
        return self._data.pop(path)

    def __contains__(self, path: object) -> bool:
        return path in self._ids  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def is_lfs_pointer(data: bytes) -> bool:
    """Whether `data` stands for a file that Git LFS keeps elsewhere."""
    return data.startswith(_LFS)
