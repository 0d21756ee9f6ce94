"""Diagnostics for programs that read line by line: each is one line of JSON, with the keys of `json`."""

from __future__ import annotations

from collections.abc import Iterable

from vaultkit.linting.placed import Placed
from vaultkit.report.json import item
from vaultkit.report.printable import to_json


def render(found: Iterable[Placed]) -> str:
    """One line for each diagnostic; empty when there are none. Stray bytes of names are escaped surrogates."""
    text = "".join([to_json(item(one)) + "\n" for one in found])
    return text.encode("utf-8", "backslashreplace").decode()
