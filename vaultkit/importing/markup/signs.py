"""Paired signs around words, as wiki markups have them: `*strong*`, `_em_`, `-gone-`.

Knows when a sign opens or closes: it clings to its word and to no other. A sign without its other half stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from vaultkit.importing.markup.inline import Inline


def write_signs(
    inline: Inline,
    text: str,
    pattern: re.Pattern[str],
    marks: Mapping[str, str],
    write: Callable[[re.Match[str]], None],
) -> None:
    """Put `text`, all of one paragraph, into `inline`.

    The group `sign` of `pattern` matches the signs, which `marks` give their names; what else it matches goes to
    `write`. Letters of other alphabets than ours may stand next to a sign: Japanese has no blanks.
    """
    found = list(pattern.finditer(text))
    last = {one["sign"]: i for i, one in enumerate(found) if one["sign"] and _may_close(text, one)}
    at = 0
    for i, one in enumerate(found):
        inline.text(text[at : one.start()])
        at = one.end()
        sign = one["sign"]
        if not sign:
            write(one)
        elif inline.is_open(marks[sign]) and _may_close(text, one):
            inline.close(marks[sign])
        elif last.get(sign, -1) > i and _may_open(text, one) and not inline.is_open(marks[sign]):
            inline.open(marks[sign])
        else:
            inline.text(sign)
    inline.text(text[at:])
    for sign in marks:
        inline.close(marks[sign])


def _may_open(text: str, sign: re.Match[str]) -> bool:
    before, after = text[max(0, sign.start() - 1) : sign.start()], text[sign.end() : sign.end() + 1]
    return bool(after.strip()) and not _is_word(before)


def _may_close(text: str, sign: re.Match[str]) -> bool:
    before, after = text[max(0, sign.start() - 1) : sign.start()], text[sign.end() : sign.end() + 1]
    return bool(before.strip()) and not _is_word(after)


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
