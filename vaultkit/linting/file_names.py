"""The names of a vault's files and folders, looked up otherwise than links are: for hints, and for laws about folders.

Each way is prepared when it is first asked for. Knows no note.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from vaultkit.linting.near import Near, keys_of
from vaultkit.vault.names import Kind, kind_of, path_key

_LOOSENED = re.compile(r"[\s_-]+")


class FileNames:
    """The files at some paths."""

    def __init__(self, files: Sequence[str], empty_folders: Sequence[str] = ()) -> None:
        """`empty_folders`: those in which no files lie, with `/` at the end."""
        self._files = files
        self._empty_folders = empty_folders

    def similar(self, name: str) -> tuple[str, ...]:
        """Paths of files whose name differs from `name` only in case, width, spaces and hyphens."""
        return tuple(self._by_loose_name.get(loose(name), ()))

    def near(self, name: str) -> tuple[str, ...]:
        """Paths of files whose name differs from `name` by a slip of the pen: one or two letters."""
        return self._near.find(name)

    def folders(self, name: str) -> tuple[str, ...]:
        """Paths of the folders of that name, in any case."""
        return tuple(self._folders.get(path_key(name), ()))

    def first_in(self, folder: str) -> str:
        """The first note below `folder`; empty: there is none."""
        return self._first_in.get(folder, "")

    @cached_property
    def _keys(self) -> Sequence[str]:
        return keys_of(self._files)

    @cached_property
    def _by_loose_name(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for path, key in zip(self._files, self._keys, strict=True):
            if key and path.endswith(".md") and not key.endswith(".md"):  # nearly all
                out[key.replace(" ", "")].append(path)
            else:
                for name in loose_names(path):
                    out[name].append(path)
        return out

    @cached_property
    def _near(self) -> Near:
        return Near(self._files, self._keys)

    @cached_property
    def _folders(self) -> Mapping[str, list[str]]:
        """All folders by `path_key` of their names."""
        out: dict[str, list[str]] = {}
        known = {""}
        for folder in {path.rpartition("/")[0] for path in (*self._files, *self._empty_folders)}:
            above = folder
            while above not in known:
                known.add(above)
                out.setdefault(path_key(above.rpartition("/")[2]), []).append(above)
                above = above.rpartition("/")[0]
        return out

    @cached_property
    def _first_in(self) -> Mapping[str, str]:
        out: dict[str, str] = {}
        for path in sorted(p for p in self._files if kind_of(p) is Kind.NOTE):
            folder = path.rpartition("/")[0]
            while folder and folder not in out:
                out[folder] = path
                folder = folder.rpartition("/")[0]
        return out


def loose_names(path: str) -> set[str]:
    """`loose` of a file's name, with its extension and without."""
    name = path.rpartition("/")[2]
    return {loose(name), loose(name.rpartition(".")[0] or name)}


def loose(name: str) -> str:
    """What names share that differ only in case, width, spaces and hyphens."""
    text = unicodedata.normalize("NFKC", name).casefold().removesuffix(".md")
    return _LOOSENED.sub("", text) or text
