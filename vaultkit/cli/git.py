"""`vaultkit git`: the hooks and the merge driver of a repository, put in and taken out by a person."""

from __future__ import annotations

from pathlib import Path

import click

from vaultkit.cli.output import say


@click.group()
def command() -> None:
    """Have git keep the vault well: install, status, doctor, uninstall."""


@command.command()
@click.option("--shared", is_flag=True, help="Name the merge driver in .gitattributes, for everybody who clones.")
def install(shared: bool) -> None:
    """Put hooks and the merge driver into this repository; hooks that are there already go on running."""
    from vaultkit.git.install import install as run

    for line in run(Path.cwd(), shared=shared):
        say(line)


@command.command()
@click.option("--shared", is_flag=True, help="Take its lines out of .gitattributes, too.")
def uninstall(shared: bool) -> None:
    """Take vaultkit's hooks and merge driver out again; what it did not write stays."""
    from vaultkit.git.install import uninstall as run

    for line in run(Path.cwd(), shared=shared):
        say(line)


@command.command()
def status() -> int:
    """Tell what is installed here, and what to do if something is missing. Exit code 1: commits are not judged."""
    from vaultkit.git.hook_status import status as run

    found = run(Path.cwd())
    for line in found.lines():
        say(line)
    return 0 if found.installed else 1


@command.command()
def doctor() -> int:
    """Try what is installed here, and tell what is wrong and what to do. Exit code 1: something is wrong."""
    from vaultkit.git.doctor import doctor as run

    found = run(Path.cwd())
    for check in found:
        say(f"{'ok ' if check.is_well else 'BAD'}  {check.what}")
        for line in check.to_do.splitlines():
            say(f"     {line}")
    return 0 if all(check.is_well for check in found) else 1
