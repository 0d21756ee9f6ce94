"""The contents of the index and of trees: blobs by id.

One `git cat-file --batch` serves them all: a process per blob takes ten times as long. Knows no work tree.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from vaultkit.git.plumbing import GitError, Repository

AT_ONCE = 100
"""So many blobs are asked for at a time."""
_FEW = 10
"""Of so many a partial clone may ask its server one after the other."""
_LFS = b"version https://git-lfs.github.com/spec/"


class Blobs:
    """Blobs of a repository. Git is started with the first question; use it in `with`, which ends it."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._sizes: dict[str, int] = {}
        self._has_fetched = False

    def read(self, blob: str) -> bytes:
        """The bytes of the blob with the id `blob`. Raises GitError when the repository lacks it."""
        return next(iter(self.read_all([blob])))

    def read_all(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The bytes of each, in order; asked for a hundred at a time, since each turn to git and back takes long. Take
        all of them before you ask for others. Raises GitError when the repository lacks one."""
        ids = list(blobs)
        if len(ids) > _FEW and not self._has_fetched:
            from vaultkit.git.partial import fetch_missing

            self._has_fetched = True
            fetch_missing(self._repository, ids)
        if self._process is None:
            self._process = self._repository.start("cat-file", "--batch")
        to, answers = self._process.stdin, self._process.stdout
        assert to is not None
        assert answers is not None
        for some in _in_parts(ids):
            try:
                to.write("".join([f"{blob}\n" for blob in some]).encode())  # less than a pipe holds
                to.flush()
                for blob in some:
                    header = answers.readline().split()  # `<id> blob <size>`, or `<id> missing`
                    data = answers.read(int(header[2]) + 1) if header[1:2] == [b"blob"] else b""  # a line end follows
                    if not data or len(data) != int(header[2]) + 1:
                        raise self._lacks(blob)
                    self._sizes[blob] = len(data) - 1
                    yield data[:-1]
            except BrokenPipeError:
                raise self._lacks(some[0]) from None

    def size(self, blob: str, among: Iterable[str] = ()) -> int:
        """Bytes of the blob; 0 for one that is not here (a partial clone). `among`: others that may be asked for, too,
        which are found out with it. Raises GitError."""
        if blob not in self._sizes:
            ids = sorted({blob, *among}.difference(self._sizes))
            process = self._repository.start("cat-file", "--batch-check=%(objectsize)")
            answer, _ = process.communicate("".join(f"{id_}\n" for id_ in ids).encode())
            said = answer.decode().splitlines()
            self._sizes.update((id_, int(line) if line.isdigit() else 0) for id_, line in zip(ids, said, strict=True))
        return self._sizes[blob]

    def _lacks(self, blob: str) -> GitError:
        """The error about a blob that git does not give: a partial clone asks its server for those that it lacks."""
        from vaultkit.git.partial import promising_remote

        if promising_remote(self._repository):
            return GitError(
                f"{blob}: is not in this clone, which is a partial one, and its server did not send it, so nothing was"
                " judged or changed; run again when it can be reached (to commit without this check: git commit"
                " --no-verify)"
            )
        return GitError(f"git cat-file: {blob} cannot be read; `git fsck` tells what is wrong with the repository")

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.communicate()  # closes its input, which ends it
            self._process = None


def _in_parts(blobs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (blobs[at : at + AT_ONCE] for at in range(0, len(blobs), AT_ONCE))


def is_lfs_pointer(data: bytes) -> bool:
    """Whether `data` stands for a file that Git LFS keeps elsewhere."""
    return data.startswith(_LFS)
