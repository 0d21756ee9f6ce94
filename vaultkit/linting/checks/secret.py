"""Keys, tokens and private keys of well-known forms (`linting.secrets`).

What they open is known to whoever can read the note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.secrets import secrets
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("text", "kind")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each, in code and properties, too."""
    for secret in secrets(note.data):
        yield Finding(secret.span, {"text": secret.text, "kind": secret.kind})
