"""The linter over what is staged: which findings a commit would bring in.

Only notes that the commit touches are judged, so that an old vault can be mended bit by bit. Never reads a note of the
work tree.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vaultkit.git.blobs import Blobs
from vaultkit.git.plumbing import Repository, open_repository
from vaultkit.git.staged import StagedVault, read_staged
from vaultkit.git.tracked import staged_changes
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.packs import active_rules
from vaultkit.linting.run import lint
from vaultkit.vault.note import Note


@dataclass(frozen=True, slots=True)
class VaultFindings:
    """What was found in one vault."""

    root: str
    """Its folder in the repository; empty for the top."""
    judged: int
    """How many notes were looked at."""
    diagnostics: tuple[Diagnostic, ...]
    notes: Mapping[str, Note]
    """The notes that the diagnostics stand in, as staged, by vault path."""


@dataclass(frozen=True, slots=True)
class StagedReport:
    """What was found in all vaults that the commit touches."""

    vaults: tuple[VaultFindings, ...]
    vaultless: bool
    """Whether there were Markdown files to judge, but no vault in the whole repository."""


def lint_staged(start: Path, filenames: tuple[str, ...] = ()) -> StagedReport:
    """Judge the staged notes of the repository around `start`; with `filenames` (as given in `start`) those notes as
    the index holds them, whether staged or not, and of folders the staged notes below.

    Before the first commit all of the index is staged. `--amend` judges what is new since the commit it replaces.

    Raises NotARepository, UnmergedIndex, other GitErrors, and UsageError for a wrong `vaultkit.yaml`.
    """
    repository = open_repository(start)
    paths = _named(repository, start, filenames) if filenames else _staged(repository)
    with Blobs(repository) as blobs:
        staged = read_staged(repository, blobs, paths)
        return StagedReport(tuple(_lint(vault) for vault in staged.vaults), staged.vaultless)


def _lint(vault: StagedVault) -> VaultFindings:
    rules = active_rules(vault.config)
    found = tuple(lint(vault.index, vault.settings, rules, vault.config, only=set(vault.changed)))
    notes = {path: vault.index.notes[path] for path in sorted({one.path for one in found} & vault.index.notes.keys())}
    return VaultFindings(vault.root, len(vault.changed), found, notes)


def _staged(repository: Repository) -> list[str]:
    return [change.path for change in staged_changes(repository) if change.kind != "D"]


def _named(repository: Repository, start: Path, filenames: tuple[str, ...]) -> list[str]:
    paths = []
    for name in filenames:
        # realpath: git names the top without links; a name that is itself a link stays one
        path = os.path.relpath(Path(os.path.realpath(start)) / name, repository.top).replace(os.sep, "/")
        if (repository.top / path).is_dir():
            below = "" if path == "." else f"{path}/"
            paths += [staged for staged in _staged(repository) if staged.startswith(below)]
        else:
            paths.append(path)
    return paths
