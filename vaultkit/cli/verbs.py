"""The verbs as click sees them: a group whose members are imported when they are asked for."""

from __future__ import annotations

from importlib import import_module

import click

from vaultkit import __version__
from vaultkit.cli import VERBS, VERSION


class Verbs(click.Group):
    """A group that imports a verb's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"vaultkit.cli.{VERBS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(verb, text) for verb, (_, text) in VERBS.items() if verb != "hook"])


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message=VERSION)
def cli() -> None:
    """Diaries and issue exports into an Obsidian vault, kept consistent by a linter and git hooks."""


def call(arguments: list[str]) -> int:
    """Run one command; the exit code. Raises VaultkitError, and KeyboardInterrupt when a question is not answered."""
    try:
        result = cli.main(arguments, prog_name="vaultkit", standalone_mode=False)
    except click.exceptions.Exit as e:
        return e.exit_code
    except click.ClickException as e:
        e.show()
        return 2
    except click.Abort as e:
        raise KeyboardInterrupt from e
    return result if isinstance(result, int) else 0
