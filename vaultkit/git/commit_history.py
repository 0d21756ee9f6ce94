"""Which notes a vault lost: what a commit takes away, and what git knew before (`history`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path

from vaultkit.git.history import GitHistory
from vaultkit.linting.history import Lost
from vaultkit.vault.names import Kind, kind_of, path_key


class CommitHistory:
    """The past of one vault as the commit will leave it. Git is asked for its log only about names of which the commit
    says nothing."""

    def __init__(self, top: Path, root: str, gone: Collection[str], moved: Mapping[str, str]) -> None:
        """`gone`: the files that the commit takes away, as vault paths; `moved`: files of now, with where they were."""
        self._earlier = GitHistory(top, root, remember=True)
        self._gone = gone
        self._moved = moved

    @property
    def head(self) -> str:
        """As `History` says."""
        return self._earlier.head

    def lost(self, key: str) -> Lost | None:
        """As `History` says."""
        return self._now.get(key) or self._earlier.lost(key)

    def prepare(self) -> None:
        """As `History` says."""
        self._earlier.prepare()

    @cached_property
    def _now(self) -> Mapping[str, Lost]:
        became = {old: new for new, old in self._moved.items() if old != new}
        return {
            path_key(path.rpartition("/")[2])[:-3]: Lost(path, None, became.get(path, ""))
            for path in self._gone
            if kind_of(path) is Kind.NOTE
        }
