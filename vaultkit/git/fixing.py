"""`vaultkit hook fix`: the safe fixes of the active rules, made in what is staged and carried to the work tree.

Only the notes that the commit touches; of a merge only those that are as neither side has them. What is not staged
stays as it is. Prints nothing: `cli/` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.git.plumbing import Repository, open_repository
from vaultkit.git.staging import Staging
from vaultkit.git.tracked import Files, changed_from_merged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from vaultkit.git.restage import Text
    from vaultkit.git.staged import StagedVault

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
    with Staging(open_repository(cwd), cwd) as staging:
        return fix_in(staging, today, filenames, restage=restage)


def fix_in(
    staging: Staging, today: dt.date | None, filenames: tuple[str, ...] = (), *, restage: bool = False
) -> tuple[int, str]:
    """The same in a repository that others ask about, too; when it changes the index, `staging` is told."""
    chosen = staging.named(filenames)
    named = [change.path for change in staging.changes] if chosen is None else sorted(chosen)
    paths = [path for path in named if path.lower().endswith(".md")]
    paths = changed_from_merged(staging.repository, paths) if paths else []
    if not paths:
        return 0, ""
    from vaultkit.git import restage as room

    repository, files = staging.repository, staging.files
    way, told, changed, blobs = room.way(), list[str](), False, dict[str, str]()
    hindrances: list[str] = []
    for vault in staging.read(chosen).vaults:
        texts, counts = _fixed(vault, set(paths), files, repository, today, told)
        could = [f"{path}: {_count(counts[path])} could be made" for path in counts]
        if way is room.Way.NOTHING:
            told += could
            continue
        done = room.restage(repository, vault.root, texts, "hook fix", way) if texts else room.Restaged()
        told += [f"{path}: {_count(counts[path])} made" for path in done.paths]
        told += done.notices
        if done.hindrance:
            told += could
            hindrances.append(done.hindrance)
        changed = changed or bool(done.paths)
        blobs |= done.blobs
    if blobs:
        staging.rewritten(blobs)
    if way is room.Way.NOTHING and told:
        told.append(_NO_WAY)
    code, last = room.verdict("fixed", way, restage) if changed else (0, "")
    return max(code, bool(hindrances)), _lines([*told, *dict.fromkeys(hindrances), *([last] if last else [])])


def _fixed(
    vault: StagedVault,
    paths: Collection[str],
    files: Files,
    repository: Repository,
    today: dt.date | None,
    told: list[str],
) -> tuple[list[Text], dict[str, int]]:
    """Those of the `paths` in the vault that fixes change, and how many fixes by path; fixes that were refused are
    `told`."""
    from vaultkit.git.history import GitHistory
    from vaultkit.git.restage import Text
    from vaultkit.linting.fix import fixed
    from vaultkit.linting.packs import active_rules

    rules = active_rules(vault.config)
    index, claims = vault.now.vault_index, vault.now.claims
    history = GitHistory(repository.top, vault.root, remember=True)
    texts, counts = [], {}
    for inside in sorted(vault.changed.keys() & index.notes.keys()):
        path = f"{vault.root}/{inside}" if vault.root else inside
        if path not in paths:
            continue
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
