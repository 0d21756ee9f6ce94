"""What `vaultkit hook …` and `vaultkit lint --staged` answer: whether a commit may go on, and why not.

Errors and warnings that the commit brings in refuse it, infos are only shown, and what was wrong before is mentioned.
The same for git's own hook (no file names: what is staged) and for the pre-commit framework (the names it hands over).
Prints nothing: `cli/` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.git.asked import may_matter
from vaultkit.git.plumbing import open_repository
from vaultkit.git.staging import Staging

if TYPE_CHECKING:
    import datetime as dt

    from vaultkit.git.judging import Judged

_REFUSING = frozenset({"error", "warning"})
ADVICE = "vaultkit: mend the notes and `git add` them again (to commit without this check: git commit --no-verify)"
_VAULTLESS = "vaultkit: no vault here (no .obsidian, no vaultkit.yaml), nothing was checked; see `vaultkit init`\n"
SHOW_ALL = "`vaultkit lint --staged --all`"


def hook_lint(cwd: Path, filenames: tuple[str, ...], today: dt.date | None = None) -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text to show; empty when there is nothing to say. As `judge_staged`."""
    return told(judge_staged(cwd, filenames, today))


def judge_staged(cwd: Path, filenames: tuple[str, ...], today: dt.date | None = None) -> Judged | None:
    """What the next commit brings in; None: nothing that can be wrong.

    `filenames` as given in `cwd`; none: all that is staged, and the links to what it takes away; a folder: what is
    staged below. Always the contents of the index are judged: the framework sets unstaged changes aside first, but not
    with `--all-files` or `--files`. Raises VaultkitError when it cannot judge.
    """
    with Staging(open_repository(cwd), cwd) as staging:
        return judged_in(staging, today, filenames)


def judged_in(
    staging: Staging, today: dt.date | None, filenames: tuple[str, ...] = (), *, links_to_gone: bool = True
) -> Judged | None:
    """The same for what is staged in a repository that others ask about, too."""
    paths = staging.named(filenames)
    if not may_matter(staging.changes, paths):
        return None
    from vaultkit.git.judging import judge  # loads the linter

    return judge(staging.read(paths), staging.repository.top, today, links_to_gone=links_to_gone and paths is None)


def told(judged: Judged | None) -> tuple[int, str]:
    """Exit code and text for a commit; None: there was nothing to judge."""
    return verdict(judged, ADVICE, SHOW_ALL) if judged else (0, "")


def refuses(judged: Judged) -> bool:
    """Whether the commit is not to go on."""
    return any(one.severity in _REFUSING for one in judged.new)


def verdict(judged: Judged, advice: str, how_to_show_all: str, show_all: bool = False) -> tuple[int, str]:
    """Exit code and text for what was found. `advice`: what to do when it is refused; `how_to_show_all`: the command
    that tells what was wrong before."""
    from vaultkit.report.text import number, render

    if judged.vaultless:
        return 0, _VAULTLESS
    refused = refuses(judged)
    text = render(sorted((*judged.new, *judged.old)) if show_all else judged.new)
    count = sum(one.severity in _REFUSING for one in judged.old)
    if count and not show_all:
        text += (
            f"vaultkit: {number(count, 'finding')} more in these notes {'was' if count == 1 else 'were'} there before; "
            f"{how_to_show_all} shows {'it' if count == 1 else 'them'}\n"
        )
    return (1, f"{text}{advice}\n") if refused else (0, text)
