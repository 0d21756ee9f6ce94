"""`vaultkit git`: the hooks of a repository, put in and taken out by a person."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import say


@click.group()
def command() -> None:
    """Check commits with vaultkit: install, status, uninstall."""


@command.command()
def install() -> None:
    """Put a pre-commit hook into this repository; one that is there already goes on running."""
    from vaultkit.git.install import install as run

    for line in run(Path.cwd()):
        say(line)


@command.command()
def uninstall() -> None:
    """Take vaultkit's hook out again; what it did not write stays."""
    from vaultkit.git.install import uninstall as run

    for line in run(Path.cwd()):
        say(line)


@command.command()
def status() -> int:
    """Tell what is installed here, and what to do if something is missing. Exit code 1: not installed."""
    from vaultkit.git.install import status as run

    found = run(Path.cwd())
    for line in found.lines():
        say(line)
    return 0 if found.installed else 1
