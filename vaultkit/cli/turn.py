"""The right to write to a vault, for a command: what an earlier one left unfinished is finished first, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vaultkit.cli.output import brief, complain
from vaultkit.vault.journal import Journal
from vaultkit.vault.transaction import Transaction


@contextmanager
def turn(root: Path) -> Iterator[Journal]:
    """The journal of the vault at `root`, while no other command writes. Raises VaultBusy, UsageError, DiskError."""
    with Journal(root) as journal:
        for plan, refused in journal.recovered:
            complain(f"finished `vaultkit {brief(plan.command)}`, which had been stopped")
            for why in refused.values():
                complain(why)
        yield journal


def was_stopped(journal: Journal, is_it: Callable[[Transaction], bool]) -> int | None:
    """The exit code when the very command that is asked for had been stopped: it is done now, and not to be done twice.
    None: it had not."""
    if not any(is_it(done.plan) for done in journal.recovered):
        return None
    return 1 if any(done.refused for done in journal.recovered) else 0


def finish_stopped(root: Path) -> bool:
    """Finish what was stopped, before the vault is read; whether there was something."""
    with turn(root) as journal:
        return bool(journal.recovered)
