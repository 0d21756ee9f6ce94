"""Keys, tokens and private keys of well-known forms, in any bytes. What they open is known to whoever can read them.

Knows forms that nothing else has, so that no word, hash or example is taken for a secret; a password has no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vaultkit.vault.note import Span

_FORMS: tuple[tuple[bytes, bytes, str], ...] = (  # how it begins, what follows, what it is
    (b"AKIA", rb"[0-9A-Z]{16}", "an AWS key"),
    (b"ASIA", rb"[0-9A-Z]{16}", "an AWS key"),
    (b"github_pat_", rb"[0-9A-Za-z]{22}_[0-9A-Za-z]{59}", "a GitHub token"),
    *((b"gh%c_" % letter, rb"[0-9A-Za-z]{36,255}", "a GitHub token") for letter in b"pousr"),
    (b"glpat-", rb"[\w-]{20,64}", "a GitLab token"),
    *((b"xox%c-" % letter, rb"[0-9]{6,16}-[0-9A-Za-z-]{10,250}", "a Slack token") for letter in b"abpr"),
    (b"AIza", rb"[\w-]{35}", "a Google key"),
    (b"GOCSPX-", rb"[\w-]{28}", "a Google client secret"),
    (b"sk_live_", rb"[0-9A-Za-z]{24,250}", "a Stripe key"),
    (b"rk_live_", rb"[0-9A-Za-z]{24,250}", "a Stripe key"),
    (b"sk-ant-", rb"[\w-]{40,250}", "an Anthropic key"),
    (b"sk-proj-", rb"[\w-]{40,250}", "an OpenAI key"),
    (b"npm_", rb"[0-9A-Za-z]{36}", "an npm token"),
    (b"eyJ", rb"[\w-]{13,2000}+\.eyJ[\w-]{10,8000}+\.[\w-]{20,2000}+", "a JSON web token"),
)
_LETTERS = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"
_WORD = bytes.maketrans(_LETTERS, b"x" * len(_LETTERS))
"""Makes letters, digits, `_` and `-` alike. Every form begins with a word of these, and none is shorter than 16."""
_SHORTEST = b"x" * 16
_WORD_END = rb"x++"
_KEY = b" PRIVATE KEY"
_KEY_BLOCK = rb"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
_SHOWN = 4
_FEWEST = 8
"""Different characters; `xxxxxxxx` is none that was ever valid."""


class Secret(NamedTuple):
    """A secret: where it stands, its first characters, and what it is (`a GitHub token`)."""

    span: Span
    text: str
    kind: str


def secrets(data: bytes) -> Iterator[Secret]:
    """Those in `data`. Examples that say so (`EXAMPLE`) are left out."""
    if _KEY in data:
        for found in re.finditer(_KEY_BLOCK, data):
            yield Secret(Span(*found.span()), found[0].decode(), "a private key")
    for at in _long_words(data):
        if token := _any_form().match(data, at):
            begin, _, kind = _FORMS[(token.lastindex or 1) - 1]
            rest = token[0][len(begin) :]
            if len(set(rest)) >= _FEWEST and b"EXAMPLE" not in rest:
                text = token[0][: len(begin) + _SHOWN].decode()
                yield Secret(Span(*token.span()), f"{text}…", kind)


@cache
def _any_form() -> re.Pattern[bytes]:
    """One pattern of all forms: the number of the group that matched is that of the form."""
    forms = b"|".join(b"(" + re.escape(begin) + rest + b")" for begin, rest, _ in _FORMS)
    return re.compile(b"(?:" + forms + rb")(?![\w-])")


def _long_words(data: bytes) -> Iterator[int]:
    """Where those begin that may be a secret."""
    alike = data.translate(_WORD)
    at = alike.find(_SHORTEST)
    while at >= 0:
        yield at
        word = re.compile(_WORD_END).match(alike, at)
        at = alike.find(_SHORTEST, word.end() if word else len(alike))
