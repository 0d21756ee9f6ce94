"""`vaultkit init`: a vault from the template; into an existing one only what is missing."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import say
from vaultkit.cli.turn import turn
from vaultkit.errors import DiskError, UsageError
from vaultkit.resources import shipped
from vaultkit.vault.files import Change, Files

KEEP = ".gitkeep"
"""Stands for an empty folder in the template; git keeps no folder without a file."""


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make FOLDER (default: this one) a vault. What is there already is never overwritten."""
    added, kept = make_vault(folder)
    for path in added:
        say(f"added  {folder / path}")
    if kept:
        say(f"left {len(kept)} {'file' if len(kept) == 1 else 'files'} as found: {', '.join(kept)}")
    if added:
        say(f"Open {folder} in Obsidian, or go on with: vaultkit import EXPORT --vault {folder}")
    else:
        say(f"{folder}: nothing was missing")


def make_vault(folder: Path) -> tuple[list[str], list[str]]:
    """Add what the template has and `folder` lacks; (paths added, paths found). Raises UsageError, DiskError."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file, not a folder")
    template = shipped("vault-template")
    wanted = sorted(p.relative_to(template).as_posix() for p in template.rglob("*") if p.is_file())
    settled = any((folder / ".obsidian").glob("*.json"))  # a vault that has been in use has its folders its own way
    wanted = [
        path for path in wanted if not (path.endswith(KEEP) and (settled or any((folder / path).parent.glob("*"))))
    ]
    missing = [path for path in wanted if not (folder / path).exists()]
    Files.make_root(folder)
    with turn(folder) as journal:
        done = journal.apply("init", [Change(path, (template / path).read_bytes(), None) for path in missing])
    if done.refused:
        raise DiskError("; ".join(done.refused.values()))
    return missing, [path for path in wanted if path not in missing]
