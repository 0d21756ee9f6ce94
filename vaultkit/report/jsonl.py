"""Diagnostics for programs that read line by line: each is one line of JSON, with the keys of `json`."""

from __future__ import annotations

import json
from collections.abc import Iterable

from vaultkit.linting.placed import Placed
from vaultkit.report.json import item


def render(found: Iterable[Placed]) -> str:
    """One line for each diagnostic; empty when there are none. Stray bytes of names are escaped surrogates."""
    text = "".join([json.dumps(item(one), ensure_ascii=False) + "\n" for one in found])
    return text.encode("utf-8", "backslashreplace").decode()
