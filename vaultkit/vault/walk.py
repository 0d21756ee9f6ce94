"""One walk through a vault folder: which files Obsidian sees, and when each that is read was last changed.

Knows the hidden rule and links; reads no file. Imports next to nothing, because a linter with nothing to do does only
this.
"""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Stamps:
    """When files that are read were changed and how large they are."""

    __slots__ = ("sizes", "times", "when")

    def __init__(self, times: list[int], sizes: list[int], when: int) -> None:
        """`times` in ns and `sizes`, in the order of the files: -1 for what cannot be asked. `when`: before asking."""
        self.times = times
        self.sizes = sizes
        self.when = when


class Seen:
    """What one walk saw, in the order in which the disk told it."""

    __slots__ = ("bookmarks", "empty", "files", "nested", "stamps")

    def __init__(
        self, files: list[str], nested: list[str], stamps: Stamps, empty: list[str], bookmarks: tuple[int, int]
    ) -> None:
        """`files`, `nested`, `empty`: as in `Tree`. `stamps`: of those of `files` that are read, in the same order.
        `bookmarks`: time and size of those in `.obsidian`."""
        self.files = files
        self.nested = nested
        self.stamps = stamps
        self.empty = empty
        self.bookmarks = bookmarks


class Tree:
    """The same, sorted."""

    __slots__ = ("empty", "files", "nested", "seen")

    def __init__(
        self, files: tuple[str, ...], nested: tuple[str, ...], empty: tuple[str, ...] = (), seen: Seen | None = None
    ) -> None:
        """`files`: paths of the visible files, relative, with `/`. `nested`: folders inside that have an `.obsidian` of
        their own, likewise. `empty`: folders in which nothing visible is, with `/` at the end. `seen`: what this was
        made of; None when it is a part of that."""
        self.files = files
        self.nested = nested
        self.empty = empty
        self.seen = seen

    def stamps(self, names: Sequence[str]) -> Stamps | None:
        """Of the files that are read, which are `names`; None when they are not known."""
        if self.seen is None:
            return None
        told, paths = self.seen.stamps, read_paths(self.seen.files)
        row = dict(zip(paths, range(len(paths))))  # noqa: B905
        rows = [row[name] for name in names]
        return Stamps([told.times[at] for at in rows], [told.sizes[at] for at in rows], told.when)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tree) and self._named() == other._named()

    def _named(self) -> tuple[tuple[str, ...], ...]:
        return self.files, self.nested, self.empty

    __hash__ = None  # type: ignore[assignment]


_ahead: dict[str, Seen] = {}


def walk_ahead(root: str) -> Seen:
    """What the next `walk` through `root` will be made of, so that the disk is asked once."""
    _ahead.clear()
    _ahead[root] = seen = look(root)
    return seen


def walk(root: str) -> Tree:
    """What is below `root`."""
    seen = _ahead.pop(root, None) or look(root)
    return Tree(tuple(sorted(seen.files)), tuple(sorted(seen.nested)), tuple(sorted(seen.empty)), seen)


def look(root: str) -> Seen:
    """What is below `root`. Links to folders outside the vault are followed, those within it and loops are not."""
    when = time.time_ns()
    files: list[str] = []
    times: list[int] = []
    sizes: list[int] = []
    nested: list[str] = []
    empty: list[str] = []
    inside = os.path.realpath(root)
    known = {inside}
    stack = [("", root)]
    while stack:
        prefix, folder = stack.pop()
        opened = -1
        before = len(files) + len(stack)
        try:
            opened = os.open(folder, _FOLDER) if _BY_DESCRIPTOR else -1
            for entry in os.scandir(opened if _BY_DESCRIPTOR else folder):
                name = entry.name
                if name[0] == ".":
                    if name == ".obsidian" and prefix and os.path.isdir(f"{folder}/{name}"):  # noqa: PTH112
                        nested.append(prefix[:-1])
                    continue
                if not entry.is_file(follow_symlinks=False):
                    path = f"{folder}/{name}"
                    if _is_folder(entry, path, inside, known):
                        stack.append((f"{prefix}{name}/", path))
                        continue
                    if not (entry.is_symlink() and os.path.isfile(path)):  # noqa: PTH113
                        continue
                files.append(prefix + name)
                if name.endswith(_READ):
                    try:
                        # without a descriptor an entry may tell what was true when the folder was last written
                        found = entry.stat() if _BY_DESCRIPTOR else os.stat(f"{folder}/{name}")  # noqa: PTH116
                        times.append(found.st_mtime_ns)
                        sizes.append(found.st_size)
                    except OSError:
                        times.append(-1)
                        sizes.append(-1)
        except OSError:  # what was told of the folder until then is there
            continue
        finally:
            if opened >= 0:
                os.close(opened)
            if prefix and len(files) + len(stack) == before:
                empty.append(prefix)
    bookmarks = stamps(root, [".obsidian/bookmarks.json"])
    return Seen(files, nested, Stamps(times, sizes, when), empty, (bookmarks.times[0], bookmarks.sizes[0]))


def _is_folder(entry: os.DirEntry[str], path: str, inside: str, known: set[str]) -> bool:
    """Whether `entry`, which is at `path`, is to be walked through: no link into the vault at `inside`, nor to one of
    the folders that are `known`, which then holds it."""
    if not entry.is_symlink():
        return entry.is_dir(follow_symlinks=False)
    real = os.path.realpath(path)
    related = real == inside or real.startswith(inside + os.sep) or inside.startswith(real + os.sep)
    if related or real in known or not os.path.isdir(real):  # noqa: PTH112
        return False
    known.add(real)
    return True


_NOTE = (".md", ".MD", ".Md", ".mD")
_READ = (*_NOTE, ".canvas", ".base")
_BY_DESCRIPTOR = os.scandir in os.supports_fd
"""Names are then looked up in the folder, not from the root of the disk."""
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


def note_paths(files: Iterable[str]) -> list[str]:
    """Those of `files`, visible ones, that are notes."""
    return [path for path in files if path.endswith(_NOTE)]


def read_paths(files: Iterable[str]) -> list[str]:
    """Those of `files` that refer to others: notes, canvases, bases."""
    return [path for path in files if path.endswith(_READ)]


def stamps(root: str, paths: Iterable[str]) -> Stamps:
    """Of the files at `paths` below `root`."""
    when = time.time_ns()
    times, sizes = [], []
    before = root + os.sep
    for path in paths:
        try:
            found = os.stat(before + path)  # noqa: PTH116
            times.append(found.st_mtime_ns)
            sizes.append(found.st_size)
        except OSError:
            times.append(-1)
            sizes.append(-1)
    return Stamps(times, sizes, when)
