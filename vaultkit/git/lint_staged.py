"""The linter over what is staged: which findings a commit would bring in.

Only notes, canvases and bases that the commit touches are judged, so that an old vault can be mended bit by bit. Never
reads a note of the work tree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vaultkit.git.blobs import Blobs
from vaultkit.git.history import GitHistory
from vaultkit.git.plumbing import Repository
from vaultkit.git.staged import StagedVault, read_staged
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import active_rules
from vaultkit.linting.run import lint
from vaultkit.vault.note import Note


@dataclass(frozen=True, slots=True)
class VaultFindings:
    """What was found in one vault."""

    root: str
    """Its folder in the repository; empty for the top."""
    diagnostics: tuple[Diagnostic, ...]
    notes: Mapping[str, Note]
    """The files that the diagnostics stand in, as staged, by vault path."""


@dataclass(frozen=True, slots=True)
class StagedReport:
    """What was found in all vaults that the commit touches."""

    vaults: tuple[VaultFindings, ...]
    vaultless: bool
    """Whether there were Markdown files to judge, but no vault in the whole repository."""


def lint_staged(repository: Repository, paths: Iterable[str], today: dt.date | None = None) -> StagedReport:
    """Judge the notes, canvases and bases at `paths` (of the repository) as the index holds them. `today`: None: no day
    is in the future.

    Raises UnmergedIndex, other GitErrors, and UsageError for a wrong `vaultkit.yaml`.
    """
    with Blobs(repository) as blobs:
        staged = read_staged(repository, blobs, paths)
        return StagedReport(tuple(_lint(vault, repository.top, today) for vault in staged.vaults), staged.vaultless)


def _lint(vault: StagedVault, top: Path, today: dt.date | None) -> VaultFindings:
    rules = active_rules(vault.config)
    found = tuple(
        lint(
            vault.index,
            vault.settings,
            rules,
            vault.config,
            only=set(vault.changed),
            boards=vault.boards,
            today=today,
            history=GitHistory(top, vault.root),
        )
    )
    files = {one.path: vault.boards.get(one.path) or vault.index.notes[one.path] for one in found}
    if found and vault.baseline:
        from vaultkit.linting.baseline import new_diagnostics, read_baseline  # few vaults have one

        found = tuple(new_diagnostics(found, read_baseline(vault.baseline), files))
    return VaultFindings(vault.root, found, files)
