"""`vaultkit status`: what imports left open, and what they leave alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from vaultkit.cli.import_ import the_vault
from vaultkit.cli.output import emit, say
from vaultkit.report.printable import to_json

SCHEMA = 1


@click.command()
@click.option("--vault", "folder", type=click.Path(path_type=Path), help="The vault; default: the one you are in.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(folder: Path | None, as_json: bool) -> int:
    """List the conflicts that imports left in notes and properties, and the notes that imports do not touch: without
    an id any more, gone from the source, deleted. Exit code 1: there are conflicts to settle."""
    from vaultkit.importing.status import Followed, look
    from vaultkit.report.imported import conflict_json, conflict_line

    found = look(the_vault(folder))
    lists: list[tuple[str, str, Sequence[Followed]]] = [
        ("proposed", "Differ from the source, and it cannot be told who changed what", found.proposed),
        ("twins", "Have the id of another note, which is the one that is followed", found.twins),
        ("orphans", "Gone from the source, kept since you edited them", found.orphans),
        ("detached", "Not followed any more, since their id was taken away", found.detached),
        ("deleted", "Deleted by you (`vaultkit restore ID` brings one back)", found.deleted),
        ("gone", "Gone from the source and in the trash (`vaultkit restore ID` brings one back)", found.gone),
    ]
    if as_json:
        value: dict[str, object] = {"version": SCHEMA}
        value["conflicts"] = [
            {"path": one.path, "line": one.line or None, "title": one.title, **conflict_json(one.conflict)}
            for one in found.open
        ]
        value |= {name: [one._asdict() for one in some] for name, _, some in lists}
        emit(to_json(value, 2))
        return int(found.is_open)
    if found.open:
        say(f"Conflicts ({len(found.open)}); settle one with `vaultkit resolve-conflict NOTE --mine|--theirs|--both`:")
    for one in found.open:
        say(f"  {one.path}{f':{one.line}' if one.line else ''}  {conflict_line(one.conflict)}")
    for name, words, some in lists:
        if some:
            say(f"{words} ({len(some)}):")
            if name == "proposed":
                say("  (`vaultkit resolve-conflict NOTE --theirs --diff` shows the source's text, --mine leaves yours)")
            for note in some:
                say(f"  {note.path}  {note.id}")
    if not found.open and not any(some for _, _, some in lists):
        say("nothing is open")
    return int(found.is_open)
