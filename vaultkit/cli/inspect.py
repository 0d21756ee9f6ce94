"""`vaultkit inspect`: what vaultkit sees in a note."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from vaultkit.cli.output import emit, say
from vaultkit.cli.resolve import lead
from vaultkit.errors import UsageError
from vaultkit.report.position import Lines
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.note import Note
from vaultkit.vault.tree import Vault, find_vault

SCHEMA = 1


@click.command()
@click.argument("note", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(note: Path, as_json: bool) -> None:
    """Show what Obsidian's index would hold of NOTE: properties, tags, links and where each leads, headings, blocks."""
    vault, path = locate(note)
    seen = _seen(vault, vault.notes[path])
    if as_json:
        emit(json.dumps({"version": SCHEMA, **seen}, ensure_ascii=False, indent=2))
        return
    say(path)
    if seen["properties_error"]:
        say(f"  properties: {seen['properties_error']}")
    for key, value in seen["properties"].items():
        say(f"  {key}: {json.dumps(value, ensure_ascii=False)}")
    for kind in ("tags", "headings", "blocks", "links"):
        for one in seen[kind]:
            say(f"  {one['line']:5}:{one['column']:<4} {_words(kind, one)}")


def locate(note: Path) -> tuple[Vault, str]:
    """The vault of the file `note` and its path there. Raises UsageError."""
    if not note.is_file():
        raise UsageError(f"{note}: {'is a folder, name a note' if note.is_dir() else 'does not exist'}")
    vault = find_vault(note)
    if vault is None:
        raise UsageError(f"{note}: lies in no vault (no folder above it has .obsidian or vaultkit.yaml)")
    path = note.absolute().relative_to(vault.root).as_posix()
    if path not in vault.notes:
        raise UsageError(f"{note}: is no note that Obsidian sees (a .md file, no part of its path begins with a dot)")
    return vault, path


def _seen(vault: Vault, note: Note) -> dict[str, Any]:
    at = Lines(note.data)

    def place(offset: int) -> dict[str, int]:
        line, column = at.position(offset)
        return {"line": line, "column": column}

    return {
        "path": note.path,
        "properties": dict(note.properties),
        "properties_error": note.front_matter.error if note.front_matter else "",
        "aliases": aliases(note.front_matter),
        "tags": [{"tag": t.name, "in_property": t.in_property, **place(t.span.start)} for t in note.tags],
        "links": [
            {
                "kind": link.kind,
                "embed": link.embed,
                "link": link.target,
                "display": link.display,
                **({"property": link.key} if link.key else {}),
                **lead(vault, link.target, note.path, link),
                **place(link.span.start),
            }
            for link in note.links
        ],
        "headings": [{"level": h.level, "text": h.text, **place(h.span.start)} for h in note.headings],
        "blocks": [{"id": b.id, **place(b.span.start)} for b in note.blocks],
        "tasks": [{"status": t.status, **place(t.span.start)} for t in note.tasks],
        "backlinks": sorted({source for source, _ in vault.index.backlinks(note.path)}),
    }


def _words(kind: str, one: dict[str, Any]) -> str:
    match kind:
        case "tags":
            return f"#{one['tag']}"
        case "headings":
            return f"{'#' * one['level']} {one['text']}"
        case "blocks":
            return f"^{one['id']}"
    where = one.get("path") or " or ".join(one.get("paths", [])) or "nowhere"
    broken = "" if one.get("subpath_found", True) else " (but not to that heading or block)"
    return f"{'!' if one['embed'] else ''}[[{one['link']}]] → {where}{broken}"
