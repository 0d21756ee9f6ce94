"""`--report`: what an import did, as a note of the vault; part of the command that `undo` takes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vaultkit.cli.output import complain
from vaultkit.importing.run import ImportReport
from vaultkit.report.note import is_worth_a_note, render_note
from vaultkit.vault.files import Change
from vaultkit.vault.journal import Journal
from vaultkit.vault.names import path_key, safe_name
from vaultkit.vault.tree import Vault

FOLDER = "Imports"


def write_report(
    vault: Vault, journal: Journal, command: str, name: str, parts: Sequence[tuple[str, ImportReport, str]]
) -> str:
    """Write the note `Imports/2026-11-22 diary.md` (or the next free name); its path, or empty when there was nothing
    to tell or it was refused. `parts`: as for `render_note`. Raises DiskError."""
    if not any(error or is_worth_a_note(report) for _, report, error in parts):
        return ""
    today = dt.date.today()
    taken = {path_key(path) for path in vault.unread().files}
    start, number = f"{FOLDER}/{today.isoformat()} {safe_name(name)}", 2
    path = f"{start}.md"
    while path_key(path) in taken:
        path, number = f"{start} {number}.md", number + 1
    done = journal.apply(command, [Change(path, render_note(today, parts).encode("utf-8", "replace"), None)])
    for why in done.refused.values():
        complain(f"the report was not written: {why}")
    return "" if done.refused else path
