"""Properties written exactly as Obsidian writes them, so that its next edit changes nothing else.

Block lists indented by two, plain strings wherever YAML allows, double quotes else (single ones around double ones),
an empty value as nothing behind the colon, block scalars for several lines. For text that vaultkit itself makes, and
for the pieces that it puts into text of others: then in the quoting of the neighbours, and in brackets where they are.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from vaultkit.vault.note import PropertyValue
from vaultkit.vault.yaml_core import YamlError, looks_typed, read_mapping

_NOT_PLAIN = re.compile(
    r"""[\s,\[\]{}#&*!|>'"%@`]"""  # indicators and space that may not come first
    r"""|(?:[?-]|---|\.\.\.)(?:[ \t]|\Z)"""  # nor the marks of a document
)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_INSIDE = re.compile(r":[ \t]|[ \t]#|[\s:-]\Z|" + _UNPRINTABLE.pattern)
_NOT_IN_BRACKETS = re.compile(r"[,\[\]{}:]")


def write_properties(data: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> str:
    """`key: value` lines with LF ends, without the `---` fences. Values: as `importing.entry.Value`, maps and lists."""
    items = data.items() if isinstance(data, Mapping) else data
    return "".join([f"{_key(key)}:{write_value(value)}" for key, value in items])


def as_read(value: object) -> PropertyValue:
    """`value` as it will be read back once written: dates as text, tuples as lists, `2.0` as 2. Raises YamlError."""
    text = write_properties([("value", value)])
    try:
        text.encode()
    except UnicodeEncodeError:
        raise YamlError("half a character") from None
    entries = read_mapping(text)
    assert entries
    return entries[0].value


def scalar(value: object) -> str:
    """One value on one line."""
    if isinstance(value, str):  # as most are
        return _string(str(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return _datetime(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # as JavaScript writes it
    if isinstance(value, int | float):
        return repr(value)
    return _string(str(value))


_key = lru_cache(maxsize=256, typed=True)(scalar)
"""A key: all notes of an import have the same few."""


def scalar_like(value: object, style: str = "", *, in_brackets: bool = False) -> str:
    """One value on one line, quoted as its neighbour is: `style` is `"`, `'` or, for plain, empty.

    Another style is taken where that one cannot hold the text. `in_brackets`: inside `[…]` or `{…}`.
    """
    if not isinstance(value, str):
        return ("null" if value is None else scalar(value)) if in_brackets else scalar(value)
    if style == "'" and not _UNPRINTABLE.search(value):
        return "'" + value.replace("'", "''") + "'"
    text = _double_quoted(value) if style else scalar(value)
    return _double_quoted(value) if in_brackets and text == value and _NOT_IN_BRACKETS.search(text) else text


def key_like(key: str, style: str = "", *, in_brackets: bool = False) -> str:
    """A key, quoted as `scalar_like`; a plain one may look like a number, for all keys are text."""
    plain = not style and _is_plain(key) and not (in_brackets and _NOT_IN_BRACKETS.search(key))
    return key if plain else scalar_like(key, style, in_brackets=in_brackets)


def write_in_brackets(value: object, style: str = "") -> str:
    """A value of any shape on one line, for inside `[…]` or `{…}`; texts and keys quoted as `style`, as in JSON."""
    if isinstance(value, Mapping):
        pairs = (
            f"{key_like(str(k), style, in_brackets=True)}: {write_in_brackets(v, style)}" for k, v in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(write_in_brackets(item, style) for item in value) + "]"
    return scalar_like(value, style, in_brackets=True)


def _datetime(value: dt.datetime) -> str:
    """With its offset when it has one (`Z` for UTC); without fractions unless there are any."""
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _string(text: str) -> str:
    if text == "":
        return '""'
    if _is_plain(text) and not looks_typed(text):
        return text
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return _double_quoted(text)


def _is_plain(text: str) -> bool:
    """Whether `text` can stand without quotes; what type it would be read as is another question."""
    if not text or _NOT_PLAIN.match(text):
        return False
    if text.isprintable():  # the only white space in it is a plain space
        return not (": " in text or " #" in text or text[-1] in " :-")
    return not _NOT_INSIDE.search(text)


def _double_quoted(text: str) -> str:
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def write_value(value: object, indent: int = 0) -> str:
    """What follows `key:`, with its line end; `indent` is the column of the key."""
    if isinstance(value, str):
        if "\n" in value and value.strip("\n") and not _unblockable(value):
            return _block(value, indent)
        return f" {scalar(value)}\n"
    if isinstance(value, Mapping):
        if not value:
            return " {}\n"
        pad = " " * (indent + 2)
        return "\n" + "".join(f"{pad}{scalar(k)}:{write_value(v, indent + 2)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        if not value:
            return " []\n"
        pad = " " * (indent + 2)
        return "\n" + "".join(f"{pad}-{write_item(v, indent + 2)}" for v in value)
    text = scalar(value)
    return f" {text}\n" if text else "\n"


def write_item(value: object, indent: int) -> str:
    """What follows the `-` of a list item, which stands in column `indent`: a map begins on the same line."""
    if isinstance(value, str):
        return write_value(value, indent)
    if isinstance(value, Mapping) and value:
        pad = " " * (indent + 2)
        lines = [f"{scalar(k)}:{write_value(v, indent + 2)}" for k, v in value.items()]
        return " " + pad.join(lines)
    if isinstance(value, list | tuple) and value:
        pad = " " * (indent + 2)
        return " " + pad.join(f"-{write_item(v, indent + 2)}" for v in value)
    return write_value(value, indent)


def _unblockable(text: str) -> bool:
    """Block scalars cannot hold control characters, nor begin with space without an indentation mark."""
    return bool(_UNPRINTABLE.search(text.replace("\n", ""))) or text[0] in " \n"


def _block(text: str, indent: int) -> str:
    """A literal block: `|`, `|-` without a final line end, `|+` with several."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    mark = "|-" if ends == 0 else "|" if ends == 1 else "|+"
    pad = " " * (indent + 2)
    lines = "".join(f"{pad}{line}\n" if line else "\n" for line in body.split("\n"))
    return f" {mark}\n{lines}" + "\n" * max(0, ends - 1)
