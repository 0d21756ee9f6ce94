"""The only writer: every byte vaultkit puts on a disk goes through here.

Writes whole files by way of a temporary one, so that at any moment a file is either old or new. Never writes outside
the root it was made for. Each operation that changes the disk is announced to `on_step` first, numbered, so that a test
can stop the program before any of them. Knows nothing of notes.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum, auto
from pathlib import Path, PurePosixPath
from types import EllipsisType
from typing import NamedTuple

from vaultkit.errors import DiskError

STATE = ".vaultkit"
"""Folder of our own records inside a vault or repository; Obsidian does not see it."""
_TEMPORARY = f"{STATE}/tmp"
_SYNC_EACH = 4
"""Up to so many files are put on the disk one by one; for more, everything at once is cheaper."""
_HOPELESS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)

on_step: Callable[[int, str, str], None] | None = None
"""Called with number, operation and path before each change of the disk. For tests."""
_steps = 0


def _step(operation: str, path: str) -> None:
    global _steps
    _steps += 1
    if on_step:
        on_step(_steps, operation, path)


class Change(NamedTuple):
    """Put `data` at `path`, if there stands `expect` now: bytes, nothing (None), or whatever it may be (`...`)."""

    path: str
    data: bytes
    expect: bytes | EllipsisType | None = ...


class Files:
    """Writing below one root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made = 0
        self._number = 0

    @staticmethod
    def make_root(root: Path) -> None:
        """Make the folder `root` itself, with those above it. Raises DiskError."""
        if not root.is_dir():
            with _disk_errors(str(root)):
                _step("mkdir", str(root))
                root.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, data: bytes, *, expect: bytes | EllipsisType | None = ...) -> bool:
        """Put `data` at `path` (relative, with `/`); True when that changed anything, False when it stood there.

        `expect` is as in `Change`. Keeps the file's mode. A link is followed when it stays inside the root. Raises
        DiskError when the disk refuses, the file is read-only, or it is not as expected; it is then as it was.
        """
        before = self._made
        refused = self.write_all([Change(path, data, expect)])
        if refused:
            raise DiskError(refused[path])
        return self._made > before

    def write_all(self, changes: Iterable[Change]) -> dict[str, str]:
        """Make all `changes`: every new file is first written beside, then all are put on the disk at once, then
        renamed one by one in order. What cannot be made is left as it was; returned are the reasons by path.

        Raises DiskError when the disk is full or read-only: then none was made.
        """
        refused: dict[str, str] = {}
        ready: list[tuple[Change, Path, Path]] = []
        try:
            for change in changes:
                try:
                    if made := self._prepare(change):
                        ready.append((change, *made))
                except DiskError as e:
                    if (
                        e.exit_code == DiskError.exit_code
                        and isinstance(e.__cause__, OSError)
                        and e.__cause__.errno in _HOPELESS
                    ):
                        raise
                    refused[change.path] = str(e)
            if len(ready) > _SYNC_EACH:
                _step("sync", "")
                _sync_all(temporary for _, temporary, _ in ready)
            for change, temporary, target in ready:
                try:
                    self._rename(change, temporary, target, sync=len(ready) <= _SYNC_EACH)
                except DiskError as e:
                    refused[change.path] = str(e)
        finally:
            for _, temporary, _ in ready:
                with suppress(OSError):
                    temporary.unlink()
            self._tidy()
        return refused

    def check(self, changes: Iterable[Change]) -> dict[str, str]:
        """Why each of `changes` would be refused as things are now, by path; empty when all could be made."""
        refused = {}
        for change in changes:
            try:
                self._look(change)
            except DiskError as e:
                refused[change.path] = str(e)
        return refused

    def move(self, old: str, new: str) -> None:
        """Call the file or folder `old` by the name `new`, with the folders above it made; never onto something else.

        Where only the case differs, the disk may take both names for one. A file that bears both names already, because
        a move of it was stopped, loses the old one. Raises DiskError; then `old` is where it was.
        """
        source, target = self._place(old), self._place(new)
        with _disk_errors(old):
            there = _what_stands(target, source)
            if not target.parent.is_dir():
                _step("mkdir", new)
                target.parent.mkdir(parents=True, exist_ok=True)
            if there is _There.NOTHING and source.is_file():
                _step("link", new)  # a second name first: unlike a rename, that can never replace another file
                with suppress(OSError):  # not every disk has them
                    os.link(source, target)
                there = _what_stands(target, source)
            if there is _There.ANOTHER:
                raise DiskError(f"{new}: is there already, so nothing was moved")
            if there is _There.SECOND_NAME and source.is_file():
                try:
                    _step("unlink", old)
                    source.unlink()
                except OSError:
                    with suppress(OSError):
                        target.unlink()
                    raise
            else:
                _step("rename", new)
                source.rename(target)

    def keep(self, folder: str, contents: Mapping[str, bytes]) -> None:
        """Put records that can be made again at their paths in `folder`, which git is told to pass over.

        Each is replaced as a whole, none is waited for to reach the disk. Where the disk refuses, nothing is kept.
        """
        with suppress(OSError, DiskError):
            place = self._target(folder)
            if not place.is_dir():
                _step("mkdir", folder)
                place.mkdir(parents=True, exist_ok=True)
            passed_over = {f"{folder}/.gitignore": b"*\n"} if not (place / ".gitignore").is_file() else {}
            for path, data in {**passed_over, **contents}.items():
                target = self._target(path)
                beside = target.with_name(f"{target.name}.{os.getpid()}.tmp")
                try:
                    _create(beside, data, None, path)
                    _step("rename", path)
                    beside.replace(target)
                finally:
                    beside.unlink(missing_ok=True)

    def remove(self, path: str) -> None:
        """Delete `path` if it is there. Raises DiskError."""
        target = self._target(path)
        with _disk_errors(path):
            _step("unlink", path)
            target.unlink(missing_ok=True)
        self._tidy()

    def clean(self) -> None:
        """Remove what an interrupted run left behind. Cheap when there is nothing."""
        folder = self.root / _TEMPORARY
        with suppress(OSError):
            for left in folder.iterdir():
                _step("unlink", f"{_TEMPORARY}/{left.name}")
                left.unlink()
        self._tidy()

    def make_executable(self, path: str) -> None:
        """Set the execute bits that the umask allows. Raises DiskError."""
        target = self._target(path)
        with _disk_errors(path):
            mode = stat.S_IMODE(target.stat().st_mode)
            _step("chmod", path)
            target.chmod(mode | (mode & 0o444) >> 2)

    # -- inside ------------------------------------------------------------------------------------

    def _tidy(self) -> None:
        """Leave no empty folder of our own behind."""
        for folder in (_TEMPORARY, STATE):
            with suppress(OSError):
                (self.root / folder).rmdir()

    def _place(self, path: str) -> Path:
        """The real place of the name `path`: its folder is looked through, a link of that name is not followed."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            raise DiskError(f"{path!r}: is no place inside {self.root}; nothing was written")
        return (self._target(folder) if folder else Path(os.path.realpath(self.root))) / name

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

    def _look(self, change: Change) -> tuple[Path, int | None] | None:
        """The real place of a change and the mode of what stands there; None when the same bytes stand there already.
        Raises DiskError when it cannot be made."""
        target = self._target(change.path)
        with _disk_errors(change.path):
            now = _read(target)
            _check(change, now)
            if now == change.data:
                return None
            mode = stat.S_IMODE(target.stat().st_mode) if now is not None else None
            if mode is not None and not mode & stat.S_IWUSR:
                raise DiskError(f"{change.path}: is read-only; make it writable (chmod u+w) and run again")
        return target, mode

    def _prepare(self, change: Change) -> tuple[Path, Path] | None:
        """Write the new file beside; None when the same bytes stand there already."""
        seen = self._look(change)
        if seen is None:
            return None
        target, mode = seen
        with _disk_errors(change.path):
            temporary = self._temporary_path()
            if not temporary.parent.is_dir():
                _step("mkdir", _TEMPORARY)
                temporary.parent.mkdir(parents=True, exist_ok=True)
            try:
                _create(temporary, change.data, mode, change.path)
            except BaseException:
                with suppress(OSError):
                    temporary.unlink()
                raise
        return temporary, target

    def _rename(self, change: Change, temporary: Path, target: Path, *, sync: bool) -> None:
        with _disk_errors(change.path):
            _check(change, _read(target))
            if not target.parent.is_dir():
                _step("mkdir", change.path)
                target.parent.mkdir(parents=True, exist_ok=True)
            if sync:
                _step("fsync", change.path)
                _sync(temporary)
            _step("rename", change.path)
            try:
                temporary.replace(target)
            except OSError as e:
                if e.errno != errno.EXDEV:
                    raise
                # the folder of the target is a mount of its own: a hidden file beside it, then the same
                beside = target.with_name(f".{target.name[:40]}.vaultkit-tmp")
                _create(beside, change.data, None, change.path)
                beside.replace(target)
            self._made += 1

    def _temporary_path(self) -> Path:
        self._number += 1
        return self.root / _TEMPORARY / f"{os.getpid()}-{self._number}"


def _check(change: Change, now: bytes | None) -> None:
    if change.expect is not ... and now != change.expect and now != change.data:
        raise ChangedMeanwhile(f"{change.path}: changed while vaultkit was working, so it was left alone; run again")


def _create(path: Path, data: bytes, mode: int | None, name: str) -> None:
    _step("create", name)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        _step("write", name)
        _write_all(descriptor, data)
    finally:
        os.close(descriptor)
    if mode is not None:
        path.chmod(mode)


class _There(Enum):
    """What stands under the name that a file is to get."""

    NOTHING = auto()
    ITSELF = auto()
    """The same entry of the folder: the disk takes `note.md` and `Note.md` for one."""
    SECOND_NAME = auto()
    """The same file, by an entry of its own: to take one of the two away loses nothing."""
    ANOTHER = auto()


def _what_stands(target: Path, source: Path) -> _There:
    if not os.path.lexists(target):
        return _There.NOTHING
    if not target.exists() or not target.samefile(source):
        return _There.ANOTHER
    two = source != target and is_listed(source) and is_listed(target) and target.stat().st_nlink > 1
    return _There.SECOND_NAME if two else _There.ITSELF


def is_listed(path: Path) -> bool:
    """Whether its folder holds this very name; a disk that ignores case finds `note.md` under `Note.md`, too."""
    try:
        return any(entry.name == path.name for entry in path.parent.iterdir())
    except OSError:
        return False


def _sync_all(paths: Iterable[Path]) -> None:
    if hasattr(os, "sync"):
        os.sync()
    else:  # Windows
        for path in paths:
            _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
        errno.ENOSPC: "the disk is full, nothing was changed; free some space and run again",
        errno.EDQUOT: "the disk quota is used up, nothing was changed; free some space and run again",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "no permission to write; check the owner and mode of the folder",
        errno.EPERM: "no permission to write; check the owner and mode of the folder",
        errno.ENAMETOOLONG: "the name is too long for this disk",
        errno.EISDIR: "a folder stands where the file should be",
        errno.EXDEV: "cannot be moved to another disk in one step; copy it there yourself",
    }
    try:
        yield
    except OSError as e:
        raise DiskError(f"{path}: {advice.get(e.errno or 0, e.strerror or str(e))}") from e
