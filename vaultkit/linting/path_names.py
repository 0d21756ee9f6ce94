"""The names that a path is made of: which of them a rule tells, and whether there is anything to tell at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from vaultkit.linting.context import Context
from vaultkit.vault.names import is_plain_name


def names_on(path: str, context: Context, is_wrong: Callable[[str], bool]) -> Iterator[str]:
    """The wrong names on `path`; that of a folder only for the folder's first note, so that it is told once."""
    names = path.split("/")
    for depth, name in enumerate(names, 1):
        if is_wrong(name) and (depth == len(names) or context.is_first_in("/".join(names[:depth]), path)):
            yield name


def has_odd_name(path: str) -> bool:
    """Whether a name on `path` may be one that another system, the web or a link refuses, or that is stored in parts:
    found out fast, and False for nearly every path."""
    folder, _, own = path.rpartition("/")
    return _is_odd(own) or _is_odd_folder(folder)


def _is_odd(name: str) -> bool:
    return not is_plain_name(name) or "%" in name or "+" in name


@lru_cache(maxsize=4096)
def _is_odd_folder(folder: str) -> bool:
    return bool(folder) and any(map(_is_odd, folder.split("/")))
