"""`vaultkit explain`: what a rule wants and why."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import say
from vaultkit.config import read_config
from vaultkit.linting.docs import explain
from vaultkit.vault.tree import find_vault


@click.command()
@click.argument("rule")
def command(rule: str) -> None:
    """Tell what RULE wants, why, its options, examples, and how to silence it."""
    vault = find_vault(Path.cwd())
    say(explain(rule, read_config(vault.root) if vault else None))
