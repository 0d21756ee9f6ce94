"""`vaultkit resolve-conflict`: what an import left open in a note, settled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultkit.cli.locate import locate
from vaultkit.cli.output import complain, say, show_change
from vaultkit.cli.turn import turn, was_stopped
from vaultkit.errors import UsageError

if TYPE_CHECKING:
    from vaultkit.importing.merge import Choice


@click.command()
@click.argument("note", type=click.Path(path_type=Path))
@click.option("--mine", "choice", flag_value="mine", help="Your words stay, the source's go.")
@click.option("--theirs", "choice", flag_value="theirs", help="The source's words take the place of yours.")
@click.option("--both", "choice", flag_value="both", help="The source's words stand behind yours, as plain text.")
@click.option("--id", "id_", metavar="vk-…", help="Only this conflict; default: all that are open in the note.")
@click.option("--diff", is_flag=True, help="Show what would change in the note; write nothing.")
def command(note: Path, choice: Choice | None, id_: str | None, diff: bool) -> int:
    """Settle the conflicts that imports left in NOTE: the callouts go, and properties get the value you chose.

    `vaultkit status` lists them. `vaultkit undo` takes it back.
    """
    from vaultkit.importing.settle import settle

    if choice is None:
        raise UsageError("say whose words are to stay: --mine, --theirs or --both")
    vault, path = locate(note)
    if diff:
        found = settle(vault, path, id_, choice)
        show_change(found.before, found.after, path, path)
        return 0
    command = f"resolve-conflict {path} --{choice}{f' --id {id_}' if id_ else ''}"
    with turn(vault.root) as journal:
        if (code := was_stopped(journal, lambda plan: plan.command == command)) is not None:
            return code
        found = settle(vault, path, id_, choice)
        done = journal.apply(command, found.changes)
    for why in done.refused.values():
        complain(why)
    if not done.refused:
        say(f"settled: {path}{f' ({id_})' if id_ else ''}")
    return 1 if done.refused else 0
