"""Notes whose bytes are not UTF-8: UTF-16, an old encoding, a damaged file.

Knows how those are told apart as far as there is no doubt; never decodes one anew, for that is for its owner to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("problem",)
EDITS: frozenset[Part] = frozenset()
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_JAPANESE = {"Shift_JIS": "cp932", "EUC-JP": "euc_jp"}
_HIRAGANA = "[ぁ-ん]"


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """At most one finding: the first byte that is not UTF-8, or the whole note when it is UTF-16."""
    data = note.data
    if data.isascii() and b"\0" not in data:
        return
    if data.startswith(_UTF_16_MARKS):
        yield Finding(WHOLE_NOTE, {"problem": "it is UTF-16"})
        return
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        place = Span(wrong.start, wrong.start + 1)
        yield Finding(place, {"problem": f"byte {data[wrong.start]:02X} makes no character{_guess(data)}"})
    else:
        if data.count(b"\0") * 3 > len(data) - note.body:
            yield Finding(WHOLE_NOTE, {"problem": "it looks like UTF-16 without a mark"})


def _guess(data: bytes) -> str:
    """In which encoding the note is Japanese; empty: in none. Hiragana in one of them is no accident."""
    for name, codec in _JAPANESE.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if re.search(_HIRAGANA, text):
            return f"; it may be {name}"
    return ""
