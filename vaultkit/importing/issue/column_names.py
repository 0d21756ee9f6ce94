"""What the columns of CSV are called in the language of whoever exports them: without case, blanks and signs."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIGNS = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """What of the name of a column is compared."""
    return _SIGNS.sub("", name.casefold())


def by_name(names: Mapping[str, str]) -> dict[str, str]:
    """The fields by all names of their columns; `names` has those of each field with `|` between them."""
    return {plain(name): field for field, said in names.items() for name in said.split("|")}
