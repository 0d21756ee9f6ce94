"""`vaultkit restore`: an imported note that was deleted, brought back."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.import_ import the_vault
from vaultkit.cli.output import complain, say
from vaultkit.cli.turn import turn, was_stopped


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="The vault; default: the one you are in.")
def command(id_: str, folder: Path | None) -> int:
    """Bring back the imported note ID (its vaultkit-id, or the path it had), as it was imported last; from then on
    imports go on with it. `vaultkit status` lists the deleted ones."""
    from vaultkit.importing.settle import restore

    vault = the_vault(folder)
    with turn(vault.root) as journal:
        if (code := was_stopped(journal, lambda plan: plan.command == f"restore {id_}")) is not None:
            return code
        found = restore(vault.unread(), id_)
        done = journal.apply(f"restore {id_}", found.changes)
    for why in done.refused.values():
        complain(why)
    if not done.refused and found.path:
        say(f"restored: {found.path}")
    elif not done.refused:
        say(f"{found.record.id}: its text is not stored any more; the next import of its source makes it again")
    return 1 if done.refused else 0
