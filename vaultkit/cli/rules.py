"""`vaultkit rules`: the rules that are on, or the whole catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import emit, say
from vaultkit.cli.rules_infer import command as infer
from vaultkit.config import Config, read_config
from vaultkit.linting.docs import catalogue
from vaultkit.linting.packs import active_rules
from vaultkit.vault.tree import find_vault


@click.group(invoke_without_command=True)
@click.option("--markdown", is_flag=True, help="The whole catalogue as the Markdown of rules/README.md.")
@click.pass_context
def command(context: click.Context, markdown: bool) -> None:
    """List the rules that are on here. `vaultkit explain RULE` tells about one."""
    if context.invoked_subcommand:
        return
    if markdown:
        emit(catalogue())
        return
    vault = find_vault(Path.cwd())
    config = read_config(vault.root) if vault else Config()
    for active in active_rules(config):
        severity = active.setting.severity or "off"  # on for some folders only
        say(f"{active.rule.id:24} {severity:8} {active.rule.what}")


command.add_command(infer)
