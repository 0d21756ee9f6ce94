"""The only writer: every byte vaultkit puts on a disk goes through here.

Writes whole files by way of a temporary one, so that at any moment a file is either old or new. Never writes outside the
root it was made for. Every operation that changes the disk is announced to `on_step` first, numbered, so that a test can
stop the program before any of them. Knows nothing of notes.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from vaultkit.errors import DiskError

STATE = ".vaultkit"
"""Folder of our own records inside a vault or repository; Obsidian does not see it."""
_TEMPORARY = f"{STATE}/tmp"

on_step: Callable[[int, str, str], None] | None = None
"""Called with number, operation and path before each change of the disk. For tests."""
_steps = 0


def _step(operation: str, path: str) -> None:
    global _steps
    _steps += 1
    if on_step:
        on_step(_steps, operation, path)


class Files:
    """Writing below one root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._temporary = 0

    def write(self, path: str, data: bytes, *, expect: bytes | None | type[Ellipsis] = ...) -> bool:  # type: ignore[valid-type]
        """Put `data` at `path` (relative, with `/`); True when that changed anything, False when it stood there already.

        `expect`: what must stand there now (None: nothing); otherwise nothing is written and `ChangedMeanwhile` is
        raised. Keeps the file's mode. A link is followed when it stays inside the root. Raises DiskError when the disk
        refuses or the file is read-only; the file is then as it was.
        """
        target = self._target(path)
        with _disk_errors(path):
            now = _read(target)
            if expect is not ... and now != expect:
                raise ChangedMeanwhile(f"{path}: changed while vaultkit was working; nothing was written to it")
            if now == data:
                return False
            mode = stat.S_IMODE(target.stat().st_mode) if now is not None else None
            if mode is not None and not mode & stat.S_IWUSR:
                raise DiskError(f"{path}: is read-only; make it writable (chmod u+w) and run again")
            if not target.parent.is_dir():
                _step("mkdir", path)
                target.parent.mkdir(parents=True, exist_ok=True)
            self._replace(target, path, data, mode)
            return True

    def remove(self, path: str) -> None:
        """Delete `path` if it is there. Raises DiskError."""
        target = self._target(path)
        with _disk_errors(path):
            _step("unlink", path)
            target.unlink(missing_ok=True)

    def clean(self) -> None:
        """Remove what an interrupted run left behind. Cheap when there is nothing."""
        folder = self.root / _TEMPORARY
        with suppress(OSError):
            for name in os.listdir(folder):
                _step("unlink", f"{_TEMPORARY}/{name}")
                (folder / name).unlink()
            folder.rmdir()

    def make_executable(self, path: str) -> None:
        """Set the execute bits that the umask allows. Raises DiskError."""
        target = self._target(path)
        with _disk_errors(path):
            mode = stat.S_IMODE(target.stat().st_mode)
            _step("chmod", path)
            target.chmod(mode | (mode & 0o444) >> 2)

    # -- inside ---------------------------------------------------------------------------------------------------------

    def _target(self, path: str) -> Path:
        """The real place of `path`. Raises DiskError when it would lie outside the root."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\0" in path:
            raise DiskError(f"{path!r}: is no place inside {self.root}; nothing was written")
        target = self.root.joinpath(*parts)
        real = Path(os.path.realpath(target))
        if not real.is_relative_to(os.path.realpath(self.root)):
            raise DiskError(f"{path}: leads outside {self.root} through a link; nothing was written")
        return real

    def _replace(self, target: Path, path: str, data: bytes, mode: int | None) -> None:
        """Temporary file, then rename over the target. The temporary one is on the same disk."""
        temporary = self._temporary_path()
        temporary.parent.mkdir(parents=True, exist_ok=True)
        try:
            _step("create", path)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            try:
                _step("write", path)
                _write_all(descriptor, data)
                _step("fsync", path)
                os.fsync(descriptor)
                if mode is not None:
                    os.fchmod(descriptor, mode)
            finally:
                os.close(descriptor)
            _step("rename", path)
            try:
                temporary.replace(target)
            except OSError as e:
                if e.errno != errno.EXDEV:
                    raise
                # the folder of the target is a mount of its own: a hidden file beside it, then the same
                beside = target.with_name(f".{target.name}.vaultkit-tmp")
                beside.write_bytes(data)
                beside.replace(target)
        finally:
            with suppress(OSError):
                temporary.unlink()
            with suppress(OSError):
                temporary.parent.rmdir()

    def _temporary_path(self) -> Path:
        self._temporary += 1
        return self.root / _TEMPORARY / f"{os.getpid()}-{self._temporary}"


class ChangedMeanwhile(DiskError):
    """The file is not what it was when the change was planned."""

    exit_code = 1


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write_all(descriptor: int, data: bytes) -> None:
    """`os.write` may write less than it was given, without an error."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


@contextmanager
def _disk_errors(path: str) -> Iterator[None]:
    advice = {
        errno.ENOSPC: "the disk is full; free some space and run again",
        errno.EDQUOT: "the disk quota is used up; free some space and run again",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "no permission to write; check the owner and mode of the folder",
        errno.EPERM: "no permission to write; check the owner and mode of the folder",
        errno.ENAMETOOLONG: "the name is too long for this disk",
        errno.EISDIR: "a folder stands where the file should be",
    }
    try:
        yield
    except OSError as e:
        raise DiskError(f"{path}: {advice.get(e.errno or 0, e.strerror or str(e))}") from e
