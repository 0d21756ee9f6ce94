"""`vaultkit demo`: the main job, once, on sample exports."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.import_ import choices_from
from vaultkit.cli.init import make_vault
from vaultkit.cli.output import emit, say
from vaultkit.config import read_config
from vaultkit.errors import UsageError
from vaultkit.importing.run import run_import
from vaultkit.linting.packs import active_rules
from vaultkit.linting.placed import placed
from vaultkit.linting.run import lint
from vaultkit.report import imported, text
from vaultkit.resources import shipped
from vaultkit.vault.tree import open_vault


@click.command()
@click.argument("folder", default="vaultkit-demo", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Make a vault in FOLDER (default: ./vaultkit-demo) from a sample diary and a sample issue export, and lint it."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ".vaultkit").is_dir():
        raise UsageError(f"{folder}: is not empty and no earlier demo; name another folder: vaultkit demo FOLDER")
    make_vault(folder)
    vault = open_vault(folder)
    config = read_config(folder)
    exports = sorted(str(path) for path in shipped("demo-exports").iterdir())
    say(f"$ vaultkit import {' '.join(Path(path).name for path in exports)} --vault {folder}")
    report = run_import(vault, exports, choices_from(config))
    emit(imported.render_text(report, str(folder)))
    vault = open_vault(folder)
    found = list(placed(lint(vault.index, vault.settings, active_rules(config), config), vault.notes))
    say(f"$ vaultkit lint {folder}")
    emit(text.render(found) + text.summary(found))
    say("What to open next:")
    say(f"  {folder} in Obsidian: `Open folder as vault`, then the note Home")
    dated = sorted(note.path for note in report.notes if note.id.startswith("diary/2"))
    issues = sorted(note.path for note in report.notes if note.id.startswith("github/"))
    for path in (*dated[-1:], *issues[:1]):
        say(f"  {folder / path}")
    say(f"  and your own: vaultkit import EXPORT --vault {folder}")
    return 1 if report.failed else 0
