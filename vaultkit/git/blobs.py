"""The contents of the index: blobs by id, and notes parsed from them when they are asked for.

One `git cat-file --batch` serves them all: a process per blob takes ten times as long. Knows no work tree.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import TracebackType

from vaultkit.git.plumbing import GitError, Repository
from vaultkit.vault.board import read_file
from vaultkit.vault.note import Note

_AT_ONCE = 400
"""Their ids fit into what a pipe holds (SHA-256, 64 KiB), so that neither side waits for the other for ever."""
_LFS = b"version https://git-lfs.github.com/spec/"


class Blobs:
    """Blobs of a repository. Git is started with the first question; use it in `with`, which ends it."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of the blob with the id `blob`. Raises GitError when the repository lacks it."""
        return next(self.read_all((blob,)))

    def read_all(self, ids: Iterable[str]) -> Iterator[bytes]:
        """Those of many, in order: asked for some at once, which is faster. The answers must be taken, all of them,
        before anything else is read. Raises GitError."""
        asked = iter(ids)
        while some := list(islice(asked, _AT_ONCE)):
            if self._process is None:
                self._process = self._repository.start("cat-file", "--batch")
            assert self._process.stdin is not None
            try:
                self._process.stdin.write("".join(f"{blob}\n" for blob in some).encode())
                self._process.stdin.flush()
            except BrokenPipeError:
                raise _unreadable(some[0]) from None
            for blob in some:
                yield self._answer(self._process, blob)

    def _answer(self, process: subprocess.Popen[bytes], blob: str) -> bytes:
        assert process.stdout is not None
        header = process.stdout.readline().split()  # `<id> blob <size>`, or `<id> missing`
        if len(header) == 3 and header[1] == b"blob":
            size = int(header[2])
            data = process.stdout.read(size + 1)  # a line end follows
            if len(data) == size + 1:
                return data[:-1]
        raise _unreadable(blob)

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.communicate()  # closes its input, which ends it
            self._process = None


def _unreadable(blob: str) -> GitError:
    return GitError(f"git cat-file: {blob} cannot be read; `git fsck` tells what is wrong with the repository")


class BlobNotes(Mapping[str, Note]):
    """Notes, canvases and bases by vault path, each read and parsed when it is first asked for: a commit touches few of
    thousands."""

    def __init__(self, blobs: Blobs, ids: Mapping[str, str]) -> None:
        """`ids`: the blob id of each note, by vault path."""
        self._blobs = blobs
        self._ids = ids
        self._parsed: dict[str, Note] = {}

    def __getitem__(self, path: str) -> Note:
        note = self._parsed.get(path)
        if note is None:
            note = self._parsed[path] = read_file(path, self.data(path))
        return note

    def data(self, path: str) -> bytes:
        """The bytes of the note at `path`, which is not parsed for it. Raises KeyError."""
        return self._blobs.read(self._ids[path])

    def __contains__(self, path: object) -> bool:
        return path in self._ids  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def is_lfs_pointer(data: bytes) -> bool:
    """Whether `data` stands for a file that Git LFS keeps elsewhere."""
    return data.startswith(_LFS)
