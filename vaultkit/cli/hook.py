"""`vaultkit hook`: what git and the pre-commit framework call. Not for people."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import emit
from vaultkit.errors import UsageError

HOOKS = ("lint", "pre-commit")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("hook")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(hook: str, arguments: tuple[str, ...]) -> int:
    """Run HOOK: `pre-commit` for git itself, `lint FILES...` for a framework. Exit code 1 refuses the commit."""
    import datetime as dt

    from vaultkit.git.hook import hook_lint

    if hook not in HOOKS:
        raise UsageError(f"hook {hook}: is unknown; known are {', '.join(HOOKS)}")
    code, text = hook_lint(Path.cwd(), arguments if hook == "lint" else (), dt.date.today())
    if text:
        emit(text)
    return code
