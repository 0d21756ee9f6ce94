"""Git's hooks after a merge, a checkout or a rewrite: what lint would say at once is forgotten.

The next run looks at each note again. Nothing is looked at here: a branch is switched, or a rebase goes on, while
somebody waits. Knows where the answers lie; reads no notes and asks git nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from vaultkit.vault import cache
from vaultkit.vault.files import Files

_ANSWER = "lint-answer"
_REBASE = ("rebase-merge", "rebase-apply")


def hook_after(cwd: Path, hook: str, arguments: tuple[str, ...], environment: Mapping[str, str]) -> tuple[int, str]:
    """Exit code 0 and no text, always. `arguments`: what git gives: to `post-checkout` the old commit, the new one, and
    whether it was a branch (`1`) or single files (`0`)."""
    if hook == "post-checkout" and len(arguments) >= 2 and arguments[0] == arguments[1]:
        return 0, ""
    if environment.get("_PRE_COMMIT_SKIP_POST_CHECKOUT"):  # the framework sets unstaged changes aside, and back
        return 0, ""
    if hook != "post-rewrite" and _is_rebasing(cwd, environment):  # comes at its end
        return 0, ""
    for root in _remembered(str(cwd)):
        Files(Path(root)).remove(f"{cache.FOLDER}/{_ANSWER}.bin")
    return 0, ""


def _is_rebasing(cwd: Path, environment: Mapping[str, str]) -> bool:
    folder = cwd / environment.get("GIT_DIR", ".git")
    if folder.is_file():  # a further work tree, or a submodule
        folder = cwd / folder.read_text("utf-8", "surrogateescape").removeprefix("gitdir:").strip()
    return any((folder / name).is_dir() for name in _REBASE)


def _remembered(top: str) -> Iterator[str]:
    """The vaults at the top of the repository and in the folders there that have an answer."""
    with os.scandir(top) as entries:
        below = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."]
    for root in (top, *below):
        if os.path.isfile(f"{root}/{cache.FOLDER}/{_ANSWER}.bin"):  # noqa: PTH113
            yield root
