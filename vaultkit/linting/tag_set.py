"""Tags in options: `diary` is one tag, `project/*` all that begin so. Knows no note."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vaultkit.vault.tags import is_valid_tag, known_level


class TagSet(NamedTuple):
    """Tags in lower case, and beginnings of tags."""

    names: frozenset[str]
    beginnings: tuple[str, ...]

    def holds(self, tag: str, *, below: bool) -> bool:
        """Whether `tag`, in any case, is one of them; with `below` also whether it lies below a named one."""
        name = tag.lower()
        return (
            name in self.names
            or (bool(self.beginnings) and name.startswith(self.beginnings))
            or (below and bool(known_level(name, self.names)))
        )


def check_tag(text: str) -> str:
    """The tag without its `#`. Raises ValueError when it is none."""
    name = text.removeprefix("#")
    if not is_valid_tag(name) or not all(name.split("/")):
        raise ValueError("is no tag")
    return name


def check_tag_pattern(pattern: str) -> str:
    """`pattern` without its `#`. Raises ValueError when no tag can be meant."""
    text = pattern.removeprefix("#")
    name = text.removesuffix("*").removesuffix("/")
    if not is_valid_tag(name) and not (text.endswith("*") and (name.isdigit() or not name)):
        raise ValueError("is no tag, and no beginning of one with `*` at its end (`project/*`)")
    return text


@lru_cache(maxsize=64)
def tag_set(patterns: tuple[str, ...]) -> TagSet:
    """The tags that `patterns` mean."""
    return TagSet(
        frozenset(pattern.lower() for pattern in patterns if not pattern.endswith("*")),
        tuple(pattern[:-1].lower() for pattern in patterns if pattern.endswith("*")),
    )


def listed(patterns: Iterable[str]) -> str:
    """The patterns as a person reads them: `a`, `b/*`; of many only the first."""
    shown = [f"`{pattern}`" for pattern in patterns]
    return ", ".join(shown[:5]) + (" …" if len(shown) > 5 else "")
