"""`vaultkit explain`: what a rule wants and why."""

from __future__ import annotations

import click

from vaultkit.cli.output import say
from vaultkit.linting.docs import explain


@click.command()
@click.argument("rule")
def command(rule: str) -> None:
    """Tell what RULE wants, why, its options, examples, and how to silence it."""
    say(explain(rule))
