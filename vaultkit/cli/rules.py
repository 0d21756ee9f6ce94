"""`vaultkit rules`: the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import emit, say
from vaultkit.config import Config, read_config
from vaultkit.linting.docs import catalogue
from vaultkit.linting.packs import active_rules
from vaultkit.vault.tree import find_vault


@click.command()
@click.option("--markdown", is_flag=True, help="The whole catalogue as the Markdown of rules/README.md.")
def command(markdown: bool) -> None:
    """List the rules that are on here. `vaultkit explain RULE` tells about one."""
    if markdown:
        emit(catalogue())
        return
    vault = find_vault(Path.cwd())
    config = read_config(vault.root) if vault else Config()
    for active in active_rules(config):
        severity = active.setting.severity or "off"  # on for some folders only
        say(f"{active.rule.id:24} {severity:8} {active.rule.what}")
