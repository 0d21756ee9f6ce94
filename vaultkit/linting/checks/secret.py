"""Keys, tokens and private keys of well-known forms. What they open is known to whoever can read the note.

Knows forms that nothing else has, so that no word, hash or example is taken for a secret; a password has no form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.vault.note import Note, Span


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("text", "kind")
EDITS: frozenset[Part] = frozenset()
_BEFORE = rb"(?<![0-9A-Za-z_-])"
_BEHIND = rb"(?![0-9A-Za-z_-])"
_FORMS: tuple[tuple[bytes, bytes, str], ...] = (  # how it begins, what follows, what it is
    (b"AKIA", rb"[0-9A-Z]{16}", "an AWS key"),
    (b"ASIA", rb"[0-9A-Z]{16}", "an AWS key"),
    (b"github_pat_", rb"[0-9A-Za-z]{22}_[0-9A-Za-z]{59}", "a GitHub token"),
    *((b"gh%c_" % letter, rb"[0-9A-Za-z]{36,255}", "a GitHub token") for letter in b"pousr"),
    (b"glpat-", rb"[\w-]{20,64}", "a GitLab token"),
    *((b"xox%c-" % letter, rb"[0-9]{6,16}-[0-9A-Za-z-]{10,250}", "a Slack token") for letter in b"abpr"),
    (b"hooks.slack.com/services/", rb"T\w{6,16}/B\w{6,16}/\w{20,32}", "a Slack webhook"),
    (b"AIza", rb"[\w-]{35}", "a Google key"),
    (b"GOCSPX-", rb"[\w-]{28}", "a Google client secret"),
    (b"sk_live_", rb"[0-9A-Za-z]{24,250}", "a Stripe key"),
    (b"rk_live_", rb"[0-9A-Za-z]{24,250}", "a Stripe key"),
    (b"sk-ant-", rb"[\w-]{40,250}", "an Anthropic key"),
    (b"sk-proj-", rb"[\w-]{40,250}", "an OpenAI key"),
    (b"npm_", rb"[0-9A-Za-z]{36}", "an npm token"),
    (b"eyJ", rb"[\w-]{10,2000}+\.eyJ[\w-]{10,8000}+\.[\w-]{20,2000}+", "a JSON web token"),
)
_KEY = b" PRIVATE KEY"
_KEY_BLOCK = re.compile(rb"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----")
_SHOWN = 6
_FEWEST = 8
"""Different characters; `xxxxxxxx` is none that was ever valid."""


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each, in code and properties, too. Examples that say so (`EXAMPLE`) are left out."""
    data = note.data
    if _KEY in data:
        for found in _KEY_BLOCK.finditer(data):
            yield Finding(Span(*found.span()), {"text": found[0].decode(), "kind": "a private key"})
    for begin, rest, kind in _FORMS:
        if begin not in data:
            continue
        for found in re.finditer(_BEFORE + re.escape(begin) + b"(" + rest + b")" + _BEHIND, data):
            if len(set(found[1])) >= _FEWEST and b"EXAMPLE" not in found[1].upper():
                text = (begin + found[1])[: len(begin) + _SHOWN - 2].decode()
                yield Finding(Span(*found.span()), {"text": f"{text}…", "kind": kind})
