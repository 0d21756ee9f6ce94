"""The numbered operations: whatever vaultkit changes on a disk, it changes by one of these functions.

Each is announced to `on_step` right before it is done, so that a test can stop the program, or let the disk refuse,
before any of them. Knows no vault and no notes; `files` decides which places may be touched, `journal` in what order.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain, islice

from vaultkit.errors import DiskError

on_step: Callable[[int, str, str], None] | None = None
"""Called with number, operation and path before each change of the disk. For tests."""
steps = 0
"""How many changes were announced."""

HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
"""What a disk says that will refuse the next file as well."""
_SYNC_EACH = 4
"""Up to so many files are put on the disk one by one; for more, everything at once is cheaper."""
_BINARY = getattr(os, "O_BINARY", 0)


def step(operation: str, name: str) -> None:
    """Announce a change; `name` is what it is called in messages, mostly a vault path."""
    global steps
    steps += 1
    if on_step:
        on_step(steps, operation, name)


def create(place: str, data: bytes, name: str, mode: int | None = None) -> None:
    """Make the file `place`, which must not be there. Raises OSError; there may be half a file then."""
    step("create", name)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        step("write", name)
        view = memoryview(data)
        while view:  # `os.write` may write less than it was given, without an error
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)
    if mode is not None:
        os.chmod(place, mode)


def replace(source: str, place: str, name: str, check: Callable[[], None] | None = None) -> None:
    """Let `source` take the place of what stands at `place`. `check` is called last, and may raise. Raises OSError."""
    step("rename", name)
    if check:
        check()
    os.replace(source, place)


def link(source: str, place: str, name: str) -> None:
    """Give the file `source` a second name, which nothing may bear yet. Raises OSError."""
    step("link", name)
    os.link(source, place)


def make_folder(place: str, name: str, mode: int = 0o777) -> None:
    """Make the folder `place` with those above it, unless it is there. Raises OSError."""
    if not os.path.isdir(place):
        step("mkdir", name)
        os.makedirs(place, mode, exist_ok=True)


def unlink(place: str, name: str) -> None:
    """Take away the file `place` if it is there. Raises OSError."""
    if os.path.lexists(place):
        step("unlink", name)
        with suppress(FileNotFoundError):
            os.unlink(place)


def remove_folder(place: str, name: str) -> None:
    """Take away the folder `place` if it is there and empty."""
    if os.path.isdir(place) and not os.listdir(place):
        step("rmdir", name)
        with suppress(OSError):
            os.rmdir(place)


def change_mode(place: str, mode: int, name: str) -> None:
    """Set the mode of a file. Raises OSError."""
    step("chmod", name)
    os.chmod(place, mode)


def sync(places: Iterable[str], name: str) -> None:
    """Return when the files or folders `places` are on the disk and not only in its memory. Raises OSError.

    Many are not waited for one by one: to write out everything costs a quarter of that.
    """
    rest = iter(places)
    some = list(islice(rest, _SYNC_EACH + 1))
    if len(some) > _SYNC_EACH and hasattr(os, "sync"):
        step("sync", name)
        os.sync()
        return
    for place in chain(some, rest):
        is_folder = os.path.isdir(place)
        if is_folder and os.name == "nt":  # Windows opens no folders
            continue
        step("fsync", name)
        descriptor = os.open(place, os.O_RDONLY if is_folder else os.O_RDWR)
        try:
            os.fsync(descriptor)
        except OSError as e:
            if not is_folder or e.errno not in (errno.EINVAL, errno.EBADF, errno.EACCES):
                raise  # some disks cannot do this for folders
        finally:
            os.close(descriptor)


_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and run again",
    errno.EDQUOT: "the disk quota is used up; free some space and run again",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission to write; check the owner and mode of the folder",
    errno.EPERM: "no permission to write; check the owner and mode of the folder",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.EISDIR: "a folder stands where the file should be",
    errno.ENOTDIR: "a file stands where its folder should be",
    errno.EEXIST: "a file stands where its folder should be",
    errno.EXDEV: "cannot be moved to another disk in one step; copy it there yourself",
}


class errors:  # a context, as `suppress`: one made of a generator takes three times as long, and there is one per file
    """Turn each OSError into a DiskError that names `path` and says what to do."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise DiskError(advice(error, self._path)) from error


def advice(error: OSError, path: str) -> str:
    """What to tell a person."""
    return f"{path}: {_ADVICE.get(error.errno or 0, error.strerror or str(error))}"


def is_hopeless(error: BaseException) -> bool:
    """Whether the disk will refuse all else, too: it is full, read-only or broken."""
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and cause.errno in HOPELESS
