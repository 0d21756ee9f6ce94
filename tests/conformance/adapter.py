"""Answers small questions about Obsidian's behaviour with what vaultkit does: `answer(case) -> dict`.

A case is `{"area": …, "input": {…}}`; the answer has the shape of the case's `expected`. Only calls vaultkit.
"""

from __future__ import annotations

import json
from typing import Any

from vaultkit.vault import anchors, daily, links, names, templates
from vaultkit.vault.canvas import read_canvas
from vaultkit.vault.frontmatter import aliases
from vaultkit.vault.index import Ambiguous, Found, Index
from vaultkit.vault.note import Block, Heading, Link, LinkKind, Span
from vaultkit.vault.parse import parse
from vaultkit.vault.yaml_write import write_properties


def answer(case: dict[str, Any]) -> dict[str, Any]:
    """vaultkit's answer to `case`. Raises KeyError for an area or operation it does not know."""
    return _AREAS[case["area"]](case["input"])


def _note(text: str):
    return parse("note.md", text.encode("utf-8", "surrogatepass"))


def _link(link: Link) -> dict[str, Any]:
    return {"link": link.target, "display": link.display, "embed": link.embed}


def _tag(given: dict[str, Any]) -> dict[str, Any]:
    return {"tags": [tag.name for tag in _note(given["text"]).tags if not tag.in_property]}


def _wikilink(given: dict[str, Any]) -> dict[str, Any]:
    return {"links": [_link(x) for x in _note(given["text"]).links if x.kind is LinkKind.WIKI]}


def _mdlink(given: dict[str, Any]) -> dict[str, Any]:
    return {"links": [_link(x) for x in _note(given["text"]).links if x.kind is LinkKind.MARKDOWN]}


def _resolve(given: dict[str, Any]) -> dict[str, Any]:
    found = Index(given["files"]).resolve(given["linkpath"], given["source"])
    if isinstance(found, Ambiguous):
        return {"path_in": list(found.paths), "ambiguous": True}
    return {"path": found.path if isinstance(found, Found) else None}


def _heading(given: dict[str, Any]) -> dict[str, Any]:
    match given["op"]:
        case "match":
            headings = [Heading(level, text, Span(0, 0)) for level, text in given["headings"]]
            return {"index": anchors.match_heading(headings, given["anchor"])}
        case "key":
            return {"text": anchors.heading_key(given["text"])}
        case "for_link":
            return {"text": anchors.heading_for_link(given["text"])}
        case "list":
            return {"headings": [[h.level, h.text] for h in _note(given["text"]).headings]}
    raise KeyError(given["op"])


def _blockid(given: dict[str, Any]) -> dict[str, Any]:
    match given["op"]:
        case "list":
            return {"ids": [block.id for block in _note(given["text"]).blocks]}
        case "match":
            found = anchors.match_block([Block(i, Span(0, 0)) for i in given["ids"]], given["anchor"])
            return {"id": found.id if found else None}
    raise KeyError(given["op"])


def _frontmatter(given: dict[str, Any]) -> dict[str, Any]:
    if given["op"] == "write":
        return {"yaml": write_properties(given["data"])}
    note = _note(given["text"])
    block = note.front_matter
    match given["op"]:
        case "tags":
            return {"tags": [tag.name for tag in note.tags if tag.in_property]}
        case "props":
            readable = block is not None and not block.error
            return {"props": dict(note.properties) if readable else None}
        case "links":
            held = [x for x in note.links if x.kind is LinkKind.PROPERTY]
            return {"links": [{"key": x.key, "link": x.target, "display": x.display} for x in held]}
        case "exists":
            return {"exists": block is not None and block.indexed}
        case "aliases":
            return {"aliases": aliases(block)}
    raise KeyError(given["op"])


def _filename(given: dict[str, Any]) -> dict[str, Any]:
    match given["op"]:
        case "sanitize":
            return {"name": names.safe_name(given["title"])}
        case "problems":
            return {"ok": not names.name_problems(given["name"], given["os"])}
    raise KeyError(given["op"])


def _scan(given: dict[str, Any]) -> dict[str, Any]:
    match given["op"]:
        case "kind":
            return {"kind": str(names.kind_of(given["path"]))}
        case "normalize_path":
            return {"path": names.normalize_path(given["path"])}
        case "daily":
            date = daily.parse_daily(given["name"], given["format"])
            return {"date": date.isoformat() if date else None}
        case "canvas_links":
            raw = given["json"]
            canvas = read_canvas((raw if isinstance(raw, str) else json.dumps(raw)).encode())
            return {
                "files": list(canvas.files),
                "text_links": [link.target for link in canvas.links],
                "background_files": list(canvas.backgrounds),
                "dangling_edges": list(canvas.dangling_edges),
            }
        case "tasks":
            return {"status": [task.status for task in _note(given["text"]).tasks]}
        case "code_mask":
            return {"visible_links": [x.target for x in _note(given["text"]).links]}
        case "template_vars":
            return {"vars": templates.template_variables(given["text"])}
        case "write_markdown_link":
            return {"text": links.markdown_link(given["path"], given["display"])}
    raise KeyError(given["op"])


_AREAS = {
    "tag": _tag,
    "wikilink": _wikilink,
    "mdlink": _mdlink,
    "resolve": _resolve,
    "heading": _heading,
    "blockid": _blockid,
    "frontmatter": _frontmatter,
    "filename": _filename,
    "scan": _scan,
}
