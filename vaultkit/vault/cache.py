"""What vaultkit remembers of a vault between runs: JSON texts in `.vaultkit/cache`, each guarded by a checksum.

Knows nothing of what is in them. A file that is missing, cut off, changed, or of something else counts as not there;
whatever is lost is found out again. Imports next to nothing.
"""

from __future__ import annotations

import json
from typing import Any
from zlib import crc32

FOLDER = ".vaultkit/cache"


def load(root: str, name: str) -> Any:
    """What `save` put away as `name`; None when there is nothing that can be trusted."""
    body = load_raw(root, name)
    if body is None:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def load_raw(root: str, name: str) -> bytes | None:
    """The JSON text itself."""
    try:
        with open(f"{root}/{FOLDER}/{name}.json", "rb") as file:
            data = file.read()
    except OSError:
        return None
    sum_, _, body = data.partition(b"\n")
    return body if sum_ == _sum(body) else None


def save(root: str, texts: dict[str, str]) -> None:
    """Put JSON texts away by name, in their order. Where the disk refuses, nothing happens."""
    from pathlib import Path

    from vaultkit.vault.files import Files

    bodies = {f"{FOLDER}/{name}.json": text.encode() for name, text in texts.items()}
    Files(Path(root)).keep(FOLDER, {path: _sum(body) + b"\n" + body for path, body in bodies.items()})


def _sum(body: bytes) -> bytes:
    return b"%08x" % crc32(body)
