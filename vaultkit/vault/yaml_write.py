"""Properties written exactly as Obsidian writes them, so that its next edit changes nothing else.

Block lists indented by two, plain strings wherever YAML allows, double quotes else (single ones around double ones),
an empty value as nothing behind the colon, block scalars for several lines. Only for text that vaultkit itself makes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from vaultkit.vault.yaml_core import looks_typed

_NOT_PLAIN = re.compile(
    r"""[\s,\[\]{}#&*!|>'"%@`]"""  # indicators and space that may not come first
    r"""|[?-](?:[ \t]|\Z)"""
)
_NOT_INSIDE = re.compile(r":[ \t]|[ \t]#|[\s:-]\Z|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?:[ \t]|\Z)")


def write_properties(data: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> str:
    """`key: value` lines with LF ends, without the `---` fences. Values: as `importing.entry.Value`, maps and lists."""
    items = data.items() if isinstance(data, Mapping) else data
    return "".join(f"{scalar(key)}:{_value(value, 0)}" for key, value in items)


def scalar(value: object) -> str:
    """One value on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return _datetime(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # as JavaScript writes it
    if isinstance(value, int | float):
        return repr(value)
    return _string(str(value))


def _datetime(value: dt.datetime) -> str:
    """With its offset when it has one (`Z` for UTC); without fractions unless there are any."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _string(text: str) -> str:
    if text == "":
        return '""'
    plain = not (
        _NOT_PLAIN.match(text)
        or _NOT_INSIDE.search(text)
        or _DOCUMENT_MARK.match(text)
        or "\n" in text
        or looks_typed(text)
    )
    if plain:
        return text
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", quoted)


def _value(value: object, indent: int) -> str:
    """What follows `key:`, with its line end."""
    if isinstance(value, str) and "\n" in value and value.strip("\n") and not _unblockable(value):
        return _block(value, indent)
    if isinstance(value, Mapping):
        if not value:
            return " {}\n"
        pad = " " * (indent + 2)
        return "\n" + "".join(f"{pad}{scalar(k)}:{_value(v, indent + 2)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        if not value:
            return " []\n"
        pad = " " * (indent + 2)
        return "\n" + "".join(f"{pad}-{_item(v, indent + 2)}" for v in value)
    text = scalar(value)
    return f" {text}\n" if text else "\n"


def _item(value: object, indent: int) -> str:
    """What follows the `-` of a list item: a map begins on the same line."""
    if isinstance(value, Mapping) and value:
        pad = " " * (indent + 2)
        lines = [f"{scalar(k)}:{_value(v, indent + 2)}" for k, v in value.items()]
        return " " + pad.join(lines)
    if isinstance(value, list | tuple) and value:
        pad = " " * (indent + 2)
        return " " + pad.join(f"-{_item(v, indent + 2)}" for v in value)
    return _value(value, indent)


def _unblockable(text: str) -> bool:
    """Block scalars cannot hold control characters, nor begin with space without an indentation mark."""
    return bool(re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", text)) or text[0] in " \n"


def _block(text: str, indent: int) -> str:
    """A literal block: `|`, `|-` without a final line end, `|+` with several."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    mark = "|-" if ends == 0 else "|" if ends == 1 else "|+"
    pad = " " * (indent + 2)
    lines = "".join(f"{pad}{line}\n" if line else "\n" for line in body.split("\n"))
    return f" {mark}\n{lines}" + "\n" * max(0, ends - 1)
