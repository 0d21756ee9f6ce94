"""Characters that cannot be seen and do harm: controls such as NUL, and marks that make text run the other way.

Right-to-left text needs marks of its own; only those that override the letters, or that are not closed on their line,
are told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.vault.edit import Edit
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("character",)
EDITS = frozenset(Part)  # they are nowhere wanted
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
_FORMS = (rb"\xc2[\x80-\x9f]", rb"\xe2\x80[\xaa-\xae]", rb"\xe2\x81[\xa6-\xa9]")  # literals first: found fast
_FOUND = (  # compiled when it is first used: hardly any note holds one
    rb"(?P<control>\x1b\[[0-9;]{0,30}[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f])"
    rb"|(?P<turn>\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9])|(?P<end>\n)"
)
_NAMES = {0: "NUL", 8: "backspace", 11: "vertical tab", 12: "form feed", 27: "escape", 127: "delete"}
_OVERRIDES = "\u202d\u202e"
_CLOSES = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such character. What is not UTF-8 is another matter: in UTF-16 every second byte is NUL."""
    data = note.data
    if not _may_hold_any(data) or data.count(b"\0") * 3 > len(data) - note.body or not _is_utf_8(data):
        return
    turned: list[re.Match[bytes]] = []
    for found in re.finditer(_FOUND, data):
        if found["control"]:
            yield _finding(data, found)
            continue
        if found["turn"]:
            turned.append(found)
        elif turned:
            yield from _astray(data, turned)
            turned = []
    yield from _astray(data, turned)


def _may_hold_any(data: bytes) -> bool:
    """Found out fast, for hardly any note holds one."""
    if len(data.translate(None, _CONTROLS)) != len(data):
        return True
    return not data.isascii() and any(re.compile(form).search(data) for form in _FORMS)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _astray(data: bytes, turned: list[re.Match[bytes]]) -> Iterator[Finding]:
    """Of the marks on one line those that override letters, with what ends them, and those without a partner."""
    open_: list[re.Match[bytes]] = []
    wrong = []
    for found in turned:
        opens = _CLOSES.get(found[0].decode())
        if opens is None:
            open_.append(found)
        elif open_ and open_[-1][0].decode() in opens:
            opened = open_.pop()
            if opened[0].decode() in _OVERRIDES:
                wrong += [opened, found]
        else:
            wrong.append(found)
    for found in sorted([*wrong, *open_], key=lambda match: match.start()):
        yield _finding(data, found)


def _finding(data: bytes, found: re.Match[bytes]) -> Finding:
    span = Span(*found.span())
    code = ord(found[0].decode()[0])
    name = unicodedata.name(chr(code), "").lower() or _NAMES.get(code, "control character")
    return Finding(span, {"character": f"U+{code:04X} ({name})"}, Fix((Edit(span, _instead(data, span, code)),), False))


def _instead(data: bytes, span: Span, code: int) -> bytes:
    """What to write for it: a space where it parts words (Word's soft line end), the character that Windows has at its
    place (U+0092 is `’` there), mostly nothing."""
    if code in (11, 12):
        return b" " if data[span.start - 1 : span.start].strip() and data[span.end : span.end + 1].strip() else b""
    return bytes([code]).decode("cp1252", "ignore").encode() if 0x80 <= code < 0xA0 else b""
