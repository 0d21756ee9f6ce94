"""The contents of the index: blobs by id, and notes parsed from them when they are asked for.

One `git cat-file --batch` serves them all: a process per blob takes ten times as long. Knows no work tree.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from types import TracebackType

from vaultkit.git.plumbing import GitError, Repository
from vaultkit.vault.board import read_file
from vaultkit.vault.note import Note

_LFS = b"version https://git-lfs.github.com/spec/"


class Blobs:
    """Blobs of a repository. Git is started with the first question; use it in `with`, which ends it."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of the blob with the id `blob`. Raises GitError when the repository lacks it."""
        if self._process is None:
            self._process = self._repository.start("cat-file", "--batch")
        to, answers = self._process.stdin, self._process.stdout
        assert to is not None
        assert answers is not None
        try:
            to.write(blob.encode() + b"\n")
            to.flush()
            header = answers.readline().split()  # `<id> blob <size>`, or `<id> missing`
            if len(header) == 3 and header[1] == b"blob":
                size = int(header[2])
                data = answers.read(size + 1)  # a line end follows
                if len(data) == size + 1:
                    return data[:-1]
        except BrokenPipeError:
            pass
        raise GitError(f"git cat-file: {blob} cannot be read; `git fsck` tells what is wrong with the repository")

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.communicate()  # closes its input, which ends it
            self._process = None


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
