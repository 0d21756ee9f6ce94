"""Patterns for vault paths, as they stand in `vaultkit.yaml` and in the options of rules.

`*` and `?` stay within one segment, `**` stands for any number of segments, `[ab]` for one of these characters. A
pattern is the whole path from the vault's root; one whose last segment is a plain name (`Archive`, `Archive/`) also
covers everything below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\[\]/]+\]")


def matches(patterns: Iterable[str], path: str) -> bool:
    """Whether one of `patterns` covers the vault path `path`."""
    for pattern in patterns:  # noqa: SIM110 - `any` makes a generator, and every note is asked
        if _compiled(pattern).fullmatch(path):
            return True
    return False


def check_glob(pattern: str) -> str:
    """`pattern` itself. Raises ValueError when it can match no vault path."""
    parts = pattern.replace("\\", "/").split("/")
    if not pattern.strip("/ "):
        raise ValueError("is empty; `**` matches every note")
    if "\\" in pattern:
        raise ValueError("holds `\\`; folders are separated by `/`")
    if pattern.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", pattern):
        raise ValueError("must be relative to the vault, without `..`")
    _compiled(pattern)
    return pattern


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = re.sub(r"(?:\*\*/)+", "**/", unicodedata.normalize("NFC", pattern.removeprefix("./")))
    below = not re.search(r"[*?\[]", pattern.rstrip("/").rpartition("/")[2]) or pattern.endswith("/")
    pattern = pattern.rstrip("/")
    out, at = "", 0
    for part in _PART.finditer(pattern):
        out += re.escape(pattern[at : part.start()])
        at = part.end()
        match part[0]:
            case "**/":
                out += "(?:.*/)?"
            case "**":
                out += ".*"
            case "*":
                out += "[^/]*"
            case "?":
                out += "[^/]"
            case characters:
                inner = re.sub(r"([\\&~|])", r"\\\1", characters[1:-1])
                out += f"[^/{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    out += re.escape(pattern[at:])
    try:
        return re.compile(out + ("(?:/.*)?" if below else ""), re.S)
    except re.error as e:
        raise ValueError(f"is no pattern ({e})") from e
