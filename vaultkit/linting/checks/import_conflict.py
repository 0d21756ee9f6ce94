"""What an import could not merge: the source changed a passage that its owner had changed, too.

The new text stands in a folded callout, `> [!vaultkit-conflict]- …`, below the owner's; that is the only form known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.written import short
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """There is nothing to choose."""


VALUES = ("title",)
EDITS: frozenset[Part] = frozenset()
_TYPE = "vaultkit-conflict"
_LONGEST = 80


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each such callout, at its header."""
    from vaultkit.vault.callouts import callouts  # a run that finds nothing does without

    for callout in callouts(note):
        if callout.type == _TYPE:
            title = callout.title or "the source changed this passage, too"
            yield Finding(callout.header, {"title": short(title, _LONGEST)})
