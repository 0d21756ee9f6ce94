"""Words on a terminal: made safe, coloured when that is wanted."""

from __future__ import annotations

import os
import sys

import click

from vaultkit.report.printable import printable


def safe(text: str) -> str:
    """`text` with control and direction characters shown instead of obeyed; its lines stay lines."""
    return "\n".join(printable(line) for line in text.split("\n"))


def say(text: str = "") -> None:
    """A line of the result, on standard output."""
    click.echo(safe(text))


def emit(text: str) -> None:
    """Output that was made safe already, or is for programs; as it is."""
    click.echo(text.encode("utf-8", "backslashreplace"), nl=not text.endswith("\n"))


def complain(text: str) -> None:
    """A message about the run, on standard error."""
    click.echo(f"vaultkit: {safe(text)}", err=True)


def wants_color() -> bool:
    """Whether standard output is a terminal that may be coloured (NO_COLOR is obeyed)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
