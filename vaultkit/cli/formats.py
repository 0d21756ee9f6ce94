"""`vaultkit formats`: what can be imported, what of it arrives, and how to get the export."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from vaultkit.cli.output import emit, say
from vaultkit.errors import UsageError
from vaultkit.report.printable import to_json
from vaultkit.schema import near

if TYPE_CHECKING:
    from vaultkit.importing.formats import Format


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--markdown", is_flag=True, help="The table of the README.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(names: tuple[str, ...], markdown: bool, as_json: bool) -> None:
    """List the formats that `vaultkit import` reads; with NAMEs, how to get these out of their programs."""
    from vaultkit.importing.formats import formats, table

    if markdown and as_json:
        raise UsageError("--markdown and --json do not go together")
    every = [one.name for one in formats()]
    for name in names:
        if name not in every:
            raise UsageError(f"{name}: there is no such format{near(name, every)}")
    found = formats(names)
    if markdown:
        emit(table(found))
    elif as_json:
        emit(to_json({"version": 1, "formats": [asdict(one) for one in found]}, 1))
    elif names:
        say("\n\n".join(map(_whole, found)))
    else:
        for one in found:
            say(f"{one.name:16} {one.label}  ({' '.join(one.extensions)})")
        say("\n`vaultkit formats NAME` tells what of it is kept, and how to get the export.")


def _whole(one: Format) -> str:
    lines = [f"{one.name}: {one.label}", "", f"files: {' '.join(one.extensions)}", f"kept: {one.kept}"]
    if one.not_kept:
        lines.append(f"not kept: {one.not_kept}")
    return "\n".join([*lines, f"ids begin with: {one.ids}/", "", one.how])
