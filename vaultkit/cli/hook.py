"""`vaultkit hook`: what git and the pre-commit framework call. Not for people.

Only for what is no plain call of a hook that there is: help, and names that are wrong.
"""

from __future__ import annotations

import click

from vaultkit.cli.hook_run import HOOKS, run_hook
from vaultkit.errors import UsageError


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("hook")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(hook: str, arguments: tuple[str, ...]) -> int:
    """Run HOOK, as git or a framework would: `pre-commit`, `lint FILES...`. Exit code 1 refuses the commit."""
    if hook not in HOOKS:
        raise UsageError(f"hook {hook}: is unknown; known are {', '.join(HOOKS)}")
    return run_hook(hook, arguments)
