"""Diagnostics as commands of GitHub Actions, which shows each beside its line of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from vaultkit.linting.diagnostic import Severity
from vaultkit.linting.placed import Placed
from vaultkit.report.printable import printable

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(found: Iterable[Placed]) -> str:
    """One line for each diagnostic; empty when there are none."""
    return "".join([_command(one) for one in found])


def _command(one: Placed) -> str:
    place = {"file": one.path, "line": one.line, "endLine": one.end_line, "title": f"vaultkit {one.rule}"}
    if one.line == one.end_line:  # columns over several lines are not understood
        place |= {"col": one.column, "endColumn": one.end_column}
    said = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    return f"::{_LEVELS[one.severity]} {said}::{_data(f'{one.rule}: {one.message}')}\n"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
