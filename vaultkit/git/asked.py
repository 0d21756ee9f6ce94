"""Whether anything of what is staged, or named, can be wrong in a vault. Loads nothing of the linter."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vaultkit.git.tracked import StagedChange
from vaultkit.vault.names import CONFIG_FILE

_JUDGED = (".md", ".canvas", ".base", "/bookmarks.json")


def may_matter(changes: Iterable[StagedChange], paths: Collection[str] | None = None) -> bool:
    """Whether one of the `changes` is of a file that is judged, or takes away one that may be linked to; `paths`: only
    these files are asked for, whether changed or not."""
    if paths is not None:
        return any(map(_is_judged, paths))
    return any(_is_judged(change.path) or change.kind in "DR" for change in changes)


def _is_judged(path: str) -> bool:
    return path.lower().endswith(_JUDGED) or path.rpartition("/")[2] == CONFIG_FILE
