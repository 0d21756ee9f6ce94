"""Names of notes and folders that another system or the web refuses or takes for another name, that no link can reach,
or that are too long.

Each rule asks for one of these, so that nothing is told twice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, NamedTuple

from vaultkit.linting.context import Context
from vaultkit.linting.diagnostic import WHOLE_NOTE, Finding
from vaultkit.linting.parts import Part
from vaultkit.linting.path_names import names_on
from vaultkit.vault.names import link_problems, sign_problems
from vaultkit.vault.note import Note


class Aspect(StrEnum):
    """What is asked of a name."""

    SYSTEMS = "systems"
    """That every system takes it."""
    WEB = "web"
    """That an address may hold it as it is."""
    LINKS = "links"
    """That a link can hold it."""
    LETTERS = "letters"
    """That it is stored in composed letters."""


class Options(NamedTuple):
    """What to look at."""

    aspect: Annotated[
        Aspect,
        "what is asked of names: that `systems` take them, that the `web` takes them, that `links` can hold them, or"
        " that their `letters` are composed",
    ] = Aspect.SYSTEMS
    systems: Annotated[tuple[str, ...], "linux, macos, ios, windows, android"] = ("windows", "android")


VALUES = ("name", "problem")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each bad name on the note's path; one of a folder is told at the folder's first note only."""
    for name in names_on(note.path, context, lambda name: bool(_problem(name, options))):
        yield Finding(WHOLE_NOTE, {"name": name, "problem": _problem(name, options)})


@lru_cache(maxsize=4096)
def _problem(name: str, options: Options) -> str:
    """What is wrong with one name; empty: nothing."""
    match options.aspect:
        case Aspect.SYSTEMS:
            return "; ".join(_refusals(name, options.systems))
        case Aspect.WEB:
            odd = [sign for sign in "%+" if sign in name]
            return f"servers read {' and '.join(f'`{sign}`' for sign in odd)} as another character" if odd else ""
        case Aspect.LINKS:
            breaking = link_problems(name)
            return f"links cannot hold {' '.join(breaking)}" if breaking else ""
        case Aspect.LETTERS:
            return "" if unicodedata.is_normalized("NFC", name) else "its characters are stored in parts (NFD)"


def _refusals(name: str, systems: tuple[str, ...]) -> Iterator[str]:
    out: dict[str, list[str]] = {}
    for system in systems:
        for problem in sign_problems(name.replace("|", ""), system):  # which `links` tells
            out.setdefault(problem, []).append(system.capitalize())
    for problem, refusing in out.items():
        yield problem if "Windows" in problem else f"{problem} (not allowed on {' and '.join(refusing)})"
