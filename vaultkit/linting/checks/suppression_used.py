"""Directives in the note, and ids in its property `lint-ignore`, that silence nothing.

Asked last, when it is known what the other rules found (`Context.idle`). Of a rule that did not look at the note it
says nothing, nor of a directive that silences all rules when only some were asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple, Protocol

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.schema import INTERNAL, near
from vaultkit.vault.note import Note


class _Known(Protocol):
    @property
    def ids(self) -> frozenset[str]: ...

    @property
    def are_all_on(self) -> bool: ...


class Options(NamedTuple):
    """What is known of all rules; no file says it. None: nothing is judged."""

    all_rules: Annotated[_Known | None, INTERNAL] = None


VALUES = ("problem",)
_HINTS, _LONG = 10, 60
"""To look for a near name takes long: of so many unknown ids in a note, none longer than this."""
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each id that is no rule's, or whose rule finds nothing there."""
    known, idle = options.all_rules, context.idle
    if idle is None or known is None:
        return
    unknown = 0
    for rule, _, at in dict.fromkeys(idle.said):  # an id may be named twice
        if not rule:
            if known.are_all_on:
                yield Finding(at, {"problem": "all rules are silenced here, but none finds anything"})
        elif rule not in known.ids:
            unknown += 1
            hint = near(rule, sorted(known.ids)) if unknown <= _HINTS and len(rule) <= _LONG else ""
            yield Finding(at, {"problem": f"there is no rule `{rule}`{hint if 'did you mean' in hint else ''}"})
        elif rule in idle.looked:
            yield Finding(at, {"problem": f"`{rule}` is silenced here, but finds nothing"})
