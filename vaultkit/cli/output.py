"""Words on a terminal: made safe, coloured when that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterable

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


def emit_all(pieces: Iterable[bytes | memoryview]) -> None:
    """The same, in pieces of UTF-8."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)


def complain(text: str) -> None:
    """A message about the run, on standard error."""
    click.echo(f"vaultkit: {safe(text)}", err=True)
