"""`vaultkit undo`: the last command that wrote, or another one, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from vaultkit.cli.output import brief, complain, say
from vaultkit.cli.turn import turn, was_stopped
from vaultkit.errors import UsageError
from vaultkit.vault.journal import unfinished
from vaultkit.vault.transaction import FOLDER, Transaction
from vaultkit.vault.tree import Vault, find_vault, open_vault, vault_at
from vaultkit.vault.undo import Undo, choose, look, undo

_SHOWN = 12
"""Files that are named; --dry-run names all."""


@click.command()
@click.argument("id_", metavar="[ID]", default="")
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="The vault; default: the one you are in.")
@click.option("--dry-run", "-n", is_flag=True, help="Show what would happen; write nothing.")
def command(id_: str, folder: Path | None, dry_run: bool) -> int:
    """Take back the last command that wrote, and, called again, the one before it; or the one with this ID.

    `vaultkit history` lists the IDs. Files that you edited since stay as they are and are named (exit code 1). To have
    back what was undone, undo the undo, by its ID.
    """
    from vaultkit.importing.ledger import taken_back

    vault = vault_here(folder)
    if dry_run and (command := unfinished(vault.root)):
        raise UsageError(f"`vaultkit {command}` was stopped; without --dry-run it is finished first")
    with turn(vault.root) as journal:
        if (code := was_stopped(journal, lambda plan: bool(plan.undoes) and plan.undoes.startswith(id_))) is not None:
            return code
        what = look(journal, choose(journal.transactions(), id_), taken_back)
        if dry_run:
            _tell(what, vault, "would ", None)
            for why in what.refused.values():
                complain(why)
            return 1 if what.refused else 0
        done = undo(journal, what, f"undo {what.plan.id}", taken_back)
    _tell(what, vault, "", _SHOWN, done.refused)
    for why in done.refused.values():
        complain(why)
    if done.id:
        say(f"to have it back: vaultkit undo {done.id}")
    else:
        say("nothing was left to undo")
    return 1 if done.refused else 0


def vault_here(folder: Path | None) -> Vault:
    """The vault at `folder`, or the one that the current folder lies in. Raises UsageError."""
    here = folder or Path.cwd()
    if (here / FOLDER).is_dir():  # even if it is no vault any more, because `init` was undone
        return vault_at(here)
    vault = find_vault(here) if folder is None else open_vault(folder)
    if vault is None:
        raise UsageError("this folder is in no vault; name one with --vault")
    return vault


def _tell(what: Undo, vault: Vault, would: str, most: int | None, refused: object = ()) -> None:
    left = refused if isinstance(refused, dict) else {}
    plan: Transaction = what.plan
    when = plan.time.astimezone().strftime("%Y-%m-%d %H:%M")
    say(f"{f'{would}undo' if would else 'undone:'} `vaultkit {brief(plan.command)}` of {when}")
    lines = [f"{would}move {new} back to {old}" for new, old in what.moves]
    lines += _lines(f"{would}restore", [path for path in what.restored if path not in left])
    lines += _lines(f"{would}remove", [path for path in what.removed if path not in left])
    for line in lines[:most]:
        say(f"  {line}")
    if most is not None and len(lines) > most:
        say(f"  and {len(lines) - most} more")


def _lines(words: str, paths: Sequence[str]) -> list[str]:
    return [f"{words} {path}" for path in paths if not path.startswith(".vaultkit/")]
