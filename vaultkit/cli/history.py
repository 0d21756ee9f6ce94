"""`vaultkit history`: the commands that can be taken back."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import brief, say
from vaultkit.cli.undo import vault_here
from vaultkit.vault.files import STATE
from vaultkit.vault.journal import Journal, unfinished
from vaultkit.vault.transaction import Transaction
from vaultkit.vault.undo import taken_back


@click.command()
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="The vault; default: the one you are in.")
def command(folder: Path | None) -> None:
    """List the commands that wrote to the vault and can be taken back, the newest first."""
    vault = vault_here(folder)
    kept = Journal(vault.root).transactions()
    gone = taken_back(kept)
    for plan in kept:
        when = plan.time.astimezone().strftime("%Y-%m-%d %H:%M")
        say(f"{plan.id}  {when}  {brief(plan.command)} ({_counts(plan)}){' - taken back' if plan.id in gone else ''}")
    if stopped := unfinished(vault.root):
        say(f"`vaultkit {brief(stopped)}` was stopped; the next command that writes finishes it")
    elif not kept:
        say("no command is kept that could be taken back")


def _counts(plan: Transaction) -> str:
    files = [entry for entry in plan.files if not entry.path.startswith(f"{STATE}/")]
    made = sum(entry.before is None for entry in files)
    gone = sum(entry.after is None for entry in files)
    counts = {"moved": len(plan.moves), "made": made, "changed": len(files) - made - gone, "removed": gone}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "records only"
