"""One walk through a vault folder: which files Obsidian sees, and when each was last changed.

Knows the hidden rule and links; reads no file. Imports next to nothing, because a linter with nothing to do does only
this.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple


class Tree(NamedTuple):
    """What one walk through a vault folder saw."""

    files: tuple[str, ...]
    """Paths of the visible files, relative, with `/`, sorted."""
    nested: tuple[str, ...]
    """Folders inside that have an `.obsidian` of their own, relative, with `/`, sorted."""


class Stamps(NamedTuple):
    """Time of change (ns) and size of some files, in their order; -1 for what cannot be asked."""

    times: list[int]
    sizes: list[int]


def walk(root: str) -> Tree:
    """What is below `root`. Links to folders outside the vault are followed, those within it and loops are not."""
    files: list[str] = []
    nested: list[str] = []
    inside = os.path.realpath(root)
    seen = {inside}
    stack = [("", root)]
    while stack:
        prefix, folder = stack.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            name = entry.name
            try:
                if name.startswith("."):
                    if name == ".obsidian" and prefix and entry.is_dir():
                        nested.append(prefix[:-1])
                elif entry.is_file(follow_symlinks=False):
                    files.append(prefix + name)
                elif entry.is_dir(follow_symlinks=False):
                    stack.append((f"{prefix}{name}/", entry.path))
                elif entry.is_symlink():
                    real = os.path.realpath(entry.path)
                    related = real == inside or real.startswith(inside + os.sep) or inside.startswith(real + os.sep)
                    if os.path.isdir(real):  # noqa: PTH112
                        if not related and real not in seen:
                            seen.add(real)
                            stack.append((f"{prefix}{name}/", entry.path))
                    elif os.path.isfile(real):  # noqa: PTH113
                        files.append(prefix + name)
            except OSError:
                continue
    return Tree(tuple(sorted(files)), tuple(sorted(nested)))


def note_paths(files: Iterable[str]) -> list[str]:
    """Those of `files`, visible ones, that are notes."""
    return [path for path in files if path[-3:].lower() == ".md"]


def stamps(root: str, paths: Iterable[str]) -> Stamps:
    """When the files at `paths` below `root` were changed, and their sizes."""
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
    return Stamps(times, sizes)
