"""`vaultkit resolve`: where a link leads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vaultkit.cli.output import emit, say
from vaultkit.errors import UsageError
from vaultkit.report.printable import to_json
from vaultkit.vault.index import Ambiguous, Found
from vaultkit.vault.names import Kind, kind_of
from vaultkit.vault.note import Link
from vaultkit.vault.tree import Vault, find_vault


@click.command()
@click.argument("link")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="The note that the link stands in; default: one in the vault's root.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(link: str, source: Path | None, as_json: bool) -> int:
    """Show where LINK (`Note`, `Note#Heading`, `[[Note|text]]`, `pic.png`) leads. Exit code 1: not clear where."""
    start = (source or Path.cwd()).absolute()
    vault = find_vault(start)
    if vault is None:
        raise UsageError(f"{start}: lies in no vault (no folder above it has .obsidian or vaultkit.yaml)")
    if source is not None and not source.is_file():
        raise UsageError(f"{source}: is no file; --from names the note that the link stands in")
    inside = start.relative_to(vault.root).as_posix() if source else ""
    text = link.strip().removeprefix("!").removeprefix("[[").removesuffix("]]").partition("|")[0]
    answer = lead(vault, text, inside)
    if as_json:
        emit(to_json({"version": 1, "link": text, **answer}, 2))
    elif "path" in answer:
        note = "" if answer.get("subpath_found", True) else "  (the file is there, the heading or block is not)"
        say(f"{answer['path']}{answer.get('subpath', '')}  ({answer['by']}){note}")
    elif "paths" in answer:
        say(f"not clear: {' or '.join(answer['paths'])}")
    else:
        say("nowhere")
        for path in vault.index.aliased.get(text.lower(), ()):
            say(f"  but {path} has it as an alias: write [[{path.rsplit('/', 1)[-1].removesuffix('.md')}|{text}]]")
    return 0 if "path" in answer and answer.get("subpath_found", True) else 1


def lead(vault: Vault, target: str, source: str, link: Link | None = None) -> dict[str, Any]:
    """Where `target` leads from `source`: `path`, `by` and whether a subpath is there; or `paths`; or neither."""
    path, mark, rest = target.partition("#")
    found = vault.index.follow(link, source) if link else vault.index.resolve(path, source)
    if isinstance(found, Ambiguous):
        return {"resolved": False, "paths": list(found.paths)}
    if not isinstance(found, Found):
        return {"resolved": False}
    out: dict[str, Any] = {"resolved": True, "path": found.path, "by": found.by}
    if mark:
        out["subpath"] = f"#{rest}"
        if kind_of(found.path) is Kind.NOTE:
            out["subpath_found"] = vault.index.anchor(found.path, f"#{rest}") is not None
    return out
