"""Files below one root: where each really is, whether it may be changed, and single ones written as a whole.

A file is at any moment either old or new. Nothing outside the root is ever touched. What belongs together is changed
by `journal`, which can finish it or take it back; the operations themselves are those of `disk`. Knows no notes.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from types import EllipsisType
from typing import NamedTuple

from vaultkit.errors import DiskError
from vaultkit.vault import disk

STATE = ".vaultkit"
"""Folder of our own records inside a vault or repository; Obsidian does not see it."""
_TEMPORARY = f"{STATE}/tmp"


class ChangedMeanwhile(DiskError):
    """The file is not what it was when the change was planned."""

    exit_code = 1


class Change(NamedTuple):
    """Put `data` at `path` (None: take the file away), if there stands `expect` now: bytes, nothing (None), or whatever
    it may be (`...`). `stays`: to take the command back leaves it there, as it harms nobody."""

    path: str
    data: bytes | None
    expect: bytes | EllipsisType | None = ...
    stays: bool = False


class Seen(NamedTuple):
    """What stands where a change is to be made: the real `place`, the bytes (None: nothing), the mode."""

    place: str
    data: bytes | None
    mode: int | None


class Files:
    """Writing below one root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._number = 0

    @staticmethod
    def make_root(root: Path) -> None:
        """Make the folder `root` itself, with those above it. Raises DiskError."""
        with disk.errors(str(root)):
            disk.make_folder(str(root), str(root))

    def write(self, path: str, data: bytes, *, expect: bytes | EllipsisType | None = ...) -> bool:
        """Put `data` at `path` (relative, with `/`); True when that changed anything, False when it stood there.

        `expect` is as in `Change`. Keeps the file's mode. A link is followed when it stays inside the root. Raises
        DiskError when the disk refuses, the file is read-only, or it is not as expected; it is then as it was.
        """
        change = Change(path, data, expect)
        seen = self.look(change)
        if seen is None:
            return False
        temporary = self._temporary_place()
        try:
            with disk.errors(path):
                disk.make_folder(os.path.dirname(temporary), _TEMPORARY)
                disk.create(temporary, data, path, seen.mode)
                disk.make_folder(os.path.dirname(seen.place), path)
                disk.sync([temporary], path)
                self.put(temporary, seen.place, path, seen.data)
        finally:
            with suppress(OSError):
                disk.unlink(temporary, path)
            self._tidy()
        return True

    def put(self, source: str, place: str, path: str, before: bytes | None) -> None:
        """Let the file `source` take the `place` of `path`, if there still stands `before`. Raises OSError, and
        ChangedMeanwhile."""

        def check() -> None:
            if read(place) != before:
                raise changed(path)

        try:
            disk.replace(source, place, path, check)
        except OSError as e:
            if e.errno != errno.EXDEV:
                raise
            # the folder of the target is a mount of its own: a hidden file beside it, then the same
            folder, name = os.path.split(place)
            beside = os.path.join(folder, f".{name[:40]}.vaultkit-tmp")
            disk.unlink(beside, path)  # of a run that was stopped
            with open(source, "rb") as file:
                disk.create(beside, file.read(), path, stat.S_IMODE(os.stat(source).st_mode))
            disk.replace(beside, place, path, check)
            disk.unlink(source, path)

    def look(self, change: Change, at: str | None = None, folders: set[str] | None = None) -> Seen | None:
        """What stands at the path of a change (or `at` another, where the file is now); None when it is as it should be
        already. `folders` are those that were looked at already, and are not looked at again: who changes the file
        afterwards looks for himself. Raises DiskError when the change cannot be made."""
        path = change.path if at is None else at
        place, lacking = self.found(path, folders)
        with disk.errors(path):
            now = None if lacking else read(place)
            if now == change.data:
                return None
            if change.expect is not ... and now != change.expect:
                raise changed(path)
            if now is None:
                return Seen(place, None, None)
            mode = stat.S_IMODE(os.stat(place).st_mode)
            if not mode & stat.S_IWUSR:
                raise DiskError(f"{path}: is read-only; make it writable (chmod u+w) and run again")
            if not os.access(os.path.dirname(place), os.W_OK):
                raise DiskError(f"{path}: its folder is read-only; make it writable (chmod u+w) and run again")
            return Seen(place, now, mode)

    def move(self, old: str, new: str) -> None:
        """Call the file or folder `old` by the name `new`, with the folders above it made; never onto something else.

        Where only the case differs, the disk may take both names for one. A file that bears both names already, because
        a move of it was stopped, loses the old one. Raises DiskError; then `old` is where it was.
        """
        source, target = self._named(old), self._named(new)
        with disk.errors(old):
            there = _what_stands(target, source)
            disk.make_folder(str(target.parent), new)
            if there is _There.NOTHING and source.is_file():
                # a second name first: unlike a rename, that can never replace another file
                with suppress(OSError):  # not every disk has them
                    disk.link(str(source), str(target), new)
                there = _what_stands(target, source)
            if there is _There.ANOTHER:
                raise DiskError(f"{new}: is there already, so nothing was moved")
            if there is _There.SECOND_NAME and source.is_file():
                try:
                    disk.unlink(str(source), old)
                except OSError:
                    with suppress(OSError):
                        disk.unlink(str(target), new)
                    raise
            else:
                disk.replace(str(source), str(target), new)

    def keep(self, folder: str, contents: Mapping[str, bytes]) -> None:
        """Put records that can be made again at their paths in `folder`, which git is told to pass over.

        Each is replaced as a whole, none is waited for to reach the disk. Where the disk refuses, nothing is kept.
        """
        with suppress(OSError, DiskError):
            self.hide(folder)
            for path, data in contents.items():
                target = self.place(path)
                beside = f"{target}.{os.getpid()}.tmp"
                try:
                    disk.create(beside, data, path)
                    disk.replace(beside, target, path)
                finally:
                    with suppress(OSError):
                        disk.unlink(beside, path)

    def hide(self, folder: str, mode: int = 0o777) -> None:
        """Make `folder` one that git passes over. Raises OSError, DiskError."""
        place, ignore = self.place(folder), self.place(f"{folder}/.gitignore")
        disk.make_folder(place, folder, mode)
        if read(ignore) != b"*\n":
            disk.unlink(ignore, folder)  # half of one
            disk.create(ignore, b"*\n", f"{folder}/.gitignore")

    def remove(self, path: str) -> None:
        """Delete `path` if it is there. Raises DiskError."""
        target = self.place(path)
        with disk.errors(path):
            disk.unlink(target, path)
        self._tidy()

    def make_executable(self, path: str) -> None:
        """Set the execute bits that the umask allows. Raises DiskError."""
        target = self.place(path)
        with disk.errors(path):
            mode = stat.S_IMODE(os.stat(target).st_mode)
            disk.change_mode(target, mode | (mode & 0o444) >> 2, path)

    def place(self, path: str) -> str:
        """The real place of `path`, links followed. Raises DiskError when it would lie outside the root."""
        return self.found(path)[0]

    def found(self, path: str, folders: set[str] | None = None) -> tuple[str, int]:
        """The `place` of `path`, and how many of its last parts were seen to be missing on the way there. 0: something
        may stand there; 1: nothing does, but its folder is there. `folders`: as for `look`."""
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if not parts or path.startswith("/") or ".." in parts or "\0" in path:
            raise DiskError(f"{path!r}: is no place inside {self.root}; nothing was written")
        real, lacking = self._followed(parts, folders)
        if real != self._real and not real.startswith(self._real.rstrip(os.sep) + os.sep):
            raise DiskError(f"{path}: leads outside {self.root} through a link; nothing was written")
        return real, lacking

    # -- inside ------------------------------------------------------------------------------------

    def _followed(self, parts: Sequence[str], folders: set[str] | None) -> tuple[str, int]:
        """The place of `parts` below the root, links followed. `realpath` would look at the folders above the root as
        well, each time; it is asked only when there is a link."""
        place = self._real.rstrip(os.sep)
        for number, part in enumerate(parts):
            place = f"{place}{os.sep}{part}"
            if folders and place in folders:
                continue
            try:
                mode = os.lstat(place).st_mode
            except OSError as e:  # mostly nothing is there, and so nothing below it
                missing = len(parts) - number if e.errno == errno.ENOENT else 0
                return f"{self._real.rstrip(os.sep)}{os.sep}{os.sep.join(parts)}", missing
            if os.name == "nt" or stat.S_ISLNK(mode):  # Windows knows more than links
                return os.path.realpath(os.path.join(self._real, *parts)), 0
            if folders is not None and stat.S_ISDIR(mode):
                folders.add(place)
        return place, 0

    def _tidy(self) -> None:
        """Leave no empty folder of our own behind."""
        for folder in (_TEMPORARY, STATE):
            with suppress(OSError):
                disk.remove_folder(str(self.root / folder), folder)

    def _named(self, path: str) -> Path:
        """The real place of the name `path`: its folder is looked through, a link of that name is not followed."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            raise DiskError(f"{path!r}: is no place inside {self.root}; nothing was written")
        return Path(self.place(folder) if folder else self._real, name)

    def _temporary_place(self) -> str:
        self._number += 1
        return str(self.root / _TEMPORARY / f"{os.getpid()}-{self._number}")


def changed(path: str) -> ChangedMeanwhile:
    """What is raised when the file at `path` is not what was planned with."""
    return ChangedMeanwhile(f"{path}: changed while vaultkit was working, so it was left alone; run again")


def read(place: str) -> bytes | None:
    """The bytes at a place, None when nothing is there. Raises OSError."""
    try:
        with open(place, "rb", buffering=0) as file:
            return file.readall()
    except FileNotFoundError:
        return None


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
