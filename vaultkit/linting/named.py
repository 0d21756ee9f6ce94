"""Which notes are to be looked at again because others are called otherwise, where a check asks for names in texts.

A note asks about all names, so a key for each would be the whole vault. Instead names that come or go are looked for
in all notes. That reads every note, but parses none, and searches all those names at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from vaultkit.linting.claims import Claims
from vaultkit.linting.look import Looker
from vaultkit.linting.titles import Titles, names_of
from vaultkit.processes import processes
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.tree import Vault


class Named:
    """The names of a vault's notes, as they are now."""

    def __init__(self, looker: Looker, vault: Vault, names: Sequence[str], jobs: int) -> None:
        """`names`: the files that are looked at. `jobs`: as `lint_whole` takes it."""
        self._looker = looker
        self._vault = vault
        self._names = names
        self._jobs = jobs
        self._read: Mapping[str, list[str]] = {}

    def read(self) -> Titles:
        """All titles and aliases, while no claims are known: else all notes that hold one would be looked at twice."""
        self._read = self._looker.aliases(self._notes, self._jobs or processes(self._notes))
        return Titles(self._vault.files, self._vault.settings, self._read.items())

    def other(self, now: Claims) -> list[str]:
        """The aliases that other notes bear `now` than at `read`: somebody writes notes while we look."""
        found = {alias: list(paths) for alias, paths in now.aliases()}
        return [alias for alias in {*found, *self._read} if found.get(alias) != self._read.get(alias)]

    def holding(self, aliases: Iterable[str], moved: Collection[str], edited: Collection[str]) -> set[str]:
        """The notes in whose text one of `aliases` stands, or the title of a file that has come or gone (`moved`).

        Those that were `edited` were looked at when that had happened."""
        settings, notes, found = self._vault.settings, self._notes, set[str]()
        if called := names_of((), aliases, settings):
            found = self._looker.holding(called, notes, self._jobs or processes(notes))
        if titled := names_of(moved, (), settings):
            others = sorted(set(notes).difference(edited, found))
            found |= self._looker.holding(titled, others, self._jobs or processes(others))
        return found

    @cached_property
    def _notes(self) -> list[str]:
        return [path for path in self._names if kind_of(path) is Kind.NOTE]
