"""`vaultkit rules`: the rules that are on, or the whole catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import emit, say
from vaultkit.cli.rules_infer import command as infer
from vaultkit.config import Config, read_config
from vaultkit.errors import UsageError
from vaultkit.linting.docs import catalogue, described
from vaultkit.linting.packs import active_rules
from vaultkit.report.printable import to_json
from vaultkit.vault.tree import find_vault


@click.group(invoke_without_command=True)
@click.option("--markdown", is_flag=True, help="The whole catalogue as the Markdown of rules/README.md.")
@click.option("--json", "as_json", is_flag=True, help="The rules that are on here, for programs.")
@click.pass_context
def command(context: click.Context, markdown: bool, as_json: bool) -> None:
    """List the rules that are on here. `vaultkit explain RULE` tells about one."""
    if context.invoked_subcommand:
        return
    if markdown and as_json:
        raise UsageError("--markdown and --json do not go together")
    if markdown:
        emit(catalogue())
        return
    vault = find_vault(Path.cwd())
    config = read_config(vault.root) if vault else Config()
    rules = active_rules(config)
    if as_json:
        value = {"version": 1, "rules": [described(active) for active in rules]}
        emit(to_json(value, 1))
        return
    for active in rules:
        severity = active.setting.severity or "off"  # on for some folders only
        say(f"{active.rule.id:24} {severity:8} {active.rule.what}")


command.add_command(infer)
