"""`vaultkit hook relink`: links to notes and attachments that a commit renames, rewritten with the commit."""

from __future__ import annotations

from pathlib import Path


def hook_relink(cwd: Path, *, restage: bool = False) -> tuple[int, str]:
    """Exit code (0: go on, 1: links were rewritten, so that the commit is to be looked at) and text to show.

    `restage`: go on with what was rewritten. Raises VaultkitError when it cannot do its work.
    """
    return 0, ""
