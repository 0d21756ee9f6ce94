"""How `vaultkit lint` changes notes: what a fix makes of them, and writing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from vaultkit.cli.output import complain, show_change
from vaultkit.cli.turn import turn
from vaultkit.config import Config
from vaultkit.linting.asking import asks_for_links
from vaultkit.linting.claims import claims_in
from vaultkit.linting.context import FirstCommit
from vaultkit.linting.diagnostic import Diagnostic
from vaultkit.linting.fix import fixed
from vaultkit.linting.history import History
from vaultkit.linting.packs import ActiveRule
from vaultkit.vault.files import Change
from vaultkit.vault.parse import parse
from vaultkit.vault.tree import Vault


def mend(
    vault: Vault,
    found: Sequence[Diagnostic],
    rules: Sequence[ActiveRule],
    config: Config,
    unsafe: bool,
    today: dt.date,
    first: FirstCommit | None,
    history: History | None,
) -> dict[str, bytes]:
    """New contents by path, for the notes that a fix changes."""
    out = {}
    claims = claims_in(vault.notes, vault.boards, asks_for_links(rules))
    for path in dict.fromkeys(one.path for one in found if one.fix is not None and (unsafe or one.fix.safe)):
        result = fixed(
            path,
            vault.index,
            vault.settings,
            rules,
            config,
            unsafe,
            claims=claims,
            today=today,
            first_commit=first,
            history=history,
        )
        for rule in result.refused:
            name = vault.prefix + path
            complain(f"{name}: the fix of {rule} would have damaged the note, so nothing was written; please report it")
        if result.data != vault.notes[path].data:
            out[path] = result.data
    return out


def write(
    vault: Vault, changed: dict[str, bytes], command: str, what: str, tell: Callable[[str], None]
) -> tuple[Vault, bool]:
    """Write the changed notes as one `command`, and `tell` of each, in words that begin with `what`; the vault as it is
    then, and whether all were written."""
    with turn(vault.root) as journal:
        changes = [Change(path, data, vault.notes[path].data) for path, data in changed.items()]
        refused = journal.apply(command, changes).refused
    for path, data in changed.items():
        if path in refused:
            complain(refused[path])
            continue
        tell(f"{what} {vault.prefix}{path}")
        vault.notes[path] = parse(path, data)
    fresh = vault.unread()
    fresh.__dict__.update(tree=vault.tree, files=vault.files, notes=vault.notes, index=vault.index_of(vault.notes))
    return fresh, not refused


def show(vault: Vault, changed: dict[str, bytes]) -> None:
    """Print what would change."""
    for path, data in changed.items():
        name = vault.prefix + path
        show_change(vault.notes[path].data, data, name, name)
