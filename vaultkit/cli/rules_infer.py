"""`vaultkit rules infer`: a schema for `properties-schema`, from the notes of a folder."""

from __future__ import annotations

import re
from pathlib import Path

import click

from vaultkit.cli.output import emit
from vaultkit.config import read_config
from vaultkit.errors import UsageError
from vaultkit.linting.infer import counts, infer
from vaultkit.linting.run import is_excluded
from vaultkit.vault.tree import find_vault
from vaultkit.vault.yaml_write import write_properties


@click.command("infer")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Propose a schema that the properties of the notes in FOLDER fit, as lines for vaultkit.yaml.

    Look at it before you use it: it knows what the notes have, not what they should have.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder")
    vault = find_vault(folder)
    if vault is None:
        raise UsageError(f"{folder}: lies in no vault (no folder above it has .obsidian or vaultkit.yaml)")
    config = read_config(vault.root)
    inside = folder.absolute().relative_to(vault.root).as_posix()
    above = "" if inside == "." else f"{inside}/"
    notes = [
        note
        for path, note in sorted(vault.notes.items())
        if path.startswith(above) and not is_excluded(path, vault.settings, config) and counts(note)
    ]
    schema = infer(notes)
    if not schema:
        raise UsageError(f"{folder}: no note has a property with a value")
    pattern = re.sub(r"[][*?]", "?", above) + "**"  # such characters mean something else in a pattern
    case = {"paths": [pattern], "schema": schema}
    emit(f"# what the {len(notes)} notes have in common\n" if len(notes) > 1 else "# what the one note has\n")
    emit(write_properties({"lint": {"rules": {"properties-schema": {"options": {"schemas": [case]}}}}}))
