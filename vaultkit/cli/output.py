"""Words on a terminal: made safe, coloured when that is wanted."""

from __future__ import annotations

import os
import re
import sys

import click

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """`text` with control and direction characters shown instead of obeyed: names and titles come from strangers."""
    text = _UNSAFE.sub(lambda m: f"\\x{ord(m[0]):02x}" if ord(m[0]) < 256 else f"\\u{ord(m[0]):04x}", text)
    return text.encode("utf-8", "backslashreplace").decode()


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
