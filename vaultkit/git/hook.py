"""What `vaultkit hook …` answers: whether a commit may go on, and why not.

Errors and warnings refuse it, infos are only shown. The same for git's own hook (no file names: what is staged) and for
the pre-commit framework (the names it hands over). Prints nothing: `cli/` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.git.asked import asked_paths
from vaultkit.git.plumbing import open_repository

if TYPE_CHECKING:
    import datetime as dt

    from vaultkit.git.lint_staged import StagedReport
    from vaultkit.linting.diagnostic import Diagnostic

_REFUSING = frozenset({"error", "warning"})


def hook_lint(cwd: Path, filenames: tuple[str, ...], today: dt.date | None = None) -> tuple[int, str]:
    """Exit code (0: go on, 1: refused) and text to show; empty when there is nothing to say.

    `filenames` as given in `cwd`; none: all that is staged; a folder: what is staged below. Always the contents of the
    index are judged: the framework sets unstaged changes aside first, but not with `--all-files` or `--files`. Raises
    VaultkitError when it cannot judge.
    """
    repository = open_repository(cwd)
    paths = asked_paths(repository, cwd, filenames)
    if not paths:
        return 0, ""
    from vaultkit.git.lint_staged import lint_staged  # loads the linter
    from vaultkit.linting.placed import placed
    from vaultkit.report.text import render

    report = lint_staged(repository, paths, today)
    if report.vaultless:
        return 0, "vaultkit: no vault here (no .obsidian, no vaultkit.yaml), nothing was checked; see `vaultkit init`\n"
    found = _found(report)
    if not found:
        return 0, ""
    notes = {_at(vault.root, path): note for vault in report.vaults for path, note in vault.notes.items()}
    text = render(placed(found, notes))
    if not any(one.severity in _REFUSING for one in found):
        return 0, text
    return 1, f"{text.rstrip()}\n{_ADVICE}\n"


_ADVICE = "vaultkit: mend the notes and `git add` them again (to commit without this check: git commit --no-verify)"


def _found(report: StagedReport) -> list[Diagnostic]:
    """All diagnostics, with the paths that git knows: a person opens them from the top of the repository."""
    return [one._replace(path=_at(vault.root, one.path)) for vault in report.vaults for one in vault.diagnostics]


def _at(root: str, path: str) -> str:
    return f"{root}/{path}" if root else path
