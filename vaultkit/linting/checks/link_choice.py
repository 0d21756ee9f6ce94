"""Links that fit several files, so that it is chance or a far-away file's name which one opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.written import is_placeholder, shown, some
from vaultkit.vault.index import Ambiguous, By, Found
from vaultkit.vault.note import Note


class Options(NamedTuple):
    """What to look at."""

    shortest: Annotated[bool, "report links, too, that lead to the file with the shortest path among several"] = False


VALUES = ("link", "paths")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """Links with several equally good targets."""
    for link, target in context.followed(note).several:
        match target:
            case Ambiguous(paths):
                pass
            case Found(path, By.SHORTEST, others) if options.shortest:
                paths = (path, *others)
            case _:
                continue
        if is_placeholder(link):
            continue
        yield Finding(link.span, {"link": shown(link), "paths": some(paths)})
