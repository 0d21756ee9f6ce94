"""Secrets in the settings of a plugin (`data.json`): tokens of known forms, and what stands under a name like `apiKey`.

Pure. A value that is short, a placeholder, or made of few different characters is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.secrets import secrets
from vaultkit.vault.position import Lines

_NAMES = re.compile(
    r"(?:token|secret|password|passphrase|api[_-]?key|(?:access|private|secret|encryption)[_-]?key)\Z", re.I
)
_SHORTEST, _LONGEST, _FEWEST = 12, 4000, 6
_SHOWN = 4


class PluginSecret(NamedTuple):
    """A secret: its first characters, what it is, and its place. `key` is the same for the same secret."""

    text: str
    kind: str
    key: str
    line: int = 1
    column: int = 1


def plugin_secrets(data: bytes) -> Iterator[PluginSecret]:
    """Those in `data`, each once. What is no JSON is looked through for known forms only."""
    lines = Lines(data)
    known = set()
    for found in secrets(data):
        token = data[found.span.start : found.span.end].decode("utf-8", "replace")
        known.add(token)
        yield PluginSecret(f"`{found.text}`", found.kind, token, *lines.position(found.span.start))
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return
    open_: list[tuple[str, object]] = [("", root)]
    while open_:
        name, value = open_.pop()
        if isinstance(value, dict):
            open_ += [(str(key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            open_ += [(name, inner) for inner in reversed(value)]
        elif isinstance(value, str) and _NAMES.search(name) and _is_secret(value) and value not in known:
            known.add(value)
            at = data.find(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
            yield PluginSecret(f"`{value[:_SHOWN]}…`", f"the value of `{name}`", value, *lines.position(max(at, 0)))


def _is_secret(value: str) -> bool:
    if not _SHORTEST <= len(value) <= _LONGEST or " " in value or value.startswith(("http:", "https:", "{{", "${")):
        return False
    return len(set(value)) >= _FEWEST and not re.search(r"(?i)your|example|placeholder|x{4}|\*{3}", value)
