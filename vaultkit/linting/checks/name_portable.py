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
from vaultkit.vault.names import MAX_NAME_BYTES, is_plain_name, link_problems, sign_problems
from vaultkit.vault.note import Note


class Aspect(StrEnum):
    """What is asked of a name."""

    SYSTEMS = "systems"
    """That every system takes it."""
    UNIQUE = "unique"
    """That every system takes it beside the others."""
    WEB = "web"
    """That an address may hold it as it is."""
    LENGTH = "length"
    LINKS = "links"
    """That a link can hold it."""
    LETTERS = "letters"
    """That it is stored in composed letters."""


class Options(NamedTuple):
    """What to look at."""

    aspect: Annotated[
        Aspect,
        "what is asked of names: that `systems` take them, that they are `unique` there, that the `web` takes them,"
        " their `length`, that `links` can hold them, or that their `letters` are composed",
    ] = Aspect.SYSTEMS
    systems: Annotated[tuple[str, ...], "linux, macos, ios, windows, android"] = ("windows", "android")
    longest: Annotated[int, "how many bytes of UTF-8 a name may have"] = MAX_NAME_BYTES


VALUES = ("name", "problem")
EDITS: frozenset[Part] = frozenset()


def check(note: Note, context: Context, options: Options) -> Iterator[Finding]:
    """One finding for each bad name on the note's path; one of a folder is told at the folder's first note only."""
    path = note.path
    if options.aspect is Aspect.UNIQUE:
        if twin := context.twin(path):
            yield Finding(WHOLE_NOTE, {"name": path.rpartition("/")[2], "problem": f"is one file with `{twin}`"})
        return
    if not _is_good(path, options):
        names = path.split("/")
        for depth, name in enumerate(names, 1):
            problem = _problem(name, options)
            if problem and (depth == len(names) or context.is_first_in("/".join(names[:depth]), path)):
                yield Finding(WHOLE_NOTE, {"name": name, "problem": problem})


def _is_good(path: str, options: Options) -> bool:
    """Whether all of `path` is in order, found out fast. False says nothing."""
    if options.aspect is Aspect.LENGTH:
        return 4 * len(path) <= options.longest  # no character has more bytes
    if options.aspect is Aspect.WEB:
        return "%" not in path and "+" not in path
    return _is_plain(path)


@lru_cache(maxsize=16)
def _is_plain(path: str) -> bool:
    """The same for all rules that ask, which they do one after the other."""
    folder, _, own = path.rpartition("/")
    return is_plain_name(own) and _is_plain_folder(folder)


@lru_cache(maxsize=4096)
def _is_plain_folder(folder: str) -> bool:
    return not folder or all(map(is_plain_name, folder.split("/")))


@lru_cache(maxsize=4096)
def _problem(name: str, options: Options) -> str:
    """What is wrong with one name; empty: nothing."""
    match options.aspect:
        case Aspect.SYSTEMS:
            return "; ".join(_refusals(name, options.systems))
        case Aspect.LENGTH:
            size = len(name.encode("utf-8", "surrogateescape"))
            return f"it has {size} bytes, and no more than {options.longest} are safe" if size > options.longest else ""
        case Aspect.WEB:
            odd = [sign for sign in "%+" if sign in name]
            return f"servers read {' and '.join(f'`{sign}`' for sign in odd)} as another character" if odd else ""
        case Aspect.UNIQUE:
            return ""  # one name alone does not tell
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
