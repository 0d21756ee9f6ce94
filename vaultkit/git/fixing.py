"""`vaultkit hook fix`: the safe fixes of the active rules, made in what is staged and carried to the work tree.

Only the notes that the commit touches; of a merge only those that are as neither side has them. What is not staged
stays as it is. Prints nothing: `cli/` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.git.asked import asked
from vaultkit.git.plumbing import Repository, open_repository
from vaultkit.git.tracked import changed_from_merged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from vaultkit.git.restage import Text
    from vaultkit.git.staged import StagedVault
    from vaultkit.git.tracked import TrackedFile

_NO_WAY = (
    "vaultkit: under `git commit PATH` git takes no fixes; `vaultkit lint --fix` makes them, or stage the files and"
    " commit without naming them"
)


def hook_fix(
    cwd: Path, filenames: tuple[str, ...] = (), today: dt.date | None = None, *, restage: bool = False
) -> tuple[int, str]:
    """Exit code (0: go on, 1: fixed, so that the commit is to be looked at) and text to show.

    `filenames` as for `hook_lint`. `restage`: go on with what was fixed. Under `git commit PATH` it is only told what
    could be fixed, and the commit goes on. Raises VaultkitError when it cannot do its work.
    """
    repository = open_repository(cwd)
    wanted = asked(repository, cwd, filenames)
    named = [change.path for change in wanted.changes] if wanted.paths is None else sorted(wanted.paths)
    paths = [path for path in named if path.lower().endswith(".md")]
    paths = changed_from_merged(repository, paths) if paths else []
    if not paths:
        return 0, ""
    return _fix(repository, paths, today, restage)


def _fix(repository: Repository, paths: list[str], today: dt.date | None, restage: bool) -> tuple[int, str]:
    from vaultkit.git import restage as room  # these load the linter
    from vaultkit.git.blobs import Blobs
    from vaultkit.git.staged import read_staged
    from vaultkit.git.tracked import staged_changes, tracked_files

    way, told, changed = room.way(), list[str](), False
    with Blobs(repository) as blobs:
        files = tracked_files(repository)
        for vault in read_staged(repository, blobs, files, staged_changes(repository), paths).vaults:
            texts, counts = _fixed(vault, files, repository, today, told)
            if way is room.Way.NOTHING:
                told += [f"{path}: {_count(counts[path])} could be made" for path in counts]
                continue
            done = room.restage(repository, vault.root, texts, "hook fix", way) if texts else room.Restaged((), ())
            told += [f"{path}: {_count(counts[path])} made" for path in done.paths]
            told += done.notices
            changed = changed or bool(done.paths)
    if way is room.Way.NOTHING and told:
        told.append(_NO_WAY)
    code, last = room.verdict("fixed", way, restage) if changed else (0, "")
    return code, _lines([*told, last] if last else told)


def _fixed(
    vault: StagedVault, files: Mapping[str, TrackedFile], repository: Repository, today: dt.date | None, told: list[str]
) -> tuple[list[Text], dict[str, int]]:
    """The texts of the vault that fixes change, and how many fixes by path; fixes that were refused are `told`."""
    from vaultkit.git.history import GitHistory
    from vaultkit.git.restage import Text
    from vaultkit.linting.fix import fixed
    from vaultkit.linting.packs import active_rules

    rules = active_rules(vault.config)
    index, claims = vault.now.vault_index, vault.now.claims
    history = GitHistory(repository.top, vault.root)
    texts, counts = [], {}
    for inside in sorted(vault.changed.keys() & index.notes.keys()):
        path = f"{vault.root}/{inside}" if vault.root else inside
        result = fixed(inside, index, vault.settings, rules, vault.config, claims=claims, today=today, history=history)
        for rule in result.refused:
            told.append(f"{path}: the fix of {rule} would have damaged the note, so none was made; please report it")
        before = index.notes[inside].data
        if result.data != before:
            texts.append(Text(path, files[path], before, result.data, whole=True))
            counts[path] = result.applied
    return texts, counts


def _count(number: int) -> str:
    return f"{number} {'fix' if number == 1 else 'fixes'}"


def _lines(told: list[str]) -> str:
    return "".join(f"{line}\n" for line in told)
