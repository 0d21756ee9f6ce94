"""The destination of a Markdown link as it is written → the linktext that it means.

Knows escapes, percent-encoding and schemes; where a linktext leads is the index's.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

_SCHEME = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*+:|//")
_UNESCAPE = re.compile(rb"\\([!-/:-@\[-`{-~])")
_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")

is_external = _SCHEME.match
"""Whether a destination begins with a scheme or `//`, so that it leads out of the vault."""


def read_destination(raw: bytes) -> str | None:
    """The linktext that `raw` (without angle brackets) means; None for one that leads out of the vault."""
    if is_external(raw):
        return None
    if b"\\" in raw:
        raw = _UNESCAPE.sub(rb"\1", raw)
    if b"%" in raw:
        raw = percent_decode(raw)
    return raw.decode("utf-8", "replace")


def percent_decode(raw: bytes) -> bytes:
    """`%20` and the like decoded; as written when an escape is malformed or the result is not UTF-8 (`100%.md`)."""
    if raw.count(b"%") != len(_PERCENT.findall(raw)):
        return raw
    decoded = unquote_to_bytes(raw)
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    return decoded
