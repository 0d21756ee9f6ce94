"""Canvas files: what their cards and edges refer to. Reading only; unknown keys are none of our business."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from vaultkit.vault.note import Link
from vaultkit.vault.scan import scan


@dataclass(frozen=True, slots=True)
class Canvas:
    """References of one canvas. `files` are exact vault paths; `links` stand in text cards (spans into the card)."""

    files: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    backgrounds: tuple[str, ...] = ()
    dangling_edges: tuple[str, ...] = ()
    """Ids of edges that name a card which is not there."""
    error: str = ""
    """Why the file cannot be read; empty when it can. An empty file is an empty canvas."""


def read_canvas(data: bytes) -> Canvas:
    """The references in a canvas file. Never fails: damage is in `error`."""
    if not data.strip():
        return Canvas()
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as e:
        return Canvas(error=f"is not valid JSON ({e})")
    if not isinstance(value, dict):
        return Canvas(error="is not a JSON object")
    nodes = [n for n in _list(value.get("nodes")) if isinstance(n, dict)]
    edges = [e for e in _list(value.get("edges")) if isinstance(e, dict)]
    ids = {n.get("id") for n in nodes}
    return Canvas(
        files=tuple(n["file"] for n in nodes if n.get("type") == "file" and isinstance(n.get("file"), str)),
        links=tuple(
            link
            for n in nodes
            if n.get("type") == "text" and isinstance(n.get("text"), str)
            for link in scan(n["text"].encode()).links
        ),
        backgrounds=tuple(
            n["background"] for n in nodes if n.get("type") == "group" and isinstance(n.get("background"), str)
        ),
        dangling_edges=tuple(str(e.get("id", "")) for e in edges if not {e.get("fromNode"), e.get("toNode")} <= ids),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
