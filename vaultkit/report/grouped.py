"""Diagnostics for a terminal, by note: its path once, below it what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from vaultkit.linting.placed import Placed
from vaultkit.report.printable import printable_line
from vaultkit.report.text import coloured


def render(found: Iterable[Placed], color: bool = False) -> str:
    """The notes in the given order with a blank line behind each; empty when there are no diagnostics."""
    return "".join([_note(path, list(some), color) for path, some in groupby(found, lambda one: one.path)])


def _note(path: str, found: list[Placed], color: bool) -> str:
    places = [f"{one.line}:{one.column}" for one in found]
    width = max(map(len, places))
    lines = [
        f"  {place:<{width}}  {coloured(one.rule, one.severity) if color else one.rule} {printable_line(one.message)}\n"
        for place, one in zip(places, found, strict=True)
    ]
    return "".join([f"{printable_line(path)}\n", *lines, "\n"])
