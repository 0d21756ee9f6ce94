"""Text from names, notes and exports made harmless for a terminal, for the log of a build, and in JSON.

An escape sequence in a file name must not be able to colour, hide or rewrite anything, and a name no command: services
that run builds obey lines of the log that begin with `::`, and `##[…]` anywhere in one.
"""

from __future__ import annotations

import json
import re

_UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
_UNPRINTABLE_IN_JSON = _UNPRINTABLE.replace("\x00-\x1f", "")
"""Those below U+0020 are escaped in JSON anyway, and line ends stand between its lines."""


def printable(text: str) -> str:
    """`text` with control characters, direction marks and stray bytes written as escapes (`\\x1b`, `\\u202e`)."""
    return text if text.isprintable() else re.sub(_UNPRINTABLE, _escape, text)


def printable_line(line: str) -> str:
    """A whole line of output made `printable`, in which nothing is a command to a service that runs builds."""
    text = printable(line)
    if "##" in text:
        text = re.sub(r"##(?=\[|vso\[|teamcity\[)", r"#\\x23", text)
    if text.lstrip().startswith("::"):
        text = text.replace(":", "\\x3a", 1)
    return text


def to_json(value: object, indent: int | None = None) -> str:
    """`value` as JSON, in which what is not `printable` is written `\\u….`: it reads the same, and shown it does no
    harm."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.isprintable() else re.sub(_UNPRINTABLE_IN_JSON, lambda m: f"\\u{ord(m[0]):04x}", text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
