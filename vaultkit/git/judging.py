"""The linter over what a commit will hold: which findings it brings in.

Judged are the notes that it changes, and links in all others to what it takes away. What was wrong before is told
apart, so that an old vault can be mended bit by bit. Never reads a note of the work tree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vaultkit.git.bereft import bereft
from vaultkit.git.commit_history import CommitHistory
from vaultkit.git.introduced import introduced
from vaultkit.git.staged import Contents, Staged, StagedVault
from vaultkit.linting.baseline import Read
from vaultkit.linting.checks import CHECKS
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import ActiveRule, active_rules
from vaultkit.linting.placed import Placed, placed
from vaultkit.linting.rule import Rule
from vaultkit.linting.run import lint

_FOLLOWS_LINKS = frozenset({"base-names", "bookmarks", "canvas-parts", "link-anchor", "link-target"})
"""The checks by which a note is judged that the commit does not change."""


class Judged(NamedTuple):
    """What was found, sorted, with the paths that git knows: a person opens them from the top of the repository."""

    new: tuple[Placed, ...]
    """What the commit brings in."""
    old: tuple[Placed, ...]
    """What was wrong before in the notes that it changes."""
    vaultless: bool
    """Whether there were Markdown files to judge, but no vault in the whole repository."""
    rules: tuple[Rule, ...] = ()
    """Those that are on in the vaults that were judged."""


def judge(staged: Staged, top: Path, today: dt.date | None = None, *, links_to_gone: bool = True) -> Judged:
    """Judge what a commit changes. `top`: the work tree. `today`: None: no day is in the future. `links_to_gone`: look
    at links in other notes, too. In a file that the commit does not change all that is found counts as new.

    Raises GitError, and UsageError for a wrong `vaultkit.yaml`.
    """
    new: list[Placed] = []
    old: list[Placed] = []
    rules: dict[str, Rule] = {}
    for vault in staged.vaults:
        judge_ = _Judge(vault, top, today)
        for some in (judge_.changed(), judge_.others() if links_to_gone else ((), ())):
            new += _in_repository(vault.root, some[0])
            old += _in_repository(vault.root, some[1])
        rules |= judge_.rules
    return Judged(tuple(sorted(new)), tuple(sorted(old)), staged.vaultless, tuple(rules.values()))


def _in_repository(root: str, found: Iterable[Placed]) -> Iterable[Placed]:
    return (one._replace(path=f"{root}/{one.path}") for one in found) if root else found


Divided = tuple[Sequence[Placed], Sequence[Placed]]
"""What is new, and what was there before."""


class _Judge:
    """Judges one vault."""

    def __init__(self, vault: StagedVault, top: Path, today: dt.date | None) -> None:
        self._vault = vault
        self._today = today
        self._rules = active_rules(vault.config)
        self._history = CommitHistory(top, vault.root, vault.gone, vault.changed)
        self._known_before: Contents | None = None

    @property
    def rules(self) -> dict[str, Rule]:
        return {active.rule.id: active.rule for active in self._rules}

    @property
    def _before(self) -> Contents:
        if self._known_before is None:
            self._known_before = self._vault.before()
        return self._known_before

    def changed(self) -> Divided:
        """What is found in the files that the commit changes, or that are asked for."""
        changed = self._vault.changed
        found = self._lint(self._vault.now, changed, self._rules)
        return self._divided(found, changed, self._rules)

    def others(self) -> Divided:
        """What is found in files that the commit does not change, because of what it takes away."""
        rules = [rule for rule in self._rules if rule.rule.check in _FOLLOWS_LINKS]
        paths = bereft(self._vault, lambda: self._before) if rules else ()
        if not paths:
            return (), ()
        found = self._lint(self._vault.now, paths, rules)
        new, _ = self._divided(found, {path: path for path in paths}, rules)
        return new, ()  # what was wrong before in a note that nobody touches is not spoken of

    def _divided(
        self, found: Sequence[Diagnostic], old_paths: Mapping[str, str], rules: Sequence[ActiveRule]
    ) -> Divided:
        """`old_paths`: where each file was before."""
        contents = self._vault.now

        def read(path: str) -> bytes | None:
            return _data(contents, path)

        now = self._without_known(_placed(found, contents), read)
        paths = {old: one.path for one in now if (old := old_paths[one.path])}
        if not paths:
            return now, ()
        before = self._before

        def read_before(path: str) -> bytes | None:
            return _data(before, old_paths[path])

        found_by = {one.rule for one in now}
        if not any(rule.rule.id in found_by and CHECKS[rule.rule.check].is_last for rule in rules):
            rules = [rule for rule in rules if rule.rule.id in found_by]  # no other can account for what is there now
        earlier = _placed(self._lint(before, paths, rules), before)
        earlier = sorted(one._replace(path=paths[one.path]) for one in earlier)
        return introduced(now, read, self._without_known(earlier, read_before), read_before)

    def _without_known(self, found: list[Placed], read: Read) -> list[Placed]:
        """Those that the baseline of the commit does not hide."""
        if not found or not self._vault.baseline:
            return found
        from vaultkit.linting.baseline import new_ones, read_baseline  # few vaults have one

        return new_ones(found, read_baseline(self._vault.baseline), read)

    def _lint(self, contents: Contents, paths: Collection[str], rules: Sequence[ActiveRule]) -> list[Diagnostic]:
        """By the rules and settings of the commit, also what was before it: a new rule makes no old note new."""
        return lint(
            contents.vault_index,
            self._vault.settings,
            rules,
            self._vault.config,
            only=set(paths),
            boards=contents.boards,
            today=self._today,
            history=self._history,
            claims=contents.claims,
        )


def _placed(found: Iterable[Diagnostic], contents: Contents) -> list[Placed]:
    found = list(found)
    return list(placed(found, {one.path: note for one in found if (note := contents.note(one.path))}))


def _data(contents: Contents, path: str) -> bytes | None:
    note = contents.note(path)
    return note.data if note else None
