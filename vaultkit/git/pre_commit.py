"""Git's own hooks before a commit: one after the other, what `hooks:` in `vaultkit.yaml` switches on.

First what may change the index (`fix`, `relink`), then what judges it. All of them run, so that one try tells all that
is wrong. Knows their order; what each does is its module's.
"""

from __future__ import annotations

from pathlib import Path

from vaultkit.git.plumbing import open_repository
from vaultkit.git.staging import Staging

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from vaultkit.git.found import Found


def hook_pre_commit(cwd: Path, today: dt.date, skip: str = "") -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text. `skip`: names of hooks that are left out this time, with commas, as
    the environment's SKIP says (`lint`, or `vaultkit-lint`). Raises UnmergedIndex, other VaultkitErrors."""
    with Staging(open_repository(cwd), cwd) as staging:
        return _run(staging, today, _names(skip)) if staging.changes else (0, "")


def _run(staging: Staging, today: dt.date, left_out: set[str]) -> tuple[int, str]:
    from vaultkit.git.hooks_config import hooks_config  # this and more is loaded where there is something staged

    config = hooks_config(staging.repository, staging.blobs, staging.files)

    def on(name: str) -> bool:
        return bool(getattr(config, name)) and name not in left_out

    answers = []
    if on("fix"):
        from vaultkit.git.fixing import fix_in

        answers.append(fix_in(staging, today, restage=config.restage))
    if on("relink") and any(one.kind in "DR" for one in staging.changes):
        from vaultkit.git.relinking import relink_in

        answers.append(relink_in(staging, restage=config.restage))
    if on("lint"):
        from vaultkit.git.hook import judged_in, told

        answers.append(told(judged_in(staging, today, links_to_gone=on("links"))))
    elif on("links"):
        from vaultkit.git.links import links_in

        answers.append(links_in(staging, today))
    said = "".join(text for _, text in answers)
    answers.append(_look(staging, said, on("conflicts"), on("hygiene"), config.largest_file))
    return max(code for code, _ in answers), "".join(text for _, text in answers)


def hook_pre_merge_commit(cwd: Path, skip: str = "") -> tuple[int, str]:
    """The same for a merge that git could make. What the other side brings was judged when it was committed there, so
    only conflicts are looked for."""
    with Staging(open_repository(cwd), cwd) as staging:
        from vaultkit.git.hooks_config import hooks_config

        config = hooks_config(staging.repository, staging.blobs, staging.files)
        return _look(staging, "", config.conflicts and "conflicts" not in _names(skip), False, 0)


def _look(staging: Staging, told: str, conflicts: bool, hygiene: bool, largest: int) -> tuple[int, str]:
    """What `conflicts` and `hygiene` find, without what `told` says already."""
    if not (conflicts or hygiene):
        return 0, ""
    from vaultkit.git.chosen import Chosen
    from vaultkit.git.found import Judged, answer

    these, judged = Chosen(staging), Judged()
    if conflicts:
        from vaultkit.git.conflicts import find_conflicts

        judged += find_conflicts(these)
    if hygiene:
        from vaultkit.git.hygiene import find_hygiene

        judged += find_hygiene(these, largest)
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
