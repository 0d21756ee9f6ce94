"""`vaultkit inspect`: what vaultkit sees in a note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from vaultkit.cli.locate import locate
from vaultkit.cli.output import emit, say
from vaultkit.cli.resolve import lead
from vaultkit.report.printable import to_json
from vaultkit.vault.bases import base_blocks
from vaultkit.vault.callouts import callouts
from vaultkit.vault.embeds import embed_size
from vaultkit.vault.footnotes import footnotes
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.inline_fields import inline_fields
from vaultkit.vault.note import Link, Note
from vaultkit.vault.position import Lines
from vaultkit.vault.reference_links import reference_links
from vaultkit.vault.tree import Vault

SCHEMA = 1
LISTED = ("tags", "headings", "blocks", "links", "reference_links", "footnotes", "callouts", "fields", "bases")
"""What is told line by line, in this order."""


@click.command()
@click.argument("note", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(note: Path, as_json: bool) -> None:
    """Show what Obsidian's index would hold of NOTE: properties, tags, links and where each leads, headings, blocks;
    and its footnotes, callouts and fields."""
    vault, path = locate(note)
    seen = _seen(vault, vault.notes[path])
    if as_json:
        emit(to_json({"version": SCHEMA, **seen}, 2))
        return
    say(path)
    if seen["properties_error"]:
        say(f"  properties: {seen['properties_error']}")
    for key, value in seen["properties"].items():
        say(f"  {key}: {to_json(value)}")
    for kind in LISTED:
        for one in seen[kind]:
            say(f"  {one['line']:5}:{one['column']:<4} {_words(kind, one)}")


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
                **_size(link),
                **lead(vault, link.target, note.path, link),
                **place(link.span.start),
            }
            for link in note.links
        ],
        "headings": [{"level": h.level, "text": h.text, **place(h.span.start)} for h in note.headings],
        "blocks": [{"id": b.id, **place(b.span.start)} for b in note.blocks],
        "tasks": [{"status": t.status, **place(t.span.start)} for t in note.tasks],
        **_beyond(note, place),
        "backlinks": sorted({source for source, _ in vault.index.backlinks(note.path)}),
    }


def _size(link: Link) -> dict[str, int]:
    size = embed_size(link)
    if size is None:
        return {}
    return {"width": size.width} if size.height is None else {"width": size.width, "height": size.height}


def _beyond(note: Note, place: Callable[[int], dict[str, int]]) -> dict[str, Any]:
    """What is no part of the index: read only when it is asked for."""
    notes = footnotes(note)
    undefined, unused = set(notes.undefined), set(notes.unused)
    return {
        "reference_links": [
            {
                "embed": one.embed,
                "text": note.data[slice(*one.text_span)].decode("utf-8", "replace"),
                "link": one.definition.target,
                "external": one.definition.external,
                **place(one.span.start),
            }
            for one in reference_links(note)
        ],
        "footnotes": [
            *({"id": one.id, "defined": one not in undefined, **place(one.span.start)} for one in notes.references),
            *(
                {"id": one.id, "text": one.text, "used": one not in unused, **place(one.span.start)}
                for one in notes.definitions
            ),
            *({"id": "", "text": one.text, **place(one.span.start)} for one in notes.inline),
        ],
        "callouts": [
            {
                "type": one.type,
                "metadata": one.meta,
                "fold": one.fold,
                "title": one.title,
                "depth": one.depth,
                **place(one.header.start),
            }
            for one in callouts(note)
        ],
        "fields": [{"key": one.key, "value": one.value, **place(one.span.start)} for one in inline_fields(note)],
        "bases": [
            {
                "views": base.views,
                "names": [{"kind": named.kind, "text": named.text} for named in base.references],
                "error": base.error,
                **place(span.start),
            }
            for span, base in base_blocks(note)
        ],
    }


def _words(kind: str, one: dict[str, Any]) -> str:
    match kind:
        case "tags":
            return f"#{one['tag']}"
        case "headings":
            return f"{'#' * one['level']} {one['text']}"
        case "blocks":
            return f"^{one['id']}"
        case "reference_links":
            return f"{'!' if one['embed'] else ''}[{_one_line(one['text'])}] → {one['link']} (by reference)"
        case "footnotes":
            return _footnote(one)
        case "callouts":
            meta = f"|{one['metadata']}" if one["metadata"] else ""
            return f"{'> ' * one['depth']}[!{one['type']}{meta}]{one['fold']} {one['title']}".rstrip()
        case "fields":
            return f"{one['key']}:: {one['value']}".rstrip()
        case "bases":
            named = ", ".join(f"{named['kind']} {named['text']}" for named in one["names"])
            return f"base: {one['error'] or named or 'names nothing'}"
    where = one.get("path") or " or ".join(one.get("paths", [])) or "nowhere"
    broken = "" if one.get("subpath_found", True) else " (but not to that heading or block)"
    size = f" ({one['width']}{'x' + str(one['height']) if 'height' in one else ''} pixels)" if "width" in one else ""
    return f"{'!' if one['embed'] else ''}[[{one['link']}]] → {where}{broken}{size}"


def _footnote(one: dict[str, Any]) -> str:
    if "defined" in one:
        return f"[^{one['id']}]{'' if one['defined'] else ' (defined nowhere)'}"
    if not one["id"]:
        return f"^[{_one_line(one['text'])}]"
    return f"[^{one['id']}]: {_one_line(one['text'])}{'' if one['used'] else ' (nothing refers to it)'}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
