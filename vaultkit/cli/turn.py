"""The right to write to a vault, for a command: what an earlier one left unfinished is finished first, and told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultkit.cli.output import complain
from vaultkit.vault.journal import Journal


@contextmanager
def turn(root: Path) -> Iterator[Journal]:
    """The journal of the vault at `root`, while no other command writes. Raises VaultBusy, UsageError, DiskError."""
    with Journal(root) as journal:
        for plan, refused in journal.recovered:
            complain(f"finished `vaultkit {plan.command}`, which had been stopped")
            for why in refused.values():
                complain(why)
        yield journal


def finish_stopped(root: Path) -> bool:
    """Finish what was stopped, before the vault is read; whether there was something."""
    with turn(root) as journal:
        return bool(journal.recovered)
