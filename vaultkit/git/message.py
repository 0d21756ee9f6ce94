"""`prepare-commit-msg`: a first line for a commit of which nobody has said anything yet, such as `vault: +3 ~7 R2`.

Only where `hooks: message` switches it on, and only an empty message: what a person, a merge or a template says stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vaultkit.git.hooks_config import read_hooks_config
from vaultkit.git.plumbing import open_repository
from vaultkit.git.tracked import StagedChange, staged_changes
from vaultkit.vault.files import Files
from vaultkit.vault.names import is_hidden

_SIGNS = {"A": "+", "C": "+", "M": "~", "T": "~", "D": "-", "R": "R"}


def hook_prepare_commit_msg(cwd: Path, arguments: tuple[str, ...]) -> tuple[int, str]:
    """Exit code 0 and no text. `arguments`: the file with the message, and where the message comes from, if anywhere.
    Raises VaultkitError, OSError; the message is then as it was."""
    if len(arguments) != 1:
        return 0, ""
    repository = open_repository(cwd)
    if not read_hooks_config(repository).message:
        return 0, ""
    file = cwd / arguments[0]
    data = file.read_bytes()
    line = summary(staged_changes(repository))
    if line and not data.split(b"\n", 1)[0].strip():
        Files(file.parent).write(file.name, line.encode() + b"\n" + data)
    return 0, ""


def summary(changes: Iterable[StagedChange]) -> str:
    """`vault: +3 ~7 -1 R2`: files that are new, changed, deleted, renamed; empty when all are hidden (settings)."""
    count = Counter(_SIGNS[change.kind] for change in changes if not is_hidden(change.path))
    told = [f"{sign}{count[sign]}" for sign in "+~-R" if count[sign]]
    return f"vault: {' '.join(told)}" if told else ""
