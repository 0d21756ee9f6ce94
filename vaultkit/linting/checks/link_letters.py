"""Links whose target is written in decomposed letters (NFD): `が` as `か` and its dots, `é` as `e` and its accent.

Knows that both look alike, that macOS hands out such names, and that a lookup which compares letters finds no file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding, Fix
from vaultkit.linting.parts import Part
from vaultkit.linting.written import shown
from vaultkit.vault.note import Link, Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("link",)
EDITS = frozenset({Part.LINKS})


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such link, unless the file's own name is written so."""
    for link in note.links:
        if link.target.isascii() or unicodedata.is_normalized("NFC", link.target):
            continue
        path = link.target.partition("#")[0]
        composed = unicodedata.normalize("NFC", path)
        if len(composed) >= len(path):  # only another letter for the same, as with the ideographs of old standards
            continue
        if not unicodedata.is_normalized("NFC", context.path_of(link, note.path)):
            continue
        yield Finding(link.span, {"link": shown(link)}, _fix(note, link, path, composed))


def _fix(note: Note, link: Link, path: str, composed: str) -> Fix | None:
    """The composed letters; none when one of the old ideographs would change with them."""
    if not all(unicodedata.is_normalized("NFC", letter) for letter in path):
        return None
    from vaultkit.vault.edit_link import retarget_link  # a run that finds nothing does without

    edit = retarget_link(note, link, composed.strip() + link.target[len(path) :])
    return Fix((edit,)) if edit else None
