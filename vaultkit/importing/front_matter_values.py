"""The values of front matter, and how a block is read whose grammar is broken: line by line, losing nothing.

Knows no grammar (`front_matter` does) and no key by name.
"""

from __future__ import annotations

import re

Field = str | int | bool | list["Field"] | dict[str, "Field"]
"""A value of front matter. An empty or null one is the empty text."""


def as_text(value: Field) -> str:
    """`value` on one line, for messages and for texts: `a, b`; `name: x, url: y`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(as_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {as_text(item)}" for key, item in value.items())
    return str(value)


def plain_value(text: str) -> Field:
    """An unquoted YAML scalar. Only what can be written back to the letter becomes a number or a truth value."""
    if text in ("null", "~"):
        return ""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch(r"-?[1-9]\d{0,14}|0", text, re.ASCII) else text


_LINE = re.compile(r"""["']?(?P<key>\w[\w.-]*+)["']?[ \t]*+[:=](?:[ \t]++(?P<value>.*))?$""")


def read_by_line(block: str) -> tuple[dict[str, Field], str]:
    """Each line as `key: rest of the line`, with `- item` lines and indented lines below; and what is left over."""
    fields: dict[str, Field] = {}
    below: dict[str, list[str]] = {}
    leftover: list[str] = []
    key = ""
    for line in block.splitlines():
        text = line.strip()
        if match := _LINE.match(line if key else text):  # a block may be broken because all of it is indented by tabs
            key = match["key"]
            if key in fields:
                leftover.append(f"{key}: {as_text(fields[key])} {' '.join(below.pop(key, []))}".rstrip())
            fields[key] = _loose(match["value"] or "")
        elif text and key and (line[0] in " \t" or text.startswith("- ")):
            below.setdefault(key, []).append(text)
        elif text:
            leftover.append(text)
    for key, lines in below.items():
        held = as_text(fields[key])
        if not held and all(line.startswith("- ") for line in lines):
            fields[key] = [_unquoted(line[2:].strip()) for line in lines]
        else:
            fields[key] = " ".join([held, *lines]).strip()
    return fields, "\n".join(leftover)


def _loose(value: str) -> Field:
    text = value.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(item.strip()) for item in text[1:-1].split(",") if item.strip()]
    return plain_value(text) if text == _unquoted(text) else _unquoted(text)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
