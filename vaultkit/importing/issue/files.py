"""Files of an issue that stay where they are: an export has their names and addresses, but not the bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vaultkit.importing.markup.markdown import escape
from vaultkit.importing.markup.pictures import Picture, Resolve, link_target


class File(NamedTuple):
    """An attachment. `address` may be empty."""

    name: str
    address: str


def resolver(files: Iterable[File]) -> Resolve:
    """Where the texts of an issue find its files, which they call by their names."""
    known = {one.name: one.address for one in files if one.address}
    return lambda name: Picture(address=known[name]) if name in known else None


def section(files: Iterable[File], written: str) -> str:
    """`## Attachments` and a list of the files that `written`, all of the note, does not show; "" when there are
    none."""
    lines = []
    for one in dict.fromkeys(files):
        if not one.address:
            lines.append(f"- {escape(one.name)}")
        elif link_target(one.address) not in written:
            lines.append(f"- [{escape(one.name)}]({link_target(one.address)})")
    return "\n".join(["## Attachments\n", *lines]) if lines else ""
