"""Properties that nobody agreed on: mostly a slip of the pen in one that everybody knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.schema import near
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What is agreed on."""

    known: Annotated[tuple[str, ...], "the properties that notes may have; none: all"] = ()


VALUES = ("property", "hint")
EDITS: frozenset[Part] = frozenset()
_ALWAYS = ("tags", "aliases", "cssclasses", "lint-ignore", "vaultkit-id")
_TOLD_ELSEWHERE = ("tag", "alias", "cssclass")


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each property that is not known; the case of letters does not count."""
    if not options.known or note.front_matter is None:
        return
    known = _lowered(options.known)
    for found in note.front_matter.properties:
        if found.key.lower() not in known:
            hint = near(found.key, [*options.known, *_ALWAYS])
            yield Finding(found.span, {"property": found.key, "hint": hint if "did you mean" in hint else ""})


@cache
def _lowered(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key.lower() for key in (*known, *_ALWAYS, *_TOLD_ELSEWHERE))
