"""`hooks:` of `vaultkit.yaml`: what git's hooks do. Imports next to nothing: every commit asks for it."""

from __future__ import annotations

from typing import Annotated, NamedTuple


def _not_negative(number: int) -> int:
    if number < 0:
        raise ValueError("must not be negative; 0 sets no limit")
    return number


class HooksConfig(NamedTuple):
    """What a commit is held to (`lint` to `hygiene`), and what the other hooks do.

    `relink` is on: a commit that renames a note would otherwise break its links, and Obsidian rewrites them, too. `fix`
    is off: it changes words in notes that their author did not ask to have changed.
    """

    lint: bool = True
    links: bool = True
    relink: bool = True
    fix: bool = False
    restage: bool = False
    """Whether the commit goes on with what `relink` and `fix` changed; else it is refused once, to be looked at."""
    conflicts: bool = True
    hygiene: bool = True
    largest_file: Annotated[int, _not_negative] = 10
    """Megabytes (1,000,000 bytes) that a committed file may have; 0: no limit."""
    push: bool = True
    message: bool = False


USUAL = HooksConfig()
