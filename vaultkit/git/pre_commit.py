"""Git's own hooks before a commit: one after the other, what `hooks:` in `vaultkit.yaml` switches on.

First what may change the index (`fix`, `relink`), then what judges it. All of them run, so that one try tells all that
is wrong. Knows their order; what each does is its module's.
"""

from __future__ import annotations

from pathlib import Path

from vaultkit.git.changed_blobs import changed_blobs
from vaultkit.git.plumbing import Repository, open_repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from vaultkit.git.changed_blobs import ChangedBlob
    from vaultkit.git.found import Found


def hook_pre_commit(cwd: Path, today: dt.date, skip: str = "") -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text. `skip`: names of hooks that are left out this time, with commas, as
    the environment's SKIP says (`lint`, or `vaultkit-lint`). Raises UnmergedIndex, other VaultkitErrors."""
    repository = open_repository(cwd)
    changes = changed_blobs(repository)
    if not changes:
        return 0, ""
    from vaultkit.git.hooks_config import read_hooks_config  # this and more is loaded where there is something staged

    config, left_out = read_hooks_config(repository), _names(skip)

    def on(name: str) -> bool:
        return bool(getattr(config, name)) and name not in left_out

    answers = []
    if on("fix"):
        from vaultkit.git.fixing import hook_fix

        answers.append(hook_fix(cwd, (), today, restage=config.restage))
    if on("relink"):
        from vaultkit.git.relinking import hook_relink

        answers.append(hook_relink(cwd, restage=config.restage))
    if any(text for _, text in answers):
        changes = changed_blobs(repository)  # what is staged may be another now
    if on("lint"):
        from vaultkit.git.hook import hook_lint

        # files that are named are judged without a look at the links to those that go
        named = () if on("links") else tuple(change.path for change in changes)
        answers.append(hook_lint(repository.top, named, today))
    elif on("links"):
        from vaultkit.git.links import hook_links

        answers.append(hook_links(cwd, today))
    told = "".join(text for _, text in answers)
    answers.append(_look(repository, changes, cwd, told, on("conflicts"), on("hygiene"), config.largest_file))
    return max(code for code, _ in answers), "".join(text for _, text in answers)


def hook_pre_merge_commit(cwd: Path, skip: str = "") -> tuple[int, str]:
    """The same for a merge that git could make. What the other side brings was judged when it was committed there, so
    only conflicts are looked for."""
    repository = open_repository(cwd)
    from vaultkit.git.hooks_config import read_hooks_config

    is_on = read_hooks_config(repository).conflicts and "conflicts" not in _names(skip)
    return _look(repository, changed_blobs(repository), cwd, "", is_on, False, 0)


def _look(
    repository: Repository,
    changes: tuple[ChangedBlob, ...],
    cwd: Path,
    told: str,
    conflicts: bool,
    hygiene: bool,
    largest: int,
) -> tuple[int, str]:
    """What `conflicts` and `hygiene` find, without what `told` says already."""
    if not (conflicts or hygiene):
        return 0, ""
    from vaultkit.git.chosen import Chosen
    from vaultkit.git.found import Judged, answer

    these, judged = Chosen(repository, changes, cwd, ()), Judged()
    if conflicts:
        from vaultkit.git.conflicts import find_conflicts

        judged += find_conflicts(repository, these)
    if hygiene:
        from vaultkit.git.hygiene import find_hygiene

        judged += find_hygiene(repository, these, largest)
    return answer(judged._replace(new=tuple(_once(judged.new, told))), "finding")


def _once(found: Iterable[Found], told: str) -> Iterable[Found]:
    lines = told.splitlines()
    seen = set()
    for one in found:
        if one.place not in seen and not any(line.startswith(one.place) for line in lines):
            seen.add(one.place)
            yield one


def _names(skip: str) -> set[str]:
    return {name.strip().removeprefix("vaultkit-") for name in skip.split(",")}
